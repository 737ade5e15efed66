// What the registry tells, in the past tense. `detail` is handed to those who listen in the same transaction and is never stored.
import type { Facts } from '@payung/law'
import type { Day } from '@payung/values'

/**
 * One membership with everything the law asks about it, from a day until another. Where more than one change is known (a worker
 * registered late, a change told late) a membership stands once for each span, in the order of the days.
 */
export type MembershipDetail = {
  readonly personId: bigint
  readonly ordinal: number
  readonly payerId: bigint
  readonly payerKind: string
  readonly settlement: 'receivable' | 'offer'
  readonly segment: string
  /** Facts of organisation, membership and person in one, by the pack's codes: with `segment`, `payer`, and where the pack has them `born`, `sex`, `joined`, `programmes`. */
  readonly facts: Facts
  readonly born: Day
  /** The base reported with the membership. Null when it stays as it is. */
  readonly base: bigint | null
  /** The first day on which this holds: the membership's, or that of a change. */
  readonly from: Day
  /** The first day on which it holds no longer, where that is known: the next change, or the first day outside the membership. */
  readonly until: Day | null
  /** The first day of the membership. */
  readonly joined: Day
  readonly acceptedOn: Day
  readonly organisationId: bigint | null
}

/** kind `memberships-opened`: `base` is never null here. */
export type MembershipsOpened = readonly (MembershipDetail & { readonly base: bigint })[]
/** kind `arrangement-changed`. */
export type ArrangementChanged = readonly MembershipDetail[]
/** kind `organisation-facts-changed`: the memberships that live on `from` or begin later, merged anew. */
export type OrganisationFactsChanged = {
  readonly organisationId: bigint
  readonly from: Day
  readonly facts: Facts
  readonly members: readonly MembershipDetail[]
}
/** kind `memberships-ended`: `until` is the first day outside. */
export type MembershipsEnded = readonly { readonly personId: bigint; readonly ordinal: number; readonly until: Day }[]
/** kind `ends-taken-back`: what holds again from the day that had been the first one outside, span by span. */
export type EndsTakenBack = readonly MembershipDetail[]
/** kind `person-died`; `death-taken-back` names the person only. */
export type PersonDied = { readonly personId: bigint; readonly diedOn: Day }
/** kind `persons-unmerged`: who stayed, and the person who has his numbers again (null: nobody bore the old number). */
export type PersonsUnmerged = { readonly personId: bigint; readonly mergedId: bigint | null }
/** kind `persons-registered`. */
export type PersonsRegistered = readonly { readonly personId: bigint; readonly regionCode: string; readonly registeredOn: Day }[]
