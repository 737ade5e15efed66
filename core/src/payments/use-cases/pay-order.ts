// Says that the bank has paid an order: the money leaves the bank's account. Told twice with the same reference it is done once.
import type { Law } from '@payung/law'
import { type Day, monthOf, ok, parseDay, type Result, refuse } from '@payung/values'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { servePayers } from '../../registry/index.ts'
import { holdOrder, type PayoutOrder, payOrder } from '../payout-store.ts'

export type PaidOrder = { readonly orderId: bigint; readonly day: string; readonly reference: string }

export async function markOrderPaid(tx: Tx, law: Law, { orderId, day: told, reference: given }: PaidOrder): Promise<Result<PayoutOrder>> {
  const [reference, day] = [given.trim(), parseDay(told)]
  const data = { orderId: orderId.toString(), day: told, reference }
  const order = await holdOrder(tx, orderId)
  if (!order)
    return refuse({
      code: 'order-not-found',
      rule: 'Only what was ordered is paid out.',
      data,
      next: 'Look at the orders: payung payouts.',
    })
  const served = await servePayers(tx, [order.payerId])
  if (!served.ok) return served
  if (reference === '')
    return refuse({ code: 'field-missing', rule: 'The bank gives a payout a reference.', data, next: 'Copy it from the statement.' })
  if (order.state === 'paid')
    return order.reference === reference
      ? ok(order)
      : refuse({
          code: 'order-paid',
          rule: 'An order is paid once.',
          data: { ...data, known: order.reference ?? '' },
          next: 'Ask the bank which of the two is right.',
        })
  if (!day || day < order.orderedOn || day > tx.today(law.pack.timeZone))
    return refuse({
      code: 'wrong-day',
      rule: 'An order is paid from its own day on, and told when it is paid.',
      data: { ...data, orderedOn: order.orderedOn },
      next: 'Write the booking day of the bank.',
    })
  await payOrder(tx, orderId, day, reference)
  const { payerId, amount } = order
  const posted = await postTransfers(tx, [
    { payerId, debit: 'orders', credit: 'bank', amount, day, month: monthOf(day), reason: 'payout', sourceId: orderId },
  ])
  if (!posted.ok) return posted
  await tx.emit({ kind: 'order-paid', room: 'payments', subject: `order:${orderId}`, payload: { payerId, amount, day: day satisfies Day } })
  return ok({ ...order, state: 'paid', paidOn: day, reference })
}
