// Finds and locks the memberships that the rows of a set name by member number and ordinal.
import type { Refusal } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { membershipUnknown } from '../domain/member-row.ts'
import { refuseNumber } from '../domain/membership.ts'
import { keyText, lockMemberships, type Membership, type MembershipKey } from '../membership-store.ts'
import { findNamedByNumber, readEntryFacts } from '../person-store.ts'
import { memberNotYours } from './find-member.ts'

type Named = { readonly memberNumber: string; readonly ordinal: number }

/**
 * Those memberships that the actor may not see, where a number names several: what it means is the first that exists. To go on to another,
 * which happens to have the same ordinal, would change what nobody meant. An organisation sees its own only, and means no other.
 */
async function readHidden(tx: Tx, candidates: readonly MembershipKey[][], found: ReadonlyMap<string, Membership>): Promise<Set<string>> {
  if (tx.actor.kind !== 'staff') return new Set()
  const several = candidates.filter((keys) => keys.length > 1).flat()
  const unseen = several.filter((key) => key.ordinal > 0 && !found.has(keyText(key)))
  if (unseen.length === 0) return new Set()
  const facts = await readEntryFacts(tx, [...new Set(unseen.map(({ personId }) => personId))])
  return new Set(unseen.filter(({ personId, ordinal }) => ordinal <= (facts.get(personId)?.lastOrdinal ?? 0)).map(keyText))
}

/** For each row its membership, or why there is none. A second row about the same membership is refused. */
export async function nameMemberships(
  tx: Tx,
  rows: readonly Named[],
): Promise<({ readonly membership: Membership } | { readonly refusal: Refusal })[]> {
  const persons = await findNamedByNumber(
    tx,
    rows.map(({ memberNumber }) => memberNumber),
  )
  const candidates = rows.map(({ ordinal }, index) => (persons[index] ?? []).map((personId): MembershipKey => ({ personId, ordinal })))
  const found = await lockMemberships(tx, candidates.flat())
  const hidden = await readHidden(tx, candidates, found)
  const seen = new Set<string>()
  return rows.map(({ memberNumber, ordinal }, index) => {
    const keys = candidates[index] ?? []
    if (keys.length === 0) return { refusal: refuseNumber(memberNumber) }
    const key = keys.map(keyText).find((each) => found.has(each) || hidden.has(each))
    const membership = key === undefined ? undefined : found.get(key)
    if (key !== undefined && hidden.has(key)) return { refusal: memberNotYours }
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
