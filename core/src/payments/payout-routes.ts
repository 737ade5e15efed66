// Payout orders over HTTP: each handler translates and calls one use case.
import type { Payout } from '@payung/api'
import type { Law } from '@payung/law'
import { moneyToJson, ok } from '@payung/values'
import { cursorOf, type Handlers, inTransaction, readAs } from '../platform/index.ts'
import { type PayoutOrder, pageOfOrders } from './payout-store.ts'
import { takingMoney } from './taking-money.ts'
import { markOrderPaid } from './use-cases/pay-order.ts'

const payoutJson = (law: Law, order: PayoutOrder): Payout => ({
  ...order,
  orderId: order.orderId.toString(),
  payerId: order.payerId.toString(),
  requestId: order.requestId.toString(),
  amount: moneyToJson({ amount: order.amount, currency: law.pack.currency }),
})

export const payoutHandlersOf = (law: Law): Handlers => ({
  listPayouts: async ({ query }, context) => {
    const limit = query.limit ?? 50
    const after = cursorOf(query.cursor)
    if (!after.ok) return after
    const items = await readAs(context.platform, context.online, async (tx) => {
      const rows = await pageOfOrders(tx, query.state ?? null, after.value ?? 0n, limit + 1)
      tx.look(null, 'payouts', 'payout orders name bank accounts', {
        orders: rows.slice(0, limit).map(({ orderId }) => orderId.toString()),
      })
      return rows
    })
    const shown = items.slice(0, limit).map((order) => payoutJson(law, order))
    return ok({ items: shown, next: items.length > limit ? (shown.at(-1)?.orderId ?? null) : null })
  },
  markPayoutPaid: async ({ params, body }, context) => {
    const command = {
      name: 'markPayoutPaid',
      input: { orderId: BigInt(params.orderId), ...body },
      ...(context.key === undefined ? {} : { key: context.key }),
    }
    const done = await inTransaction(context.platform, takingMoney(context), command, (tx, input) => markOrderPaid(tx, law, input))
    return done.ok ? ok(payoutJson(law, done.value)) : done
  },
})
