// Memberships and arrangements: what is refused, what is told, who pays on each day.
import { addDays, type Day } from '@payung/values'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Event, makeSubscribers } from '../../src/platform/index.ts'
import {
  type ArrangementChanged,
  changeArrangements,
  changeOrganisationFacts,
  endMemberships,
  findMember,
  type MembershipsOpened,
  type NewMembership,
  type OrganisationFactsChanged,
  registerMemberships,
} from '../../src/registry/index.ts'
import { freshLand, type Land, offices } from './land.ts'

let land: Land
const told: Event[] = []
beforeAll(async () => {
  const subscribers = makeSubscribers()
  for (const kind of ['memberships-opened', 'memberships-ended', 'arrangement-changed', 'organisation-facts-changed'])
    subscribers.on(kind, async (_tx, event) => void told.push(event))
  land = await freshLand({ subscribers })
})
afterAll(() => land.close())

const last = <Detail>(kind: string): Detail => told.findLast((event) => event.kind === kind)?.detail as Detail
const open = (rows: readonly NewMembership[]) => land.run((tx) => registerMemberships(tx, { pack: land.pack }, rows))
async function member(): Promise<{ memberNumber: string; personId: bigint }> {
  const [made] = await land.persons([{}])
  return { memberNumber: made?.memberNumber ?? '', personId: made?.personId ?? 0n }
}

test('each kind of mistake is refused with its field', async () => {
  const { memberNumber } = await member()
  const good = { memberNumber, segment: 'solo', from: '2026-10-01' }
  const results = await open([
    { ...good, memberNumber: '123' },
    { ...good, segment: 'pirate' },
    { ...good, facts: { night_work: 'maybe' } },
    { ...good, facts: { favourite_colour: 'red' } },
    { ...good, base: '-1' },
    { ...good, base: '12a' },
    { ...good, programmes: ['LIFE'] },
    { ...good, from: '2026-13-01' },
    { ...good, from: '1980-01-01' },
    { ...good, from: '2029-01-01' },
    { ...good, organisationId: 999n },
    { ...good, payerId: 999n },
    good,
  ])
  expect(results.map(({ refusal }) => refusal && `${refusal.code} ${refusal.data.field}`)).toEqual([
    'member-number-mistyped memberNumber',
    'segment-unknown segment',
    'wrong-fact facts',
    'unknown-fact facts',
    'wrong-base base',
    'wrong-base base',
    'programme-unknown programmes',
    'wrong-first-day from',
    'wrong-first-day from',
    'wrong-first-day from',
    'organisation-unknown organisationId',
    'payer-unknown payerId',
    null,
  ])
})

test('a payer whom the pack does not let pay contributions is refused', async () => {
  const { memberNumber } = await member()
  const sponsor = await land.organisation('sponsor')
  const facts = land.pack.facts.map((fact) => (fact.code === 'payer' ? { ...fact, choices: ['firm', 'self'] } : fact))
  const [result] = await land.run((tx) =>
    registerMemberships(tx, { pack: { ...land.pack, facts } }, [
      { memberNumber, segment: 'solo', payerId: sponsor.payerId, from: '2026-10-01' },
    ]),
  )
  expect(result?.refusal).toMatchObject({ code: 'payer-cannot-pay', data: { field: 'payerId' } })
})

test.each`
  who                                  | segment       | payer        | code
  ${'nobody else for an employee'}     | ${'employee'} | ${'self'}    | ${'payer-not-of-segment'}
  ${'no sponsor for an employee'}      | ${'employee'} | ${'sponsor'} | ${'payer-not-of-segment'}
  ${'a firm for its employee'}         | ${'employee'} | ${'firm'}    | ${null}
  ${'no firm for who is on his own'}   | ${'solo'}     | ${'firm'}    | ${'payer-not-of-segment'}
  ${'a sponsor for who is on his own'} | ${'solo'}     | ${'sponsor'} | ${null}
  ${'the person who is on his own'}    | ${'solo'}     | ${'self'}    | ${null}
`('of a segment pays $who, at registration and afterwards', async ({ segment, payer, code }) => {
  const { memberNumber } = await member()
  const [firm, given] = [await land.organisation('firm'), payer === 'self' ? null : await land.organisation(payer)]
  const row = { memberNumber, segment, from: '2026-10-01', ...(given ? { payerId: given.payerId } : {}) }
  const [opened] = await open([row])
  expect(opened?.refusal?.code ?? null).toBe(code)
  if (code !== null) expect(opened?.refusal?.data).toMatchObject({ field: 'payerId', segment, payer })
  const { memberNumber: other } = await member()
  await open([{ memberNumber: other, segment, from: '2026-09-01', ...(segment === 'employee' ? { payerId: firm.payerId } : {}) }])
  const change = (payerId: bigint | null) =>
    land.run((tx) => changeArrangements(tx, land.pack, [{ memberNumber: other, ordinal: 1, payerId, from: '2026-10-01' }]))
  const [changed] = await change(given?.payerId ?? null)
  expect(changed?.refusal?.code ?? null).toBe(code ?? (payer === 'self' ? 'payer-unchanged' : null))
})

