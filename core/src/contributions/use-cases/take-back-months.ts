// Takes back months that offers settled, when the money that settled them goes back: what stands of them now is reversed on a bill of its own, which
// gives the money back, and the cover that rested on them is gone. Cover follows from what is left.
import type { Law } from '@payung/law'
import { type Day, type Month, monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { billId } from '../domain/bill-number.ts'
import { monthsToTakeBack } from '../domain/taken-back.ts'
import { bookByFund } from '../store/book-by-fund.ts'
import { writeChangedRows } from '../store/changed-rows.ts'
import { writeReturningBills } from '../store/prepaid.ts'
import { nextOfMonth } from '../store/running-numbers.ts'
import { forgetPaidMonth, layOutPaidMonth, type PaidMonthRow, paidMonths } from '../store/taken-back.ts'
import { sumChanges } from './apply-changes.ts'
import { fundsOf } from './issue-bills.ts'

export type TakenMonth = { readonly billId: bigint; readonly month: Month; readonly amount: bigint; readonly members: number }

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

/** Frees at least `needed` of a payer's money where that many months stand; gives the months, latest first. `after`: only months later than that one. The payer is locked by the caller. */
export async function takeBackMonths(tx: Tx, law: Law, payerId: bigint, needed: bigint, after: Month | null = null): Promise<TakenMonth[]> {
  if (needed <= 0n) return []
  const today = tx.today(law.pack.timeZone)
  const standing = (await paidMonths(tx, payerId, after)).map((row) => ({ ...row, billId: row.bill_id }))
  const { taken } = monthsToTakeBack(needed, standing)
  const memberships: { person_id: bigint; ordinal: number }[] = []
  const months: TakenMonth[] = []
  for (const row of taken) {
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
