// What the history carries along: the system it acts on, the plan, and the numbers that the system gave to what was planned.
import type { Law } from '@payung/law'
import { addMonths, type Day, type Month, type Result } from '@payung/values'
import { type Caller, inTransaction, type Platform, type Progress, setClock, systemActor, type Tx } from '../core.ts'
import type { NationPlan, PlannedMembership } from '../plan/nouns.ts'
import type { Profile } from '../profile.ts'
import type { Desk } from './desk.ts'

export const caller: Caller = { role: 'run', actor: systemActor }
export const rowsAtOnce = 4000

export type World = {
  readonly platform: Platform
  readonly law: Law
  readonly profile: Profile
  readonly plan: NationPlan
  readonly seed: number
  /** The first month of the history, and the last day of its last month. */
  readonly first: Month
  readonly until: Day
  readonly progress: Progress
  /** By the plan's own order; 0n and '' until they are registered. */
  readonly memberNumbers: string[]
  readonly personIds: bigint[]
  readonly organisationIds: bigint[]
  readonly payerIds: bigint[]
  readonly statePayer: { id: bigint }
  /** Ordinals of memberships, in the plan's order; 0 until they are open. */
  readonly ordinals: number[]
  /** The payer that a person is for himself. */
  readonly selfPayers: Map<number, bigint>
  /** Present wage of each membership as a multiple of the minimum wage. */
  readonly times: number[]
  /** Memberships that were taken out by mistake: nobody reports a wage for them. */
  readonly absent: Set<number>
  /** Numbers of contracts, in the plan's order; 0n until they are made. */
  readonly contractIds: bigint[]
  /** What is paid for contracts in each month. */
  readonly contractMoney: Map<string, readonly { readonly payerId: bigint; readonly amount: bigint }[]>
  readonly provinceOf: (region: string) => string
  readonly desk: Desk
}

export const monthAt = ({ first }: World, index: number): Month => addMonths(first, index)
export const dayIn = (month: Month, day: number): Day => `${month}-${String(day).padStart(2, '0')}` as Day

/** Moves the clock to the morning of a day; nothing is done in between. */
export async function wakeOn({ platform, law }: World, day: Day, time = '08:00'): Promise<void> {
  const morning = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: law.pack.timeZone, plainTime: time })
  await setClock(platform, new Date(morning.epochMilliseconds))
}

/** One transaction; a refusal is a mistake of the plan and stops everything. */
export async function act<Value>(world: World, name: string, work: (tx: Tx) => Promise<Result<Value>>): Promise<Value> {
  const result = await inTransaction(world.platform, caller, { name: `nation.${name}`, input: null }, (tx) => work(tx))
  if (!result.ok) throw new Error(`${name} was refused: ${result.refusal.rule} ${JSON.stringify(result.refusal.data)}`)
  return result.value
}

/** Stops at the first row that was refused: every row of the plan must be good. */
export function allGood<Row extends { readonly row: number; readonly refusal: { readonly rule: string; readonly data: object } | null }>(
  what: string,
  rows: readonly Row[],
): readonly Row[] {
  const bad = rows.find(({ refusal }) => refusal !== null)
  if (bad?.refusal) throw new Error(`${what}, row ${bad.row}: ${bad.refusal.rule} ${JSON.stringify(bad.refusal.data)}`)
  return rows
}

export function* inChunks<T>(list: readonly T[], size = rowsAtOnce): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size)
}

/** Memberships of the plan by the month in which they begin (or another month). */
export function byMonth(
  memberships: readonly PlannedMembership[],
  monthOf: (membership: PlannedMembership) => number | null,
): Map<number, number[]> {
  const months = new Map<number, number[]>()
  for (const [index, membership] of memberships.entries()) {
    const month = monthOf(membership)
    if (month === null) continue
    const list = months.get(month)
    if (list) list.push(index)
    else months.set(month, [index])
  }
  return months
}
