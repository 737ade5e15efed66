// The member behind a number, with those who were registered twice and merged into him: one human being, one account.
import { ok, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { findMember, personsOfOne } from '../../registry/index.ts'

export type Saver = { readonly personId: bigint; readonly persons: readonly bigint[]; readonly name: string; readonly memberNumber: string }

/** A look by somebody else than the member is noted before the data leave. */
export async function findSaver(tx: Tx, number: string, view: string, why: string): Promise<Result<Saver>> {
  const member = await findMember(tx, number, { view, why })
  if (!member.ok) return member
  const { person } = member.value
  // Not from his memberships: who has an opening balance only has none.
  return ok({
    personId: person.personId,
    persons: await personsOfOne(tx, person.personId),
    name: person.name,
    memberNumber: person.memberNumber,
  })
}
