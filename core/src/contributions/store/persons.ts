// Member numbers to persons, old numbers included.
import { plainNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

/** For each number as typed: the person, or null when it is mistyped or unknown. */
export async function findPersonsByNumber(tx: Tx, typed: readonly string[]): Promise<(bigint | null)[]> {
  const numbers = typed.map(plainNumber)
  const rows = await tx.query<{ member_number: string; person_id: bigint }>(
    'select member_number, person_id from registry.member_directory where member_number = any ($1)',
    [numbers],
  )
  const known = new Map(rows.map(({ member_number, person_id }) => [member_number, person_id]))
  return numbers.map((number) => known.get(number) ?? null)
}

/** Lists of persons as one parameter of a statement: a text for each, read as `bigint[]` there. */
export const personLists = (lists: readonly (readonly bigint[])[]): string[] => lists.map((persons) => `{${persons.join(',')}}`)

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

/** The person of each number, by its place, as far as the actor may see them; old numbers lead to who bears them. */
export const visiblePersons = async (tx: Tx, numbers: readonly string[]): Promise<Map<number, bigint>> =>
  new Map(
    (
      await tx.query<{ place: number; person_id: bigint }>(
        `select (q.place - 1)::integer as place, p.person_id from unnest($1::text[]) with ordinality as q (number, place)
         join registry.member_directory d on d.member_number = q.number join registry.person p on p.person_id = d.person_id`,
        [numbers],
      )
    ).map(({ place, person_id }) => [place, person_id]),
  )

/** The memberships of persons that row security lets the actor see, those under merged numbers too: an employer sees its own, not another's. */
export const membershipsOfSame = (tx: Tx, persons: readonly bigint[]): Promise<{ asked: bigint; person_id: bigint; ordinal: number }[]> =>
  tx.query(
    `select a.person_id as asked, m.person_id, m.ordinal from unnest($1::bigint[]) as a (person_id)
     cross join lateral registry.same_person(a.person_id) as s (person_id) join registry.membership m on m.person_id = s.person_id`,
    [persons],
  )
