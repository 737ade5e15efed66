// Persons, organisations, payers and memberships, registered singly or in sets.
import { type Static, Type } from 'typebox'
import { route } from './route.ts'
import { administrator, anyone, Day, Facts, Next, Page, Refusal, staff } from './values.ts'

/** Each row of a set is answered by its place: done, or refused with the reason; the others go on. */
export const RowResult = Type.Object({
  row: Type.Integer(),
  id: Type.Union([Type.String(), Type.Null()]),
  existing: Type.Boolean(),
  refusal: Type.Union([Refusal, Type.Null()]),
})
const Results = Type.Object({ results: Type.Array(RowResult) })
const MemberNumber = Type.String({ maxLength: 40 })
const Id = Type.String({ pattern: '^\\d{1,18}$' })

export const NewPerson = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  born: Day,
  sex: Type.Union([Type.Literal('female'), Type.Literal('male')]),
  regionCode: Type.String({ maxLength: 20 }),
  nationalNumber: Type.Optional(Type.String({ maxLength: 40 })),
})
export const NewOrganisation = Type.Object({
  kind: Type.String({ maxLength: 20 }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  regionCode: Type.String({ maxLength: 20 }),
  facts: Type.Optional(Facts),
  fundingCode: Type.Optional(Type.String({ maxLength: 10 })),
})
const membershipParts = {
  segment: Type.String({ maxLength: 20 }),
  organisationId: Type.Optional(Id),
  /** Absent: the member pays alone, or the organisation pays. */
  payerId: Type.Optional(Id),
  programmes: Type.Optional(Type.Array(Type.String())),
  facts: Type.Optional(Facts),
  base: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
  from: Day,
}
export const NewMembership = Type.Object({ memberNumber: MemberNumber, ...membershipParts })
export const Membership = Type.Object({
  memberNumber: Type.String({
    description: 'The number it stands under, the member’s own or an old one that leads to him: with the ordinal it names the membership',
  }),
  ordinal: Type.Integer(),
  segment: Type.String(),
  organisationId: Type.Union([Type.String(), Type.Null()]),
  payerId: Type.Union([Type.String(), Type.Null()]),
  programmes: Type.Array(Type.String()),
  from: Day,
  until: Type.Union([Day, Type.Null()]),
  facts: Facts,
})
export const Member = Type.Object({
  memberNumber: Type.String(),
  aliases: Type.Array(Type.String()),
  name: Type.String(),
  born: Day,
  sex: Type.String(),
  regionCode: Type.String(),
  memberships: Type.Array(Membership),
})
export const Payer = Type.Object({
  payerId: Type.String(),
  kind: Type.String(),
  settlement: Type.String(),
  organisationId: Type.Union([Type.String(), Type.Null()]),
  name: Type.Union([Type.String(), Type.Null()]),
  code: Type.String({ description: 'Payment code' }),
})

export const NewArrangement = Type.Object({
  memberNumber: MemberNumber,
  ordinal: Type.Integer({ minimum: 1, maximum: 9999, description: 'Which of the memberships of the person' }),
  payerId: Type.Union([Id, Type.Null()], { description: 'Who pays from that day on; null: the member pays alone' }),
  from: Day,
})
export const FactsChange = Type.Object({
  from: Day,
  facts: Type.Record(Type.String(), Type.String(), {
    minProperties: 1,
    description: 'Those that change, by the code that the country pack declares',
  }),
})
export const Merge = Type.Object({
  alias: Type.String({ minLength: 1, maxLength: 40, description: 'The number that becomes an old one of this member' }),
  reason: Type.String({ minLength: 1, maxLength: 200 }),
  consent: Type.String({ minLength: 1, maxLength: 200, description: 'How the person agreed: at the desk, by a letter' }),
})
const Known = Type.Object({
  memberNumber: Type.String(),
  name: Type.String(),
  born: Day,
  sex: Type.String(),
  regionCode: Type.String(),
  registeredOn: Day,
})

const NumberParams = Type.Object({ number: MemberNumber })
const MembershipParams = Type.Object({ number: MemberNumber, ordinal: Type.String({ pattern: '^\\d{1,4}$' }) })
const Reason = Type.String({ minLength: 1, maxLength: 200 })
export const registryRoutes = {
  addPersons: route({
    method: 'POST',
    path: '/v1/persons',
    tag: 'registry',
    summary: 'Register persons; a person already known is found, not created twice',
    access: staff,
    keyed: true,
    body: Type.Object({ persons: Type.Array(NewPerson, { minItems: 1, maxItems: 1000 }) }),
    response: Results,
  }),
  addOrganisations: route({
    method: 'POST',
    path: '/v1/organisations',
    tag: 'registry',
    summary: 'Register employers, sponsors and governments with their payer',
    access: staff,
    keyed: true,
    body: Type.Object({ organisations: Type.Array(NewOrganisation, { minItems: 1, maxItems: 1000 }) }),
    response: Results,
  }),
  addMemberships: route({
    method: 'POST',
    path: '/v1/memberships',
    tag: 'registry',
    summary: 'Open memberships',
    access: staff,
    keyed: true,
    body: Type.Object({ memberships: Type.Array(NewMembership, { minItems: 1, maxItems: 1000 }) }),
    response: Results,
  }),
  endMembership: route({
    method: 'POST',
    path: '/v1/members/:number/memberships/:ordinal/end',
    tag: 'registry',
    summary: 'End a membership on its last day',
    access: staff,
    keyed: true,
    params: MembershipParams,
    body: Type.Object({ lastDay: Day, reason: Reason }),
    response: Membership,
  }),
  takeBackEnd: route({
    method: 'POST',
    path: '/v1/members/:number/memberships/:ordinal/take-back-end',
    tag: 'registry',
    summary: 'Take back an ending that was reported by mistake; the membership goes on',
    access: staff,
    keyed: true,
    params: MembershipParams,
    body: Type.Object({ reason: Reason }),
    response: Membership,
  }),
  moveMembership: route({
    method: 'POST',
    path: '/v1/members/:number/memberships/:ordinal/move',
    tag: 'registry',
    summary: 'Move a member to another segment on a day: the membership ends the day before and a new one begins, or neither',
    access: staff,
    keyed: true,
    params: MembershipParams,
    body: Type.Object({ ...membershipParts, reason: Reason }),
    response: Membership,
  }),
  reportDeath: route({
    method: 'POST',
    path: '/v1/members/:number/death',
    tag: 'registry',
    summary: 'Note that a member has died; the memberships end on that day',
    access: staff,
    keyed: true,
    params: NumberParams,
    body: Type.Object({ diedOn: Day, evidence: Reason }),
    response: Type.Object({ diedOn: Day, memberships: Type.Integer({ description: 'How many memberships ended by it' }) }),
  }),
  takeBackDeath: route({
    method: 'POST',
    path: '/v1/members/:number/take-back-death',
    tag: 'registry',
    summary: 'Take back a death that was reported by mistake; the memberships that it ended go on',
    access: staff,
    keyed: true,
    params: NumberParams,
    body: Type.Object({ reason: Reason }),
    response: Type.Object({ memberships: Type.Integer({ description: 'How many memberships go on' }) }),
  }),
  changeArrangements: route({
    method: 'POST',
    path: '/v1/arrangements',
    tag: 'registry',
    summary: 'Say who pays memberships from a day on; the memberships stay the same',
    access: staff,
    keyed: true,
    body: Type.Object({ arrangements: Type.Array(NewArrangement, { minItems: 1, maxItems: 1000 }) }),
    response: Results,
  }),
  changeOrganisationFacts: route({
    method: 'POST',
    path: '/v1/organisations/:organisationId/facts',
    tag: 'registry',
    summary: 'Change what the law asks about an organisation (size, risk …) from a day on, for all its memberships',
    access: staff,
    keyed: true,
    params: Type.Object({ organisationId: Id }),
    body: FactsChange,
    response: Type.Object({ organisationId: Type.String(), from: Day, memberships: Type.Integer() }),
  }),
  mergePersons: route({
    method: 'POST',
    path: '/v1/members/:number/aliases',
    tag: 'registry',
    summary: 'Make a duplicate or older number lead to this member',
    access: administrator,
    keyed: true,
    params: NumberParams,
    body: Merge,
    response: Type.Object({ memberNumber: Type.String(), aliases: Type.Array(Type.String()), mergeId: Id }),
  }),
  unmergePersons: route({
    method: 'POST',
    path: '/v1/merges/:mergeId/undo',
    tag: 'registry',
    summary: 'Undo a merge: the numbers lead where they led before',
    access: administrator,
    keyed: true,
    params: Type.Object({ mergeId: Id }),
    body: Type.Object({ reason: Reason }),
    response: Type.Object({ numbers: Type.Array(Type.String()) }),
  }),
  duplicates: route({
    method: 'GET',
    path: '/v1/members/:number/duplicates',
    tag: 'registry',
    summary: 'Who may be the same person under another number, side by side',
    access: staff,
    params: NumberParams,
    query: Type.Object({ why: Type.Optional(Type.String({ maxLength: 200 })) }),
    response: Type.Object({
      person: Known,
      duplicates: Type.Array(Type.Object({ person: Known, reasons: Type.Array(Type.String()) })),
    }),
  }),
  dismissDuplicate: route({
    method: 'POST',
    path: '/v1/members/:number/duplicates/:other/dismiss',
    tag: 'registry',
    summary: 'Say that two who were proposed as one person are two',
    access: staff,
    keyed: true,
    params: Type.Object({ number: MemberNumber, other: MemberNumber }),
    body: Type.Object({ reason: Reason }),
    response: Type.Object({ dismissed: Type.Boolean() }),
  }),
  member: route({
    method: 'GET',
    path: '/v1/members/:number',
    tag: 'registry',
    summary: 'A member by number; old numbers work too',
    access: anyone,
    params: NumberParams,
    query: Type.Object({ why: Type.Optional(Type.String({ maxLength: 200 })) }),
    response: Member,
  }),
  payers: route({
    method: 'GET',
    path: '/v1/payers',
    tag: 'registry',
    summary: 'Payers, by page',
    access: staff,
    query: Type.Object(Page),
    response: Type.Object({ items: Type.Array(Payer), next: Next }),
  }),
}
export type NewPerson = Static<typeof NewPerson>
export type NewOrganisation = Static<typeof NewOrganisation>
export type NewMembership = Static<typeof NewMembership>
