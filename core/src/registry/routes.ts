// The registry over HTTP: each handler translates and calls one use case.
import type { Pack } from '@payung/law'
import { ok, type Refusal } from '@payung/values'
import { cursorOf, type Handlers, inTransaction, readAs } from '../platform/index.ts'
import { paymentCode } from './domain/payment-code.ts'
import { leavingHandlers } from './leaving-routes.ts'
import { mergeHandlers } from './merge-routes.ts'
import { pageOfPayers } from './organisation-store.ts'
import { given, membershipJson, membershipRow } from './translate.ts'
import { changeArrangements } from './use-cases/change-arrangement.ts'
import { changeOrganisationFacts } from './use-cases/change-organisation-facts.ts'
import { findMember, type Member } from './use-cases/find-member.ts'
import { registerMemberships } from './use-cases/register-memberships.ts'
import { registerOrganisations } from './use-cases/register-organisations.ts'
import { registerPersons } from './use-cases/register-persons.ts'

const plain = ({ code, rule, data, next, appeal }: Refusal) => ({
  code,
  rule,
  data: { ...data },
  next,
  ...(appeal === undefined ? {} : { appeal }),
})
const rowResult = (row: number, id: string | null, existing: boolean, refusal: Refusal | null) => ({
  row,
  id,
  existing,
  refusal: refusal && plain(refusal),
})

const memberJson = ({ person: { memberNumber, name, born, sex, regionCode }, aliases, memberships }: Member) => ({
  memberNumber,
  aliases: [...aliases],
  name,
  born,
  sex,
  regionCode,
  memberships: memberships.map(membershipJson),
})

const registering = (pack: Pack) =>
  ({
    addPersons: async ({ body }, { platform, online, key }) => {
      const command = given({ name: 'addPersons', input: body.persons, key })
      return inTransaction(platform, online, command, async (tx, persons) => {
        const results = await registerPersons(
          tx,
          { pack, encryption: platform.encryption },
          persons.map((person) => given(person)),
        )
        return ok({ results: results.map(({ row, memberNumber, existing, refusal }) => rowResult(row, memberNumber, existing, refusal)) })
      })
    },
    addOrganisations: async ({ body }, { platform, online, key }) => {
      const command = given({ name: 'addOrganisations', input: body.organisations, key })
      return inTransaction(platform, online, command, async (tx, organisations) => {
        const results = await registerOrganisations(
          tx,
          { pack },
          organisations.map((organisation) => given(organisation)),
        )
        return ok({
          results: results.map(({ row, organisationId, refusal }) => rowResult(row, organisationId?.toString() ?? null, false, refusal)),
        })
      })
    },
    addMemberships: async ({ body }, { platform, online, key }) => {
      const command = given({ name: 'addMemberships', input: body.memberships, key })
      return inTransaction(platform, online, command, async (tx, memberships) => {
        const results = await registerMemberships(tx, { pack }, memberships.map(membershipRow))
        return ok({ results: results.map(({ row, ordinal, refusal }) => rowResult(row, ordinal?.toString() ?? null, false, refusal)) })
      })
    },
  }) satisfies Handlers

/** Set work in the name of the caller: the employer's members in every district, the directories of numbers. */
const changing = (pack: Pack) =>
  ({
    changeArrangements: async ({ body }, { platform, online, key }) => {
      const command = given({ name: 'changeArrangements', input: body.arrangements, key })
      return inTransaction(platform, online, command, async (tx, arrangements) => {
        const rows = arrangements.map(({ payerId, ...row }) => ({ ...row, payerId: payerId === null ? null : BigInt(payerId) }))
        const results = await changeArrangements(tx, pack, rows)
        return ok({ results: results.map(({ row, ordinal, refusal }) => rowResult(row, ordinal?.toString() ?? null, false, refusal)) })
      })
    },
    changeOrganisationFacts: async ({ params, body }, { platform, actor, key }) => {
      const command = given({ name: 'changeOrganisationFacts', input: { ...params, ...body }, key })
      return inTransaction(platform, { role: 'run', actor }, command, async (tx, { organisationId, from, facts }) => {
        const changed = await changeOrganisationFacts(tx, pack, { organisationId: BigInt(organisationId), from, facts })
        return changed.ok ? ok({ organisationId, from, memberships: changed.value }) : changed
      })
    },
  }) satisfies Handlers

const reading = {
  member: async ({ params, query }, { platform, online }) => {
    const found = await readAs(platform, online, (tx) => findMember(tx, params.number, { view: 'member', why: query.why ?? '' }))
    return found.ok ? ok(memberJson(found.value)) : found
  },
  payers: async ({ query }, { platform, online }) => {
    const limit = query.limit ?? 50
    const after = cursorOf(query.cursor)
    if (!after.ok) return after
    const rows = await readAs(platform, online, (tx) => pageOfPayers(tx, after.value ?? 0n, limit + 1))
    const shown = rows.slice(0, limit)
    const items = shown.map(({ payerId, kind, settlement, organisationId, name }) => ({
      payerId: payerId.toString(),
      kind,
      settlement,
      organisationId: organisationId?.toString() ?? null,
      name,
      code: paymentCode(payerId),
    }))
    return ok({ items, next: rows.length > limit ? (shown.at(-1)?.payerId.toString() ?? null) : null })
  },
} satisfies Handlers

export const handlersOf = (pack: Pack): Handlers => ({
  ...registering(pack),
  ...changing(pack),
  ...leavingHandlers(pack),
  ...mergeHandlers(pack),
  ...reading,
})
