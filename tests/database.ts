// A database of its own for a test file: a clone of the migrated template, with the same roles that serve in earnest.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type { Actor } from '../core/src/platform/actor.ts'
import { type Clock, fixedClock } from '../core/src/platform/clock.ts'
import { type Address, connectionTo, openDatabase, openPool } from '../core/src/platform/database.ts'
import { encryptionWith } from '../core/src/platform/encryption.ts'
import { makeSubscribers, type Subscribers } from '../core/src/platform/events.ts'
import type { Platform } from '../core/src/platform/platform.ts'
import { createDatabase } from '../core/src/platform/roles.ts'

export type TestDatabase = {
  readonly platform: Platform
  readonly address: Address
  /** Connections as the owner: for looking and for preparing, never for what a use case does. */
  readonly owner: pg.Pool
  /** Connections as the cluster's administrator, whom row security does not bind: for checking what is really there. */
  readonly admin: pg.Pool
  close(): Promise<void>
}

export type TestOptions = {
  readonly clock?: Clock
  readonly subscribers?: Subscribers /** An empty database without migrations. */
  readonly empty?: boolean
  /** A database to clone instead of the migrated template. Nobody may be connected to it. */
  readonly template?: Address
}

/** Makes the database (about 0.1 s). Call it in `beforeAll`, and `close` in `afterAll`. The clock stands still unless one is given. */
export async function freshDatabase({
  clock = fixedClock('2026-11-02T03:00:00Z'),
  subscribers = makeSubscribers(),
  empty = false,
  template = inject('template'),
}: TestOptions = {}): Promise<TestDatabase> {
  const address: Address = { ...template, database: `test_${process.pid}_${randomBytes(4).toString('hex')}` }
  await createDatabase(address, empty ? undefined : template.database)
  if (empty) await grantJobs(address)
  const database = openDatabase(address)
  const owner = openPool(address, 'payung_owner', { max: 4 })
  const admin = openPool(address, 'admin', { max: 2 })
  const close = async (): Promise<void> => {
    await Promise.all([database.close(), owner.end(), admin.end()])
    await withMaintenance(address, `drop database ${pg.escapeIdentifier(address.database)} with (force)`)
  }
  return { platform: { database, clock, subscribers, encryption: encryptionWith(Buffer.alloc(32, 7)) }, address, owner, admin, close }
}

const grantJobs = (address: Address): Promise<void> =>
  withMaintenance(address, `grant create on database ${pg.escapeIdentifier(address.database)} to payung_jobs`)

async function withMaintenance(address: Address, statement: string): Promise<void> {
  const client = new pg.Client({ ...connectionTo(address, 'admin'), database: 'postgres' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** An actor for tests; everything that is not given is empty. */
export const actorLike = (given: Partial<Actor> = {}): Actor => ({
  actorId: 1n,
  kind: 'staff',
  name: 'Test',
  role: 'officer',
  personId: null,
  organisationId: null,
  officeId: null,
  ...given,
})
