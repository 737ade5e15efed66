// Books balances that another system handed over, each with its own day, programme and act, by set statements. What a membership brought
// without such a balance is booked by `take-openings` when the takeover ends. Needs `taken_membership` and the staged balances.
import type { Law } from '@payung/law'
import { monthOf } from '@payung/values'
import { fundsOf } from '../../contributions/index.ts'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { addHandedOver } from '../store/handed-over.ts'

/** Gives how many entries were booked. One transfer for each programme and day, so that the money of a month is found in its month. */
export async function bookBalances(tx: Tx, law: Law, importId: bigint): Promise<number> {
  const sums = await addHandedOver(tx)
  const fund = fundsOf(law)
  const posted = await postTransfers(
    tx,
    sums.map(({ programme, day, amount }) => ({
      payerId: 0n,
      debit: 'takeover',
      credit: fund(programme),
      amount,
      day,
      month: monthOf(day),
      reason: 'savings-opening',
      sourceId: importId,
    })),
  )
  if (!posted.ok) throw new Error(posted.refusal.rule)
  return sums.reduce((count, { entries }) => count + Number(entries), 0)
}
