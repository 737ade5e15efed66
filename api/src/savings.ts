// Savings: what a member's account holds on a day, its statements, the rates, and the close of a year.
import { type Static, Type } from 'typebox'
import { route } from './route.ts'
import { administrator, anyone, Day, Money, Month, Next, Page, staff, Words } from './values.ts'

const Programme = Type.String({ maxLength: 20 })
const NumberParams = Type.Object({ number: Type.String({ maxLength: 40 }) })
const Why = Type.Optional(Type.String({ maxLength: 200 }))
const RateKind = Type.Union([Type.Literal('provisional'), Type.Literal('declared')])
/** The member, and staff. An employer has no look at the savings of its workers. */
const savers = { roles: ['officer', 'administrator', 'auditor', 'member'] } as const

const Year = Type.Object({
  year: Type.Integer(),
  opening: Money,
  contributed: Money,
  entered: Money,
  returned: Money,
  closing: Money,
})
export const SavingsRate = Type.Object({
  programme: Programme,
  month: Month,
  /** A year's, for instance "5.51 %"; a month earns a twelfth. Null: none is known, and nothing is earned yet. */
  rate: Type.Union([Type.String(), Type.Null()]),
  kind: Type.Union([RateKind, Type.Null()], { description: 'Provisional until the rate of the month is declared' }),
  act: Type.String(),
  article: Type.String(),
  link: Type.String(),
  status: Type.String(),
})
export const Savings = Type.Object({
  programme: Programme,
  label: Words,
  on: Day,
  /** Whole minor units: cut off only here, the account goes on with the exact balance. */
  balance: Money,
  /** The exact balance to six decimals, cut off. */
  exact: Type.String(),
  /** True where a month was credited by a rate that is not declared yet. */
  provisional: Type.Boolean(),
  /** Months that have ended and have no rate: nothing is earned for them yet. */
  withoutRate: Type.Array(Month),
  statement: Type.Union([Type.Object({ year: Type.Integer(), balance: Money }), Type.Null()]),
  /** Since the statement; the last one up to the day. */
  years: Type.Array(Year),
  entries: Type.Array(
    Type.Object({
      kind: Type.String(),
      month: Month,
      day: Day,
      forMonth: Type.Union([Month, Type.Null()]),
      amount: Money,
      reference: Type.String(),
    }),
  ),
  rates: Type.Array(SavingsRate),
})
export const SavingsStatement = Type.Object({
  ...Year.properties,
  programme: Programme,
  exactClosing: Type.String(),
  closedOn: Day,
  provisional: Type.Boolean(),
})
export const SavingsYear = Type.Object({
  programme: Programme,
  year: Type.Integer(),
  accounts: Type.Integer(),
  already: Type.Boolean({ description: 'It was closed before; nothing was changed' }),
  provisionalMonths: Type.Integer(),
  control: Type.Union([Type.Object({ balances: Money, outstanding: Money, liability: Money, difference: Money }), Type.Null()]),
})

const Id = Type.String({ pattern: '^\\d{1,18}$' })
const Null = Type.Null()
const EntryKind = Type.Union([Type.Literal('opening'), Type.Literal('withdrawal'), Type.Literal('correction')])
const RequestState = Type.Union([Type.Literal('asked'), Type.Literal('approved'), Type.Literal('refused')])
export const SavingsRequest = Type.Object({
  requestId: Id,
  memberNumber: Type.String(),
  programme: Programme,
  kind: EntryKind,
  /** As asked: of a withdrawal above zero, of a correction perhaps below. */
  amount: Money,
  day: Day,
  reference: Type.String(),
  act: Type.String(),
  state: RequestState,
  askedBy: Id,
  askedOn: Day,
  decidedBy: Type.Union([Id, Null]),
  decidedOn: Type.Union([Day, Null]),
  decidedWhy: Type.Union([Type.String(), Null]),
})

