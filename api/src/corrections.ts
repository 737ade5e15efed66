// Corrections of issued months: proposed with a reason and a paper, weighed, and decided by another person.
import { type Static, Type } from 'typebox'
import { route } from './route.ts'
import { Day, Money, Month, Next, Page, staff } from './values.ts'

const Id = Type.String({ pattern: '^\\d{1,18}$' })
const IdParams = Type.Object({ correctionId: Id })
const Nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) => Type.Union([schema, Type.Null()])
const Why = Type.String({ maxLength: 500 })

export const NewCorrection = Type.Object({
  payerId: Id,
  month: Month,
  kind: Type.Union([Type.Literal('wage'), Type.Literal('deactivation'), Type.Literal('swap'), Type.Literal('member')]),
  rows: Type.Array(
    Type.Object({
      memberNumber: Type.String({ maxLength: 40 }),
      ordinal: Type.Optional(Type.Integer({ minimum: 1, maximum: 32767 })),
      base: Type.Optional(Type.String({ maxLength: 20, description: 'The right wage; not for exchanged wages and wrong members' })),
      replaces: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 32767, description: 'The entry that stands, where the month was corrected before' }),
      ),
    }),
    { minItems: 1, maxItems: 1000 },
  ),
  reason: Type.String({ maxLength: 2000 }),
  evidence: Type.Object({
    digest: Type.String({ maxLength: 64, description: 'SHA-256 of the file, 64 hexadecimal digits' }),
    description: Type.String({ maxLength: 500 }),
  }),
})
export const Correction = Type.Object({
  correctionId: Id,
  payerId: Id,
  month: Month,
  kind: Type.String(),
  state: Type.String(),
  reason: Type.String(),
  evidence: Type.Object({ digest: Type.String(), description: Type.String() }),
  proposedBy: Id,
  proposedOn: Day,
  decidedBy: Nullable(Id),
  decidedOn: Nullable(Day),
  decidedWhy: Nullable(Type.String()),
  level: Nullable(Type.String()),
  billId: Nullable(Id),
  doneOn: Nullable(Day),
  staysEnded: Type.Array(
    Type.Object({ memberNumber: Type.String(), ordinal: Type.Integer(), code: Type.String(), rule: Type.String(), next: Type.String() }),
    { description: 'Memberships that had been ended by mistake and do not go on although the correction is done, and why' },
  ),
})
export const CorrectionDifference = Type.Object(
  {
    bill: Type.Object({ employer: Money, worker: Money, total: Money }),
    fine: Money,
    writtenOff: Money,
    state: Money,
    programmes: Type.Record(Type.String(), Money),
    savings: Money,
    cover: Type.Union([Type.Literal('unchanged'), Type.Literal('goes on'), Type.Literal('moves')]),
    benefits: Type.Object(
      {
        noted: Type.Array(
          Type.Object({
            memberNumber: Type.String({ description: 'The number under which the correction names the member' }),
            programme: Type.String(),
            claimedOn: Day,
            evidence: Type.String({ description: 'The decision or the order of payment, as it was noted' }),
          }),
        ),
        says: Type.Object({ en: Type.String(), id: Type.String() }, { description: 'What it means, or that none is noted' }),
      },
      { description: 'Claims of the members named, noted for a day in or after the month; what they would come to is not computed' },
    ),
  },
  {
    description:
      'What the correction would change, by the law known today; a total above zero is a shortage that is paid first; with one below zero the fine goes back that was too much, less what had been written off',
  },
)

export const BillAsKnown = Type.Object({
  payerId: Id,
  month: Month,
  asPublishedBy: Day,
  law: Type.Object({ version: Type.Integer(), publishedBy: Day }, { description: 'The version of the law that the month went by then' }),
  bills: Type.Array(Id),
  members: Type.Integer(),
  employer: Money,
  worker: Money,
  total: Money,
  programmes: Type.Record(Type.String(), Money),
})

