// The ledger over HTTP. Row security shows an organisation or a member their own money only. A payer's statement is served by payments,
// because this room does not know which payers there are.

import type { Pack } from '@payung/law'
import { isDay, moneyToJson, ok, refuse } from '@payung/values'
import { type Handlers, readAs } from '../platform/index.ts'
import { balances } from './use-cases/read-balances.ts'

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
  }
}