export const savingsRoutes = {
  savings: route({
    method: 'GET',
    path: '/v1/members/:number/savings',
    tag: 'savings',
    summary: 'What a member has saved, on a day, and how it came about',
    access: savers,
    params: NumberParams,
    query: Type.Object({ on: Type.Optional(Day), programme: Type.Optional(Programme), why: Why }),
    response: Savings,
  }),
  savingsStatements: route({
    method: 'GET',
    path: '/v1/members/:number/savings/statements',
    tag: 'savings',
    summary: 'The yearly statements of a member, oldest first',
    access: savers,
    params: NumberParams,
    query: Type.Object({ programme: Type.Optional(Programme), why: Why }),
    response: Type.Array(SavingsStatement),
  }),
  savingsStatementPdf: route({
    method: 'GET',
    path: '/v1/members/:number/savings/statements/:year.pdf',
    tag: 'savings',
    summary: 'The statement of one year for printing',
    access: savers,
    params: Type.Object({ number: Type.String({ maxLength: 40 }), year: Type.String({ pattern: '^\\d{4}$' }) }),
    query: Type.Object({ lang: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}$' })), programme: Type.Optional(Programme), why: Why }),
    bytes: 'application/pdf',
    response: Type.Unsafe<Uint8Array>(Type.String({ format: 'binary' })),
  }),
  askSavingsEntry: route({
    method: 'POST',
    path: '/v1/members/:number/savings/entries',
    tag: 'savings',
    summary:
      'Ask that an opening balance, a withdrawal or a correction is booked; somebody else decides, and the same reference is asked once',
    access: staff,
    keyed: true,
    params: NumberParams,
    body: Type.Object({
      programme: Type.Optional(Programme),
      kind: EntryKind,
      amount: Type.String({ maxLength: 20 }),
      day: Type.Optional(Type.String({ maxLength: 10 })),
      reference: Type.String({ minLength: 1, maxLength: 100 }),
      act: Type.String({ minLength: 1, maxLength: 200 }),
    }),
    response: SavingsRequest,
  }),
  savingsRequests: route({
    method: 'GET',
    path: '/v1/savings/requests',
    tag: 'savings',
    summary: 'What was asked to be booked on accounts of members whom the caller serves, latest first',
    access: staff,
    query: Type.Object({ ...Page, state: Type.Optional(RequestState), why: Why }),
    response: Type.Object({ items: Type.Array(SavingsRequest), next: Next }),
  }),
  decideSavingsEntry: route({
    method: 'POST',
    path: '/v1/savings/requests/:requestId/decide',
    tag: 'savings',
    summary: 'Approve or refuse what somebody else asked to be booked; approving books it',
    access: staff,
    keyed: true,
    params: Type.Object({ requestId: Id }),
    body: Type.Object({
      decision: Type.Union([Type.Literal('approved'), Type.Literal('refused')]),
      why: Type.String({ minLength: 1, maxLength: 300 }),
    }),
    response: Type.Object({
      request: SavingsRequest,
      balance: Type.Union([Money, Type.Null()], { description: 'What the account holds now; null when it was refused' }),
    }),
  }),
  savingsRates: route({
    method: 'GET',
    path: '/v1/savings/rates',
    tag: 'savings',
    summary: 'What the months of a year earn, declared or provisional, with the source',
    access: 'public',
    query: Type.Object({ year: Type.Integer({ minimum: 1900, maximum: 2700 }), programme: Type.Optional(Programme) }),
    response: Type.Array(SavingsRate),
  }),
  declareSavingsRate: route({
    method: 'POST',
    path: '/v1/savings/rates',
    tag: 'savings',
    summary: 'Declare a yearly rate for some months; told again it changes nothing',
    access: administrator,
    keyed: true,
    body: Type.Object({
      programme: Type.Optional(Programme),
      from: Month,
      to: Month,
      rate: Type.String({ maxLength: 12 }),
      kind: RateKind,
      act: Type.String({ minLength: 1, maxLength: 200 }),
      article: Type.String({ minLength: 1, maxLength: 60 }),
      link: Type.String({ minLength: 1, maxLength: 500 }),
      status: Type.Union([Type.Literal('verified'), Type.Literal('one-source'), Type.Literal('unverified')]),
      corrects: Type.Optional(Type.Boolean({ description: 'Replaces a declared rate that was wrong' })),
    }),
    response: Type.Object({ programme: Programme, months: Type.Integer(), already: Type.Integer() }),
  }),
  savingsYears: route({
    method: 'GET',
    path: '/v1/savings/years',
    tag: 'savings',
    summary: 'The closed years with their control',
    access: anyone,
    query: Type.Object({ programme: Type.Optional(Programme) }),
    response: Type.Array(SavingsYear),
  }),
  closeSavingsYear: route({
    method: 'POST',
    path: '/v1/savings/years/:year/close',
    tag: 'savings',
    summary: 'Start the close of a year as a job: the statements of all accounts',
    access: administrator,
    keyed: true,
    params: Type.Object({ year: Type.String({ pattern: '^\\d{4}$' }) }),
    response: Type.Object({ job: Type.String() }),
  }),
}
export type Savings = Static<typeof Savings>
export type SavingsStatement = Static<typeof SavingsStatement>
export type SavingsRate = Static<typeof SavingsRate>
export type SavingsRequest = Static<typeof SavingsRequest>
