// Finds and locks the memberships that the rows of a set name by member number and ordinal.
import type { Refusal } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { membershipUnknown } from '../domain/member-row.ts'
import { refuseNumber } from '../domain/membership.ts'
import { keyText, lockMemberships, type Membership, type MembershipKey } from '../membership-store.ts'
import { findByNumber, registeredUnder } from '../person-store.ts'
import { plainNumber } from './read-surroundings.ts'

type Named = { readonly memberNumber: string; readonly ordinal: number }

/** For each row its membership, or why there is none. A second row about the same membership is refused. */
export async function nameMemberships(
  tx: Tx,
  rows: readonly Named[],
): Promise<({ readonly membership: Membership } | { readonly refusal: Refusal })[]> {
  const asked = [...new Set(rows.map(({ memberNumber }) => plainNumber(memberNumber)))]
  const numbers = await findByNumber(tx, asked)
  const aliases = asked.filter((number) => numbers.get(number)?.alias)
  const under = aliases.length === 0 ? new Map<string, bigint>() : await registeredUnder(tx, aliases)
  // An old number names first what was registered under it, then what is the person's otherwise.
  const candidates = ({ memberNumber, ordinal }: Named): MembershipKey[] => {
    const number = plainNumber(memberNumber)
    return [under.get(number), numbers.get(number)?.personId].flatMap((personId) => (personId === undefined ? [] : [{ personId, ordinal }]))
  }
  const keys = rows.flatMap(candidates)
  const found = await lockMemberships(tx, keys)
  const seen = new Set<string>()
  return rows.map(({ memberNumber, ordinal }) => {
    if (!numbers.has(plainNumber(memberNumber))) return { refusal: refuseNumber(memberNumber) }
    const key = candidates({ memberNumber, ordinal })
      .map(keyText)
      .find((each) => found.has(each))
    const membership = key === undefined ? undefined : found.get(key)
    if (key === undefined || !membership) return { refusal: membershipUnknown(memberNumber, ordinal) }
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
