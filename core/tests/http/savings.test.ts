// Savings through the API: a member reads his own and nobody else's, an employer nothing, staff leave a line in the trail, and what
// an administrator declares and closes is done once.

import type { Month } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMonth } from '../../src/contributions/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { type Served, serve } from './served.ts'

let served: Served
let saver: { memberNumber: string; personId: bigint }
let other: { memberNumber: string; personId: bigint }
let firm: { organisationId: bigint }
const tokens = { member: '', officer: '', administrator: '', branch: '', firm: '' }
type Money = { amount: string; currency: string }
type Account = {
  balance: Money
  exact: string
  provisional: boolean
  withoutRate: string[]
  entries: { kind: string; month: string; amount: Money }[]
  rates: { month: string; rate: string | null }[]
}
const rate = {
  from: '2026-10',
  to: '2026-12',
  rate: '6%',
  kind: 'provisional',
  act: 'Board 1',
  article: '2',
  link: 'unknown',
  status: 'unverified',
}

beforeAll(async () => {
  served = await serve('2026-10-01')
  const persons = await served.persons(2)
  saver = persons[0] ?? saver
  other = persons[1] ?? other
  firm = await served.organisation({ kind: 'employer' })
  await served.memberships([
    { memberNumber: saver.memberNumber, segment: 'BPU', base: '1000000', from: '2026-10-01', programmes: ['JKK', 'JKM', 'JHT'] },
    { memberNumber: other.memberNumber, segment: 'PU', organisationId: firm.organisationId, base: '5000000', from: '2026-10-01' },
  ])
  tokens.member = await served.actor({ kind: 'member', role: 'member', personId: saver.personId })
  tokens.firm = await served.actor({ kind: 'organisation', role: 'organisation', organisationId: firm.organisationId })
  tokens.officer = await served.actor({ kind: 'staff', role: 'officer', officeId: 1n })
  tokens.administrator = await served.actor({ kind: 'staff', role: 'administrator', officeId: 1n })
  tokens.branch = await served.actor({ kind: 'staff', role: 'officer', officeId: 2n })
  await served.run((tx) => openMonth(tx, served.law, '2026-10' as Month))
  const { rows } = await served.admin.query<{ payer_id: bigint }>('select payer_id from registry.payer where person_id = $1', [
    saver.personId,
  ])
  // One month of the lowest band: 8,400 with the relief for accident and death, and 20,000 for savings.
  const [paid] = await served.pay([
    { channel: 'bank', day: '2026-10-01', externalId: 'a', code: paymentCode(rows[0]?.payer_id ?? 0n), amount: '28400' },
  ])
  expect(paid?.settled).toHaveLength(1)
})
afterAll(() => served.close())

it('shows a member what is there and that no rate is known yet', async () => {
  served.at('2026-11-30')
  const { status, body } = await served.get<Account>(tokens.member, `/v1/members/${saver.memberNumber}/savings`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ balance: { amount: '20000', currency: 'IDR' }, provisional: false, withoutRate: ['2026-10', '2026-11'] })
  expect(body.entries).toMatchObject([{ kind: 'contribution', month: '2026-10', amount: { amount: '20000' } }])
})

it('takes a rate once, and refuses another for the same months', async () => {
  expect(await served.post(tokens.administrator, '/v1/savings/rates', rate)).toMatchObject({ status: 200, body: { months: 3, already: 0 } })
  expect(await served.post(tokens.administrator, '/v1/savings/rates', rate)).toMatchObject({ status: 200, body: { months: 0, already: 3 } })
  expect((await served.post(tokens.administrator, '/v1/savings/rates', { ...rate, rate: '7%' })).body.refusal?.code).toBe('rate-declared')
  const { body } = await served.get<Account>(tokens.member, `/v1/members/${saver.memberNumber}/savings`)
  expect(body).toMatchObject({ balance: { amount: '20200' }, provisional: true, withoutRate: [] })
  expect((await served.get<Account>(null, '/v1/savings/rates?year=2026')).body).toHaveLength(3)
})

it('shows nobody else’s, and an employer nothing at all', async () => {
  expect((await served.get(tokens.member, `/v1/members/${other.memberNumber}/savings`)).body.refusal?.code).toBe('member-unknown')
  expect((await served.get(tokens.firm, `/v1/members/${other.memberNumber}/savings`)).body.refusal?.code).toBe('not-allowed')
  expect((await served.get(tokens.member, '/v1/members/12345/savings')).status).toBeGreaterThanOrEqual(400)
  expect((await served.get(tokens.member, `/v1/members/${saver.memberNumber}/savings?on=2026-02-30`)).body.refusal?.code).toBe('wrong-day')
})

it('notes the look of staff, and not that of the member', async () => {
  const looks = async () =>
    (
      await served.admin.query(`select view, why from platform.access_trail where person_id = $1 and view like 'savings%'`, [
        saver.personId,
      ])
    ).rows
  expect(await looks()).toEqual([])
  expect((await served.get(tokens.officer, `/v1/members/${saver.memberNumber}/savings?why=asked+at+the+desk`)).status).toBe(200)
  expect(await looks()).toEqual([{ view: 'savings', why: 'asked at the desk' }])
})

