// A database made beside the one in use, which takes its place only when it is complete: whoever is cut short leaves nothing half made.
import pg from 'pg'
import { storedClock } from '../clock.ts'
import { type Address, connect, connectionTo, openDatabase } from '../database.ts'
import type { MigrationProgress } from '../migrate.ts'
import { prepareDatabase } from '../open-platform.ts'
import type { Platform } from '../platform.ts'

export type Beside = {
  readonly platform: Platform
  /** Brings the planner's statistics up to date: nobody else does so soon after much was written. */
  analyze(): Promise<void>
  /** Closes it and puts it in the place of the one in use, whose connections are ended and come back to the new one. */
  takePlace(): Promise<void>
  /** Closes it and throws it away. */
  discard(): Promise<void>
}

async function asAdministrator(address: Address, database: string, statements: readonly string[]): Promise<void> {
  const client = await connect({ ...connectionTo(address, 'admin'), database })
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Opens an empty, migrated database beside that of `platform`, in a cluster of our own. What an earlier attempt left is dropped first. */
export async function openBeside(platform: Platform, progress?: MigrationProgress): Promise<Beside> {
  const { address } = platform.database
  if (!address.embedded) throw new Error('a database beside another is made only in a cluster of our own')
  const names = { place: address.database, making: `${address.database}_being_made`, old: `${address.database}_before` }
  const quoted = { place: pg.escapeIdentifier(names.place), making: pg.escapeIdentifier(names.making), old: pg.escapeIdentifier(names.old) }
  const drop = (name: string): string => `drop database if exists ${name} with (force)`
  const maintain = (statements: readonly string[]): Promise<void> => asAdministrator(address, 'postgres', statements)
  await maintain([drop(quoted.making), drop(quoted.old)])
  const making: Address = { ...address, database: names.making }
  await prepareDatabase(making, platform.encryption, progress)
  // Nothing of it counts before it takes the place, so no commit waits for the disk; the checkpoint below does.
  const database = openDatabase(making, { work: { settings: '-c synchronous_commit=off' } })
  return {
    platform: { ...platform, database, clock: storedClock(database) },
    analyze: () => asAdministrator(address, names.making, ['analyze']),
    takePlace: async () => {
      await database.close()
      await maintain([
        'checkpoint',
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = ${pg.escapeLiteral(names.place)}`,
        `alter database ${quoted.place} rename to ${quoted.old}`,
        `alter database ${quoted.making} rename to ${quoted.place}`,
        drop(quoted.old),
      ])
    },
    discard: async () => {
      await database.close()
      await maintain([drop(quoted.making)])
    },
  }
}
