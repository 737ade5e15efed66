// The people of an own database: taken from a file whole or not at all, with source and day; then the rates have a denominator.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Day } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandOn } from '../../../tests/command.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { countCover, keepNation, readOverview, roomWith } from '../../src/coverage/index.ts'

let scheme: TestScheme
let run: ReturnType<typeof commandOn>
let folder: string
let districts: string[]

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-09-01')
  run = commandOn(scheme.platform, roomWith(scheme.law).commands ?? [])
  folder = await mkdtemp(path.join(tmpdir(), 'payung-population-'))
  const { rows } = await scheme.admin.query<{ code: string }>(
    `select region_code as code from registry.region where level = 'district' order by 1`,
  )
  districts = rows.map(({ code }) => code)
  await scheme.persons(8)
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await scheme.close()
})

const lines = (change: (line: string, index: number) => string = (line) => line): string =>
  ['region,people,eligible', ...districts.map((code) => `${code},100,40`).map(change)].join('\n')
const take = async (text: string, source = 'Register of residents', asOf = '2026-06-30') => {
  const file = path.join(folder, 'people.csv')
  await writeFile(file, text)
  return run('population', 'import', file, '--source', source, '--as-of', asOf)
}
const stored = async () => (await scheme.admin.query('select * from coverage.population order by region_code')).rows
const rate = async () => {
  await scheme.run((tx) => countCover(tx, scheme.law.pack, '2026-09-01' as Day))
  const overview = await scheme.run((tx) => readOverview(tx, scheme.law))
  if (!overview.ok) throw new Error(overview.refusal.rule)
  return overview.value.rate
}

it('before it is given there is no rate, and no failure', async () => {
  expect(await rate()).toMatchObject({ eligible: 0, people: 0, perHundred: null })
})

it('a file with a wrong row is not taken at all, and each wrong row is named by line and column', async () => {
  const wrong = ['99.99,1,1', '11.02,1.000,1', '11.03,10,', '11.04,10,11', '11.01,1,1']
  const done = await take(lines((line, index) => wrong[index] ?? line))
  expect(done).toMatchObject({
    ok: true,
    value: {
      value: {
        changed: false,
        refused: [
          { row: 2, column: 'region', given: '99.99' },
          { row: 3, column: 'people', given: '1.000' },
          { row: 4, column: 'eligible', given: '' },
          { row: 5, column: 'eligible', given: '11' },
        ],
      },
    },
  })
  expect(await stored()).toEqual([])
})

it.each`
  what                    | text                                                       | source  | asOf            | code
  ${'a district missing'} | ${() => lines((line, index) => (index === 3 ? '' : line))} | ${'x'}  | ${'2026-06-30'} | ${'population-incomplete'}
  ${'no source'}          | ${() => lines()}                                           | ${'  '} | ${'2026-06-30'} | ${'source-missing'}
  ${'no such day'}        | ${() => lines()}                                           | ${'x'}  | ${'2026-02-30'} | ${'wrong-day'}
  ${'a day to come'}      | ${() => lines()}                                           | ${'x'}  | ${'2026-09-02'} | ${'wrong-day'}
  ${'a column missing'}   | ${() => 'region,people'}                                   | ${'x'}  | ${'2026-06-30'} | ${'wrong-usage'}
`(
  '$what is refused with $code',
  async ({ text, source, asOf, code }: { text: () => string; source: string; asOf: string; code: string }) => {
    const done = await take(text(), source, asOf)
    expect(done.ok ? done.value : done.refusal.code).toBe(code)
    expect(await stored()).toEqual([])
  },
)

it('a district given twice is refused, by its second line', async () => {
  const done = await take(`${lines()}\n${districts[0]},5,5`)
  expect(done).toMatchObject({
    ok: true,
    value: { value: { refused: [{ row: districts.length + 2, column: 'region', given: districts[0] }] } },
  })
})

it('a good file is taken with source and day, twice is once, and the rates use it', async () => {
  const people = 100 * districts.length
  expect(await take(lines())).toMatchObject({
    ok: true,
    value: { value: { changed: true, districts: districts.length, people, refused: [] } },
  })
  expect((await stored())[0]).toEqual({
    region_code: districts[0],
    people: 100n,
    eligible: 40n,
    source: 'Register of residents',
    as_of: '2026-06-30',
  })
  const before = await stored()
  expect(await take(lines())).toMatchObject({ ok: true, value: { value: { changed: false, people } } })
  expect(await stored()).toEqual(before)
  const events = () =>
    scheme.admin.query<{ payload: object }>(`select payload from platform.event where kind = 'population-imported' order by event_id`)
  expect((await events()).rows).toMatchObject([{ payload: { people, source: 'Register of residents', asOf: '2026-06-30' } }])
  const shown = await rate()
  expect(shown).toMatchObject({ eligible: 40 * districts.length, people, perHundred: '0.0' })
  expect(JSON.stringify(shown.source.text)).toContain('Register of residents')
  expect(
    await take(
      lines((line, index) => (index === 0 ? `${districts[0]},200,80` : line)),
      'Census',
      '2026-08-31',
    ),
  ).toMatchObject({
    ok: true,
    value: { value: { changed: true, people: people + 100 } },
  })
  expect((await events()).rows).toHaveLength(2)
})

it('a demonstration keeps the people it was made from', async () => {
  const nation = {
    asOf: '2026-08-31' as Day,
    scale: 1000,
    active: 1,
    registered: 1,
    segments: [],
    groups: [],
    price: {},
    source: {},
    link: null,
  }
  await scheme.run((tx) => keepNation(tx, nation))
  const done = await take(lines())
  expect(done.ok ? '' : done.refusal.code).toBe('population-of-demonstration')
})
