// An employer who can pay only for some of its workers: the officer takes them to a bill of their own, which is paid first by its own code;
// the rest is paid some days later.
import { ok } from '@payung/values'
import { billCode, billingBy, recordPayments, splitBill } from '../core.ts'
import type { PlannedException } from '../plan/nouns.ts'
import { payDays } from '../plan/pay-days.ts'
import { actAs, branchOf } from './desk.ts'
import { dayIn, monthAt, type World } from './world.ts'

/** On the first pay day of a month: the bill of the month before. */
export async function splitAndPay(world: World, planned: Extract<PlannedException, { memberships: readonly number[] }>): Promise<void> {
  const { law, plan, memberNumbers, ordinals, payerIds } = world
  const payerId = payerIds[plan.memberships[planned.memberships[0] ?? 0]?.payer ?? 0] ?? 0n
  const workers = planned.memberships.map((place) => ({
    memberNumber: memberNumbers[plan.memberships[place]?.person ?? 0] ?? '',
    ordinal: ordinals[place] ?? 1,
  }))
  const day = dayIn(monthAt(world, planned.month), payDays[0])
  const { officer } = await branchOf(world, payerId)
  await actAs(world, officer, 'split', async (tx) => {
    const [bill] = await tx.query<{ bill_id: bigint }>(
      `select bill_id from contributions.bill where payer_id = $1 and kind = 'month' and state = 'issued' order by month desc limit 1`,
      [payerId],
    )
    const done = await splitBill(tx, law, { payerId, billId: bill?.bill_id ?? 0n, workers, reason: 'Kas belum cukup (contoh)' })
    if (!done.ok) return done
    const { splitBillId, amount } = done.value
    const row = { channel: 'bank', day, externalId: `${day}-split-${payerId}`, code: billCode(splitBillId), amount: amount.toString() }
    const [paid] = await recordPayments(tx, { pack: law.pack, billing: billingBy(law) }, [row])
    if (paid?.outcome !== 'booked' || paid.credit !== 0n) throw new Error('a split bill was not paid by its code')
    return ok(null)
  })
}
