// The numbers that a payer's next bills of a month get, as long as the month has room for them.
import { type Month, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { billId, billsPerMonth, keptForLaw, monthlyNumber } from '../domain/bill-number.ts'
import { nextBillNumbers } from '../store/changed-rows.ts'

/** `count` bill ids, the lowest first. `advice`: what to do where a month is full. The payer is locked by the caller. Refusal: too-many-bills. */
export async function nextBills(tx: Tx, month: Month, payerId: bigint, count: number, advice: string): Promise<Result<bigint[]>> {
  const next = (await nextBillNumbers(tx, month, [payerId])).get(payerId) ?? 0
  const most = billsPerMonth - keptForLaw
  if (next + count > monthlyNumber(month) + most)
    return refuse({
      code: 'too-many-bills',
      rule: `A payer has at most ${most} bills for a month; what is left is kept for law that is published late.`,
      data: { month, payer: payerId.toString() },
      next: advice,
    })
  return ok(Array.from({ length: count }, (_, place) => billId(payerId, next + place)))
}
