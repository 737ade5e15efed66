// The numbers that a payer's next bills of a month get, and the refusal where he has none left.
import { type Month, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { billId, billNumbers, billsAtOnce, firstRunning, monthlyNumber } from '../domain/bill-number.ts'
import { nextOfMonth, nextRunning } from '../store/running-numbers.ts'

/** `count` bill ids, the lowest first: of the month's own as long as they are not kept, then running. The payer is locked by the caller. Refusal: too-many-bills. */
export async function nextBills(tx: Tx, month: Month, payerId: bigint, count: number): Promise<Result<bigint[]>> {
  const ofMonth = (await nextOfMonth(tx, month, [payerId])).get(payerId) ?? billNumbers
  const room = ofMonth >= firstRunning || ofMonth + count <= monthlyNumber(month) + billsAtOnce
  const next = room ? ofMonth : ((await nextRunning(tx, [payerId])).get(payerId) ?? billNumbers)
  if (next + count > billNumbers)
    return refuse({
      code: 'too-many-bills',
      rule: `A payer has at most ${billNumbers - firstRunning} bills beyond those of its months.`,
      data: { month, payer: payerId.toString() },
      next: 'Let another payer pay for the workers from now on.',
    })
  return ok(Array.from({ length: count }, (_, place) => billId(payerId, next + place)))
}
