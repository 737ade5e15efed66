// A PostgreSQL for measuring: the same server and settings as in earnest (fsync on), in a folder of its own, with an empty scheme.
import path from 'node:path'
import { roomWith as contributions, installCoverRules } from '@payung/core/contributions'
import { installAccounts } from '@payung/core/ledger'
import { roomWith as payments } from '@payung/core/payments'
import {
  type Clock,
  encryptionWith,
  inTransaction,
  makeSubscribers,
  type OwnCluster,
  openOwnCluster,
  type Platform,
  systemActor,
  type Tx,
} from '@payung/core/platform'
import { roomWith as savings } from '@payung/core/savings'
import { type Law, lawOf, loadPack } from '@payung/law'
import { ok } from '@payung/values'

export type Laboratory = {
  readonly platform: Platform
  readonly law: Law
  readonly admin: OwnCluster['admin']
  readonly clients: OwnCluster['clients']
  /** Sets the clock to noon of a day. */
  at(day: string): void
  run<Value>(work: (tx: Tx) => Promise<Value>): Promise<Value>
  close(): Promise<void>
}

const root = path.resolve(import.meta.dirname, '../..')
/** Measured rows are made up; this key protects nothing. */
const encryption = encryptionWith(Buffer.alloc(32, 7))

export async function openLaboratory(name: string, packName: string): Promise<Laboratory> {
  const law = lawOf(await loadPack(packName))
  let now = new Date('2026-01-01T05:00:00Z')
  const clock: Clock = { now: async () => now, stored: false }
  const subscribers = makeSubscribers()
  for (const room of [contributions(law), payments(law), savings(law)]) room.subscribe?.(subscribers)
  const { database, admin, clients, close } = await openOwnCluster(
    path.join(root, '.payung', 'bench'),
    'benchmarks',
    `bench_${name}`,
    encryption,
  )
  const platform: Platform = { database, clock, subscribers, encryption }
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
  return { platform, law, admin, clients, run, at, close }
}
