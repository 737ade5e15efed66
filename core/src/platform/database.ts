// Pools of connections to PostgreSQL, one for each login, and how its types are read: whole numbers exactly, days and decimals as text.
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Cluster } from './postgres/start.ts'
import type { DB } from './schema.ts'

pg.types.setTypeParser(pg.types.builtins.INT8, BigInt)
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INTERVAL, (text) => text)

/** A login of ours, or the administrator who prepares the roles. `payung_owner` migrates; the other two serve and work. */
export type Login = 'payung_owner' | 'payung_http' | 'payung_work'

/** Where a database is and how each login gets in. Never printed: it holds passwords. */
export type Address = {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly ssl?: boolean | object
  readonly admin: { readonly user: string; readonly password?: string }
  readonly loginPassword?: string
  /** True when the cluster is ours alone, so that databases and roles may be made at will. */
  readonly embedded: boolean
}

export const addressIn = (cluster: Cluster, database: string): Address => ({
  host: cluster.host,
  port: cluster.port,
  database,
  admin: { user: cluster.admin, ...(cluster.password === undefined ? {} : { password: cluster.password }) },
  ...(cluster.password === undefined ? {} : { loginPassword: cluster.password }),
  embedded: true,
})

export const connectionTo = (address: Address, login: Login | 'admin'): pg.ClientConfig => {
  const password = login === 'admin' ? address.admin.password : address.loginPassword
  return {
    host: address.host,
    port: address.port,
    database: address.database,
    user: login === 'admin' ? address.admin.user : login,
    ...(password === undefined ? {} : { password }),
    ...(address.ssl === undefined ? {} : { ssl: address.ssl }),
  }
}

const lost = (error: Error): void => {
  if (process.env.PAYUNG_DEBUG) process.stderr.write(`connection lost: ${error.message}\n`)
}

/** One connection. When it is lost the query at work fails, which is told; the loss itself never ends the process. */
export async function connect(configuration: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(configuration)
  client.on('error', lost)
  await client.connect()
  return client
}

export type PoolOptions = {
  readonly max?: number
  readonly name?: string
  readonly settings?: string
  /** Whole numbers as text, for a library that writes what it reads as JSON. */
  readonly numbersAsText?: boolean
}

function numbersAsText(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides()
  types.setTypeParser(pg.types.builtins.INT8, (text) => text)
  return types
}

/** A pool whose lost connections never end the process: the next query gets a new one. */
export function openPool(address: Address, login: Login | 'admin', options: PoolOptions = {}): pg.Pool {
  const { max = 10, name = 'payung', settings } = options
  const pool = new pg.Pool({
    ...connectionTo(address, login),
    max,
    application_name: name,
    ...(settings ? { options: settings } : {}),
    ...(options.numbersAsText ? { types: numbersAsText() } : {}),
  })
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  return pool
}

/** What use cases get: the pools of the two logins. A process that only serves has no `work`. */
export type Database = {
  readonly address: Address
  readonly http: pg.Pool
  readonly work: pg.Pool
  close(): Promise<void>
}

export function openDatabase(address: Address, options: { http?: PoolOptions; work?: PoolOptions } = {}): Database {
  const http = openPool(address, 'payung_http', { name: 'payung http', ...options.http })
  const work = openPool(address, 'payung_work', { name: 'payung work', ...options.work })
  return { address, http, work, close: async () => void (await Promise.all([http.end(), work.end()])) }
}

const builders = new WeakMap<pg.PoolClient, Kysely<DB>>()

/** The query builder bound to one connection, so that what it builds runs inside the transaction open there. */
export function builderOn(client: pg.PoolClient): Kysely<DB> {
  const known = builders.get(client)
  if (known) return known
  // The builder borrows the connection; giving it back is the business of whoever opened the transaction.
  const borrowed = Object.assign(Object.create(client) as pg.PoolClient, { release: () => {}, query: client.query.bind(client) })
  const builder = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: { connect: async () => borrowed, end: async () => {} } as unknown as pg.Pool }),
  })
  builders.set(client, builder)
  return builder
}
