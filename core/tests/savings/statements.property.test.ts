// The set statement of the database and the recomputation of one account from its first entry are the same for random accounts: late
// money, withdrawals, months with rates of their own, provisional rates that turn out otherwise, and rates with thirds in them.
import type { Day, Month } from '@payung/values'
import { decimals, truncated } from '@payung/values'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { size } from '../../../tests/size.ts'
import { openMonth, runMonth } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import {
  bookEntry,
  closeYear,
  creditMonth,
  declareRates,
  readAccount,
  readStatedYears,
  settleDifferences,
} from '../../src/savings/index.ts'

const seed = 20_261_121
const draw = <Value>(arbitrary: fc.Arbitrary<Value>, count: number): Value[] => fc.sample(arbitrary, { seed, numRuns: count })
const people = 40
const years = [2026, 2027, 2028]
let scheme: TestScheme
let persons: { memberNumber: string; personId: bigint }[] = []

const rate = (from: string, to: string, millionths: number, kind: 'declared' | 'provisional', corrects = false) =>
  scheme.run((tx) =>
    declareRates(tx, scheme.law, {
      from,
      to,
      rate: `${Math.floor(millionths / 10_000)}.${String(millionths % 10_000).padStart(4, '0')}%`,
      kind,
      corrects,
      act: 'Test',
      article: '1',
      link: 'unknown',
      status: 'unverified',
    }),
  )

/** Each year opens a few months: enough for money of each month and for money that comes much later. */
const opened = ['2026-01', '2026-02', '2026-07', '2027-03', '2027-11', '2028-06']

async function plant(): Promise<void> {
  const { law, run } = scheme
  const firms = [
    await scheme.organisation({ kind: 'employer' }),
    await scheme.organisation({ kind: 'employer' }),
    await scheme.organisation({ kind: 'employer' }),
  ]
  persons = await scheme.persons(people)
  const wages = draw(fc.integer({ min: 900_001, max: 40_000_000 }), people)
  await scheme.memberships(
    persons.map(({ memberNumber }, place) => ({
      memberNumber,
      segment: 'PU',
      organisationId: firms[place % 3]?.organisationId ?? 0n,
      base: String(wages[place]),
      from: '2026-01-01',
    })),
  )
  // Twelve equal ones, twelve of their own (their sum leaves thirds), and provisional ones.
  await rate('2026-01', '2026-12', 55_100, 'declared')
  for (const [place, value] of draw(fc.integer({ min: 0, max: 120_000 }), 12).entries())
    await rate(`2027-${String(place + 1).padStart(2, '0')}`, `2027-${String(place + 1).padStart(2, '0')}`, value, 'provisional')
  await rate('2028-01', '2028-12', 50_000, 'provisional')
  for (const text of opened) {
    scheme.at(`${text}-01`)
    await run((tx) => openMonth(tx, law, text as Month))
    scheme.at(`${text}-28`)
    const done = await runMonth(scheme.platform, law, text as Month, { actor: systemActor })
    if (!done.ok) throw new Error(done.refusal.rule)
  }
}

/** What each firm owes, oldest first, paid on days of its own. */
async function pay(firm: number, on: string, bills: number, moneyOf = on): Promise<void> {
  scheme.at(on)
  const { rows } = await scheme.admin.query<{ payer_id: bigint; total: bigint }>(
    `select payer_id, total from contributions.bill where payer_id = (select distinct payer_id from contributions.bill where kind = 'month' order by 1 offset $1 limit 1)
     and state = 'issued' and kind <> 'state' order by month limit $2`,
    [firm, bills],
  )
  const [first] = rows
  if (!first) return
  const amount = rows.reduce((sum, { total }) => sum + total, 0n)
  await scheme.pay([
    { channel: 'bank', day: moneyOf, externalId: `${firm} ${on}`, code: paymentCode(first.payer_id), amount: amount.toString() },
  ])
}

