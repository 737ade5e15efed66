// The ledger over HTTP. Row security shows an organisation or a member their own money only.

import type { Pack } from '@payung/law'
import { isDay, moneyToJson, ok, refuse } from '@payung/values'
import { type Handlers, readAs } from '../platform/index.ts'
import { balances } from './use-cases/read-balances.ts'
import { statement } from './use-cases/read-statement.ts'

export function handlersOf(pack: Pack): Handlers {
  const inMoney = (amount: bigint) => moneyToJson({ amount, currency: pack.currency })
  return {
    balances: async ({ query }, { platform, online }) => {
      const { on } = query
      if (on !== undefined && !isDay(on))
        return refuse({
          code: 'wrong-day',
          rule: 'A day is an existing one, written YYYY-MM-DD.',
          data: { on },
          next: 'Write for instance 2026-10-31.',
        })
      const rows = await readAs(platform, online, (tx) => balances(tx, on ?? null))
      return ok(
        rows.map((row) => ({
          ...row,
          labels: { ...row.labels },
          debit: inMoney(row.debit),
          credit: inMoney(row.credit),
          balance: inMoney(row.balance),
        })),
      )
    },
    statement: async ({ params, query }, { platform, online }) => {
      const cursor = query.cursor !== undefined && /^\d{1,18}$/.test(query.cursor) ? BigInt(query.cursor) : null
      const page = await readAs(platform, online, (tx) => statement(tx, BigInt(params.payerId), cursor, query.limit))
      return ok({
        items: page.items.map(({ transferId, day, month, debit, credit, amount, reason, sourceId }) => ({
          transferId: transferId.toString(),
          day,
          month,
          debit,
          credit,
          amount: inMoney(amount),
          reason,
          sourceId: sourceId.toString(),
        })),
        next: page.next?.toString() ?? null,
      })
    },
  }
}
