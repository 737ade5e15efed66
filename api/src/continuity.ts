// Continuity of cover: reinstatement where money was late, and the warnings before it comes to that.
import { type Static, Type } from 'typebox'
import { route } from './route.ts'
import { anyone, Day, Money, Month, Next, Page, staff } from './values.ts'

const Id = Type.String({ pattern: '^\\d{1,18}$' })
const Text = Type.String({ minLength: 1, maxLength: 500 })
const VerdictKind = Type.Union([Type.Literal('approved'), Type.Literal('refused'), Type.Literal('withdrawn')])

export const Reinstatement = Type.Object({
  caseId: Id,
  payerId: Id,
  state: Type.Union([Type.Literal('open'), Type.Literal('approved'), Type.Literal('refused'), Type.Literal('withdrawn')]),
  from: Month,
  through: Month,
  levels: Type.Array(Type.String(), { description: 'The kinds of office that approve, in their order' }),
  reason: Type.String(),
  evidence: Type.Array(Type.String()),
  members: Type.Integer(),
  openedOn: Day,
  verdicts: Type.Array(Type.Object({ level: Type.Integer(), verdict: Type.String(), reason: Type.String(), on: Day })),
})
export const LateWarning = Type.Object({
  paidUntil: Month,
  unpaid: Type.Integer({ description: 'Months after it that were due and unpaid' }),
  members: Type.Integer(),
  amount: Money,
  coveredUntil: Day,
  toldOn: Day,
})

const Source = { rule: Type.String(), article: Type.String(), status: Type.String() }
export const Arrears = Type.Object({
  on: Day,
  months: Type.Array(Month, { description: 'The longest run of consecutive months that were due and unpaid by the end of that day' }),
  since: Type.Union([Day, Type.Null()]),
  programmes: Type.Array(
    Type.Object({
      segment: Type.String(),
      programme: Type.String(),
      graceMonths: Type.Integer(),
      paidFirstBy: Type.Union([Type.Literal('agency'), Type.Literal('payer')]),
      ...Source,
    }),
  ),
  knownNow: Type.Object(
    { months: Type.Array(Month), since: Type.Union([Day, Type.Null()]) },
    { description: 'The same as it stands now, after money that paid those months was taken back' },
  ),
  wage: Type.Union([
    Type.Object({
      reported: Money,
      actual: Money,
      difference: Money,
      owedByPayer: Type.Boolean({
        description: 'The agency pays on the reported wage; the payer owes what the difference would have given',
      }),
      reportedOn: Day,
      later: Type.Union([Type.Object({ base: Money, on: Day }), Type.Null()], {
        description: 'What the payer said of the same months after the day; it frees nobody of the difference',
      }),
      ...Source,
    }),
    Type.Null(),
  ]),
})

export const continuityRoutes = {
  openReinstatement: route({
    method: 'POST',
    path: '/v1/reinstatements',
    tag: 'contributions',
    summary: 'Open a case to undo a lapse that late money caused; until it is decided the payer’s money waits',
    access: staff,
    keyed: true,
    body: Type.Object({
      payerId: Id,
      /** The first month that was not paid. */
      from: Month,
      reason: Text,
      evidence: Type.Array(Text, { minItems: 1, maxItems: 20 }),
    }),
    response: Reinstatement,
  }),
  decideReinstatement: route({
    method: 'POST',
    path: '/v1/reinstatements/:caseId/verdicts',
    tag: 'contributions',
    summary: 'Approve or refuse a case at one’s level, or withdraw one’s own',
    access: staff,
    keyed: true,
    params: Type.Object({ caseId: Id }),
    body: Type.Object({ verdict: VerdictKind, reason: Text }),
    response: Reinstatement,
  }),
  reinstatements: route({
    method: 'GET',
    path: '/v1/reinstatements',
    tag: 'contributions',
    summary: 'Cases of late money, latest first',
    access: anyone,
    query: Type.Object({ ...Page, payerId: Type.Optional(Id) }),
    response: Type.Object({ items: Type.Array(Reinstatement), next: Next }),
  }),
  arrears: route({
    method: 'GET',
    path: '/v1/payers/:payerId/arrears',
    tag: 'contributions',
    summary:
      'What a payer was in arrears with on the day of an event, who pays a benefit first, and who owes the difference of a wage reported too low',
    access: anyone,
    params: Type.Object({ payerId: Id }),
    query: Type.Object({
      on: Type.Optional(Day),
      member: Type.Optional(Type.String({ maxLength: 40, description: 'A worker of this payer' })),
      wage: Type.Optional(Type.String({ pattern: '^\\d{1,15}$', description: 'What the worker earned in truth, in minor units' })),
      why: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    response: Arrears,
  }),
  lateWarnings: route({
    method: 'GET',
    path: '/v1/payers/:payerId/warnings',
    tag: 'contributions',
    summary: 'What a payer who pays for others was warned of, latest first',
    access: anyone,
    params: Type.Object({ payerId: Id }),
    response: Type.Object({ items: Type.Array(LateWarning) }),
  }),
}
export type Reinstatement = Static<typeof Reinstatement>
export type LateWarning = Static<typeof LateWarning>
export type Arrears = Static<typeof Arrears>
