// Makes the figures of contribution months: computed, billed, booked, collected.
import { type Day, type Month, monthFromNumber, monthNumber, monthOf, ok, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { changedMonths, countMonth } from '../store.ts'

/** Counts the months given, or all that may have changed up to the month of `asOf`. Work for inTransaction, as role `run`. */
export async function countMonths(tx: Tx, asOf: Day, months?: readonly Month[]): Promise<Result<Month[]>> {
  const numbers = months?.map(monthNumber) ?? (await changedMonths(tx, monthNumber(monthOf(asOf)))).map(({ month }) => month)
  for (const month of numbers) await countMonth(tx, month, asOf)
  return ok(numbers.map(monthFromNumber))
}