test('the event carries organisation, membership, person and payer as one set of facts', async () => {
  const { memberNumber, personId } = await member()
  const firm = await land.organisation('firm', { night_work: 'yes' })
  const [result] = await open([
    { memberNumber, segment: 'employee', organisationId: firm.organisationId, base: '250000', from: '2026-10-01' },
  ])
  expect(result).toMatchObject({ personId, ordinal: 1, refusal: null })
  expect(last<MembershipsOpened>('memberships-opened')).toEqual([
    {
      personId,
      ordinal: 1,
      payerId: firm.payerId,
      payerKind: 'firm',
      settlement: 'receivable',
      segment: 'employee',
      facts: { night_work: 'yes', born: '1990-05-01', payer: 'firm', segment: 'employee' },
      born: '1990-05-01',
      base: 250_000n,
      from: '2026-10-01',
      until: null,
      joined: '2026-10-01',
      acceptedOn: '2026-11-02',
      organisationId: firm.organisationId,
    },
  ])
})

test('who belongs to no organisation pays alone, with one payer however often', async () => {
  const { memberNumber, personId } = await member()
  await open([{ memberNumber, segment: 'solo', from: '2026-01-01' }])
  const [ended] = await land.run((tx) =>
    endMemberships(tx, land.pack, [{ memberNumber, ordinal: 1, lastDay: '2026-03-31', reason: 'stopped' }]),
  )
  expect(ended?.refusal).toBeNull()
  const [again] = await open([{ memberNumber, segment: 'solo', from: '2026-04-01' }])
  expect(again?.ordinal).toBe(2)
  const { rows } = await land.admin.query('select kind, settlement from registry.payer where person_id = $1', [personId])
  expect(rows).toEqual([{ kind: 'self', settlement: 'offer' }])
})

test('memberships of one segment and employer do not overlap, in a set or later; other employers and named programmes do', async () => {
  const { memberNumber } = await member()
  const [one, two] = [await land.organisation('firm'), await land.organisation('firm')]
  const row = { memberNumber, segment: 'employee', organisationId: one.organisationId, programmes: ['CARE'], from: '2026-05-01' }
  const codes = (
    await open([row, row, { ...row, organisationId: two.organisationId }, { ...row, programmes: ['LIFE'] }, { ...row, programmes: [] }])
  ).map(({ refusal }) => refusal?.code ?? null)
  expect(codes).toEqual([null, 'membership-overlaps', null, null, 'membership-overlaps'])
  expect((await open([row]))[0]?.refusal?.code).toBe('membership-overlaps')
})

test('an office opens a membership for a person it does not serve, with the next ordinal, but not for a firm of another office', async () => {
  const { memberNumber } = await member()
  await open([{ memberNumber, segment: 'solo', from: '2026-01-01' }])
  const firm = await land.organisation('firm')
  const row = { memberNumber, segment: 'employee', organisationId: firm.organisationId, from: '2026-02-01' }
  const [elsewhere] = await land.as({ officeId: offices.south }, (tx) => registerMemberships(tx, { pack: land.pack }, [row]))
  expect(elsewhere?.refusal?.code).toBe('payer-not-yours')
  await land.admin.query(`update registry.organisation set region_code = '2.1' where organisation_id = $1`, [firm.organisationId])
  const [south] = await land.as({ officeId: offices.south }, (tx) => registerMemberships(tx, { pack: land.pack }, [row]))
  expect(south).toMatchObject({ ordinal: 2, refusal: null })
  const [again] = await land.as({ officeId: offices.south }, (tx) => registerMemberships(tx, { pack: land.pack }, [row]))
  expect(again?.refusal?.code).toBe('membership-overlaps')
})