const entry = (place: number, kind: 'opening' | 'withdrawal' | 'correction', amount: bigint, day: string) =>
  scheme.run((tx) =>
    bookEntry(tx, scheme.law, {
      personId: persons[place]?.personId ?? 0n,
      kind,
      amount: amount.toString(),
      day,
      reference: `${kind} ${day}`,
      act: 'Test',
    }),
  )

async function close(year: number): Promise<void> {
  scheme.at(`${year + 1}-01-05`)
  const closed = await closeYear(scheme.platform, scheme.law, year, { actor: systemActor })
  if (!closed.ok) throw new Error(closed.refusal.rule)
  expect(closed.value.control?.difference, `control of ${year}`).toBe(0n)
}

/** Every account on a day: as the statements say and as its first entry says. */
async function agree(on: string): Promise<void> {
  scheme.at(on > '2029-01-01' ? on : '2029-01-05')
  for (const { personId } of persons) {
    const [stated, all] = await scheme.run(async (tx) => [
      await readAccount(tx, 'JHT', [personId], on as Day),
      await readAccount(tx, 'JHT', [personId], on as Day, { fromStart: true }),
    ])
    expect(stated?.balance, `${personId} on ${on}`).toEqual(all?.balance)
  }
}

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-01-01')
  await plant()
}, 120_000)
afterAll(() => scheme.close())

describe('random accounts', () => {
  it('close a first year with openings, late payers and withdrawals', async () => {
    for (const [firm, on, bills] of [
      [0, '2026-02-10', 1],
      [0, '2026-03-14', 1],
      [1, '2026-09-30', 2],
      [2, '2026-12-31', 1],
    ] as const)
      await pay(firm, on, bills)
    scheme.at('2026-12-31')
    for (const [place, amount] of draw(fc.bigInt({ min: 1n, max: 90_000_001n }), 12).entries())
      expect((await entry(place, 'opening', amount, `2026-0${1 + (place % 9)}-15`)).ok).toBe(true)
    expect(await entry(3, 'withdrawal', 1n, '2026-10-02')).toMatchObject({ ok: true })
    // On the last day of a month, which is credited that evening: what leaves earns nothing in it.
    const account = await scheme.run((tx) => readAccount(tx, 'JHT', [persons[1]?.personId ?? 0n], '2026-12-30' as Day))
    const all = truncated(account.balance)
    expect(await entry(1, 'withdrawal', all + 1n, '2026-12-31')).toMatchObject({ ok: false, refusal: { code: 'above-balance' } })
    expect(await entry(1, 'withdrawal', all, '2026-12-31')).toMatchObject({ ok: true, value: { balance: 0n } })
    await close(2026)
    await agree('2026-12-31')
  })

  it('take money that bears a day of the closed year into the next one, and change no statement', async () => {
    const before = await scheme.admin.query('select * from savings.statement order by person_id')
    await pay(2, '2027-01-20', 1, '2026-12-30')
    expect((await scheme.admin.query('select month from savings.bill_booking')).rows).toEqual([{ month: 2027 * 12 }])
    expect((await scheme.admin.query('select * from savings.statement order by person_id')).rows).toEqual(before.rows)
    await pay(0, '2027-05-05', 2)
    await pay(1, '2027-12-01', 2)
    for (const place of [5, 7]) expect((await entry(place, 'correction', place === 5 ? -1234n : 98_765n, '2027-08-08')).ok).toBe(true)
    await close(2027)
    await agree('2027-12-31')
    await agree('2027-06-30')
  })

  it('carry thirds where the rates have them', async () => {
    const { rows } = await scheme.admin.query<{ year: number; thirds: number }>('select year, thirds from savings.year order by year')
    expect(rows[0]).toEqual({ year: 2026, thirds: 1 })
    expect(rows[1]?.thirds).toBeGreaterThanOrEqual(1)
  })

  it('close the third year, and go on in the fourth', async () => {
    await pay(0, '2028-07-07', 1)
    await pay(2, '2028-08-08', 3)
    await close(2028)
    await agree('2028-12-31')
    expect(await rate('2029-01', '2029-03', 61_000, 'declared')).toMatchObject({ ok: true })
    scheme.at('2029-03-31')
    await agree('2029-03-31')
  })

  it('get the difference of rates declared late as one entry, exactly what they would hold; twice it is nothing', async () => {
    scheme.at('2029-03-31')
    const values = draw(fc.integer({ min: 1, max: 130_000 }), 13).slice(1)
    const shown = async () =>
      Promise.all(persons.map(({ personId }) => scheme.run((tx) => readAccount(tx, 'JHT', [personId], '2029-03-31' as Day))))
    for (const [place, value] of values.entries())
      await rate(`2027-${String(place + 1).padStart(2, '0')}`, `2027-${String(place + 1).padStart(2, '0')}`, value, 'declared', true)
    const before = (await scheme.admin.query('select * from savings.statement order by year, person_id')).rows
    const settled = await scheme.run((tx) => settleDifferences(tx, scheme.law))
    expect(settled).toMatchObject({ ok: true, value: { years: [2027] } })
    expect(settled.ok && settled.value.accounts).toBeGreaterThan(people / 2)
    await holdWhatTheyWould()
    expect(await scheme.run((tx) => settleDifferences(tx, scheme.law))).toMatchObject({ ok: true, value: { years: [], accounts: 0 } })
    // A second late rate, of a later year, stands beside the first.
    await rate('2028-01', '2028-12', 57_777, 'declared')
    expect(await scheme.run((tx) => settleDifferences(tx, scheme.law))).toMatchObject({ ok: true, value: { years: [2028] } })
    await holdWhatTheyWould()
    expect((await scheme.admin.query('select * from savings.statement order by year, person_id')).rows).toEqual(before)
    expect((await shown()).every(({ entries }) => entries.some(({ kind }) => kind === 'difference'))).toBe(true)
  })

  it('close the year of the difference with a control that shows none', async () => {
    await rate('2029-04', '2029-12', 61_000, 'declared')
    scheme.at('2029-12-01')
    expect(await scheme.run((tx) => creditMonth(tx, scheme.law, '2029-11' as Month))).toMatchObject({ ok: true, value: { already: false } })
    await close(2029)
    await holdWhatTheyWould('2029-12-31')
  })
})

