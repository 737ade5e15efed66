// What a pack says of the life of a premium contract: its parts, the window of reporting, and the terms before and after a change.
import type { Day } from '@payung/values'
import type { Facts } from './types.ts'

/** The days of a contract: `until` is the first day outside. */
export type ContractSpan = { readonly from: Day; readonly until: Day }
/** Programme (or undivided group) to its shares. */
export type ContractAmounts = Readonly<Record<string, { readonly employer: bigint; readonly worker: bigint }>>
export type ContractTerms = {
  /** Steps in which the premium is paid one after the other, each with the days that its payment covers; one where it is paid at once. */
  readonly steps: readonly (ContractSpan & { readonly amounts: ContractAmounts })[]
  /** Shares in millionths in which a premium of one step may be paid instead; empty where only the whole is known. */
  readonly instalments: readonly bigint[]
  /** The last day on which somebody who began to work on a day may be reported, so that an event before the report is covered; null: no such window. */
  readonly reportBy: (began: Day) => Day | null
}
export type ContractChange = {
  readonly before: ContractSpan & { readonly facts: Facts }
  readonly after: ContractSpan & { readonly facts: Facts }
}
