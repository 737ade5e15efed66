// Who may call what: each route of the contract refuses a stranger and every role that it does not name, and those whom it lets in see
// their own and nobody else's.
import { type Route, routes } from '@payung/api'
import { memberNumber } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Problem, type Served, serve } from './served.ts'

const roles = ['officer', 'administrator', 'auditor', 'member', 'organisation', 'partner'] as const
type Role = (typeof roles)[number]
let served: Served
const tokens = {} as Record<Role, string>
let own: { memberNumber: string; personId: bigint; payerId: bigint }
let other: typeof own
let firm: { organisationId: bigint; payerId: bigint }
let colleague: { memberNumber: string; personId: bigint }

beforeAll(async () => {
  served = await serve('2026-10-01')
  const persons = await served.persons(3)
  firm = await served.organisation({ kind: 'employer' })
  const self = (memberNumber: string) => ({ memberNumber, segment: 'BPU', base: '1000000', from: '2026-10-01' })
  await served.memberships(persons.slice(0, 2).map(({ memberNumber }) => self(memberNumber)))
  const [, , third] = persons
  if (!third) throw new Error('no person')
  colleague = third
  await served.memberships([
    { memberNumber: third.memberNumber, segment: 'PU', organisationId: firm.organisationId, base: '5000000', from: '2026-10-01' },
  ])
  const { rows } = await served.admin.query<{ payer_id: bigint; person_id: bigint }>(
    'select payer_id, person_id from registry.payer where person_id is not null',
  )
  const withPayer = (index: number) => {
    const person = persons[index] ?? { memberNumber: '', personId: 0n }
    return { ...person, payerId: rows.find(({ person_id }) => person_id === person.personId)?.payer_id ?? 0n }
  }
  own = withPayer(0)
  other = withPayer(1)
  for (const role of ['officer', 'administrator', 'auditor'] as const)
    tokens[role] = await served.actor({ kind: 'staff', role, officeId: 1n })
  tokens.member = await served.actor({ kind: 'member', role: 'member', personId: own.personId })
  tokens.organisation = await served.actor({ kind: 'organisation', role: 'organisation', organisationId: firm.organisationId })
  tokens.partner = await served.actor({ kind: 'partner', role: 'partner' })
})
afterAll(() => served.close())

const all = Object.entries<Route>(routes)
const closed = all.filter(([, { access }]) => access !== 'public')
const urlOf = ({ path }: Route): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => ({ month: '2026-10', ordinal: '1' })[name] ?? '1')
const call = ({ method, path, ...rest }: Route, token: string | null, key?: string | null) =>
  method === 'GET' ? served.get(token, urlOf({ method, path, ...rest })) : served.post(token, urlOf({ method, path, ...rest }), {}, key)

describe('each route', () => {
  it('is there: public ones and closed ones', () => expect([closed.length > 15, all.length > closed.length]).toEqual([true, true]))

  it.each(closed)('%s refuses a stranger and a wrong token', async (_, route) => {
    expect(await call(route, null)).toMatchObject({
      status: 401,
      type: expect.stringContaining('problem+json'),
      body: { refusal: { code: 'token-missing' } },
    })
    expect(await call(route, 'payung_made-up')).toMatchObject({ status: 401, body: { refusal: { code: 'token-unknown' } } })
  })

  it.each(closed)('%s refuses every role that it does not name, before it looks at anything else', async (_, route) => {
    const allowed = route.access === 'public' ? [] : route.access.roles
    for (const role of roles) {
      const { status, body } = await call(route, tokens[role])
      if (allowed.includes(role)) expect([401, 403], role).not.toContain(status)
      else expect({ role, status, code: body.refusal?.code }).toEqual({ role, status: 403, code: 'not-allowed' })
    }
  })

  it.each(closed.filter(([, { keyed }]) => keyed))('%s does nothing without an idempotency key', async (_, route) => {
    expect(await call(route, tokens.administrator, null)).toMatchObject({ status: 400, body: { refusal: { code: 'key-missing' } } })
  })

  it.each(all.filter(([, { access }]) => access === 'public'))('%s answers a stranger', async (_, route) => {
    expect([401, 403]).not.toContain((await call(route, null)).status)
  })
})

