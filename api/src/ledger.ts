// Accounts, balances and statements.
import { Type } from 'typebox'
import { route } from './route.ts'
import { anyone, Day, Money, Month, Next, Page, Words } from './values.ts'

const Id = Type.String({ pattern: '^\\d{1,18}$' })
export const Transfer = Type.Object({
  transferId: Id,
  day: Day,
  month: Month,
  debit: Type.String(),
  credit: Type.String(),
  amount: Money,
  reason: Type.String(),
  sourceId: Id,
})

export const ledgerRoutes = {
  balances: route({
    method: 'GET',
    path: '/v1/ledger/balances',
    tag: 'ledger',
    summary: 'Balance of every account on a day',
    access: anyone,
    query: Type.Object({ on: Type.Optional(Day) }),
    response: Type.Array(
      Type.Object({ account: Type.String(), kind: Type.String(), labels: Words, debit: Money, credit: Money, balance: Money }),
    ),
  }),
  statement: route({
    method: 'GET',
    path: '/v1/payers/:payerId/transfers',
    tag: 'ledger',
    summary: 'Statement of a payer, latest first',
    access: anyone,
    params: Type.Object({ payerId: Id }),
    query: Type.Object(Page),
    response: Type.Object({ items: Type.Array(Transfer), next: Next }),
  }),
}
