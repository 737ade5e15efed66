// Receivables: what is owed on a day, by its age.
import { Type } from 'typebox'
import { route } from './route.ts'
import { Day, Money, Words } from './values.ts'

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
      source: Type.Object({ act: Type.String(), article: Type.String(), link: Type.String(), status: Type.String() }),
    }),
  }),
}
