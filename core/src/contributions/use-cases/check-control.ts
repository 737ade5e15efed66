// The control that matters: contributions + premiums + fines + corrections + instalments of what was deferred = bills = transfers, and bank account = bank statement.
// Run after every set step and kept with its difference, which anyone may read. What is done to a single bill is checked with its month on
// the next day (check-changed-months.ts): a month of millions is not summed for each of them.
import { type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { addControlCheck, type ControlSums, measureBank, measureMonth } from '../store/control.ts'

export type Control = ControlSums & { readonly step: string; readonly difference: bigint }

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a)

/** Measures one month (null: all of them) and keeps the result. The difference is the sum of all distances, so that two errors never cancel out. */
export async function checkControl(tx: Tx, step: string, month: Month | null): Promise<Control> {
  const number = month === null ? null : monthNumber(month)
  const sums = { ...(await measureMonth(tx, number)), ...(await measureBank(tx)) }
  const owed = sums.contributions + sums.premiums + sums.fines + sums.stateShare + sums.corrections + sums.deferred
  const difference = distance(owed, sums.billed) + distance(sums.billed, sums.booked) + distance(sums.bank, sums.statement)
  const control: Control = { ...sums, step, difference }
  await addControlCheck(tx, control, number)
  return control
}
