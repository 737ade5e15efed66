// From nothing to a database that is ready: found or started, its roles made, its migrations applied, its key checked.
import { setTimeout as pause } from 'node:timers/promises'
import { storedClock } from './clock.ts'
import type { Configuration } from './configuration.ts'
import { type Address, connect, connectionTo, openDatabase, type PoolOptions } from './database.ts'
import { checkKey, type Encryption, readEncryption } from './encryption.ts'
import type { Subscribers } from './events.ts'
import { type MigrationProgress, migrate } from './migrate.ts'
import { type OpenOptions, openAddress } from './open-address.ts'
import type { Platform } from './platform.ts'
import { createDatabase, prepareRoles } from './roles.ts'

export type OpenedPlatform = { readonly platform: Platform; readonly how: 'started' | 'guest' | 'own'; close(): Promise<void> }

/** Roles, database, migrations and key of one address; harmless when all of it is there. */
export async function prepareDatabase(address: Address, encryption: Encryption, progress?: MigrationProgress): Promise<void> {
  if (address.embedded) {
    await prepareRoles({ ...address, database: 'postgres' })
    await createDatabase(address)
  }
  await prepareRoles(address)
  await migrate(address, progress)
  const owner = await connect(connectionTo(address, 'payung_owner'))
  try {
    await checkKey(owner, encryption)
  } finally {
    await owner.end()
  }
}

export type PlatformOptions = OpenOptions & {
  readonly subscribers: Subscribers
  readonly progress?: MigrationProgress
  readonly pools?: { http?: PoolOptions; work?: PoolOptions }
}

/** Opens everything that use cases stand on. If a part fails, what was started before it is stopped again. */
export async function openPlatform(configuration: Configuration, options: PlatformOptions): Promise<OpenedPlatform> {
  const encryption = readEncryption(configuration)
  const opened = await openAddress(configuration, encryption, options)
  try {
    await prepareDatabase(opened.address, encryption, options.progress)
    const database = openDatabase(opened.address, options.pools)
    const platform: Platform = { database, clock: storedClock(database), subscribers: options.subscribers, encryption }
    const close = async (): Promise<void> => {
      // Work that is still busy gets a moment; then the database ends it, and what it had not committed is undone.
      await Promise.race([database.close(), pause(5000, undefined, { ref: false })])
      await opened.close()
    }
    return { platform, how: opened.how, close }
  } catch (error) {
    await opened.close()
    throw error
  }
}
