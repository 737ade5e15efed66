// Marks issued bills as paid and opens the cover that a first full payment opens (PP 44/2015 art 6; first instalment of a project).
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { openSplitCover } from '../store/bill-splits.ts'
import { openContractCover } from '../store/contract-parts.ts'
import { markPaid, openFirstCover } from '../store/paid-bills.ts'
import { finishCorrections } from './finish-corrections.ts'
import { movePaidMonths } from './move-paid-months.ts'
import { tellCertified } from './tell-certified.ts'

export type PaidBill = { readonly payerId: bigint; readonly billId: bigint }

/** Called by payments in the transaction that moved the money. Bills that are paid already stay as they are. */
export async function settleBills(tx: Tx, bills: readonly PaidBill[], paidOn: Day): Promise<void> {
  if (bills.length === 0) return
  const paid = await markPaid(tx, bills, paidOn)
  for (const [day, ofDay] of Map.groupBy(paid, ({ paid_on }) => paid_on)) {
    await openFirstCover(
      tx,
      ofDay.filter(({ kind }) => kind === 'month' || kind === 'supplement').map(({ payer_id }) => payer_id),
      day,
    )
    const splits = ofDay.filter(({ kind, total }) => kind === 'split' && total >= 0n).map(({ bill_id }) => bill_id)
    if (splits.length > 0) await openSplitCover(tx, splits)
    const contracts = ofDay.filter(({ kind }) => kind === 'contract').map(({ bill_id }) => bill_id)
    if (contracts.length > 0) {
      await openContractCover(tx, contracts, day)
      await tellCertified(tx, contracts)
    }
    const corrections = ofDay.filter(({ kind }) => kind === 'correction').map(({ bill_id }) => bill_id)
    await movePaidMonths(tx, corrections)
    if (corrections.length > 0) await finishCorrections(tx, corrections, day)
  }
  const total = paid.reduce((sum, bill) => sum + bill.total, 0n)
  await tx.emit({
    kind: 'bills-paid',
    room: 'contributions',
    subject: `bills:${paid.length}`,
    payload: { bills: paid.length, total: total.toString(), on: paidOn },
    detail: paid,
  })
}
