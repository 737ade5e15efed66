// Money in: single or grouped, twice is once, unknown codes are a queue.
import { type Static, Type } from 'typebox'
import { route } from './route.ts'
import { Amount, anyone, Day, Money, Month, Next, Page, Refusal, staff } from './values.ts'

const Id = Type.String({ pattern: '^\\d{1,18}$' })
export const NewPayment = Type.Object({
  channel: Type.String({ minLength: 1, maxLength: 40 }),
  day: Day,
  externalId: Type.String({ minLength: 1, maxLength: 100 }),
  code: Type.String({ maxLength: 40 }),
  amount: Amount,
  sender: Type.Optional(
    Type.String({
      maxLength: 140,
      description: 'Who sent it, as the channel tells it; kept encrypted, to find whose money without a code is',
    }),
  ),
})
export const PaymentResult = Type.Object({
  row: Type.Integer(),
  outcome: Type.Union([Type.Literal('booked'), Type.Literal('already booked'), Type.Literal('queued'), Type.Literal('refused')]),
  paymentId: Type.Union([Id, Type.Null()]),
  settled: Type.Array(
    Type.Object({
      billId: Type.Union([Id, Type.Null()], { description: 'Null where it is no bill, but owed because a payment was taken back' }),
      reversedPaymentId: Type.Union([Id, Type.Null()], { description: 'The payment that was taken back; null for a bill' }),
      month: Month,
      amount: Money,
    }),
  ),
  /** What waits as the payer's credit after this group, and what is missing for the oldest open bill. */
  credit: Money,
  missing: Money,
  refusal: Type.Union([Refusal, Type.Null()]),
})
export const Account = Type.Object({
  payerId: Id,
  code: Type.String(),
  credit: Money,
  outstanding: Money,
  missing: Money,
  oldest: Type.Union([Month, Type.Null()]),
})

export const paymentsRoutes = {
  addPayments: route({
    method: 'POST',
    path: '/v1/payments',
    tag: 'payments',
    summary: 'Record payments; the key is channel, day and external id',
    access: { roles: ['officer', 'administrator', 'partner'] },
    body: Type.Object({ payments: Type.Array(NewPayment, { minItems: 1, maxItems: 1000 }) }),
    response: Type.Object({ results: Type.Array(PaymentResult) }),
  }),
  payerAccount: route({
    method: 'GET',
    path: '/v1/payers/:payerId/account',
    tag: 'payments',
    summary: 'Credit of a payer and what is missing',
    access: anyone,
    params: Type.Object({ payerId: Id }),
    response: Account,
  }),
  paymentQueue: route({
    method: 'GET',
    path: '/v1/payments/queue',
    tag: 'payments',
    summary: 'Money whose code names nobody',
    access: staff,
    query: Type.Object(Page),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          paymentId: Id,
          channel: Type.String(),
          day: Day,
          externalId: Type.String(),
          code: Type.String(),
          amount: Money,
          sender: Type.Union([Type.String(), Type.Null()], { description: 'Who sent it, as the channel told' }),
          ageDays: Type.Integer({ description: 'Days since the bank booked it' }),
          owner: Type.Union([Id, Type.Null()], { description: 'The actor who took it to clear it up' }),
        }),
      ),
      next: Next,
    }),
  }),
  queueProposals: route({
    method: 'GET',
    path: '/v1/payments/queue/:paymentId/proposals',
    tag: 'payments',
    summary: 'Whose money a queued payment may be, best first',
    access: staff,
    params: Type.Object({ paymentId: Id }),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          payerId: Id,
          reasons: Type.Array(
            Type.Union([
              Type.Literal('same code before'),
              Type.Literal('same sender before'),
              Type.Literal('near code'),
              Type.Literal('same amount'),
            ]),
          ),
          billId: Type.Union([Id, Type.Null()], { description: 'The open bill of the same amount' }),
        }),
      ),
    }),
  }),
  takeQueued: route({
    method: 'POST',
    path: '/v1/payments/queue/:paymentId/take',
    tag: 'payments',
    summary: 'Take a queued payment to clear it up, let it go, or take it over from a lower level',
    access: staff,
    keyed: true,
    params: Type.Object({ paymentId: Id }),
    body: Type.Object({
      letGo: Type.Optional(Type.Boolean()),
      takeOver: Type.Optional(Type.Boolean({ description: 'Take it from whoever has it; for a higher level than theirs' })),
    }),
    response: Type.Object({ paymentId: Id, owner: Type.Union([Id, Type.Null()]) }),
  }),
  allocatePayment: route({
    method: 'POST',
    path: '/v1/payments/queue/:paymentId/allocate',
    tag: 'payments',
    summary: 'Give queued money to a payer; whoever has taken it does, and what nobody has taken is taken by it',
    access: staff,
    keyed: true,
    params: Type.Object({ paymentId: Id }),
    body: Type.Object({ payerId: Id, reason: Type.String({ minLength: 1, maxLength: 200 }) }),
    response: PaymentResult,
  }),
}
export type NewPayment = Static<typeof NewPayment>
export type PaymentResult = Static<typeof PaymentResult>
