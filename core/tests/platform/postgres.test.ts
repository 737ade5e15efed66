// The launcher: it starts, is alone, and recovers from whatever killed an earlier run.
import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AlreadyRunning } from '../../src/platform/postgres/owner.ts'
import { findPlace } from '../../src/platform/postgres/place.ts'
import { alive, livingIn } from '../../src/platform/postgres/processes.ts'
import { settingsFor } from '../../src/platform/postgres/settings.ts'
import { findRunning, type RunningPostgres, startPostgres } from '../../src/platform/postgres/start.ts'

let home: string
let server: RunningPostgres | undefined
const children: ChildProcess[] = []

beforeEach(() => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'payung-launch-'))
})
afterEach(async () => {
  await server?.stop()
  server = undefined
  for (const child of children.splice(0)) child.kill('SIGKILL')
  const place = findPlace(home)
  for (const folder of [home, place.home, place.sockets]) fs.rmSync(folder, { recursive: true, force: true })
})

const query = async (running: Pick<RunningPostgres, 'cluster'>, text: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({
    host: running.cluster.host,
    port: running.cluster.port,
    user: running.cluster.admin,
    database: 'postgres',
  })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

/** Another process that starts the database, writes a row, says so and stays. */
function startElsewhere(): Promise<ChildProcess> {
  const launcher = path.resolve(import.meta.dirname, '../../src/platform/postgres/start.ts')
  const text = `
    import pg from 'pg'
    import { startPostgres } from ${JSON.stringify(launcher)}
    const { cluster } = await startPostgres(${JSON.stringify(home)}, 'a test')
    const client = new pg.Client({ host: cluster.host, user: cluster.admin, database: 'postgres' })
    client.on('error', () => {})
    await client.connect()
    await client.query('create table kept (n int); insert into kept values (42)')
    console.log('ready')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', text], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return new Promise((ready) => child.stdout?.once('data', () => ready(child)))
}

/** A backend may end by itself between being listed and being killed: gone is what it should be. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

const killed = (child: ChildProcess): Promise<void> =>
  new Promise((gone) => {
    child.once('exit', () => gone())
    child.kill('SIGKILL')
  })

test('one process at a time: a second is told who is there, and can find the database', async () => {
  server = await startPostgres(home, 'a test')
  const refused = await startPostgres(home, 'another').catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(AlreadyRunning)
  expect(String(refused)).toContain(`process ${process.pid}, a test`)
  expect(await query(findRunning(home) ?? server, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('killed under a server that keeps it, it comes back in the same place with what was committed', async () => {
  const told: string[] = []
  server = await startPostgres(
    home,
    'a test',
    {},
    { note: (line) => void told.push(line), lost: (error) => void told.push(`lost ${String(error)}`) },
  )
  await query(server, 'create table kept (n int)')
  await query(server, 'insert into kept values (42)')
  process.kill(server.pid, 'SIGKILL')
  await vi.waitFor(() => expect(told.at(-1)).toMatch(/runs again/), { timeout: 20_000 })
  expect(await query(server, 'select n from kept')).toEqual([{ n: 42 }])
  expect(findRunning(home)?.pid).toBe(process.pid)
  await server.stop()
  expect(livingIn(findPlace(home).data)).toEqual([])
})

test('after it stopped nobody is there', async () => {
  server = await startPostgres(home, 'a test')
  await server.stop()
  expect(findRunning(home)).toBeUndefined()
})

test('a killed process leaves an orphaned server, which is stopped; its committed rows are there', async () => {
  await killed(await startElsewhere())
  server = await startPostgres(home, 'a test')
  expect(await query(server, 'select n from kept')).toEqual([{ n: 42 }])
})

test('everything killed at once leaves locks, which are cleared', async () => {
  const child = await startElsewhere()
  const place = findPlace(home)
  const postmaster = Number(fs.readFileSync(path.join(place.data, 'postmaster.pid'), 'utf8').split('\n')[0])
  await killed(child)
  for (const pid of livingIn(place.data)) killIfThere(pid)
  await vi.waitFor(() => expect(livingIn(place.data)).toEqual([]))
  expect(fs.existsSync(path.join(place.data, 'postmaster.pid'))).toBe(true)
  server = await startPostgres(home, 'a test')
  expect(server.pid).not.toBe(postmaster)
  expect(await query(server, 'select n from kept')).toEqual([{ n: 42 }])
})

test('an owner file that names a living stranger does not stop us', async () => {
  const place = findPlace(home)
  fs.writeFileSync(place.ownerFile, JSON.stringify({ pid: process.ppid, birth: 'another time', port: 5432, purpose: 'long ago' }))
  server = await startPostgres(home, 'a test')
  expect(alive(server.pid)).toBe(true)
})

test('a creation that was cut short is thrown away and made again', async () => {
  const place = findPlace(home)
  fs.mkdirSync(place.data, { recursive: true })
  fs.writeFileSync(path.join(place.data, 'PG_VERSION'), '18')
  fs.writeFileSync(`${place.data}.initialising`, '')
  server = await startPostgres(home, 'a test')
  expect(await query(server, 'select count(*)::int as roles from pg_roles where rolsuper')).toEqual([{ roles: 1 }])
})

test('a setting that the server refuses is told, and ownership is given back', async () => {
  const failed = await startPostgres(home, 'a test', { shared_buffers: 'much' }).catch((error: unknown) => error)
  expect(String(failed)).toMatch(/stopped while starting[\s\S]*shared_buffers/)
  expect(findRunning(home)).toBeUndefined()
})

test('a deep folder gets a short socket', async () => {
  const outer = home
  home = path.join(outer, 'd'.repeat(60), 'e'.repeat(60))
  server = await startPostgres(home, 'a test')
  expect(Buffer.byteLength(server.cluster.host)).toBeLessThan(100)
  expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('it listens on no network address and is durable', async () => {
  server = await startPostgres(home, 'a test')
  const rows = await query(
    server,
    `select name, setting from pg_settings where name in ('listen_addresses', 'fsync', 'synchronous_commit', 'full_page_writes', 'jit') order by name`,
  )
  expect(rows.map(({ name, setting }) => `${String(name)}=${String(setting)}`)).toEqual([
    'fsync=on',
    'full_page_writes=on',
    'jit=off',
    'listen_addresses=',
    'synchronous_commit=on',
  ])
})

const giga = 1024 ** 3
test.each`
  memory        | shared     | buffers     | segments
  ${1 * giga}   | ${giga}    | ${'128MB'}  | ${'posix'}
  ${8 * giga}   | ${giga}    | ${'1024MB'} | ${'posix'}
  ${256 * giga} | ${giga}    | ${'2048MB'} | ${'posix'}
  ${8 * giga}   | ${2 ** 26} | ${'1024MB'} | ${'mmap'}
`(
  'with $memory bytes of memory it takes $buffers',
  ({ memory, shared, buffers, segments }: { memory: number; shared: number; buffers: string; segments: string }) => {
    const settings = settingsFor({ memory, shared, processors: 4, disk: 100 * giga })
    expect([settings.shared_buffers, settings.dynamic_shared_memory_type]).toEqual([buffers, segments])
  },
)
