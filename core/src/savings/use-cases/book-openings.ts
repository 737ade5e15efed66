// Books the opening balances of memberships that are taken over from another system: the same entries and transfers as one by one, by set
// statements. Needs `taken_membership` and the staged balances of the room takeover, which were checked.
import type { Law } from '@payung/law'
import { monthOf } from '@payung/values'
import { fundsOf } from '../../contributions/index.ts'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { addOpenings } from '../store/openings.ts'

/** Gives how many entries were booked. One transfer for each programme and day, so that the money of a month is found in its month. */
export async function bookOpenings(tx: Tx, law: Law, importId: bigint): Promise<number> {
  const sums = await addOpenings(tx, importId)
  const fund = fundsOf(law)
  const posted = await postTransfers(
    tx,
    sums.map(({ programme, day, amount }) => ({
      payerId: 0n,
      debit: 'takeover',
      credit: fund(programme),
      amount,
      day: day,
      month: monthOf(day),
      reason: 'savings-opening',
      sourceId: importId,
    })),
  )
  if (!posted.ok) throw new Error(posted.refusal.rule)
  return sums.reduce((count, { entries }) => count + Number(entries), 0)
}
