// What savings refuse, and what they do only once.
import type { Day, Month } from '@payung/values'
import { truncated } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { systemActor } from '../../src/platform/index.ts'
import {
  bookEntry,
  closeYear,
  creditMonth,
  declareRates,
  type EntryAsked,
  printStatement,
  type RatesAsked,
  readAccount,
  readStatedYears,
  takePublishedRates,
} from '../../src/savings/index.ts'

let scheme: TestScheme
let person: bigint
let number: string
const source = { act: 'Test', article: '1', link: 'unknown', status: 'unverified' } as const
const rates = (given: Partial<RatesAsked>) =>
  scheme.run((tx) => declareRates(tx, scheme.law, { from: '2026-01', to: '2026-12', rate: '5%', kind: 'declared', ...source, ...given }))
const entry = (given: Partial<EntryAsked>) =>
  scheme.run((tx) =>
    bookEntry(tx, scheme.law, {
      personId: person,
      kind: 'opening',
      amount: '1000000',
      reference: 'a',
      act: 'Test',
      day: '2026-03-05',
      ...given,
    }),
  )
const close = (year: number) => closeYear(scheme.platform, scheme.law, year, { actor: systemActor })
const codeOf = (result: { ok: boolean; refusal?: { code: string } }): string => (result.ok ? 'ok' : (result.refusal?.code ?? ''))

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-06-15')
  const [saver] = await scheme.persons(1)
  person = saver?.personId ?? 0n
  number = saver?.memberNumber ?? ''
  await scheme.memberships([{ memberNumber: number, segment: 'BPU', base: '1000000', from: '2026-06-01' }])
})
afterAll(() => scheme.close())

describe('rates', () => {
  it('are declared once; the same told again is already so, another is refused', async () => {
    expect(await rates({ from: '2026-01', to: '2026-04', kind: 'provisional', rate: '5%' })).toMatchObject({
      ok: true,
      value: { months: 4, already: 0 },
    })
    expect(await rates({ from: '2026-01', to: '2026-04', kind: 'provisional', rate: '5.00%' })).toMatchObject({
      ok: true,
      value: { months: 0, already: 4 },
    })
    expect(await rates({ from: '2026-04', to: '2026-04', kind: 'provisional', rate: '4%' })).toMatchObject({
      ok: false,
      refusal: { code: 'rate-declared', data: { month: '2026-04', declared: '5 %', given: '4 %' } },
    })
    expect(await rates({ from: '2026-01', to: '2026-02', rate: '6%' })).toMatchObject({ ok: true, value: { months: 2 } })
    expect(await rates({ from: '2026-01', to: '2026-02', rate: '6%' })).toMatchObject({ ok: true, value: { months: 0, already: 2 } })
    expect(codeOf(await rates({ from: '2025-12', to: '2026-02', rate: '5%' }))).toBe('rate-declared')
    const { rows } = await scheme.admin.query('select count(*) as rows from savings.rate')
    expect(rows).toEqual([{ rows: 6n }])
  })

  it.each`
    given                                 | code
    ${{ rate: '5' }}                      | ${'wrong-rate'}
    ${{ rate: '101%' }}                   | ${'wrong-rate'}
    ${{ rate: '5.00001%' }}               | ${'wrong-rate'}
    ${{ rate: '-1%' }}                    | ${'wrong-rate'}
    ${{ from: '2026-13' }}                | ${'wrong-month'}
    ${{ from: '2026-05', to: '2026-04' }} | ${'wrong-month'}
    ${{ from: '2015-06', to: '2015-06' }} | ${'wrong-month'}
    ${{ programme: 'JKK' }}               | ${'not-savings'}
    ${{ programme: 'ABC' }}               | ${'not-savings'}
  `('refuse $given with $code', async ({ given, code }: { given: Partial<RatesAsked>; code: string }) => {
    expect(codeOf(await rates(given))).toBe(code)
  })

  it('of the pack are taken once, and only what was published', async () => {
    expect(await scheme.run((tx) => takePublishedRates(tx, scheme.law))).toBe(72)
    expect(await scheme.run((tx) => takePublishedRates(tx, scheme.law))).toBe(0)
    const { rows } = await scheme.admin.query(
      `select month / 12 as year, min(rate) as rate, max(rate) as most, count(*) as months from savings.rate where act = 'PP 46/2015' group by 1 order by 1`,
    )
    expect(rows).toEqual(
      [
        [2016, 71_900n],
        [2017, 78_200n],
        [2018, 62_600n],
        [2019, 60_600n],
        [2020, 56_300n],
        [2025, 55_100n],
      ].map(([year, rate]) => ({ year, rate, most: rate, months: 12n })),
    )
  })
})

