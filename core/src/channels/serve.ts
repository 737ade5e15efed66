// `npm start`: database, roles, migrations, first start, worker and HTTP, in that order; and everything down again on Ctrl-C.

import { ok } from '@payung/values'
import type { FastifyInstance } from 'fastify'
import {
  type Configuration,
  inTransaction,
  isDemonstration,
  type Platform,
  type Progress,
  progressOn,
  readConfiguration,
  readSetting,
  reasonOf,
  runDue,
  systemActor,
  writeSetting,
} from '../platform/index.ts'
import { startWorker } from '../platform/jobs.ts'
import { openPlatform } from '../platform/open-platform.ts'
import { codeOf, Trouble } from '../platform/trouble.ts'
import { complain } from './command-line.ts'
import type { Extension } from './first-start.ts'
import { installHouse } from './install-house.ts'
import { type House, openHouse } from './rooms.ts'
import { makeServer } from './server.ts'
import { buildPages } from './web-build.ts'

/** What was started, in order; closing goes the other way round, and each part once. */
class Closing {
  readonly #parts: (() => Promise<unknown>)[] = []
  #begun = false
  get begun(): boolean {
    return this.#begun
  }
  async add(close: () => Promise<unknown>): Promise<void> {
    if (this.#begun) await close()
    else this.#parts.push(close)
  }
  async run(): Promise<void> {
    this.#begun = true
    for (const close of this.#parts.splice(0).reverse())
      await close().catch((error: unknown) => process.stderr.write(`while stopping: ${String(error)}\n`))
  }
}

/** Listens on the port asked for, or the next free one; says so when it had to move. */
async function listen(server: FastifyInstance, { port: asked, host }: Configuration, note: (line: string) => void): Promise<number> {
  const first = asked ?? 3000
  for (let port = first; port < first + 50; port++) {
    try {
      await server.listen({ port, host })
      const address = server.server.address()
      return typeof address === 'object' && address ? address.port : port
    } catch (error) {
      if (codeOf(error) === 'EACCES') throw new Trouble(`This user may not listen on port ${port}.`, 'Set PORT to a number above 1023.')
      if (codeOf(error) !== 'EADDRINUSE') throw error
      note(`Port ${port} is busy; trying ${port + 1}. Set PORT to choose another.`)
    }
  }
  throw new Trouble(`The ports from ${first} to ${first + 49} are all busy.`, 'Set PORT to a free one.')
}

async function firstTime(
  platform: Platform,
  house: House,
  configuration: Configuration,
  progress: Progress,
  { firstStart }: Extension,
): Promise<void> {
  if ((await readSetting(platform, 'first-start')) !== undefined) return
  await writeSetting(platform, 'time-zone', house.law.pack.timeZone)
  await installHouse(platform, house.law)
  await firstStart?.({ platform, house, configuration, progress })
  await writeSetting(platform, 'first-start', new Date().toISOString())
}

/** Looks every half minute whether a day has begun by the clock. */
function watchDays(platform: Platform, { dailies }: House, progress: Progress): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const look = (): void => {
    running = running
      .then(() => runDue(platform, dailies, progress))
      .catch((error: unknown) => void process.stderr.write(`daily work failed: ${String(error)}\n`))
  }
  look()
  const timer = setInterval(look, 30_000)
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** A server whose database does not come back would answer nothing but errors: it ends, and whoever watches over it sees that. */
function giveUp(closing: Closing, error: unknown): void {
  if (closing.begun) return
  const told = new Trouble(
    `The database does not come back: ${reasonOf(error)}`,
    'Look whether its disk is full and what it wrote last (PAYUNG_DEBUG=1 shows it), then start Payung again. Nothing that was finished is lost.',
  )
  complain(process.stderr, told)
  setTimeout(() => process.exit(1), 20_000).unref()
  void closing.run().then(() => process.exit(1))
}

/** Letters of a demonstration print where its pages are; a real scheme says so itself (`payung letters site`). */
async function nameAddress(platform: Platform, address: string): Promise<void> {
  const known = await readSetting(platform, 'public-address')
  const ours = known === undefined || known === null || (typeof known === 'string' && known.startsWith('http://localhost:'))
  if (!ours || known === address) return
  const made = await inTransaction(
    platform,
    { role: 'run', actor: systemActor },
    { name: 'channels.name-address', input: null },
    async (tx) => ok(await isDemonstration(tx)),
  )
  if (made.ok && made.value) await writeSetting(platform, 'public-address', address)
}

async function start(configuration: Configuration, closing: Closing, progress: Progress, extension: Extension): Promise<void> {
  const house = await openHouse(configuration)
  const pages = buildPages(configuration.root, progress.note)
  pages.catch(() => undefined)
  const opened = await openPlatform(configuration, {
    purpose: 'serving',
    alone: true,
    subscribers: house.subscribers,
    progress: (name, done, total) => progress.step(`migrating ${name}`, done, total),
    watch: {
      note: (line) => void process.stderr.write(`payung: ${line}\n`),
      lost: (error) => giveUp(closing, error),
    },
  })
  await closing.add(opened.close)
  progress.end()
  const { platform } = opened
  await firstTime(platform, house, configuration, progress, extension)
  const runner = await startWorker(platform, house.tasks, (line) => process.stderr.write(`worker: ${line}\n`))
  await closing.add(() => runner.stop())
  const server = await makeServer({ platform, handlers: house.handlers, pages: await pages, proxies: configuration.proxies })
  await closing.add(() => server.close())
  const port = await listen(server, configuration, progress.note)
  await nameAddress(platform, `http://localhost:${port}`)
  await closing.add(watchDays(platform, house, progress))
  if (!closing.begun) process.stdout.write(`Payung is at http://localhost:${port}\n`)
}

/** Serves until a signal comes. What fails before serving is told, and everything that had been started is stopped again. */
export async function serve(extension: Extension = {}): Promise<void> {
  const closing = new Closing()
  const progress = progressOn(process.stderr)
  const stop = (): void => {
    // A second Ctrl-C does not hurry: the database is being closed properly. After twenty seconds we leave anyway.
    if (closing.begun) return
    setTimeout(() => process.exit(1), 20_000).unref()
    void closing.run().then(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  try {
    await start(readConfiguration(), closing, progress, extension)
  } catch (error) {
    if (closing.begun) return
    progress.end()
    await closing.run()
    process.exit(complain(process.stderr, error))
  }
}
