// What a planned nation consists of. Months are counted from 0, the first month of the history; days lie in a month.
import type { Facts } from '../profile.ts'
import type { PlannedPerson } from './people.ts'

/** How an organisation pays what it is billed. */
export type Habit = {
  /** The first month whose bill stays unpaid to the end; null: everything is paid. */
  readonly unpaidFrom: number | null
  /** Pays a part of the oldest open bill, which therefore stays open. */
  readonly partial: boolean
  /** One month whose bill is paid a month late. */
  readonly lateIn: number | null
}
export type PlannedOrganisation = {
  readonly kind: string
  readonly name: string
  readonly region: string
  readonly facts: Facts
  readonly fundingCode: string | null
  readonly month: number
  readonly habit: Habit
}
/** Months paid ahead by one payment: at month `at`, for `months` months from `from` on. */
export type PlannedPrepayment = { readonly at: number; readonly from: number; readonly months: number }

export type PlannedMembership = {
  readonly person: number
  readonly segment: string
  /** Where the member works; null for those who work for themselves. */
  readonly organisation: number | null
  /** The organisation that pays; null: the member pays alone. */
  readonly payer: number | null
  readonly programmes: readonly string[]
  readonly facts: Facts
  /** The wage as a multiple of the minimum wage, or the declared income in minor units. */
  readonly wage: { readonly times: number } | { readonly income: number }
  readonly from: number
  /** The last month of the membership; null: it goes on. */
  readonly to: number | null
  /** Only of those who pay alone. */
  readonly prepayments: readonly PlannedPrepayment[]
  /** How it ends, where not by leaving: the person died in its last month, or moved to the membership that begins after it. */
  readonly leaves?: 'died' | 'moved'
}
export type PlannedContract = {
  readonly segment: string
  readonly name: string
  /** The organisation that pays; null: the one member pays alone. */
  readonly payer: number | null
  readonly persons: readonly number[]
  readonly from: number
  readonly months: number
  readonly facts: Facts
  /** Paid in instalments, as the law or the parties cut them. */
  readonly instalments?: boolean
}
/** A payer of offers for a group: all its members begin and are paid together. */
export type PlannedSponsorship = {
  readonly organisation: number
  readonly from: number
  readonly prepayments: readonly PlannedPrepayment[]
}

type OfMemberships = 'wage' | 'swap' | 'deactivation' | 'member' | 'split' | 'taken-back' | 'withdrawal' | 'opening'
/** Something that goes otherwise than planned and is put right: to whom, and in which month. */
export type PlannedException =
  | { readonly kind: OfMemberships; readonly month: number; readonly memberships: readonly number[] }
  | { readonly kind: 'reversal' | 'refund' | 'queued' | 'waiver'; readonly month: number; readonly organisation: number }
  /** Money of the second paid with the code of the first, or of both in one payment. */
  | { readonly kind: 'wrong-payer' | 'parts'; readonly month: number; readonly organisations: readonly [number, number] }
  /** Money whose code names nobody, the nth of its kind: sent back, or waiting to the end. */
  | { readonly kind: 'returned' | 'waiting'; readonly month: number; readonly nth: number }
  /** Closed in `month`, opened again in the next for money that came since. */
  | { readonly kind: 'reopened'; readonly month: number; readonly organisation: number }
  /** Paid again in `month`, from the first unpaid month on. */
  | { readonly kind: 'reinstatement'; readonly month: number; readonly organisation: number; readonly from: number }
  | { readonly kind: 'addendum' | 'extension'; readonly month: number; readonly contract: number }
  | { readonly kind: 'duplicate' | 'undone-merge'; readonly month: number; readonly person: number; readonly duplicate: number }

export type NationPlan = {
  readonly months: number
  readonly persons: readonly PlannedPerson[]
  readonly organisations: readonly PlannedOrganisation[]
  readonly memberships: readonly PlannedMembership[]
  readonly contracts: readonly PlannedContract[]
  readonly sponsorships: readonly PlannedSponsorship[]
  readonly exceptions: readonly PlannedException[]
}

/** What grows while the plan is made. */
export type Draft = {
  readonly months: number
  readonly persons: PlannedPerson[]
  readonly organisations: PlannedOrganisation[]
  readonly memberships: PlannedMembership[]
  readonly contracts: PlannedContract[]
  readonly sponsorships: PlannedSponsorship[]
  readonly exceptions: PlannedException[]
}
export const paysAlways: Habit = { unpaidFrom: null, partial: false, lateIn: null }
