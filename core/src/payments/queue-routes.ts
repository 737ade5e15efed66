// The queue of money that names nobody, over HTTP: what waits, who sent it, and whose it may be. Who lists senders leaves a line in the trail.
import type { Law } from '@payung/law'
import { moneyToJson, ok } from '@payung/values'
import { cursorOf, type Handlers, readAs } from '../platform/index.ts'
import { openSender } from './sender.ts'
import { pageOfQueue } from './store.ts'
import { takingMoney } from './taking-money.ts'
import { proposePayers, queueFacts } from './use-cases/clear-queue.ts'

export const queueHandlersOf = (law: Law): Handlers => ({
  paymentQueue: async ({ query }, context) => {
    const limit = query.limit ?? 50
    const after = cursorOf(query.cursor)
    if (!after.ok) return after
    const { shown, more, facts } = await readAs(context.platform, takingMoney(context), async (tx) => {
      const page = await pageOfQueue(tx, after.value ?? 0n, limit + 1)
      const rows = page.slice(0, limit)
      const named = rows.flatMap(({ sender, paymentId }) => (sender === null ? [] : [paymentId.toString()]))
      if (named.length > 0) tx.look(null, 'payment queue', 'queued payments name their senders', { payments: named })
      return { shown: rows, more: page.length > limit, facts: await queueFacts(tx, tx.today(law.pack.timeZone), rows) }
    })
    const items = shown.map(({ paymentId, channel, day, externalId, code, amount, sender }) => ({
      paymentId: paymentId.toString(),
      channel,
      day,
      externalId,
      code,
      amount: moneyToJson({ amount, currency: law.pack.currency }),
      sender: openSender(context.platform.encryption, sender?.sealed ?? null),
      ageDays: facts.get(paymentId)?.ageDays ?? 0,
      owner: facts.get(paymentId)?.owner?.toString() ?? null,
    }))
    return ok({ items, next: more ? (shown.at(-1)?.paymentId.toString() ?? null) : null })
  },
  queueProposals: async ({ params }, context) => {
    const done = await readAs(context.platform, takingMoney(context), (tx) => proposePayers(tx, BigInt(params.paymentId)))
    if (!done.ok) return done
    const items = done.value.map(({ payerId, reasons, billId }) => ({
      payerId: payerId.toString(),
      reasons: [...reasons],
      billId: billId?.toString() ?? null,
    }))
    return ok({ items })
  },
})
