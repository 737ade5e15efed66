// The statements of very many accounts are what recomputation from the first entry gives for random ones of them: a million and ten
// thousand with PAYUNG_SIZE=full. Memberships are planted by copying, everything after them is the work itself.
import type { Day, Month } from '@payung/values'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { size } from '../../../tests/size.ts'
import { openMonth, runMonth } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { closeYear, declareRates, readAccount, readStatedYears, takeOpenings } from '../../src/savings/index.ts'

const accounts = size(2_000, 1_000_000)
const asked = size(200, 10_000)
const years = [2026, 2027]
let scheme: TestScheme
let payers: bigint[] = []

const must = <Value>(result: { ok: true; value: Value } | { ok: false; refusal: unknown }): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}

/** A handful of members as registered, and copies of what the monthly run reads of them. */
async function plant(): Promise<void> {
  const firms = await Promise.all(Array.from({ length: 5 }, () => scheme.organisation({ kind: 'employer' })))
  payers = firms.map(({ payerId }) => payerId)
  const persons = await scheme.persons(firms.length)
  await scheme.memberships(
    persons.map(({ memberNumber }, place) => ({
      memberNumber,
      segment: 'PU',
      organisationId: firms[place]?.organisationId ?? 0n,
      base: '5000000',
      from: '2026-01-01',
    })),
  )
  await scheme.admin.query(
    `insert into contributions.membership_fact (person_id, payer_id, base, from_day, until_day, born, joined, profile_id, base_month, ordinal)
     select last.person_id + g, f.payer_id, 2000001 + hashint8(g) % 1999999, f.from_day, f.until_day, f.born, f.joined, f.profile_id, f.base_month, f.ordinal
     from (select max(person_id) as person_id from contributions.membership_fact) last, generate_series(1, $1::bigint) g
     join (select *, row_number() over (order by person_id) as place from contributions.membership_fact) f on f.place = g % 5 + 1`,
    [accounts - firms.length],
  )
  // What some memberships brought with them from before.
  await scheme.admin.query(
    `update registry.membership set opening_savings = 1234567 + person_id, opening_act = 'Handover' where person_id % 2 = 0`,
  )
}

async function rate(from: string, to: string, value: string): Promise<void> {
  const source = { act: 'Test', article: '1', link: 'unknown', status: 'unverified' } as const
  must(await scheme.run((tx) => declareRates(tx, scheme.law, { from, to, rate: value, kind: 'declared', ...source })))
}

async function bill(month: string): Promise<void> {
  scheme.at(`${month}-01`)
  await scheme.run((tx) => openMonth(tx, scheme.law, month as Month))
  scheme.at(`${month}-28`)
  must(await runMonth(scheme.platform, scheme.law, month as Month, { actor: systemActor }))
}

/** All that a firm owes, on a day. */
async function pay(firm: number, day: string): Promise<void> {
  scheme.at(day)
  const payer = payers[firm] ?? 0n
  const { rows } = await scheme.admin.query<{ total: bigint }>(
    `select coalesce(sum(total), 0)::bigint as total from contributions.bill where payer_id = $1 and state = 'issued' and kind <> 'state'`,
    [payer],
  )
  await scheme.pay([{ channel: 'bank', day, externalId: `${firm} ${day}`, code: paymentCode(payer), amount: String(rows[0]?.total) }])
}

async function close(year: number): Promise<void> {
  scheme.at(`${year + 1}-01-05`)
  const closed = must(await closeYear(scheme.platform, scheme.law, year, { actor: systemActor }))
  expect(closed.control?.difference, `control of ${year}`).toBe(0n)
  expect(closed.accounts).toBe(BigInt(accounts))
}

beforeAll(
  async () => {
    scheme = await freshScheme('indonesia', '2026-01-01')
    await plant()
    await rate('2026-01', '2026-12', '5.51%')
    await rate('2027-01', '2027-05', '4.3%')
    await rate('2027-06', '2027-12', '6.01%')
    const booked = await scheme.run((tx) => takeOpenings(tx, scheme.law))
    expect(booked).toBeGreaterThan(0)
    expect(await scheme.run((tx) => takeOpenings(tx, scheme.law)), 'twice is once').toBe(0)
    await bill('2026-02')
    for (const firm of [0, 1, 2, 3, 4]) await pay(firm, `2026-0${3 + firm}-10`)
    await bill('2026-09')
    for (const firm of [0, 1, 2]) await pay(firm, `2026-1${firm}-15`)
    await close(2026)
    // Two firms pay what they owe of the year before.
    for (const firm of [3, 4]) await pay(firm, `2027-0${firm}-20`)
    await bill('2027-08')
    for (const firm of [0, 3]) await pay(firm, `2027-09-0${firm + 1}`)
    await close(2027)
  },
  size(120_000, 3_600_000),
)
afterAll(() => scheme.close())

it(
  `${accounts} accounts: the statements of ${asked} random ones are what their first entry on gives`,
  async () => {
    const { rows } = await scheme.admin.query<{ first: bigint }>('select min(person_id) as first from contributions.membership_fact')
    const first = rows[0]?.first ?? 0n
    const places = fc.sample(fc.integer({ min: 0, max: accounts - 1 }), { seed: 20_261_121, numRuns: asked })
    await scheme.run(async (tx) => {
      for (const place of [0, 1, 2, 3, 4, ...places]) {
        const persons = [first + BigInt(place)]
        const stated = await readStatedYears(tx, 'JHT', persons)
        expect(stated.map(({ year }) => year)).toEqual(years)
        for (const { year, closing } of stated) {
          const account = await readAccount(tx, 'JHT', persons, `${year}-12-31` as Day, { fromStart: true })
          expect(closing, `${persons[0]} in ${year}`).toEqual(account.balance)
        }
      }
    })
  },
  size(120_000, 3_600_000),
)
