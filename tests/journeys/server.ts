// The server that journeys walk through: the real one, with the pages as built, on a small land or on an empty database.
import path from 'node:path'
import { type Law, lawOf, loadPack } from '@payung/law'
import pg from 'pg'
import { inject } from 'vitest'
import { houseFor } from '../../core/src/channels/rooms.ts'
import { makeServer } from '../../core/src/channels/server.ts'
import { buildPages } from '../../core/src/channels/web-build.ts'
import { connectionTo } from '../../core/src/platform/database.ts'
import type { Platform } from '../../core/src/platform/index.ts'
import { freshDatabase } from '../database.ts'
import type { TestScheme } from '../scheme.ts'
import { foundLand } from './land.ts'
import type { Numbers } from './visitor.ts'

export type { Numbers }
export type Served = { readonly url: string; close(): Promise<void> }

const root = path.resolve(import.meta.dirname, '..', '..')
const plenty = { open: 100_000, withToken: 100_000, times: 1000 }

/** Several test files want the same build at once: one makes it while the others wait at a lock of the cluster. */
async function builtPages(): Promise<string> {
  const client = new pg.Client({ ...connectionTo(inject('template'), 'admin'), database: 'postgres' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(4711)')
    return await buildPages(root, () => undefined)
  } finally {
    await client.end()
  }
}

async function serve(platform: Platform, law: Law, limits: typeof plenty | undefined): Promise<Served> {
  const server = await makeServer({ platform, handlers: houseFor(law).handlers, pages: await builtPages(), ...(limits ? { limits } : {}) })
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  return { url, close: () => server.close() }
}

export async function journeyServer(): Promise<Served & { numbers: Numbers; scheme: TestScheme }> {
  const { scheme, numbers } = await foundLand()
  const { url, close } = await serve(scheme.platform, scheme.law, plenty)
  return {
    url,
    numbers,
    scheme,
    close: async () => {
      await close()
      await scheme.close()
    },
  }
}

/** On a database in which nothing has been installed yet; `strict`: with the limits of a server in earnest, else one may ask as often as one likes. */
export async function emptyServer(strict = false): Promise<Served> {
  const database = await freshDatabase()
  const { url, close } = await serve(database.platform, lawOf(await loadPack('indonesia')), strict ? undefined : plenty)
  return {
    url,
    close: async () => {
      await close()
      await database.close()
    },
  }
}
