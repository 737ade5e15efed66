// From a bearer token to the actor it belongs to.
import { type Actor, type ActorKind, nobody, type Platform, readAs } from '../../platform/index.ts'
import { tokenHash } from './add-actor.ts'

type Row = {
  actor_id: bigint
  kind: ActorKind
  name: string
  person_id: bigint | null
  organisation_id: bigint | null
  office_id: bigint | null
  role: string
}

/** The actor of a token, or undefined when it is unknown, revoked or its actor no longer active. Notes the day it was used. */
export async function authenticate(platform: Platform, token: string): Promise<Actor | undefined> {
  const [row] = await readAs(platform, { role: 'online', actor: nobody }, (tx) =>
    tx.query<Row>('select * from identity.actor_of_token($1)', [tokenHash(token)]),
  )
  if (!row) return undefined
  return {
    actorId: row.actor_id,
    kind: row.kind,
    name: row.name,
    role: row.role,
    personId: row.person_id,
    organisationId: row.organisation_id,
    officeId: row.office_id,
  }
}