const Membership = Type.Object({ memberNumber: Type.String(), ordinal: Type.Integer() })
export const BillSplit = Type.Object(
  {
    payerId: Id,
    month: Month,
    billId: Id,
    splitBillId: Id,
    counterBillId: Id,
    amount: Money,
    code: Type.String({ description: 'The payment code of the split bill: money with it pays that bill first in its month' }),
    restCode: Type.String({ description: 'The payment code of the bill that was split' }),
    taken: Type.Array(Membership, { description: 'Who is paid for on the split bill' }),
    left: Type.Array(Membership, { description: 'Whose contributions stay on the bill; they are told' }),
  },
  { description: 'The bill less the counter bill plus the split bill is the bill' },
)

export const correctionsRoutes = {
  splitBill: route({
    method: 'POST',
    path: '/v1/payers/:payerId/bills/:billId/split',
    tag: 'corrections',
    summary: 'Take named workers from an issued bill to a bill of their own, to be paid alone',
    access: staff,
    keyed: true,
    params: Type.Object({ payerId: Id, billId: Id }),
    body: Type.Object({
      workers: Type.Array(
        Type.Object({
          memberNumber: Type.String({ maxLength: 40 }),
          ordinal: Type.Optional(Type.Integer({ minimum: 1, maximum: 32767 })),
        }),
        { maxItems: 100_000 },
      ),
      reason: Type.String({ maxLength: 2000 }),
    }),
    response: BillSplit,
  }),
  reassessMonth: route({
    method: 'POST',
    path: '/v1/months/:month/reassess',
    tag: 'corrections',
    summary: 'Assess an issued month anew by the law known now, as a job',
    access: staff,
    keyed: true,
    params: Type.Object({ month: Month }),
    response: Type.Object({ job: Type.String() }),
  }),
  billAsKnown: route({
    method: 'GET',
    path: '/v1/payers/:payerId/months/:month/bill',
    tag: 'corrections',
    summary: 'What a payer was billed for a month, as it was known on a day',
    access: staff,
    params: Type.Object({ payerId: Id, month: Month }),
    query: Type.Object({ asPublishedBy: Day }),
    response: BillAsKnown,
  }),
  proposeCorrection: route({
    method: 'POST',
    path: '/v1/corrections',
    tag: 'corrections',
    summary: 'Propose a correction of an issued month',
    access: staff,
    keyed: true,
    body: NewCorrection,
    response: Correction,
  }),
  corrections: route({
    method: 'GET',
    path: '/v1/corrections',
    tag: 'corrections',
    summary: 'Corrections, latest first',
    access: { roles: ['officer', 'administrator', 'auditor'] },
    query: Type.Object({ ...Page, state: Type.Optional(Type.String({ maxLength: 20 })) }),
    response: Type.Object({ items: Type.Array(Correction), next: Next }),
  }),
  correction: route({
    method: 'GET',
    path: '/v1/corrections/:correctionId',
    tag: 'corrections',
    summary: 'A correction with the difference that it would make; null once it is decided',
    access: staff,
    params: IdParams,
    response: Type.Object({ correction: Correction, difference: Nullable(CorrectionDifference) }),
  }),
  approveCorrection: route({
    method: 'POST',
    path: '/v1/corrections/:correctionId/approve',
    tag: 'corrections',
    summary: 'Approve a correction whose difference one has seen',
    access: staff,
    keyed: true,
    params: IdParams,
    body: Type.Object({ seen: Type.String({ pattern: '^-?\\d{1,18}$', description: 'The total difference as it was shown' }), why: Why }),
    response: Correction,
  }),
  refuseCorrection: route({
    method: 'POST',
    path: '/v1/corrections/:correctionId/refuse',
    tag: 'corrections',
    summary: 'Refuse a correction',
    access: staff,
    keyed: true,
    params: IdParams,
    body: Type.Object({ why: Why }),
    response: Correction,
  }),
  withdrawCorrection: route({
    method: 'POST',
    path: '/v1/corrections/:correctionId/withdraw',
    tag: 'corrections',
    summary: 'Take back a correction that one has proposed',
    access: staff,
    keyed: true,
    params: IdParams,
    body: Type.Object({ why: Why }),
    response: Correction,
  }),
}

export type BillSplit = Static<typeof BillSplit>