/** As if the rates of now had been known from the first day: the same arithmetic over the entries without the differences. */
async function holdWhatTheyWould(on = '2029-03-31'): Promise<void> {
  const { savingsYears } = await import('@payung/law')
  const { rows } = await scheme.admin.query<{ month: number; rate: bigint }>(
    'select distinct on (month) month, rate from savings.rate order by month, version desc',
  )
  const rates = new Map(
    rows.map(({ month, rate: value }) => [`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`, value]),
  )
  for (const { personId } of persons.slice(0, size(15, people))) {
    const all = await scheme.run((tx) => readAccount(tx, 'JHT', [personId], on as Day, { fromStart: true }))
    const now = await scheme.run((tx) => readAccount(tx, 'JHT', [personId], on as Day))
    const own = all.entries.filter(({ kind }) => kind !== 'difference')
    const at = on.slice(0, 7) as Month
    const truth = savingsYears({ year: 2025, balance: { over: 0n, under: 1n } }, own, (month) => rates.get(month) ?? null, {
      last: at,
      credited: at,
    }).at(-1)?.closing
    expect(decimals(now.balance, 20), `${personId}`).toBe(decimals(truth ?? { over: 0n, under: 1n }, 20))
    expect(now.balance).toEqual(truth)
  }
  const stated = await scheme.run((tx) => readStatedYears(tx, 'JHT', [persons[0]?.personId ?? 0n]))
  expect(stated.map(({ year }) => year).slice(0, 3)).toEqual(years)
}
