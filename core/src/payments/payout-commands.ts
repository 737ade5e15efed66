// `payung payouts`: orders to pay money out. That one was paid is told over HTTP, by whoever told the bank.
import type { Result } from '@payung/values'
import { type Answer, answer, type Command, type CommandContext, readAs, systemActor, table } from '../platform/index.ts'
import { pageOfOrders } from './payout-store.ts'

const caller = { role: 'run', actor: systemActor } as const

/** Looking at payout orders leaves a line: they name bank accounts. */
async function listOrders(context: CommandContext): Promise<Result<Answer>> {
  const state = context.flag('all') ? null : 'ordered'
  const rows = await readAs(await context.platform(), caller, async (tx) => {
    const orders = await pageOfOrders(tx, state, 0n, 1000)
    tx.look(null, 'payouts', 'payout orders name bank accounts', { orders: orders.map(({ orderId }) => orderId.toString()) })
    return orders
  })
  const cells = rows.map((row) => [
    row.orderId,
    row.requestId,
    row.payerId,
    row.amount,
    row.state,
    row.bank,
    row.orderedOn,
    row.paidOn ?? '',
  ])
  return answer(
    rows,
    rows.length === 0 ? 'no order waits' : table(['order', 'request', 'payer', 'amount', 'state', 'bank', 'ordered', 'paid'], cells),
  )
}

export const payoutCommands: readonly Command[] = [
  {
    name: 'payouts',
    summary: 'orders to pay money out that are not paid yet',
    options: { all: { type: 'boolean', summary: 'paid ones too' } },
    run: listOrders,
  },
]
