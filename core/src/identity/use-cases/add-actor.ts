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

/** Whether those for whom an actor is to act are registered; what is not named counts as known. The room that registers them answers. */
export type Known = { readonly person: boolean; readonly organisation: boolean; readonly office: boolean }
export type AskRegistered = (tx: Tx, asked: Pick<NewActor, 'personId' | 'organisationId' | 'officeId'>) => Promise<Known>

/** Whom an actor acts for exists, and staff belong to an office: row security shows them what it serves. */
function decideFor({ kind, personId, organisationId, officeId }: NewActor, known: Known): Result<undefined> {
  const unknown = (code: string, what: string, given: bigint | undefined, next: string) =>
    refuse({ code, rule: `An actor acts for ${what} that is registered.`, data: { given: String(given) }, next })
  if (kind === 'staff' && officeId === undefined)
    return refuse({
      code: 'office-missing',
      rule: 'Staff belong to an office; they see the members in the districts that it serves, the head office all.',
      data: { kind },
      next: 'Name the office with --office; payung offices lists them.',
    })
  if (!known.person)
    return unknown('person-unknown', 'a person', personId, 'Give the number of the person, not the member number: payung member shows it.')
  if (!known.organisation)
    return unknown('organisation-unknown', 'an organisation', organisationId, 'Check the number of the organisation.')
  return known.office ? ok(undefined) : unknown('office-unknown', 'an office', officeId, 'Look at the offices: payung offices.')
}

/**
 * Work for inTransaction, as role `run`. Refusals: unknown-role, person-missing, organisation-missing, office-missing, person-unknown,
 * organisation-unknown, office-unknown.
 */
export async function addActor(tx: Tx, asked: NewActor, askRegistered: AskRegistered): Promise<Result<{ actor: Actor; token: string }>> {
  const decided = decide(asked)
  if (!decided.ok) return decided
  const allowed = decideFor(asked, await askRegistered(tx, asked))
  if (!allowed.ok) return allowed
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
