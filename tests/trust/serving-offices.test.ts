// No table shows the rows of a payer to every office: each policy asks which office serves him, or whose rows else the asker may see. A table
// made after the rule was written fails here until it asks too.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshScheme, type TestScheme } from '../scheme.ts'

/** Tables of payers that any office reads, and why. */
const open: Readonly<Record<string, string>> = {
  'savings.bill_booking':
    'in which month a bill was booked says what a member’s savings earned, and his office is not always that of his employer',
}

let scheme: TestScheme
beforeAll(async () => {
  scheme = await freshScheme()
})
afterAll(() => scheme.close())

test('rows of payers are seen by the offices that serve them', async () => {
  const { rows } = await scheme.admin.query<{ name: string; qual: string }>(
    `select p.schemaname || '.' || p.tablename as name, p.qual from pg_policies p
     join information_schema.columns c on c.table_schema = p.schemaname and c.table_name = p.tablename and c.column_name = 'payer_id'
     where p.cmd = 'SELECT' and 'payung_online' = any (p.roles) order by 1`,
  )
  expect(rows.length).toBeGreaterThan(15)
  const any = rows.filter(({ qual }) => qual.includes('platform.office()') && !/serves_payer|registry\.person|sees_all/.test(qual))
  expect(any.map(({ name }) => name)).toEqual(Object.keys(open))
})
