// Takes back months that offers settled, when the money that settled them goes back: what stands of them now is reversed on a bill of its own, which
// gives the money back, and the cover that rested on them is gone. Cover follows from what is left. Among them, by the day of payment, parts of contracts.
import type { Law } from '@payung/law'
import { type Day, type Month, monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { billId } from '../domain/bill-number.ts'
import { latestPaidFirst, monthsToTakeBack } from '../domain/taken-back.ts'
import { bookByFund } from '../store/book-by-fund.ts'
import { writeChangedRows } from '../store/changed-rows.ts'
import { paidParts } from '../store/contract-parts.ts'
import { writeReturningBills } from '../store/prepaid.ts'
import { nextOfMonth } from '../store/running-numbers.ts'
import { forgetPaidMonth, layOutPaidMonth, type PaidMonthRow, paidMonths } from '../store/taken-back.ts'
import { sumChanges } from './apply-changes.ts'
import { fundsOf } from './issue-bills.ts'
import { takeBackParts } from './take-back-parts.ts'

export type TakenMonth = { readonly billId: bigint; readonly month: Month; readonly amount: bigint; readonly members: number }
/** `owed`: it was a part of a contract, and its bill is open again. */
export type Taken = TakenMonth & { readonly owed: boolean }

/** Reverses what stands of a month and gives its money back to its payer; gives the memberships. Undefined: the payer has no number left for a bill, and the month stays. */
async function takeBack(tx: Tx, law: Law, payerId: bigint, row: PaidMonthRow, today: Day) {
  const month = monthFromNumber(row.month)
  const number = (await nextOfMonth(tx, month, [payerId])).get(payerId)
  if (number === undefined) return undefined
  await layOutPaidMonth(tx, payerId, row, billId(payerId, number))
  const tariff = await sumChanges(tx, month)
  await writeChangedRows(tx, month)
  const [bill] = await writeReturningBills(tx, month, today)
  if (bill?.total !== -row.amount)
    throw new Error(`bill ${row.bill_id} stands at ${row.amount} and was to be taken back at ${bill?.total}; nothing was`)
  await bookByFund(tx, tariff.wide, { month, day: today, fundOf: fundsOf(law), from: 'money', reason: 'correction' })
  return forgetPaidMonth(tx, row.month)
}

/**
 * Frees at least `needed` of a payer's money where that much stands; gives the months, and parts of contracts, latest paid first. `after`: only months later than that one. The payer is
 * locked by the caller, who registers what is owed again.
 */
export async function takeBackMonths(tx: Tx, law: Law, payerId: bigint, needed: bigint, after: Month | null = null): Promise<Taken[]> {
  if (needed <= 0n) return []
  const today = tx.today(law.pack.timeZone)
  const standing = (await paidMonths(tx, payerId, after)).map((row) => ({
    billId: row.bill_id,
    paidOn: row.paid_on,
    amount: row.amount,
    row,
  }))
  const parts = after === null ? await paidParts(tx, payerId) : []
  const { taken } = monthsToTakeBack(
    needed,
    latestPaidFirst(
      standing,
      parts.map((part) => ({ billId: part.billId, paidOn: part.paidOn, amount: part.total, part })),
    ),
  )
  const months = await takeBackEach(
    tx,
    law,
    payerId,
    taken.flatMap((each) => ('row' in each ? [each.row] : [])),
    today,
  )
  const gone = taken.flatMap((each) => ('part' in each ? [each.part] : []))
  if (gone.length > 0) await takeBackParts(tx, law, payerId, gone, today)
  return [
    ...months.map((month) => ({ ...month, owed: false })),
    ...gone.map(({ billId, month, total, members }) => ({ billId, month, amount: total, members, owed: true })),
  ]
}

async function takeBackEach(tx: Tx, law: Law, payerId: bigint, rows: readonly PaidMonthRow[], today: Day): Promise<TakenMonth[]> {
  const memberships: { person_id: bigint; ordinal: number }[] = []
  const months: TakenMonth[] = []
  for (const row of rows) {
    const gone = await takeBack(tx, law, payerId, row, today)
    if (!gone) continue
    memberships.push(...gone)
    months.push({ billId: row.bill_id, month: monthFromNumber(row.month), amount: row.amount, members: row.members })
  }
  if (months.length === 0) return []
  await tx.emit({
    kind: 'months-taken-back',
    room: 'contributions',
    subject: `payer:${payerId}`,
    payload: {
      months: months.length,
      memberships: memberships.length,
      amount: months.reduce((sum, { amount }) => sum + amount, 0n).toString(),
    },
    detail: { payerId, months, memberships },
  })
  return months
}

/** What a payer's standing months after a month cost together. */
export const paidAfter = async (tx: Tx, payerId: bigint, after: Month): Promise<bigint> =>
  (await paidMonths(tx, payerId, after)).reduce((sum, { amount }) => sum + amount, 0n)
