// Keeps the close of a year waiting while a takeover that was found good is written, cut short as often as it may be: what it brings is booked in the
// year of its day, and nothing is added to a closed one. Called by the takeover in the transactions in which it is judged and ends.
import { yearOf } from '@payung/law'
import { type Day, monthOf, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { addAwaited, dropAwaited, firstHandedOver } from '../store/handed-over.ts'
import { lastYearBegun } from '../store/rates.ts'

/** No close begins between this look at the staged balances and the end of the transaction. */
export async function awaitBalances(tx: Tx, importId: bigint, today: Day): Promise<Result<null>> {
  const closed = await lastYearBegun(tx)
  const first = await firstHandedOver(tx)
  if (closed !== null && first !== null && yearOf(monthOf(first)) <= closed)
    return refuse({
      code: 'year-closed',
      rule: 'Nothing is added to a year whose statements are written.',
      data: { day: first, closed: String(closed) },
      next: `The year was closed while the folder was checked: give balances of ${closed}-12-31 or later.`,
    })
  await addAwaited(tx, importId, today)
  return ok(null)
}

export const endAwaiting = (tx: Tx, importId: bigint): Promise<number> => dropAwaited(tx, importId)
