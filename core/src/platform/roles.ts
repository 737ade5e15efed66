// The database's roles, made once for a cluster by its administrator. Nobody of ours is a superuser: row security binds us all.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import pg from 'pg'
import { type Address, connectionTo, type Login } from './database.ts'
import { codeOf, Trouble } from './trouble.ts'

/** Groups entered with SET LOCAL ROLE for one transaction. */
export const groups = ['payung_online', 'payung_run', 'payung_public', 'payung_seal'] as const
export type Role = 'online' | 'run' | 'public' | 'seal'

/** Owns the job queue's schema, so that the worker's login can drive it without being the owner of anything else. */
export const jobsRole = 'payung_jobs'

const logins: readonly Login[] = ['payung_owner', 'payung_http', 'payung_work']

/** Who may become what, and who simply has the rights of what. Grants to a login that INHERIT hold at once; the others need SET ROLE. */
const memberships = [
  'grant payung_online, payung_public to payung_http with inherit false, set true',
  'grant payung_online, payung_run, payung_seal to payung_work with inherit false, set true',
  'grant payung_jobs to payung_work with inherit true, set false',
  'grant payung_jobs to payung_owner with inherit true, set true',
  // The run writes tables beside the standing ones; the owner takes them over (contributions.take_leaf).
  'grant payung_run to payung_owner with inherit true, set false',
]

/** A password as the server stores it (SCRAM-SHA-256), so that it never travels nor stands in a log. */
function verifierOf(password: string): string {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, 4096, 32, 'sha256')
  const keyed = (text: string): Buffer => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$4096:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}

/** The statements that an administrator runs by hand where our own user may not make roles. */
export function statementsForAdministrator(database: string): string {
  const name = pg.escapeIdentifier(database)
  return [
    ...logins.map((login) => `create role ${login} login noinherit password '...';`),
    ...[...groups, jobsRole].map((group) => `create role ${group} nologin;`),
    ...memberships.map((grant) => `${grant};`),
    `grant create on database ${name} to payung_owner, payung_jobs;`,
  ].join('\n')
}

async function missingRoles(client: pg.Client): Promise<string[]> {
  const wanted = [...logins, ...groups, jobsRole]
  const { rows } = await client.query<{ rolname: string; rolsuper: boolean; rolbypassrls: boolean }>(
    'select rolname, rolsuper, rolbypassrls from pg_roles where rolname = any($1)',
    [wanted],
  )
  const strong = rows.find((row) => row.rolsuper || row.rolbypassrls)
  if (strong)
    throw new Trouble(
      `The role ${strong.rolname} may pass row security by.`,
      `Have an administrator run: alter role ${strong.rolname} nosuperuser nobypassrls;`,
    )
  return wanted.filter((name) => !rows.some((row) => row.rolname === name))
}

async function createRoles(client: pg.Client, missing: readonly string[], password: string | undefined): Promise<void> {
  const isLogin = (name: string): boolean => logins.some((login) => login === name)
  for (const name of missing) await client.query(`create role ${name} ${isLogin(name) ? 'login' : 'nologin'} noinherit`)
  if (password === undefined) return
  for (const login of logins) await client.query(`alter role ${login} password ${pg.escapeLiteral(verifierOf(password))}`)
}

/** Whether the newest of the memberships stands; a cluster made before it came lacks it. */
const ownerTakesOver = async (client: pg.Client): Promise<boolean> =>
  (await client.query<{ may: boolean }>(`select pg_has_role('payung_owner', 'payung_run', 'usage') as may`)).rows[0]?.may ?? false

async function grantDatabase(client: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database)
  const { rows } = await client.query<{ owner: boolean; jobs: boolean }>(
    `select has_database_privilege('payung_owner', $1, 'create') as owner, has_database_privilege('payung_jobs', $1, 'create') as jobs`,
    [database],
  )
  if (rows[0]?.owner && rows[0].jobs) return
  await client.query(`grant create on database ${name} to payung_owner, payung_jobs`)
}

/**
 * Makes sure that the roles exist and that the database lets them work. Runs as the cluster's administrator; in a
 * PostgreSQL of one's own that is the user of DATABASE_URL, and where it may not make roles the error says what to run.
 */
export async function prepareRoles(address: Address): Promise<void> {
  const client = new pg.Client(connectionTo(address, 'admin'))
  await client.connect()
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtext('payung roles'))`)
    const missing = await missingRoles(client)
    if (missing.length > 0) await createRoles(client, missing, address.loginPassword)
    if (missing.length > 0 || !(await ownerTakesOver(client))) for (const grant of memberships) await client.query(grant)
    await grantDatabase(client, address.database)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    if (codeOf(error) !== '42501') throw error
    throw new Trouble(
      `The user of DATABASE_URL may not make the roles that Payung needs in the database "${address.database}".`,
      `Have an administrator run this, with a password of your choice, and set PAYUNG_DATABASE_PASSWORD to it:\n\n${statementsForAdministrator(address.database)}`,
      { cause: error },
    )
  } finally {
    await client.end()
  }
}

/** Creates an embedded database owned by our owner, when it is not there yet; optionally as a copy of a template. */
export async function createDatabase(address: Address, template?: string): Promise<boolean> {
  const client = new pg.Client({ ...connectionTo(address, 'admin'), database: 'postgres' })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [address.database])
    if (rowCount) return false
    const name = pg.escapeIdentifier(address.database)
    await client.query(`create database ${name} ${template ? `template ${pg.escapeIdentifier(template)}` : ''} owner payung_owner`)
    if (template) await client.query(`grant create on database ${name} to payung_jobs`)
    return true
  } finally {
    await client.end()
  }
}
