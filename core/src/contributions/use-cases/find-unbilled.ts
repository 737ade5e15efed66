// The first month in which a payer has workers and was sent no bill yet: an employer that ends owes it like any other (PP 44/2015 art 21).
import type { Law } from '@payung/law'
import { type Month, monthFromNumber, monthNumber, monthOf } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { unbilledMonth } from '../store/missed-months.ts'

export async function findUnbilled(tx: Tx, law: Law, payerId: bigint): Promise<Month | null> {
  const found = await unbilledMonth(tx, payerId, monthNumber(monthOf(tx.today(law.pack.timeZone))))
  return found === null ? null : monthFromNumber(found)
}
