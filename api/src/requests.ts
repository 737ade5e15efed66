// Requests: one person asks that money goes back or a debt ends, another decides.
import { type Static, Type } from 'typebox'
import { route } from './route.ts'
import { Amount, Day, Facts, Money, Next, Page, staff } from './values.ts'

const Id = Type.String({ pattern: '^\\d{1,18}$' })
const Null = Type.Null()
const Text = Type.String({ minLength: 1, maxLength: 300 })
export const RequestKind = Type.Union([
  Type.Literal('reversal'),
  Type.Literal('refund'),
  Type.Literal('return'),
  Type.Literal('parts'),
  Type.Literal('fine-waiver'),
  Type.Literal('write-off'),
  Type.Literal('closing'),
  Type.Literal('reopening'),
])
export const MoneyRequest = Type.Object({
  requestId: Id,
  kind: RequestKind,
  payerId: Id,
  paymentId: Type.Union([Id, Null]),
  billId: Type.Union([Id, Null]),
  amount: Money,
  ground: Type.String(),
  evidence: Type.String(),
  detail: Facts,
  state: Type.Union([Type.Literal('asked'), Type.Literal('approved'), Type.Literal('refused')]),
  askedBy: Id,
  askedOn: Day,
  decidedBy: Type.Union([Id, Null]),
  decidedOn: Type.Union([Day, Null]),
  decidedWhy: Type.Union([Type.String(), Null]),
})

export const Payout = Type.Object({
  orderId: Id,
  payerId: Id,
  requestId: Id,
  amount: Money,
  bank: Type.String(),
  account: Type.String(),
  holder: Type.String(),
  state: Type.Union([Type.Literal('ordered'), Type.Literal('paid')]),
  orderedOn: Day,
  paidOn: Type.Union([Day, Null]),
  reference: Type.Union([Type.String(), Null]),
})

export const ReopenedEmployer = Type.Object({
  payerId: Id,
  name: Type.String(),
  ground: Type.String(),
  closedOn: Day,
  reopenedOn: Day,
  money: Money,
})

export const requestsRoutes = {
  listPayouts: route({
    method: 'GET',
    path: '/v1/payouts',
    tag: 'requests',
    summary: 'Money ordered to be paid out, oldest first',
    access: staff,
    query: Type.Object({ ...Page, state: Type.Optional(Type.Union([Type.Literal('ordered'), Type.Literal('paid')])) }),
    response: Type.Object({ items: Type.Array(Payout), next: Next }),
  }),
  markPayoutPaid: route({
    method: 'POST',
    path: '/v1/payouts/:orderId/paid',
    tag: 'requests',
    summary: 'Say that the bank has paid an order',
    access: { roles: ['officer', 'administrator', 'partner'] },
    keyed: true,
    params: Type.Object({ orderId: Id }),
    body: Type.Object({ day: Day, reference: Text }),
    response: Payout,
  }),
  askRequest: route({
    method: 'POST',
    path: '/v1/requests',
    tag: 'requests',
    summary:
      'Ask that a payment is taken back, sent back or parted, money paid back, a fine waived, a receivable written off, or an employer closed or opened again',
    access: staff,
    keyed: true,
    body: Type.Object({
      kind: RequestKind,
      payerId: Type.Optional(Id),
      paymentId: Type.Optional(Id),
      billId: Type.Optional(Id),
      amount: Type.Optional(Amount),
      ground: Text,
      evidence: Text,
      detail: Type.Optional(Facts),
      parts: Type.Optional(
        Type.Array(Type.Object({ payerId: Id, billId: Type.Optional(Id), amount: Amount }), {
          maxItems: 1000,
          description:
            'Of a payment for several payers: together they are the payment. A part without a bill is its payer’s money, and pays his oldest debt or next months',
        }),
      ),
    }),
    response: MoneyRequest,
  }),
  listRequests: route({
    method: 'GET',
    path: '/v1/requests',
    tag: 'requests',
    summary: 'Requests, latest first',
    access: staff,
    query: Type.Object({
      ...Page,
      state: Type.Optional(Type.Union([Type.Literal('asked'), Type.Literal('approved'), Type.Literal('refused')])),
    }),
    response: Type.Object({ items: Type.Array(MoneyRequest), next: Next }),
  }),
  listReopened: route({
    method: 'GET',
    path: '/v1/reopened-employers',
    tag: 'requests',
    summary: 'Employers that were opened again and are not closed yet, the longest open first',
    access: staff,
    response: Type.Object({ items: Type.Array(ReopenedEmployer) }),
  }),
  decideRequest: route({
    method: 'POST',
    path: '/v1/requests/:requestId/decide',
    tag: 'requests',
    summary: 'Approve or refuse what somebody else asked; approving does it',
    access: staff,
    keyed: true,
    params: Type.Object({ requestId: Id }),
    body: Type.Object({ decision: Type.Union([Type.Literal('approved'), Type.Literal('refused')]), why: Text }),
    response: Type.Object({ request: MoneyRequest, done: Type.Record(Type.String(), Type.String()) }),
  }),
}
export type Payout = Static<typeof Payout>
export type MoneyRequest = Static<typeof MoneyRequest>