it('books an entry when another has approved it, once, and none above the balance', async () => {
  const address = `/v1/members/${saver.memberNumber}/savings/entries`
  const entry = { kind: 'opening', amount: '100000', reference: 'old book', act: 'Letter 5' }
  const asked = await served.post<{ requestId: string }>(tokens.officer, address, entry)
  expect(asked).toMatchObject({ status: 200, body: { state: 'asked', amount: { amount: '100000' } } })
  expect((await served.post(tokens.officer, address, entry)).body).toEqual(asked.body)
  const decide = (token: string, decision = 'approved') =>
    served.post(token, `/v1/savings/requests/${asked.body.requestId}/decide`, { decision, why: 'the book was shown' })
  // Nothing is booked by one alone, whoever it is; and a branch's officer is below the level that decides.
  expect((await decide(tokens.officer)).body.refusal?.code).toBe('same-person')
  expect((await decide(tokens.branch)).body.refusal?.code).toBe('level-too-low')
  const { body: before } = await served.get<Account>(tokens.member, `/v1/members/${saver.memberNumber}/savings`)
  expect(before.entries).toHaveLength(1)
  expect(await decide(tokens.administrator)).toMatchObject({
    status: 200,
    body: { request: { state: 'approved' }, balance: { amount: '120700' } },
  })
  expect((await decide(tokens.administrator)).body.refusal?.code).toBe('request-decided')
  expect((await served.post(tokens.officer, address, entry)).body).toMatchObject({ state: 'approved' })
  expect((await served.post(tokens.officer, address, { ...entry, amount: '1' })).body.refusal?.code).toBe('reference-used')
  expect(
    (await served.post(tokens.officer, address, { ...entry, kind: 'withdrawal', amount: '200000', reference: 'w' })).body.refusal,
  ).toMatchObject({
    code: 'above-balance',
    // Without what November, credited tonight, earns: money that leaves in a month earns nothing in it.
    data: { balance: '120100' },
  })
  expect((await served.post(tokens.member, address, entry)).body.refusal?.code).toBe('not-allowed')
})

it('checks an entry again when it is decided, and keeps what was refused', async () => {
  const address = `/v1/members/${saver.memberNumber}/savings/entries`
  const ask = async (reference: string) =>
    (
      await served.post<{ requestId: string }>(tokens.officer, address, {
        kind: 'withdrawal',
        amount: '120000',
        reference,
        act: 'Decision',
      })
    ).body.requestId
  // Each may be paid alone, both together may not.
  const [one, two] = [await ask('one'), await ask('two')]
  const decide = (id: string, decision: string) =>
    served.post(tokens.administrator, `/v1/savings/requests/${id}/decide`, { decision, why: 'looked at' })
  expect(await decide(one, 'approved')).toMatchObject({ status: 200, body: { balance: { amount: '100' } } })
  expect((await decide(two, 'approved')).body.refusal?.code).toBe('above-balance')
  expect(await decide(two, 'refused')).toMatchObject({ status: 200, body: { request: { state: 'refused' }, balance: null } })
  expect((await decide('999', 'approved')).body.refusal?.code).toBe('request-not-found')
  const list = await served.get<{ items: { reference: string; state: string; memberNumber: string }[] }>(
    tokens.officer,
    '/v1/savings/requests',
  )
  expect(list.body.items.map(({ reference, state, memberNumber }) => [reference, state, memberNumber])).toEqual([
    ['two', 'refused', saver.memberNumber],
    ['one', 'approved', saver.memberNumber],
    ['old book', 'approved', saver.memberNumber],
  ])
})

it('closes the year as a job; the statement is data and a PDF in both languages', async () => {
  expect((await served.post(tokens.administrator, '/v1/savings/years/2026/close', {})).body.refusal?.code).toBe('year-not-over')
  served.at('2027-01-02')
  expect((await served.post(tokens.administrator, '/v1/savings/years/2026/close', {})).status).toBe(200)
  await served.tasks.find(({ name }) => name === 'close-savings-year')?.run(served.platform, { year: '2026' })
  const address = `/v1/members/${saver.memberNumber}/savings/statements`
  expect((await served.get(tokens.member, address)).body).toMatchObject([
    {
      year: 2026,
      contributed: { amount: '20000' },
      entered: { amount: '-20000' },
      // 3 × 100 of the contribution and 2 × 500 of the opening, less 2 × 599.495 of the withdrawal: 101 of it bore nothing.
      returned: { amount: '101' },
      closing: { amount: '101' },
      provisional: true,
    },
  ])
  expect((await served.get(tokens.officer, '/v1/savings/years')).body).toMatchObject([
    { year: 2026, control: { difference: { amount: '0' } } },
  ])
  const print = async (lang: string) =>
    served.server.inject({ method: 'GET', url: `${address}/2026.pdf?lang=${lang}`, headers: { authorization: `Bearer ${tokens.member}` } })
  const [id, en] = [await print('id'), await print('en')]
  expect([id.statusCode, id.headers['content-type'], id.rawPayload.subarray(0, 5).toString()]).toEqual([200, 'application/pdf', '%PDF-'])
  expect(en.rawPayload.equals(id.rawPayload)).toBe(false)
  expect((await served.get(tokens.member, `${address}/2020.pdf`)).body.refusal?.code).toBe('statement-unknown')
})
