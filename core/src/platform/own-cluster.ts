// A cluster of its own beside the one that serves, with an empty migrated database: for measuring and for building something whole
// before it is put in place. The same server and settings as in earnest.
import pg from 'pg'
import { addressIn, connect, connectionTo, type Database, openDatabase, openPool } from './database.ts'
import type { Encryption } from './encryption.ts'
import { prepareDatabase } from './open-platform.ts'
import { startPostgres } from './postgres/start.ts'

export type OwnCluster = {
  readonly database: Database
  /** The cluster's administrator, whom row security does not bind: for planting rows and for looking. */
  readonly admin: { query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]> }
  /** Connections of the administrator's own, each for one at a time: for a yardstick beside what is measured. */
  clients(count: number): Promise<readonly pg.Client[]>
  close(): Promise<void>
}

/** Starts PostgreSQL in `home` and makes the database anew; an older one of the same name is dropped. */
export async function openOwnCluster(home: string, purpose: string, name: string, encryption: Encryption): Promise<OwnCluster> {
  const server = await startPostgres(home, purpose)
  try {
    const address = addressIn(server.cluster, name)
    const maintenance = new pg.Client({ ...connectionTo(address, 'admin'), database: 'postgres' })
    await maintenance.connect()
    await maintenance.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`)
    await maintenance.end()
    await prepareDatabase(address, encryption)
    const database = openDatabase(address)
    const pool = openPool(address, 'admin', { max: 2 })
    return {
      database,
      admin: {
        query: async <Row extends object>(text: string, values: readonly unknown[] = []) => (await pool.query<Row>(text, [...values])).rows,
      },
      clients: (count) => Promise.all(Array.from({ length: count }, () => connect(connectionTo(address, 'admin')))),
      close: async () => {
        await Promise.all([database.close(), pool.end()])
        await server.stop()
      },
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}
