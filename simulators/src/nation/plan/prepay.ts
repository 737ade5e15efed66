// When somebody who pays ahead pays: planned backwards from the month through which everything is paid in the end.
import type { PlannedPrepayment } from './nouns.ts'

/** Payments of `period` months that fill the months `from` to `through`; the first is the shorter one. Each is made in its first month. */
export function prepayThrough(from: number, through: number, period: number): PlannedPrepayment[] {
  const payments: PlannedPrepayment[] = []
  for (let end = through; end >= from; end -= period) {
    const begin = Math.max(from, end - period + 1)
    payments.unshift({ at: begin, from: begin, months: end - begin + 1 })
  }
  return payments
}
