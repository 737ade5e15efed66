// Brings a database to the shape of core/migrations: each file once, in order, whole or not at all.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { type Address, connect, connectionTo, openPool } from './database.ts'
import { jobsRole } from './roles.ts'
import { databaseFailure, reasonOf, Trouble } from './trouble.ts'

export type Migration = { readonly name: string; readonly text: string; readonly digest: string }
export type MigrationProgress = (name: string, done: number, total: number) => void

const folder = path.resolve(import.meta.dirname, '../../migrations')

/** The migrations of a folder in order. Names are NNNN-words.sql with numbers that follow each other. */
export function readMigrations(from: string = folder): Migration[] {
  return fs
    .readdirSync(from)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = fs.readFileSync(path.join(from, name), 'utf8')
      return { name, text, digest: createHash('sha256').update(text).digest('hex') }
    })
}

/** Where in a file an error points: PostgreSQL counts characters from 1. */
function lineOf(text: string, position: string | undefined): string {
  if (position === undefined) return ''
  return `, line ${text.slice(0, Number(position)).split('\n').length}`
}

async function refuseChanged(client: pg.Client, migrations: readonly Migration[]): Promise<Set<string>> {
  const { rows } = await client.query<{ name: string; digest: string }>('select name, digest from platform.migration')
  for (const { name, digest } of rows) {
    const file = migrations.find((migration) => migration.name === name)
    if (!file)
      throw new Trouble(
        `This database has had the migration ${name}, which this version of Payung does not know.`,
        'Use the newer version that made it.',
      )
    if (file.digest !== digest)
      throw new Trouble(
        `The migration ${name} was changed after this database had it.`,
        'If you develop Payung: put the file back as it was, and write the change as a new migration. If you run the demonstration: found it anew in another folder (PAYUNG_HOME=/another/folder npm start).',
      )
  }
  return new Set(rows.map(({ name }) => name))
}

async function applyOne(client: pg.Client, { name, text, digest }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(text)
    await client.query('insert into platform.migration (name, digest) values ($1, $2)', [name, digest])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    // A full disk is no mistake of the file.
    if (databaseFailure(error)) throw error
    const { position, detail } = error instanceof pg.DatabaseError ? error : {}
    throw new Trouble(
      `The migration ${name}${lineOf(text, position)} failed: ${reasonOf(error)}${detail ? ` (${detail})` : ''}`,
      'The database is as it was before this migration. Correct the file and start again.',
      { cause: error },
    )
  }
}

/** The job queue's own tables, made by the role that owns them. */
async function migrateJobQueue(address: Address): Promise<void> {
  const pool = openPool(address, 'payung_owner', { max: 1, settings: `-c role=${jobsRole}` })
  try {
    await runMigrations({ pgPool: pool, logger: undefined as never })
  } finally {
    await pool.end()
  }
}

/** Applies what is missing. Two processes at once wait for each other. */
export async function migrate(
  address: Address,
  progress: MigrationProgress = () => {},
  migrations: readonly Migration[] = readMigrations(),
): Promise<void> {
  const client = await connect(connectionTo(address, 'payung_owner'))
  try {
    await client.query('set client_min_messages = warning')
    await client.query(`select pg_advisory_lock(hashtext('payung migrate'))`)
    await client.query('create schema if not exists platform')
    await client.query(
      'create table if not exists platform.migration (name text primary key, digest text not null, at timestamptz not null default now())',
    )
    const had = await refuseChanged(client, migrations)
    await migrateJobQueue(address)
    const missing = migrations.filter(({ name }) => !had.has(name))
    for (const [index, migration] of missing.entries()) {
      progress(migration.name, index, missing.length)
      await applyOne(client, migration)
    }
  } finally {
    await client.end()
  }
}