describe('entries', () => {
  it('are booked once by their reference, and refused with another amount', async () => {
    // March and April at the provisional 5 %; May has no rate yet.
    expect(await entry({})).toMatchObject({ ok: true, value: { already: false, balance: 1_008_333n } })
    expect(await entry({})).toMatchObject({ ok: true, value: { already: true, entryId: null } })
    expect(codeOf(await entry({ amount: '999' }))).toBe('reference-used')
    const { rows } = await scheme.admin.query('select count(*) as rows from savings.entry')
    expect(rows).toEqual([{ rows: 1n }])
  })

  it.each`
    given                                                                     | code
    ${{ kind: 'withdrawal', amount: '1100000', reference: 'b' }}              | ${'above-balance'}
    ${{ kind: 'withdrawal', amount: '1', reference: 'b', day: '2026-03-04' }} | ${'above-balance'}
    ${{ kind: 'correction', amount: '-1100000', reference: 'b' }}             | ${'above-balance'}
    ${{ amount: '0', reference: 'b' }}                                        | ${'wrong-amount'}
    ${{ amount: '-5', reference: 'b' }}                                       | ${'wrong-amount'}
    ${{ amount: '1.5', reference: 'b' }}                                      | ${'wrong-amount'}
    ${{ day: '2026-02-30', reference: 'b' }}                                  | ${'wrong-day'}
    ${{ day: '2026-06-16', reference: 'b' }}                                  | ${'day-in-future'}
    ${{ day: '2015-06-30', reference: 'b' }}                                  | ${'day-before-law'}
    ${{ reference: ' ' }}                                                     | ${'source-missing'}
    ${{ programme: 'JKM', reference: 'b' }}                                   | ${'not-savings'}
  `('refuse $given with $code', async ({ given, code }: { given: Partial<EntryAsked>; code: string }) => {
    expect(codeOf(await entry(given))).toBe(code)
  })

  it('that pay everything out leave less than one unit, and nothing is earned on what is gone', async () => {
    const now = await scheme.run((tx) => readAccount(tx, 'JHT', [person], '2026-06-15' as Day))
    const all = truncated(now.balance)
    expect(all).toBeGreaterThan(1_000_000n)
    expect(await entry({ kind: 'withdrawal', amount: all.toString(), reference: 'c', day: '2026-06-15' })).toMatchObject({
      ok: true,
      value: { balance: 0n },
    })
    expect(codeOf(await entry({ kind: 'withdrawal', amount: '1', reference: 'd', day: '2026-06-15' }))).toBe('above-balance')
    scheme.at('2027-01-02')
    await rates({ from: '2026-03', to: '2026-12', rate: '6%' })
    const end = await scheme.run((tx) => readAccount(tx, 'JHT', [person], '2026-12-31' as Day))
    // Three months of 1,000,000 at 6 %, less the two at 5 % that were paid out: what the declared rate adds, and nothing for the time after.
    expect(truncated(end.balance)).toBe(15_000n - 8_333n)
  })
})

describe('months and years', () => {
  it('are credited and closed when they are over, in turn and once', async () => {
    expect(codeOf(await scheme.run((tx) => creditMonth(tx, scheme.law, '2027-01' as Month)))).toBe('month-not-over')
    expect(codeOf(await close(2027))).toBe('year-not-over')
    expect(codeOf(await close(2025))).toBe('year-out-of-turn')
    expect(codeOf(await close(1))).toBe('wrong-year')
    const [first, again] = [await close(2026), await close(2026)]
    expect(first).toMatchObject({ ok: true, value: { accounts: 1n, already: false, control: { difference: 0n } } })
    expect(again).toMatchObject({ ok: true, value: { accounts: 1n, already: true, control: null } })
    expect(codeOf(await entry({ reference: 'late', day: '2026-12-31' }))).toBe('year-closed')
    scheme.at('2028-01-02')
    expect(await close(2027)).toMatchObject({
      ok: false,
      refusal: { code: 'rate-missing', data: { months: expect.stringContaining('2027-01') } },
    })
    const { rows } = await scheme.admin.query('select year from savings.closing')
    expect(rows).toEqual([{ year: 2026 }])
  })

  it('print the same statement to the same bytes, in both languages', async () => {
    const [stated, account] = await scheme.run(
      async (tx) => [(await readStatedYears(tx, 'JHT', [person]))[0], await readAccount(tx, 'JHT', [person], '2026-12-31' as Day)] as const,
    )
    if (!stated) throw new Error('no statement')
    const print = (language: string) => printStatement(scheme.law, { name: 'Ayu Lestari', memberNumber: number, stated, account }, language)
    const [id, twin, en] = [await print('id'), await print('id'), await print('en')]
    expect(Buffer.from(id.slice(0, 5)).toString()).toBe('%PDF-')
    expect(Buffer.from(twin)).toEqual(Buffer.from(id))
    expect(Buffer.from(en)).not.toEqual(Buffer.from(id))
  })
})

describe('a scheme without savings', () => {
  it('says so, whatever is asked', async () => {
    const neutral = await freshScheme('test-pack', '2026-06-15')
    try {
      const { law, run, platform } = neutral
      expect(
        codeOf(await run((tx) => declareRates(tx, law, { from: '2026-01', to: '2026-02', rate: '5%', kind: 'declared', ...source }))),
      ).toBe('no-savings')
      expect(codeOf(await run((tx) => bookEntry(tx, law, { personId: 1n, kind: 'opening', amount: '1', reference: 'a', act: 'b' })))).toBe(
        'no-savings',
      )
      expect(codeOf(await run((tx) => creditMonth(tx, law, '2026-01' as Month)))).toBe('no-savings')
      expect(codeOf(await closeYear(platform, law, 2025, { actor: systemActor }))).toBe('no-savings')
    } finally {
      await neutral.close()
    }
  })
})