test('a membership ends once, on or after its first day, and its arrangement with it', async () => {
  const { memberNumber, personId } = await member()
  await open([{ memberNumber, segment: 'solo', from: '2026-02-01' }])
  const end = async (lastDay: string) =>
    (await land.run((tx) => endMemberships(tx, land.pack, [{ memberNumber, ordinal: 1, lastDay, reason: 'left' }])))[0]?.refusal?.code ??
    null
  expect(await end('2026-01-31')).toBe('wrong-last-day')
  expect(await end('2026-06-30')).toBeNull()
  expect(await end('2026-07-31')).toBe('membership-ended')
  expect(last('memberships-ended')).toEqual([{ personId, ordinal: 1, until: '2026-07-01' }])
  expect((await land.admin.query('select until_day from registry.arrangement where person_id = $1', [personId])).rows).toEqual([
    { until_day: '2026-07-01' },
  ])
})

test('who pays changes from a day on, forth and back, and a membership has one payer on each day', async () => {
  const { memberNumber, personId } = await member()
  const sponsor = await land.organisation('sponsor')
  await open([{ memberNumber, segment: 'solo', from: '2026-02-01', payerId: sponsor.payerId }])
  const change = async (payerId: bigint | null, from: string) =>
    (await land.run((tx) => changeArrangements(tx, land.pack, [{ memberNumber, ordinal: 1, payerId, from }])))[0]?.refusal?.code ?? null
  expect(await change(sponsor.payerId, '2026-08-01')).toBe('payer-unchanged')
  expect(await change(null, '2026-02-01')).toBe('arrangement-too-early')
  expect(await change(null, '2026-08-01')).toBeNull()
  expect(last<ArrangementChanged>('arrangement-changed')).toMatchObject([
    { personId, payerKind: 'self', settlement: 'offer', base: null, from: '2026-08-01', joined: '2026-02-01', facts: { payer: 'self' } },
  ])
  expect(await change(sponsor.payerId, '2026-10-01')).toBeNull()
  const { rows } = await land.admin.query<{ from_day: Day; until_day: Day | null }>(
    'select from_day, until_day from registry.arrangement where person_id = $1 order by from_day',
    [personId],
  )
  expect(rows).toHaveLength(3)
  for (let day = '2026-02-01' as Day; day < '2026-12-01'; day = addDays(day, 1))
    expect(rows.filter((row) => row.from_day <= day && (row.until_day === null || day < row.until_day))).toHaveLength(1)
})

test('a change of an organisation is told for every membership that lives then, and keeps what it does not name', async () => {
  const firm = await land.organisation('firm', { night_work: 'no' })
  const people = [await member(), await member(), await member()]
  await open(
    people.map(({ memberNumber }) => ({ memberNumber, segment: 'employee', organisationId: firm.organisationId, from: '2026-10-01' })),
  )
  await land.run((tx) =>
    endMemberships(tx, land.pack, [{ memberNumber: people[2]?.memberNumber ?? '', ordinal: 1, lastDay: '2026-11-30', reason: 'left' }]),
  )
  const changed = await land.run((tx) =>
    changeOrganisationFacts(tx, land.pack, {
      organisationId: firm.organisationId,
      from: '2026-12-01' as Day,
      facts: { night_work: 'yes' },
    }),
  )
  expect(changed).toEqual({ ok: true, value: 2 })
  const detail = last<OrganisationFactsChanged>('organisation-facts-changed')
  expect(detail.members.map(({ personId }) => personId)).toEqual(people.slice(0, 2).map(({ personId }) => personId))
  expect(detail.members.every(({ facts, from, base }) => facts.night_work === 'yes' && from === '2026-12-01' && base === null)).toBe(true)
  const early = await land.run((tx) =>
    changeOrganisationFacts(tx, land.pack, { organisationId: firm.organisationId, from: '2026-11-30' as Day, facts: {} }),
  )
  expect(early).toMatchObject({ ok: false, refusal: { code: 'facts-too-early' } })
})

test('an organisation sees its own workers and nobody else', async () => {
  const [firm, other] = [await land.organisation('firm'), await land.organisation('firm')]
  const { memberNumber } = await member()
  await open([{ memberNumber, segment: 'employee', organisationId: firm.organisationId, from: '2026-10-01' }])
  const sees = async (organisationId: bigint) =>
    (await land.as({ kind: 'organisation', organisationId }, (tx) => findMember(tx, memberNumber, { view: 'member', why: 'payroll' }))).ok
  expect(await sees(firm.organisationId)).toBe(true)
  expect(await sees(other.organisationId)).toBe(false)
})
