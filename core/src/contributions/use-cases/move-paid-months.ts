// Moves what is paid with a correction of who pays by offer: in the transaction that pays the correction's bill, the month leaves the membership
// that it was wrongly paid for and joins the one that it is given to, or the one that had been ended by mistake. Until then what was paid holds.
import type { Tx } from '../../platform/index.ts'
import { givePaidMonths, movesOfCorrections, takePaidMonths } from '../store/paid-spans.ts'

/** `bills`: corrections' bills that are paid now. Of who owes nothing moves: his cover follows the bills of his payer. */
export async function movePaidMonths(tx: Tx, bills: readonly bigint[]): Promise<void> {
  if (bills.length === 0) return
  const { given, taken } = await movesOfCorrections(tx, bills)
  await takePaidMonths(tx, taken)
  await givePaidMonths(tx, given)
}

/** These corrections are paid on another day now. What became of a month since (another correction moved it on, its payer paid it again) stays as it is. */
export async function movePaidDays(tx: Tx, bills: readonly bigint[]): Promise<void> {
  if (bills.length === 0) return
  const { given } = await movesOfCorrections(tx, bills)
  await givePaidMonths(tx, await takePaidMonths(tx, given))
}

/** The money that paid these corrections is gone: everything is paid as it was before them. */
export async function movePaidMonthsBack(tx: Tx, bills: readonly bigint[]): Promise<void> {
  if (bills.length === 0) return
  const { given, taken } = await movesOfCorrections(tx, bills)
  await takePaidMonths(tx, given)
  await givePaidMonths(tx, taken)
}
