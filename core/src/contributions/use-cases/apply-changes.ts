// Writes rows that change after their bill was issued: contributions, the bill of the difference, its transfers, what is too much as
// the payer's money, and the State's share. The caller has laid out `changed_row`, holds the payers and the month, and has decided.
import type { Law } from '@payung/law'
import { type Month, monthNumber, monthOf } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { BillsIssued } from '../events.ts'
import { byClass, type Tariff, tariffOf } from '../store/assess-rows.ts'
import { proveSums, stateIsBilled } from '../store/book-bills.ts'
import { bookByFund } from '../store/book-by-fund.ts'
import { type BillOfDifference, bookSurplus, sumDifferences, writeDifferenceBills } from '../store/book-differences.ts'
import { classesOfChanges, signedChanges, writeChangedRows } from '../store/changed-rows.ts'
import { noteDeferred } from '../store/deferrals.ts'
import { bookReductions, layReductions } from '../store/reductions.ts'
import { rangesOfClasses } from '../store/tariff.ts'
import { billStateShare, fundsOf, receivableDue } from './issue-bills.ts'
import { movePaidMonths } from './move-paid-months.ts'

/** The difference by bill in `new_sums`, from `changed_row`; proved before anything is written from it. */
export async function sumChanges(tx: Tx, month: Month): Promise<Tariff> {
  const tariff = tariffOf(byClass(await rangesOfClasses(tx, month, await classesOfChanges(tx))))
  await sumDifferences(tx, tariff, signedChanges)
  await proveSums(tx, tariff.wide)
  return tariff
}

/**
 * Called after `sumChanges` in the same transaction. A shortage is set off with the next month (PP 44/2015 art 23), so it is due with the
 * running one and late, fined and aged from that day: before it was told nobody could pay it. It stands in line by the day of the correction,
 * before bills that fall due later: older shortages are settled first (Perdir 22/2022), also when only the later bill was meant.
 */
export async function applyChanges(tx: Tx, law: Law, month: Month, tariff: Tariff): Promise<BillOfDifference[]> {
  const today = tx.today(law.pack.timeZone)
  await writeChangedRows(tx, month)
  await layReductions(tx, month)
  const due = receivableDue(law, monthOf(today), today)
  const bills = await writeDifferenceBills(tx, tariff.wide, month, today, 'correction', due)
  await bookByFund(tx, tariff.wide, { month, day: today, fundOf: fundsOf(law), from: 'receivable', reason: 'correction' })
  await bookReductions(tx, month, today)
  await bookSurplus(tx, month, today)
  await noteDeferred(tx, tariff.wide, month, today)
  // Whoever hears of the money that is free now would offer again what the correction has paid.
  await movePaidMonths(
    tx,
    bills.flatMap(({ bill_id, state }) => (state === 'paid' ? [bill_id] : [])),
  )
  await tellBills(tx, law, month, bills)
  return bills
}

/** Tells what was issued and who has money now, bills the State the difference, and measures the month. */
export async function tellBills(tx: Tx, law: Law, month: Month, bills: readonly BillOfDifference[]): Promise<void> {
  const state = (await stateIsBilled(tx, month)) ? await billStateShare(tx, law, month) : []
  const payers = [...new Set([...bills.map(({ payer_id }) => payer_id), ...state])]
  const total = bills.reduce((sum, bill) => sum + bill.total, 0n)
  await tx.emit({
    kind: 'bills-issued',
    room: 'contributions',
    subject: `month:${month}`,
    payload: { month, bills: bills.length, total: total.toString() },
    detail: {
      month,
      number: monthNumber(month),
      payers,
      done: bills.flatMap((bill) => (bill.state === 'paid' ? [{ payerId: bill.payer_id, billId: bill.bill_id }] : [])),
    } satisfies BillsIssued,
  })
  const credited = bills.flatMap((bill) => (bill.total < 0n ? [bill.payer_id] : []))
  if (credited.length > 0)
    await tx.emit({
      kind: 'surplus-credited',
      room: 'contributions',
      subject: `month:${month}`,
      payload: { month, payers: credited.length },
      detail: [...new Set(credited)],
    })
}
