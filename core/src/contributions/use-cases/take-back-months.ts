// Takes back months that offers settled, when the money that settled them goes back: reversing entries on a bill of their own, the
// transfers reversed, and the cover that rested on them gone. Cover follows from what is left.
import type { Law } from '@payung/law'
import { type Month, monthFromNumber } from '@payung/values'
import { reverseTransfers, transfersFrom } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { monthsToTakeBack } from '../domain/taken-back.ts'
import { forgetPaidMonth, paidMonths, reverseMonth } from '../store/taken-back.ts'

export type TakenMonth = { readonly billId: bigint; readonly month: Month; readonly amount: bigint; readonly members: number }

/** Frees at least `needed` of a payer's money where that many months stand; gives the months, latest first. `after`: only months later than that one. The payer is locked by the caller. */
export async function takeBackMonths(tx: Tx, law: Law, payerId: bigint, needed: bigint, after: Month | null = null): Promise<TakenMonth[]> {
  if (needed <= 0n) return []
  const today = tx.today(law.pack.timeZone)
  const standing = (await paidMonths(tx, payerId, after)).map((row) => ({ ...row, billId: row.bill_id }))
  const { taken } = monthsToTakeBack(needed, standing)
  if (taken.length === 0) return []
  const memberships = []
  for (const month of taken) {
    await reverseMonth(tx, payerId, month, today)
    memberships.push(...(await forgetPaidMonth(tx, month.bill_id)))
  }
  const booked = await transfersFrom(
    tx,
    payerId,
    taken.map(({ bill_id }) => bill_id),
    ['contribution', 'split'],
  )
  for (const reason of ['contribution', 'split']) {
    const transfers = booked.filter((transfer) => transfer.reason === reason && !transfer.reversed && transfer.reverses === undefined)
    const done = await reverseTransfers(tx, { transfers, day: today, reason })
    if (!done.ok) throw new Error(done.refusal.rule)
  }
  const months = taken.map(({ bill_id, month, amount, members }) => ({ billId: bill_id, month: monthFromNumber(month), amount, members }))
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
