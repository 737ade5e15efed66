// Receivables: what is owed on a day, by its age, and what was deferred and is owed later.
import { Type } from 'typebox'
import { route } from './route.ts'
import { anyone, Day, Money, Month, staff, Words } from './values.ts'

const Id = Type.String({ pattern: '^\\d{1,18}$' })
const Source = Type.Object({ act: Type.String(), article: Type.String(), link: Type.String(), status: Type.String() })

export const receivablesRoutes = {
  receivablesByAge: route({
    method: 'GET',
    path: '/v1/receivables/ageing',
    tag: 'contributions',
    summary: 'What employers and the State owe on a day, by how late it is',
    access: { roles: ['officer', 'administrator', 'auditor'] },
    query: Type.Object({ on: Type.Optional(Day) }),
    response: Type.Object({
      on: Day,
      classes: Type.Array(
        Type.Object({
          class: Type.String({ description: 'Empty for bills that are not late' }),
          labels: Words,
          upToMonths: Type.Union([Type.Integer(), Type.Null()]),
          bills: Type.Integer(),
          payers: Type.Integer(),
          amount: Money,
        }),
      ),
      source: Source,
    }),
  }),
  deferred: route({
    method: 'GET',
    path: '/v1/payers/:payerId/deferred',
    tag: 'contributions',
    summary: 'What a payer owes later because a relief deferred it: by month and programme, with the next instalment',
    access: anyone,
    params: Type.Object({ payerId: Id }),
    response: Type.Object({
      items: Type.Array(
        Type.Object({
          month: Month,
          programme: Type.String(),
          deferred: Money,
          billed: Money,
          paid: Money,
          writtenOff: { ...Money, description: 'Billed, and not asked for any more: it is not billed again' },
          left: { ...Money, description: 'Deferred and not billed yet; below nothing where too much was billed and paid' },
          next: Type.Union([Type.Object({ due: Day, amount: Money }), Type.Null()]),
          source: Type.Union([Source, Type.Null()], { description: 'The rule of repayment; null where no source says when' }),
        }),
      ),
      left: Money,
    }),
  }),
  reliefContradictions: route({
    method: 'GET',
    path: '/v1/months/:month/relief-contradictions',
    tag: 'contributions',
    summary: 'Employers whose word about their arrears, which a relief of the month asks for, contradicts their bills',
    access: { roles: ['officer', 'administrator', 'auditor'] },
    params: Type.Object({ month: Month }),
    query: Type.Object({ on: Type.Optional(Day) }),
    response: Type.Object({
      month: Month,
      on: Day,
      fact: Type.String({ description: 'The fact of an employer by which the relief knows it' }),
      through: Month,
      source: Source,
      items: Type.Array(
        Type.Object({
          payerId: Id,
          said: Type.String({ description: 'yes: the payer counts as settled' }),
          bills: Type.Integer(),
          owed: Money,
          since: Type.Union([Month, Type.Null()], { description: 'The first month with an open bill' }),
        }),
      ),
    }),
  }),
  billDeferred: route({
    method: 'POST',
    path: '/v1/payers/:payerId/deferred/bills',
    tag: 'contributions',
    summary: 'Bill the next instalment of what was deferred, or all that is left at once',
    access: staff,
    keyed: true,
    params: Type.Object({ payerId: Id }),
    body: Type.Object({ whole: Type.Optional(Type.Boolean({ description: 'The payer asks to repay all at once' })) }),
    response: Type.Object({ bills: Type.Array(Type.Object({ billId: Id, total: Money })), total: Money }),
  }),
}
