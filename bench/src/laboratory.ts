// A PostgreSQL for measuring: the same server and settings as in earnest (fsync on), in a folder of its own, with an empty scheme.

import path from 'node:path'
import { roomWith as contributions, installCoverRules } from '@payung/core/contributions'
import { installAccounts } from '@payung/core/ledger'
import { roomWith as payments } from '@payung/core/payments'
import { type Clock, inTransaction, makeSubscribers, type Platform, systemActor, type Tx } from '@payung/core/platform'
import { type Law, lawOf, loadPack } from '@payung/law'
import { ok } from '@payung/values'
import pg from 'pg'
import { addressIn, connectionTo, openDatabase, openPool } from '../../core/src/platform/database.ts'
import { encryptionWith } from '../../core/src/platform/encryption.ts'
import { prepareDatabase } from '../../core/src/platform/open-platform.ts'
import { startPostgres } from '../../core/src/platform/postgres/start.ts'

export type Laboratory = {
  readonly platform: Platform
  readonly law: Law
  /** The cluster's administrator, for planting rows and for looking. */
  readonly admin: pg.Pool
  /** Sets the clock to noon of a day. */
  at(day: string): void
  run<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value>
  close(): Promise<void>
}

const root = path.resolve(import.meta.dirname, '../..')

export async function openLaboratory(name: string, packName: string): Promise<Laboratory> {
  const law = lawOf(await loadPack(packName))
  const server = await startPostgres(path.join(root, '.payung', 'bench'), 'benchmarks')
  const address = addressIn(server.cluster, `bench_${name}`)
  const maintenance = new pg.Client({ ...connectionTo(address, 'admin'), database: 'postgres' })
  await maintenance.connect()
  await maintenance.query(`drop database if exists ${pg.escapeIdentifier(address.database)} with (force)`)
  await maintenance.end()
  let now = new Date('2026-01-01T05:00:00Z')
  const clock: Clock = { now: async () => now, stored: false }
  const subscribers = makeSubscribers()
  for (const room of [contributions(law), payments(law)]) room.subscribe?.(subscribers)
  await prepareDatabase(address, encryptionWith(Buffer.alloc(32, 7)))
  const database = openDatabase(address)
  const admin = openPool(address, 'admin', { max: 2 })
  const platform: Platform = { database, clock, subscribers, encryption: encryptionWith(Buffer.alloc(32, 7)) }
  const run = async <Value>(work: (tx: Tx) => Promise<Value>): Promise<Value> => {
    const result = await inTransaction(platform, { role: 'run', actor: systemActor }, { name: 'bench', input: null }, async (tx) =>
      ok(await work(tx)),
    )
    if (!result.ok) throw new Error(result.refusal.rule)
    return result.value
  }
  await run(async (tx) => {
    await installAccounts(tx, law.pack)
    await installCoverRules(tx, law)
  })
  const at = (day: string): void => {
    now = new Date(`${day}T05:00:00Z`)
  }
  const close = async (): Promise<void> => {
    await Promise.all([database.close(), admin.end()])
    await server.stop()
  }
  return { platform, law, admin, run, at, close }
}
