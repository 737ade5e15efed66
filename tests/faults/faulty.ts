// A platform whose work meets a fault at one statement: what a test breaks, one statement after the other.
import type pg from 'pg'
import type { Platform } from '../../core/src/platform/index.ts'
import type { TestDatabase } from '../database.ts'

/** The platform with a fault at one statement, counted from 1: it is not sent, or its connection is cut while it is sent. Counts all. */
export function faulty(
  database: TestDatabase,
  at: number,
  fault: 'not sent' | 'connection cut',
): { platform: Platform; count: () => number } {
  let count = 0
  const watch = (client: pg.PoolClient): pg.PoolClient => {
    const send = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>
    const query = async (...given: unknown[]): Promise<unknown> => {
      if (++count !== at) return send(...given)
      if (fault === 'not sent') throw new Error('injected')
      const { processID } = client as unknown as { processID: number }
      await database.admin.query('select pg_terminate_backend($1, 5000)', [processID])
      return send(...given)
    }
    return Object.assign(Object.create(client) as pg.PoolClient, { query, release: client.release.bind(client) })
  }
  const { work } = database.platform.database
  const pool = Object.assign(Object.create(work) as pg.Pool, { connect: async () => watch(await work.connect()) })
  return { platform: { ...database.platform, database: { ...database.platform.database, work: pool } }, count: () => count }
}
