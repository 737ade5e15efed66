// Finds and locks the memberships that the rows of a set name by member number and ordinal.
import type { Refusal } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { membershipUnknown } from '../domain/member-row.ts'
import { refuseNumber } from '../domain/membership.ts'
import { keyText, lockMemberships, type Membership } from '../membership-store.ts'
import { findByNumber } from '../person-store.ts'
import { plainNumber } from './read-surroundings.ts'

type Named = { readonly memberNumber: string; readonly ordinal: number }

/** For each row its membership, or why there is none. A second row about the same membership is refused. */
export async function nameMemberships(
  tx: Tx,
  rows: readonly Named[],
): Promise<({ readonly membership: Membership } | { readonly refusal: Refusal })[]> {
  const numbers = await findByNumber(tx, [...new Set(rows.map(({ memberNumber }) => plainNumber(memberNumber)))])
  const keys = rows.flatMap(({ memberNumber, ordinal }) => {
    const personId = numbers.get(plainNumber(memberNumber))?.personId
    return personId === undefined ? [] : [{ personId, ordinal }]
  })
  const found = await lockMemberships(tx, keys)
  const seen = new Set<string>()
  return rows.map(({ memberNumber, ordinal }) => {
    const personId = numbers.get(plainNumber(memberNumber))?.personId
    if (personId === undefined) return { refusal: refuseNumber(memberNumber) }
    const key = keyText({ personId, ordinal })
    const membership = found.get(key)
    if (!membership) return { refusal: membershipUnknown(memberNumber, ordinal) }
    if (seen.has(key))
      return {
        refusal: {
          code: 'row-repeated',
          rule: 'One set changes a membership once.',
          data: { memberNumber, ordinal: String(ordinal) },
          next: 'Send the second change by itself.',
        },
      }
    seen.add(key)
    return { membership }
  })
}