describe('a member', () => {
  it('sees himself, his cover and his money', async () => {
    for (const url of [
      `/v1/members/${own.memberNumber}`,
      `/v1/members/${own.memberNumber}/cover`,
      `/v1/members/${own.memberNumber}/contributions`,
      `/v1/payers/${own.payerId}/account`,
    ])
      expect((await served.get(tokens.member, url)).status, url).toBe(200)
  })

  it('sees nothing of another', async () => {
    for (const view of ['', '/cover', '/contributions']) {
      const { status, body } = await served.get<Problem>(tokens.member, `/v1/members/${other.memberNumber}${view}`)
      expect([status, body.refusal?.next], view).toEqual([422, expect.any(String)])
      expect(JSON.stringify(body), view).not.toMatch(/Ayu|1990/)
    }
  })

  it.each(['member', 'organisation', 'partner'] as const)('(as %s) cannot find out which numbers are somebody’s', async (role) => {
    // Ten digits that nobody bears yet, with their check digit.
    const nobody = memberNumber(BigInt(other.memberNumber.slice(0, 10)) + 500n)
    for (const view of ['', '/cover', '/contributions']) {
      const [taken, free] = await Promise.all(
        [other.memberNumber, nobody].map(async (number) => {
          const { status, type, body } = await served.get(tokens[role], `/v1/members/${number}${view}`)
          return JSON.stringify([status, type, { ...body, instance: '' }]).replaceAll(number, 'NUMBER')
        }),
      )
      expect(taken, view).toBe(free)
      expect(free, view).toContain('422')
    }
  })

  it.each(['member', 'organisation'] as const)('(as %s) cannot find out which payers there are', async (role) => {
    for (const view of ['bills', 'transfers', 'account']) {
      const [taken, free] = await Promise.all(
        [other.payerId, other.payerId + 5_000n].map(async (payer) => {
          const { status, type, body } = await served.get(tokens[role], `/v1/payers/${payer}/${view}`)
          return JSON.stringify([status, type, { ...body, instance: '' }]).replace(`"payerId":"${payer}"`, 'the payer asked for')
        }),
      )
      expect(taken, view).toBe(free)
    }
  })

  it('sees nothing of the money of another', async () => {
    expect(await served.get(tokens.member, `/v1/payers/${other.payerId}/account`)).toMatchObject({
      status: 422,
      body: { refusal: { code: 'payer-unknown' } },
    })
    for (const view of ['bills', 'transfers'])
      for (const payer of [other.payerId, firm.payerId])
        expect(await served.get(tokens.member, `/v1/payers/${payer}/${view}`)).toMatchObject({
          status: 422,
          body: { refusal: { code: 'payer-unknown' } },
        })
  })
})

describe('an organisation', () => {
  it('sees its own worker and nobody else’s', async () => {
    expect((await served.get(tokens.organisation, `/v1/members/${colleague.memberNumber}`)).status).toBe(200)
    expect((await served.get(tokens.organisation, `/v1/members/${own.memberNumber}`)).status).toBeGreaterThanOrEqual(400)
    expect((await served.get(tokens.organisation, `/v1/payers/${firm.payerId}/account`)).status).toBe(200)
    expect((await served.get(tokens.organisation, `/v1/payers/${own.payerId}/account`)).status).toBe(422)
  })
})

it('who looks at another is written down, who looks at himself is not', async () => {
  const trail = async () =>
    (
      await served.admin.query<{ person_id: bigint; view: string; why: string }>(
        'select person_id, view, why from platform.access_trail order by at desc, 1 desc',
      )
    ).rows
  const before = await trail()
  await served.get(tokens.member, `/v1/members/${own.memberNumber}/cover`)
  expect(await trail()).toEqual(before)
  await served.get(tokens.officer, `/v1/members/${own.memberNumber}/cover?why=complaint`)
  expect((await trail()).length).toBe(before.length + 1)
  expect(await trail()).toContainEqual({ person_id: own.personId, view: 'cover', why: 'complaint' })
})
