// A leaf of contributions that the run wrote is taken over by the owner only as a bare table: nothing comes along that would act with the
// owner's rights, and a row that stands twice or belongs elsewhere is refused.
import { type Month, monthNumber } from '@payung/values'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMonth } from '../../core/src/contributions/index.ts'
import { freshScheme, type TestScheme } from '../scheme.ts'

const month = '2026-07' as Month
const number = monthNumber(month)
const staged = `staging.contribution_${number}_0`
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
    await tx.run('select contributions.take_leaf($1::smallint, 0)', [number])
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
    [number, `contribution_${number}_0`],
  )
  expect(leaves).toEqual([{ owner: 'payung_owner', rows: 1n }])
  await expect(scheme.run((tx) => tx.run(`alter table contributions.contribution_${number}_0 add check (base > 5)`))).rejects.toThrow(
    /must be owner/,
  )
})

test('takes later entries beside the first ones, and no first entry among them', async () => {
  const later = (values: string): Promise<void> =>
    scheme.run(async (tx) => {
      await tx.run(rows(values).replace(staged, `${staged}_later`))
      await tx.run('select contributions.take_later($1::smallint, 0)', [number])
    })
  await expect(later(row(1))).rejects.toThrow(/check constraint/)
  await expect(later(`${row(1, number, 1)}, ${row(1, number, 1)}`)).rejects.toThrow(/could not create unique index/)
  await later(`${row(1, number, 1)}, ${row(1, number, 2)}`)
  await later(`${row(1, number, 1)}, ${row(1, number, 2)}, ${row(1, number, 3)}`)
  const { rows: parts } = await scheme.admin.query<{ part: string; rows: bigint }>(
    `select c.relname as part, count(*) as rows from contributions.contribution k join pg_class c on c.oid = k.tableoid where k.month = $1 group by 1 order by 1`,
    [number],
  )
  expect(parts).toEqual([
    { part: `contribution_${number}_0_first`, rows: 1n },
    { part: `contribution_${number}_0_later`, rows: 3n },
  ])
})
