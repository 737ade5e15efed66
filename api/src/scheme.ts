// The scheme as its country pack declares it: what pages and forms are made from.
import { Type } from 'typebox'
import { route } from './route.ts'
import { Day, Words } from './values.ts'

export const Scheme = Type.Object({
  code: Type.String(),
  labels: Words,
  currency: Type.Object({ code: Type.String(), exponent: Type.Integer(), symbol: Type.String() }),
  timeZone: Type.String(),
  languages: Type.Array(Type.String()),
  today: Day,
  demonstration: Type.Boolean({ description: 'True where all data are synthetic and the clock can be moved' }),
  programmes: Type.Array(
    Type.Object({
      code: Type.String(),
      labels: Words,
      /** The name in the law, where the label is a plainer one. */
      official: Type.Union([Words, Type.Null()]),
      sentence: Words,
      pictogram: Type.String(),
      savings: Type.Boolean(),
    }),
  ),
  segments: Type.Array(
    Type.Object({
      code: Type.String(),
      labels: Words,
      official: Type.Union([Words, Type.Null()]),
      sentence: Words,
      pictogram: Type.String(),
    }),
  ),
  payerKinds: Type.Array(Type.Object({ code: Type.String(), labels: Words })),
  groups: Type.Array(Type.Object({ code: Type.String(), labels: Words }), {
    description: 'Groups counted apart on public pages, for instance staff of public bodies',
  }),
  limits: Type.Array(Type.Object({ code: Type.String(), sentence: Words }), {
    description: 'Limits of cover, by the code that cover answers carry',
  }),
  facts: Type.Array(Type.Object({ code: Type.String(), type: Type.String(), choices: Type.Array(Type.String()), labels: Words })),
  memberNumber: Type.Object({ digits: Type.Integer(), labels: Words }),
})

export const schemeRoutes = {
  scheme: route({
    method: 'GET',
    path: '/v1/scheme',
    tag: 'scheme',
    summary: 'The scheme: programmes, segments, labels, languages and today',
    access: 'public',
    response: Scheme,
  }),
}
