// The person behind a member number, with the look noted in the access trail when somebody else asks.
import { ok, parseMemberNumber, type Refusal, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { ownAmong, refuseNumber } from '../../registry/index.ts'
import { findPersonsByNumber } from '../store/persons.ts'

const numberUnknown = (number: string): Refusal => ({
  code: 'number-unknown',
  rule: 'No member that you may see has this number.',
  data: { number },
  next: 'Check the eleven digits on the card.',
})

/**
 * What is said of a number that leads to nobody whom the asker may see. An old number may have any form, so a mistyped one is told only
 * then; it says the same whether somebody else bears it or nobody, and gives away nothing about who is a member.
 */
export const notSeen = (number: string): Refusal => ('wrong' in parseMemberNumber(number) ? refuseNumber(number) : numberUnknown(number))

export async function personOf(tx: Tx, number: string, view: string, why: string | undefined): Promise<Result<bigint>> {
  const [person] = await findPersonsByNumber(tx, [number])
  const [seen] = person ? await tx.query<{ person_id: bigint }>('select person_id from registry.person where person_id = $1', [person]) : []
  if (!seen) return refuse(notSeen(number))
  if (!(await ownAmong(tx, [seen.person_id])).has(seen.person_id)) tx.look(seen.person_id, view, why ?? '')
  return ok(seen.person_id)
}

/** A person and those whose numbers were merged into his: their memberships are one person's. */
export const samePerson = async (tx: Tx, person: bigint): Promise<bigint[]> =>
  (await tx.query<{ person_id: bigint }>('select registry.same_person($1) as person_id', [person])).map(({ person_id }) => person_id)
