// Migrations: whole or not at all, once, and never changed afterwards.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { type Migration, migrate, readMigrations } from '../../src/platform/migrate.ts'

let db: TestDatabase
beforeEach(async () => {
  db = await freshDatabase({ empty: true })
})
afterEach(() => db.close())

const migration = (name: string, text: string): Migration => ({ name, text, digest: createHash('sha256').update(text).digest('hex') })
const first = migration('0001-first.sql', 'create table platform.first (n int)')
const applied = async (): Promise<string[]> =>
  (await db.owner.query<{ name: string }>('select name from platform.migration order by name')).rows.map(({ name }) => name)
const exists = async (table: string): Promise<boolean> =>
  (await db.owner.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table])).rows[0]?.there ?? false

test('one that fails half-way leaves the database as it was and names file and line', async () => {
  const broken = migration(
    '0002-broken.sql',
    'create table platform.half (n int);\n\ninsert into platform.half values (1);\nselect missing from platform.half',
  )
  await expect(migrate(db.address, undefined, [first, broken])).rejects.toThrow(
    /0002-broken\.sql, line 4 failed: column "missing" does not exist/,
  )
  expect([await applied(), await exists('platform.first'), await exists('platform.half')]).toEqual([['0001-first.sql'], true, false])
})

test('after the correction it goes on where it was', async () => {
  await migrate(db.address, undefined, [first, migration('0002-second.sql', 'select oops')]).catch(() => undefined)
  const done: string[] = []
  await migrate(db.address, (name) => done.push(name), [first, migration('0002-second.sql', 'create table platform.second (n int)')])
  expect([done, await exists('platform.second')]).toEqual([['0002-second.sql'], true])
})

test('one that was changed after it was applied is refused', async () => {
  await migrate(db.address, undefined, [first])
  await expect(migrate(db.address, undefined, [migration('0001-first.sql', 'create table platform.other (n int)')])).rejects.toThrow(
    /0001-first\.sql was changed/,
  )
})

test('a database from a newer version is refused', async () => {
  await migrate(db.address, undefined, [first])
  await expect(migrate(db.address, undefined, [])).rejects.toThrow(/0001-first\.sql, which this version of Payung does not know/)
})

test('two processes at once do it once', async () => {
  await Promise.all([migrate(db.address, undefined, [first]), migrate(db.address, undefined, [first])])
  expect(await applied()).toEqual(['0001-first.sql'])
})

test('a second time does nothing', async () => {
  await migrate(db.address)
  const done: string[] = []
  await migrate(db.address, (name) => done.push(name))
  expect(done).toEqual([])
  expect(await applied()).toEqual(readMigrations().map(({ name }) => name))
})

test('what they make belongs to the owner, who is no superuser', async () => {
  await migrate(db.address)
  const { rows } = await db.admin.query<{ owner: string }>(
    `select distinct relowner::regrole::text as owner from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = 'platform'`,
  )
  const { rows: strength } = await db.admin.query(
    `select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = 'payung_owner'`,
  )
  expect([rows, strength]).toEqual([[{ owner: 'payung_owner' }], [{ rolsuper: false, rolbypassrls: false, rolcreaterole: false }]])
})
