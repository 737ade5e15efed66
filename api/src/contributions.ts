// Months, wage reports, bills, premium contracts, cover and the control.
import { type Static, Type } from 'typebox'
import { ProgrammeCover } from './coverage.ts'
import { RowResult } from './registry.ts'
import { route } from './route.ts'
import { anyone, Day, Facts, Money, Month, Next, Page, staff, Trace } from './values.ts'

const Id = Type.String({ pattern: '^\\d{1,18}$' })
const NumberParams = Type.Object({ number: Type.String({ maxLength: 40 }) })
const Why = Type.Optional(Type.String({ maxLength: 200 }))

export const Bill = Type.Object({
  payerId: Id,
  billId: Id,
  month: Month,
  kind: Type.String(),
  state: Type.Union([Type.Literal('draft'), Type.Literal('calculated'), Type.Literal('issued'), Type.Literal('paid')]),
  employer: Money,
  worker: Money,
  state_share: Money,
  fine: Money,
  correction: Money,
  total: Money,
  members: Type.Integer(),
  carried: Type.Integer({ description: 'Members whose wage was carried over because nothing was reported' }),
  stale: Type.Boolean({ description: 'Calculated, but a wage, a member or the law has changed since' }),
  issuedOn: Type.Union([Day, Type.Null()]),
  due: Type.Union([Day, Type.Null()]),
  paidOn: Type.Union([Day, Type.Null()]),
})
export const ContributionRow = Type.Object({
  month: Month,
  entry: Type.Integer(),
  billId: Id,
  base: Money,
  employer: Money,
  worker: Money,
  paidOn: Type.Union([Day, Type.Null()]),
  split: Type.Array(Type.Object({ programme: Type.String(), kind: Type.String(), from: Type.String(), amount: Money })),
})
export const MonthState = Type.Object({
  month: Month,
  state: Type.String(),
  openedOn: Day,
  closedOn: Type.Union([Day, Type.Null()]),
  bills: Type.Integer(),
  rows: Type.Integer(),
  total: Money,
  versions: Type.Integer(),
})
export const Control = Type.Object({
  at: Type.String(),
  step: Type.String(),
  contributions: Money,
  premiums: Money,
  fines: Money,
  stateShare: Money,
  billed: Money,
  booked: Money,
  bank: Money,
  statement: Money,
  difference: Money,
})
export const Assessment = Type.Object({
  programmes: Type.Record(Type.String(), Type.Record(Type.String(), Type.String())),
  totals: Type.Record(Type.String(), Type.String()),
  due: Type.Union([Day, Type.Null()]),
  trace: Trace,
})
export const Prices = Type.Object({
  months: Type.Array(Type.Object({ month: Month, amount: Money })),
  choices: Type.Array(Type.Object({ months: Type.Integer(), amount: Money, paidUntil: Day })),
})
export const Reassessed = Type.Object({ month: Month, rows: Type.Integer(), bills: Type.Integer(), returned: Money })

