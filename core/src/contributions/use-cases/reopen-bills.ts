// Opens bills again, or says that they were paid on a later day, when money that paid them goes back. Fines follow by themselves: they are
// made from the days. Called by payments in the transaction that takes the money.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { BillsReopened } from '../events.ts'
import { closeSplitCover, openSplitCover, paidSplits } from '../store/bill-splits.ts'
import { changePaidDays, closeContractCover, openFirstCoverAnew, type PaidAgain } from '../store/taken-back.ts'
import { movePaidDays, movePaidMonthsBack } from './move-paid-months.ts'
import { tellRevoked } from './tell-certified.ts'

export async function reopenBills(tx: Tx, bills: readonly PaidAgain[], day: Day): Promise<void> {
  if (bills.length === 0) return
  const changed = await changePaidDays(tx, bills, day)
  const gone = new Set(bills.flatMap(({ billId, paidOn }) => (paidOn === null ? [billId] : [])))
  const contracts = changed.flatMap(({ kind, bill_id }) => (kind === 'contract' && gone.has(bill_id) ? [bill_id] : []))
  if (contracts.length > 0) {
    await closeContractCover(tx, contracts)
    await tellRevoked(tx, contracts)
  }
  const monthly = Map.groupBy(
    changed.filter(({ kind }) => kind === 'month' || kind === 'supplement'),
    ({ payer_id }) => payer_id,
  )
  for (const [payerId, ofPayer] of monthly) {
    const was = ofPayer.map(({ was_paid_on }) => was_paid_on).sort()[0]
    if (was !== undefined) await openFirstCoverAnew(tx, payerId, was)
  }
  const corrections = changed.flatMap(({ kind, bill_id }) => (kind === 'correction' ? [bill_id] : []))
  await movePaidMonthsBack(
    tx,
    corrections.filter((bill) => gone.has(bill)),
  )
  await movePaidDays(
    tx,
    corrections.filter((bill) => !gone.has(bill)),
  )
  const splits = changed.filter(({ kind }) => kind === 'split')
  for (const { bill_id, was_paid_on } of splits) await closeSplitCover(tx, bill_id, was_paid_on)
  // What another split bill still pays for is open, whatever the payer's other bills are.
  const payers = [...new Set([...monthly.keys(), ...splits.map(({ payer_id }) => payer_id)])]
  const stillPaid = payers.length === 0 ? [] : await paidSplits(tx, payers)
  if (stillPaid.length > 0) await openSplitCover(tx, stillPaid)
  await tx.emit({
    kind: 'bills-reopened',
    room: 'contributions',
    subject: `bills:${changed.length}`,
    payload: { reopened: gone.size, movedDays: changed.length - gone.size },
    detail: changed satisfies BillsReopened,
  })
}
