// Adds somebody who may act, with a first token. The token is told once; only its hash is kept.
import { createHash, randomBytes } from 'node:crypto'
import { ok, type Result, refuse } from '@payung/values'
import type { Actor, ActorKind, Tx } from '../../platform/index.ts'
import { isRole, roles } from '../domain/roles.ts'

export type NewActor = {
  readonly kind: ActorKind
  readonly name: string
  readonly role: string
  readonly personId?: bigint
  readonly organisationId?: bigint
  readonly officeId?: bigint
}

/** 32 random bytes; the prefix lets leaked ones be found in files. */
export const newToken = (): string => `payung_${randomBytes(32).toString('base64url')}`

export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()

function decide({ kind, role, personId, organisationId }: NewActor): Result<undefined> {
  const no = (code: string, rule: string, data: Record<string, string>, next: string) => refuse({ code, rule, data, next })
  if (!isRole(kind, role))
    return no('unknown-role', 'Each kind of actor has its own roles.', { kind, role }, `Choose one of: ${roles[kind].join(', ')}.`)
  if (kind === 'member' && personId === undefined)
    return no('person-missing', 'A member acts for one person.', { kind }, 'Name the person.')
  if (kind === 'organisation' && organisationId === undefined)
    return no('organisation-missing', 'An organisation acts for itself.', { kind }, 'Name the organisation.')
  return ok(undefined)
}

/** Work for inTransaction, as role `run`. Refusals: unknown-role, person-missing, organisation-missing. */
export async function addActor(tx: Tx, asked: NewActor): Promise<Result<{ actor: Actor; token: string }>> {
  const decided = decide(asked)
  if (!decided.ok) return decided
  const { kind, name, role } = asked
  const [row] = await tx.query<{ actor_id: bigint }>(
    'insert into identity.actor (kind, name, role, person_id, organisation_id, office_id) values ($1, $2, $3, $4, $5, $6) returning actor_id',
    [kind, name, role, asked.personId ?? null, asked.organisationId ?? null, asked.officeId ?? null],
  )
  const actorId = row?.actor_id ?? 0n
  const token = newToken()
  await tx.query('insert into identity.token (actor_id, hash, label) values ($1, $2, $3)', [actorId, tokenHash(token), 'first'])
  await tx.emit({ kind: 'actor-added', room: 'identity', subject: `actor:${actorId}`, payload: { kind, role } })
  return ok({
    actor: {
      actorId,
      kind,
      name,
      role,
      personId: asked.personId ?? null,
      organisationId: asked.organisationId ?? null,
      officeId: asked.officeId ?? null,
    },
    token,
  })
}
