// Statements that the close wrote are taken over by the owner only as a bare table: nothing comes along that would act with the owner's
// rights, an account that stands twice or belongs elsewhere is refused, and nobody adds a statement by another way.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshScheme, type TestScheme } from '../scheme.ts'

const staged = 'staging.statement_2026'
const rows = (values: string): string =>
  `create table ${staged} as select * from (values ${values}) as r (person_id, contributed, entered, parts, year, programme)`
const row = (person: number, year = 2026, programme = 'JHT'): string =>
  `(${person}::bigint, 1::bigint, 0::bigint, 3.5::numeric, ${year}::smallint, '${programme}'::text)`
const bare = rows(row(1))

let scheme: TestScheme
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2027-01-01')
})
afterAll(() => scheme.close())

const take = (...statements: string[]): Promise<void> =>
  scheme.run(async (tx) => {
    for (const statement of statements) await tx.run(statement)
    await tx.run(`select savings.take_statements(2026::smallint, 'JHT')`)
  })

test.each`
  what                            | statements                                                              | told
  ${'nothing there'}              | ${[]}                                                                   | ${/does not exist/}
  ${'another column'}             | ${[bare, `alter table ${staged} add column more text`]}                 | ${/bare statements/}
  ${'another type'}               | ${[bare, `alter table ${staged} alter year type integer`]}              | ${/bare statements/}
  ${'a default'}                  | ${[bare, `alter table ${staged} alter entered set default 0`]}          | ${/bare statements/}
  ${'a check'}                    | ${[bare, `alter table ${staged} add check (parts > 0)`]}                | ${/bare statements/}
  ${'a rule'}                     | ${[bare, `create rule r as on insert to ${staged} do instead nothing`]} | ${/bare statements/}
  ${'row security of its own'}    | ${[bare, `alter table ${staged} enable row level security`]}            | ${/bare statements/}
  ${'an index'}                   | ${[bare, `create index on ${staged} (parts)`]}                          | ${/bare statements/}
  ${'an account that is twice'}   | ${[rows(`${row(1)}, ${row(1)}`)]}                                       | ${/could not create unique index/}
  ${'another year'}               | ${[rows(row(1, 2025))]}                                                 | ${/check constraint/}
  ${'another programme'}          | ${[rows(row(1, 2026, 'JP'))]}                                           | ${/check constraint/}
  ${'a statement put in by hand'} | ${[`insert into savings.statement values ${row(1)}`]}                   | ${/permission denied/}
`('refuses $what', async ({ statements, told }: { statements: string[]; told: RegExp }) => {
  await expect(take(...statements)).rejects.toThrow(told)
})

test('takes a bare table once, which nobody but its owner then changes', async () => {
  await take(bare)
  const { rows: leaves } = await scheme.admin.query<{ owner: string; rows: bigint }>(
    `select tableowner as owner, (select count(*) from savings.statement where year = 2026) as rows from pg_tables where schemaname = 'savings' and tablename = 'statement_2026_JHT'`,
  )
  expect(leaves).toEqual([{ owner: 'payung_owner', rows: 1n }])
  await expect(take(bare)).rejects.toThrow(/already exists/)
  await expect(scheme.run((tx) => tx.run('alter table savings."statement_2026_JHT" add check (parts > 5)'))).rejects.toThrow(
    /must be owner/,
  )
  await expect(scheme.admin.query('delete from savings."statement_2026_JHT"')).rejects.toThrow()
})
