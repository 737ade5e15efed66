// Arrears on the day of an event: how many consecutive months had passed their due day unpaid, and who pays a benefit therefore
// (PP 44/2015 art 38, 41; PP 6/2025 art 39). What was issued and paid by the end of that day counts, as was known then, so
// that nothing that happens later changes the answer: not money that a bank takes back, nor a wage that is corrected after an accident.
// Money that came by then and is told later does, because it had come.
import type { Day, Month } from '@payung/values'
import { type CoverRule, longestRun, type MonthBill, monthsBilled } from './cover.ts'

export type ProgrammePayer = { readonly programme: string; readonly paidFirstBy: 'agency' | 'payer' }
export type Arrears = {
  /** The longest run of consecutive months that were due and unpaid, first month first. */
  readonly months: readonly Month[]
  /** The due day of the first month that was unpaid, in a run or not. */
  readonly since: Day | null
  readonly programmes: readonly ProgrammePayer[]
}

export function decideArrears(
  day: Day,
  billed: readonly MonthBill[],
  rules: readonly Pick<CoverRule, 'programme' | 'graceMonths' | 'beyond'>[],
): Arrears {
  const overdue = monthsBilled(day, billed).filter((month) => month.overdue)
  const run = longestRun(overdue)
  const dues = overdue.flatMap(({ due }) => due ?? []).sort()
  return {
    months: run.map(({ month }) => month),
    since: dues[0] ?? null,
    programmes: rules.map(({ programme, graceMonths, beyond }) => ({
      programme,
      paidFirstBy: run.length > graceMonths && beyond === 'employer pays first' ? 'payer' : 'agency',
    })),
  }
}

export type UnderReported = {
  readonly reported: bigint
  readonly actual: bigint
  readonly difference: bigint
  readonly owedByPayer: boolean
}

/** What a benefit is computed on, and on what the rest is owed, by whom the pack says (`payer` or `agency`); nothing is owed where the wage was not reported too low. */
export function decideUnderReported(reported: bigint, actual: bigint, owedBy: string): UnderReported {
  const difference = actual > reported ? actual - reported : 0n
  return { reported, actual, difference, owedByPayer: owedBy === 'payer' && difference > 0n }
}
