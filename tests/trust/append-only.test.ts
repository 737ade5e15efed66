// What is written in the ledger, the event log and the access trail is never changed: not by a serving role, not by the owner.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { groups } from '../../core/src/platform/roles.ts'
import { codeOf } from '../../core/src/platform/trouble.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

/** Every append-only table has a place here; a table with the refusing trigger that is missing fails the last test. */
const tables = [
  'platform.event',
  'platform.access_trail',
  'ledger.transfer',
  'payments.payment',
  'payments.allocation',
  'payments.reversal',
  'payments.queue_taking',
  'payments.offset_offer',
  'payments.request_part',
  'registry.closing',
  'registry.reopening',
  'registry.membership_deed',
  'contributions.addendum',
  'contributions.deferral',
  'contributions.deferral_instalment',
  'contributions.reduction',
  'contributions.paid_change',
  'contributions.noted_claim',
  'registry.merge',
  'registry.unmerge',
  'contributions.reinstatement',
  'contributions.reinstatement_member',
  'contributions.reinstatement_verdict',
  'contributions.late_warning',
  'notices.letter',
  'notices.letter_code',
  'notices.telling',
  ...['rate', 'entry', 'bill_booking', 'closing', 'year', 'restatement', 'credit', 'statement', 'control_check'].map(
    (name) => `savings.${name}`,
  ),
]

/** Insufficient privilege, or our own refusal. */
const refusals = ['42501', 'PA001']

let db: TestDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.close())

const changes = (table: string): string[] => [
  `update ${table} set ${columnOf(table)} = ${columnOf(table)}`,
  `delete from ${table}`,
  `truncate ${table} cascade`,
]
/** A column of each table that an update could set. */
const firstColumns = new Map<string, string>()
const columnOf = (table: string): string => firstColumns.get(table) ?? 'missing'

beforeAll(async () => {
  const { rows } = await db.admin.query<{ name: string; column: string }>(
    `select distinct on (attrelid) attrelid::regclass::text as name, attname as column from pg_attribute
     where attrelid = any($1::regclass[]) and attnum > 0 and attidentity = '' and attgenerated = '' order by attrelid, attnum`,
    [tables],
  )
  for (const { name, column } of rows) firstColumns.set(name, column)
})

/** The code with which a statement is refused, or "done". Whatever it did is undone. */
async function tryAs(role: string, statement: string): Promise<string> {
  const client = await db.admin.connect()
  try {
    await client.query(`begin; set local role ${role}`)
    await client.query(statement)
    return 'done'
  } catch (error) {
    return codeOf(error) ?? String(error)
  } finally {
    await client.query('rollback')
    client.release()
  }
}

describe.each(tables)('%s', (table) => {
  test.each([...groups, 'payung_http', 'payung_work'])('refuses a change by %s', async (role) => {
    for (const statement of changes(table)) expect(refusals, statement).toContain(await tryAs(role, statement))
  })

  test('refuses a change by the owner', async () => {
    for (const statement of changes(table)) expect(await tryAs('payung_owner', statement), statement).toBe('PA001')
  })
})

test('no append-only table is missing from this list', async () => {
  const { rows } = await db.admin.query<{ name: string }>(
    `select distinct tgrelid::regclass::text as name from pg_trigger where tgfoid = 'platform.refuse_change'::regproc order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual([...tables].sort())
})

test('the only triggers are those that refuse', async () => {
  const { rows } = await db.admin.query(
    `select tgname, tgrelid::regclass::text from pg_trigger t join pg_class c on c.oid = tgrelid join pg_namespace n on n.oid = relnamespace
     where not tgisinternal and nspname <> 'graphile_worker' and tgfoid <> 'platform.refuse_change'::regproc`,
  )
  expect(rows).toEqual([])
})

test('nobody of ours may pass row security by', async () => {
  const { rows } = await db.admin.query(
    `select rolname from pg_roles where rolname like 'payung\\_%' and rolname <> 'payung_admin' and (rolsuper or rolbypassrls)`,
  )
  expect(rows).toEqual([])
})

test('the serving login cannot become the one that does set work', async () => {
  const client = await db.platform.database.http.connect()
  try {
    for (const role of ['payung_run', 'payung_seal', 'payung_owner'])
      await expect(client.query(`set role ${role}`), role).rejects.toMatchObject({ code: '42501' })
  } finally {
    client.release()
  }
})
