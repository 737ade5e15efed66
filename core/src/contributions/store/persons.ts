// Member numbers to persons, old numbers included.
import { parseMemberNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

/** For each number as typed: the person, or null when it is mistyped or unknown. */
export async function findPersonsByNumber(tx: Tx, typed: readonly string[]): Promise<(bigint | null)[]> {
  const numbers = typed.map((text) => {
    const parsed = parseMemberNumber(text)
    return 'number' in parsed ? parsed.number : ''
  })
  const rows = await tx.query<{ member_number: string; person_id: bigint }>(
    'select member_number, person_id from registry.member_directory where member_number = any ($1)',
    [numbers],
  )
  const known = new Map(rows.map(({ member_number, person_id }) => [member_number, person_id]))
  return numbers.map((number) => known.get(number) ?? null)
}

/** The number that each person was registered under. */
export const numbersOf = async (tx: Tx, persons: readonly bigint[]): Promise<Map<bigint, string>> =>
  new Map(
    (
      await tx.query<{ person_id: bigint; member_number: string }>(
        'select person_id, member_number from registry.person where person_id = any ($1::bigint[])',
        [persons],
      )
    ).map(({ person_id, member_number }) => [person_id, member_number]),
  )

/** The number that each person bears now. */
export const numbersOfPersons = async (tx: Tx, persons: readonly bigint[]): Promise<Map<bigint, string>> =>
  new Map(
    (
      await tx.query<{ person_id: bigint; member_number: string }>(
        'select person_id, member_number from registry.member_directory where person_id = any ($1::bigint[]) and not alias',
        [persons],
      )
    ).map(({ person_id, member_number }) => [person_id, member_number]),
  )
