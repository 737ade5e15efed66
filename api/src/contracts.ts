// Premium contracts: projects and contracts abroad, their parts, their workers, what changes of them, and their certificate.
import { type Static, Type } from 'typebox'
import { Bill } from './contributions.ts'
import { route } from './route.ts'
import { anyone, Day, Facts, Money, Month, staff } from './values.ts'

const Id = Type.String({ pattern: '^\\d{1,18}$' })
const ContractParams = Type.Object({ contractId: Id })
const MemberNumber = Type.String({ maxLength: 40 })
const NoDay = Type.Union([Day, Type.Null()])
const OrNull = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) => Type.Union([schema, Type.Null()])

export const NewContract = Type.Object({
  payerId: Id,
  segment: Type.String({ maxLength: 20 }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  from: Day,
  until: Day,
  facts: Facts,
  instalments: Type.Optional(
    Type.Array(Day, { maxItems: 12, description: 'Days of the later instalments, where it is paid in instalments; the first opens cover' }),
  ),
  members: Type.Array(Type.Object({ memberNumber: MemberNumber, from: Type.Optional(Day), until: Type.Optional(Day) }), { maxItems: 1000 }),
})
export const Contract = Type.Object({
  contractId: Id,
  payerId: Id,
  segment: Type.String(),
  name: Type.String(),
  month: Month,
  from: Day,
  until: Day,
  facts: Facts,
  addenda: Type.Integer(),
  total: Money,
  paid: Money,
  certifiedOn: NoDay,
  parts: Type.Array(
    Type.Object({
      nth: Type.Integer(),
      kind: Type.String(),
      billId: Id,
      amount: Money,
      due: NoDay,
      from: NoDay,
      until: NoDay,
      state: Type.String(),
      paidOn: NoDay,
    }),
  ),
  members: Type.Array(Type.Object({ memberNumber: Type.String(), from: Day, until: Day, reportedOn: NoDay, windowUntil: NoDay })),
})
export const Amended = Type.Object({
  contractId: Id,
  nth: Type.Integer(),
  difference: Money,
  billId: Type.Union([Id, Type.Null()]),
  owed: Type.Boolean(),
})

export const PublicCertificate = Type.Object({
  on: Day,
  answer: Type.Union([
    Type.Literal('in force'),
    Type.Literal('not begun', { description: 'Paid, and its days are still to come' }),
    Type.Literal('ended', { description: 'Its days are over' }),
    Type.Literal('revoked', { description: 'The money of the first payment went back, and nothing has come instead' }),
    Type.Literal('unknown number'),
    Type.Literal('mistyped number'),
  ]),
  number: OrNull(Type.String()),
  name: OrNull(Type.String({ description: 'Of the project; null where a person makes the contract for himself' })),
  payer: OrNull(Type.String({ description: 'The organisation that pays, in a project the contractor' })),
  segment: OrNull(Type.String()),
  from: NoDay,
  lastDay: NoDay,
  programmes: Type.Array(Type.String()),
  paidOn: NoDay,
  revokedOn: NoDay,
  addenda: Type.Integer(),
  amendedOn: NoDay,
})

export const contractsRoutes = {
  addContract: route({
    method: 'POST',
    path: '/v1/contracts',
    tag: 'contracts',
    summary: 'Register a premium contract: a project on its value, a contract abroad',
    access: staff,
    keyed: true,
    body: NewContract,
    response: Bill,
  }),
  contract: route({
    method: 'GET',
    path: '/v1/contracts/:contractId',
    tag: 'contracts',
    summary: 'A contract with its terms of today, its parts and who works under it',
    access: anyone,
    params: ContractParams,
    query: Type.Object({ why: Type.Optional(Type.String({ maxLength: 200 })) }),
    response: Contract,
  }),
  amendContract: route({
    method: 'POST',
    path: '/v1/contracts/:contractId/addenda',
    tag: 'contracts',
    summary: 'Change value, months or dates: more is billed, less is given back, cover moves',
    access: staff,
    keyed: true,
    params: ContractParams,
    body: Type.Object({
      from: Type.Optional(Day),
      until: Type.Optional(Day),
      facts: Type.Optional(Facts),
      reason: Type.String({ minLength: 1, maxLength: 200 }),
    }),
    response: Amended,
  }),
  reportWorkers: route({
    method: 'POST',
    path: '/v1/contracts/:contractId/workers',
    tag: 'contracts',
    summary: 'Report who works under a contract, with the window in which an event is covered before the report',
    access: staff,
    keyed: true,
    params: ContractParams,
    body: Type.Object({
      workers: Type.Array(
        Type.Object({
          memberNumber: MemberNumber,
          ordinal: Type.Optional(Type.Integer({ minimum: 1 })),
          from: Day,
          until: Type.Optional(Day),
        }),
        {
          minItems: 1,
          maxItems: 1000,
        },
      ),
    }),
    response: Type.Object({
      results: Type.Array(Type.Object({ row: Type.Integer(), windowUntil: NoDay, late: Type.Boolean(), existing: Type.Boolean() })),
    }),
  }),
  certificate: route({
    method: 'GET',
    path: '/v1/contracts/:contractId/certificate',
    tag: 'contracts',
    summary:
      'The certificate of a contract whose first part is paid: its number, dates, programmes and payer, in the languages of the scheme',
    access: anyone,
    params: ContractParams,
    response: Type.Object({
      number: Type.String(),
      contractId: Id,
      certifiedOn: Day,
      texts: Type.Record(Type.String(), Type.Array(Type.String())),
    }),
  }),
  publicCertificate: route({
    method: 'GET',
    path: '/v1/public/certificates/:number',
    tag: 'public',
    summary: 'Is the certificate of this number genuine and in force? No worker, no amount, no person’s name; thirty questions a minute',
    access: 'public',
    perMinute: 30,
    params: Type.Object({ number: Type.String({ maxLength: 40 }) }),
    response: PublicCertificate,
  }),
  certificatePdf: route({
    method: 'GET',
    path: '/v1/contracts/:contractId/certificate/pdf',
    tag: 'contracts',
    summary: 'The same certificate for printing',
    access: anyone,
    params: ContractParams,
    query: Type.Object({ lang: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}$' })) }),
    bytes: 'application/pdf',
    response: Type.Unsafe<Uint8Array>(Type.String({ format: 'binary' })),
  }),
}
export type Contract = Static<typeof Contract>
export type PublicCertificate = Static<typeof PublicCertificate>
