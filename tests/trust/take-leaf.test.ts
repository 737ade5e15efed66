// A leaf of contributions that the run wrote is taken over by the owner only as a bare table: nothing comes along that would act with the
// owner's rights, and a row that stands twice or belongs elsewhere is refused.
import { type Month, monthNumber } from '@payung/values'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMonth } from '../../core/src/contributions/index.ts'
import { freshScheme, type TestScheme } from '../scheme.ts'

const month = '2026-07' as Month
const number = monthNumber(month)
const staged = `staging.entry_${number}_0`
const rows = (values: string): string =>
  `create table ${staged} as select * from (values ${values}) as r (person_id, bill_id, base, employer, worker, month, class, ordinal, entry)`
const row = (person: number, of = number, entry = 0): string =>
  `(${person}::bigint, 1::bigint, 1::bigint, 1::bigint, 1::bigint, ${of}::smallint, 1::smallint, 1::smallint, ${entry}::smallint)`
const bare = rows(row(1))

let scheme: TestScheme
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-07-01')
  await scheme.run((tx) => openMonth(tx, scheme.law, month))
})
afterAll(() => scheme.close())

const take = (...statements: string[]): Promise<void> =>
  scheme.run(async (tx) => {
    for (const statement of statements) await tx.run(statement)
    await tx.run(`select contributions.take_leaf('entry', $1::smallint, 0)`, [number])
  })

test.each`
  what                         | statements                                                              | told
  ${'nothing there'}           | ${[]}                                                                   | ${/does not exist/}
  ${'another column'}          | ${[bare, `alter table ${staged} add column more text`]}                 | ${/is not bare/}
  ${'another type'}            | ${[bare, `alter table ${staged} alter class type integer`]}             | ${/is not bare/}
  ${'a default'}               | ${[bare, `alter table ${staged} alter entry set default 0`]}            | ${/is not bare/}
  ${'a check'}                 | ${[bare, `alter table ${staged} add check (base > 0)`]}                 | ${/is not bare/}
  ${'a rule'}                  | ${[bare, `create rule r as on insert to ${staged} do instead nothing`]} | ${/is not bare/}
  ${'row security of its own'} | ${[bare, `alter table ${staged} enable row level security`]}            | ${/is not bare/}
  ${'an index'}                | ${[bare, `create index on ${staged} (base)`]}                           | ${/is not bare/}
  ${'a row that stands twice'} | ${[rows(`${row(1)}, ${row(1)}`)]}                                       | ${/could not create unique index/}
  ${'a row of another month'}  | ${[rows(row(1, number + 1))]}                                           | ${/check constraint/}
`('refuses $what', async ({ statements, told }: { statements: string[]; told: RegExp }) => {
  await expect(take(...statements)).rejects.toThrow(told)
})

test('takes a bare table, which nobody but its owner then changes', async () => {
  await take(bare)
  const { rows: leaves } = await scheme.admin.query<{ owner: string; rows: bigint }>(
    `select tableowner as owner, (select count(*) from contributions.contribution where month = $1) as rows from pg_tables where schemaname = 'contributions' and tablename = $2`,
    [number, `entry_${number}_0`],
  )
  expect(leaves).toEqual([{ owner: 'payung_owner', rows: 1n }])
  await expect(scheme.run((tx) => tx.run(`alter table contributions.entry_${number}_0 add check (base > 5)`))).rejects.toThrow(
    /must be owner/,
  )
})

test('takes replacements beside the entries, each of which then reads as a reversal and what takes its place', async () => {
  const kept = `staging.replacement_${number}_0`
  const pair = (person: number, of = number, entry = 2): string =>
    `(${person}::bigint, 1::bigint, 1::bigint, 7::bigint, 1::bigint, 5::bigint, 1::bigint, ${of}::smallint, 2::smallint, 1::smallint, 1::smallint, ${entry}::smallint)`
  const replace = (values: string): Promise<void> =>
    scheme.run(async (tx) => {
      await tx.run(
        `create table ${kept} as select * from (values ${values}) as r (person_id, bill_id, base, employer, worker, was_employer, was_worker, month, class, was_class, ordinal, entry)`,
      )
      await tx.run(`select contributions.take_leaf('replacement', $1::smallint, 0)`, [number])
    })
  await expect(replace(pair(1, number + 1))).rejects.toThrow(/check constraint/)
  // What replaces nothing would read as two entries more.
  for (const entry of [0, 1, 3, -2]) await expect(replace(pair(1, number, entry))).rejects.toThrow(/check constraint/)
  await expect(replace(`${pair(1)}, ${pair(1)}`)).rejects.toThrow(/could not create unique index/)
  await replace(`${pair(1)}, ${pair(2)}`)
  await replace(pair(1))
  const { rows: read } = await scheme.admin.query(
    'select person_id, entry, employer, class from contributions.contribution where month = $1 order by entry',
    [number],
  )
  expect(read).toEqual([
    { person_id: 1n, entry: 0, employer: 1n, class: 1 },
    { person_id: 1n, entry: 1, employer: 5n, class: 1 },
    { person_id: 1n, entry: 2, employer: 7n, class: 2 },
  ])
  await expect(scheme.run((tx) => tx.run(`select contributions.take_leaf('bill', $1::smallint, 0)`, [number]))).rejects.toThrow(
    /no leaf is kept as bill/,
  )
})
