// Before all tests: a PostgreSQL of their own, and a template with every migration that each test file is cloned from.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { type Address, addressIn, connectionTo } from '../core/src/platform/database.ts'
import { encryptionWith } from '../core/src/platform/encryption.ts'
import { prepareDatabase } from '../core/src/platform/open-platform.ts'
import { AlreadyRunning } from '../core/src/platform/postgres/owner.ts'
import { type RunningPostgres, startPostgres } from '../core/src/platform/postgres/start.ts'
import { isFull } from './size.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The template's address; each test file clones it. */
    template: Address
  }
}

const root = path.resolve(import.meta.dirname, '..')

/** Tests may lose their data when the machine loses power; nothing else may. */
const quick = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', shared_buffers: '256MB', max_wal_size: '1GB' }

/**
 * Memory that passes for a disk, where the system has it and enough of it is free: tests make and drop many databases, and that is mostly
 * making and dropping files. In full size they grow too large for it.
 */
const memory = '/dev/shm'
const enough = 3 * 2 ** 30

function folderOfRun(): { folder: string; lasting: boolean } {
  const disk = { folder: path.join(root, '.payung'), lasting: true }
  if (isFull || !fs.existsSync(memory) || os.freemem() < enough) return disk
  const { bavail, bsize } = fs.statfsSync(memory)
  if (bavail * bsize < enough) return disk
  const clone = createHash('sha256').update(root).digest('hex').slice(0, 12)
  return { folder: path.join(memory, `payung-${process.getuid?.() ?? 0}-${clone}`), lasting: false }
}

/** The key of test databases. It protects nothing. */
export const testEncryption = encryptionWith(Buffer.alloc(32, 7))

/** A second run at the same moment gets a cluster beside the first. */
async function startBeside(): Promise<{ server: RunningPostgres; home: string; kept: boolean }> {
  const { folder, lasting } = folderOfRun()
  for (let beside = 0; beside < 20; beside++) {
    const home = path.join(folder, beside === 0 ? 'test' : `test-${beside}`)
    try {
      return { server: await startPostgres(home, 'tests', quick), home, kept: lasting && beside === 0 }
    } catch (error) {
      if (!(error instanceof AlreadyRunning)) throw error
    }
  }
  throw new Error('twenty test runs at once')
}

async function dropOldDatabases(address: Address): Promise<void> {
  const client = new pg.Client({ ...connectionTo(address, 'admin'), database: 'postgres' })
  await client.connect()
  try {
    const { rows } = await client.query<{ datname: string }>(`select datname from pg_database where datname like 'test%'`)
    for (const { datname } of rows) await client.query(`drop database ${pg.escapeIdentifier(datname)} with (force)`)
  } finally {
    await client.end()
  }
}

export default async function prepareCluster(project: TestProject): Promise<() => Promise<void>> {
  const { server, home, kept } = await startBeside()
  try {
    const template = addressIn(server.cluster, 'test_template')
    await dropOldDatabases(template)
    await prepareDatabase(template, testEncryption)
    project.provide('template', template)
  } catch (error) {
    await server.stop()
    throw error
  }
  return async () => {
    await server.stop()
    if (kept) return
    for (const folder of [home, server.home]) fs.rmSync(folder, { recursive: true, force: true })
  }
}
