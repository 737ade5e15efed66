// Finds the database: the one DATABASE_URL names, the one that a running Payung of this clone has started, or one started here.
import path from 'node:path'
import pg from 'pg'
import type { Configuration } from './configuration.ts'
import { type Address, addressIn, connect, connectionTo } from './database.ts'
import type { Encryption } from './encryption.ts'
import type { Watch } from './postgres/keep.ts'
import { AlreadyRunning } from './postgres/owner.ts'
import { findRunning, startPostgres } from './postgres/start.ts'
import { codeOf, reasonOf, Trouble } from './trouble.ts'

export type OpenedAddress = {
  readonly address: Address
  /** `started`: here; `guest`: a database that another process started; `own`: DATABASE_URL. */
  readonly how: 'started' | 'guest' | 'own'
  close(): Promise<void>
}

const oldest = 17
const remedy = 'Correct DATABASE_URL (postgres://user:password@host:5432/database), or leave it out to use the embedded database.'

const whyUnreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at that host and port',
  ENOTFOUND: 'that host is not known',
  EAI_AGAIN: 'that host is not known',
  ETIMEDOUT: 'the host does not answer',
  ENOENT: 'there is no such socket',
  '28P01': 'the password is wrong',
  '28000': 'that user may not sign in from here',
  '3D000': 'that database does not exist',
}

/** What comes without a code: silence, and something that speaks otherwise. */
function strangeness(cause: unknown): string {
  const reason = reasonOf(cause)
  if (reason === 'timeout expired') return 'something takes the connection there and does not answer'
  return reason.startsWith('Connection terminated') ? 'what listens there hangs up, as if it were no PostgreSQL' : reason
}

/** The address in DATABASE_URL, within `patience` milliseconds, after it was reached and found new enough. Its password is never shown. */
export async function addressFromUrl(url: string, loginPassword: string, patience = 10_000): Promise<Address> {
  let client: pg.Client
  try {
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patience })
  } catch (cause) {
    throw new Trouble('DATABASE_URL cannot be read as an address.', remedy, { cause })
  }
  client.on('error', () => undefined)
  const where = `${client.host}:${client.port}, database "${client.database ?? ''}", user "${client.user ?? ''}"`
  try {
    await client.connect()
  } catch (cause) {
    throw new Trouble(
      `The database of DATABASE_URL (${where}) cannot be used: ${whyUnreachable[codeOf(cause) ?? ''] ?? strangeness(cause)}.`,
      remedy,
      { cause },
    )
  }
  try {
    const { rows } = await client.query<{ version: number; shown: string }>(
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('server_version') as shown`,
    )
    const [found] = rows
    if (!found || found.version < oldest)
      throw new Trouble(
        `The database of DATABASE_URL (${where}) is PostgreSQL ${found?.shown ?? '?'}; Payung needs ${oldest} or later.`,
        'Upgrade it, or leave DATABASE_URL out to use the embedded database.',
      )
  } finally {
    await client.end()
  }
  const { host, port, database, user, password, ssl } = client
  return {
    host,
    port,
    database: database ?? '',
    ...(ssl ? { ssl } : {}),
    admin: { user: user ?? '', ...(password ? { password } : {}) },
    loginPassword,
    embedded: false,
  }
}

const others = `select count(*)::int as others from pg_stat_activity where backend_type = 'client backend' and application_name = 'payung guest'`

/** Waits until no other command uses the database that this one started, so that it is not stopped under them. */
async function untilUnused(address: Address): Promise<void> {
  const client = await connect({ ...connectionTo(address, 'admin'), database: 'postgres' })
  try {
    for (;;) {
      const { rows } = await client.query<{ others: number }>(others)
      if (!rows[0]?.others) return
      await client.query('select pg_sleep(0.1)')
    }
  } finally {
    await client.end()
  }
}

/** A connection that says: somebody here is using the database. It is held while a guest works. */
async function beGuest(address: Address): Promise<() => Promise<void>> {
  const client = await connect({ ...connectionTo(address, 'admin'), database: 'postgres', application_name: 'payung guest' })
  return () => client.end()
}

export type OpenOptions = {
  readonly purpose: string /** A server insists on being the one that starts it. */
  readonly alone: boolean
  readonly name?: string
  /** Told when the database that was started here goes away by itself; it is then started again. */
  readonly watch?: Watch
}

/** Opens the way to the database `name`; `close` undoes what was done here and nothing else. */
export async function openAddress(
  configuration: Configuration,
  encryption: Encryption,
  { purpose, alone, name = 'payung', watch }: OpenOptions,
): Promise<OpenedAddress> {
  if (configuration.databaseUrl !== undefined) {
    const address = await addressFromUrl(configuration.databaseUrl, configuration.databasePassword ?? encryption.secret('database logins'))
    return { address, how: 'own', close: async () => {} }
  }
  const home = path.join(configuration.home, 'database')
  try {
    const server = await startPostgres(home, purpose, {}, watch)
    const address = addressIn(server.cluster, name)
    const close = async (): Promise<void> => {
      if (!alone) await untilUnused(address).catch(() => undefined)
      await server.stop()
    }
    return { address, how: 'started', close }
  } catch (error) {
    if (alone || !(error instanceof AlreadyRunning)) throw error
  }
  const running = await untilRunning(home)
  const address = addressIn(running, name)
  return { address, how: 'guest', close: await beGuest(address) }
}

/** The running database of this clone, once it takes connections: it may be starting at this moment. */
async function untilRunning(home: string): Promise<Parameters<typeof addressIn>[0]> {
  const limit = Date.now() + 30_000
  for (;;) {
    const running = findRunning(home)
    if (!running) throw new Trouble('The Payung that was using the database has just stopped.', 'Run the command again.')
    const client = new pg.Client({
      host: running.cluster.host,
      port: running.cluster.port,
      user: running.cluster.admin,
      database: 'postgres',
      ...(running.cluster.password ? { password: running.cluster.password } : {}),
    })
    try {
      await client.connect()
      await client.end()
      return running.cluster
    } catch (error) {
      if (Date.now() > limit)
        throw new Trouble(
          `The database of process ${running.pid} does not answer: ${reasonOf(error)}`,
          'Stop that process, then run the command again.',
        )
      await new Promise((again) => setTimeout(again, 50))
    }
  }
}