export const contributionsRoutes = {
  assess: route({
    method: 'POST',
    path: '/v1/assessments',
    tag: 'law',
    summary: 'What the law asks for these facts in a month, with its trace',
    access: 'public',
    body: Type.Object({ month: Month, facts: Facts }),
    response: Assessment,
  }),
  months: route({
    method: 'GET',
    path: '/v1/months',
    tag: 'contributions',
    summary: 'The months, latest first',
    access: anyone,
    query: Type.Object({ limit: Page.limit }),
    response: Type.Array(MonthState),
  }),
  openMonth: route({
    method: 'POST',
    path: '/v1/months/:month/open',
    tag: 'contributions',
    summary: 'Open a month',
    access: staff,
    keyed: true,
    params: Type.Object({ month: Month }),
    response: MonthState,
  }),
  runMonth: route({
    method: 'POST',
    path: '/v1/months/:month/run',
    tag: 'contributions',
    summary: 'Start the monthly run as a job',
    access: staff,
    keyed: true,
    params: Type.Object({ month: Month }),
    response: Type.Object({ job: Type.String() }),
  }),
  closeMonth: route({
    method: 'POST',
    path: '/v1/months/:month/close',
    tag: 'contributions',
    summary: 'Close a month after its due date',
    access: staff,
    keyed: true,
    params: Type.Object({ month: Month }),
    response: MonthState,
  }),
  reassessPrepaid: route({
    method: 'POST',
    path: '/v1/months/:month/reassess-prepaid',
    tag: 'contributions',
    summary: 'Give back what a later law lowers of a month that was paid ahead',
    access: staff,
    keyed: true,
    params: Type.Object({ month: Month }),
    response: Reassessed,
  }),
  prices: route({
    method: 'GET',
    path: '/v1/payers/:payerId/prices',
    tag: 'contributions',
    summary: 'What some months at once cost a payer whom nobody bills, each month at its own price',
    access: anyone,
    params: Type.Object({ payerId: Id }),
    response: Prices,
  }),
  reportWages: route({
    method: 'POST',
    path: '/v1/wage-reports',
    tag: 'contributions',
    summary: 'Report the wages of a month; each row is answered by itself',
    access: staff,
    keyed: true,
    body: Type.Object({
      payerId: Id,
      month: Month,
      rows: Type.Array(
        Type.Object({
          memberNumber: Type.String({ maxLength: 40 }),
          ordinal: Type.Optional(Type.Integer({ minimum: 1 })),
          base: Type.String({ maxLength: 20 }),
        }),
        { minItems: 1, maxItems: 5000 },
      ),
    }),
    response: Type.Object({ results: Type.Array(RowResult) }),
  }),
  bills: route({
    method: 'GET',
    path: '/v1/payers/:payerId/bills',
    tag: 'contributions',
    summary: 'Bills of a payer, latest first',
    access: anyone,
    params: Type.Object({ payerId: Id }),
    query: Type.Object(Page),
    response: Type.Object({ items: Type.Array(Bill), next: Next }),
  }),
  calculateBill: route({
    method: 'POST',
    path: '/v1/payers/:payerId/months/:month/calculate',
    tag: 'contributions',
    summary: 'Calculate the bill of a month without issuing it',
    access: staff,
    keyed: true,
    params: Type.Object({ payerId: Id, month: Month }),
    response: Bill,
  }),
  issueBill: route({
    method: 'POST',
    path: '/v1/payers/:payerId/months/:month/issue',
    tag: 'contributions',
    summary: 'Issue the bill of a month',
    access: staff,
    keyed: true,
    params: Type.Object({ payerId: Id, month: Month }),
    response: Bill,
  }),
  memberContributions: route({
    method: 'GET',
    path: '/v1/members/:number/contributions',
    tag: 'contributions',
    summary: 'Contributions of a member by month, split by programme',
    access: anyone,
    params: NumberParams,
    query: Type.Object({ ...Page, why: Why }),
    response: Type.Object({ items: Type.Array(ContributionRow), next: Next }),
  }),
  memberCover: route({
    method: 'GET',
    path: '/v1/members/:number/cover',
    tag: 'contributions',
    summary: 'Cover of a member on a day, per membership and programme',
    access: anyone,
    params: NumberParams,
    query: Type.Object({ on: Type.Optional(Day), why: Why }),
    response: Type.Object({
      on: Day,
      memberships: Type.Array(
        Type.Object({
          memberNumber: Type.String({ description: 'The number it stands under: the member’s own, or an old one that leads to him' }),
          ordinal: Type.Integer(),
          segment: Type.String(),
          payerKind: Type.String(),
          reason: Type.Union([Type.String(), Type.Null()]),
          standing: Type.Union([Type.Literal('ended'), Type.Literal('inactive'), Type.Null()], {
            description: 'What the membership is called once its cover has lapsed; null while it has not',
          }),
          periods: Type.Array(Type.Object({ openedOn: Day, openedBy: Type.String(), fromMonth: Month }), {
            description: 'When cover opened and by what deed, as far as it had by that day; the latest counts',
          }),
          reinstated: Type.Array(Type.Object({ from: Month, through: Month, decidedOn: Day }), {
            description: 'Months whose lapse was undone because money was late: the period before them goes on',
          }),
          programmes: Type.Array(ProgrammeCover),
        }),
      ),
    }),
  }),
  noteClaim: route({
    method: 'POST',
    path: '/v1/members/:number/claims',
    tag: 'contributions',
    summary:
      'Note that a claim was paid: after savings a membership that lapses is inactive, not ended; later months paid ahead can be given back',
    access: staff,
    keyed: true,
    params: NumberParams,
    body: Type.Object({
      programme: Type.String({ maxLength: 20 }),
      claimedOn: Day,
      evidence: Type.String({ minLength: 1, maxLength: 200 }),
    }),
    response: Type.Object({ claimedOn: Day }),
  }),
  control: route({
    method: 'GET',
    path: '/v1/control',
    tag: 'contributions',
    summary: 'The latest control of each month: contributions, bills, transfers, bank',
    access: 'public',
    response: Type.Array(Control),
  }),
}
export type Bill = Static<typeof Bill>
