// Starts and stops the embedded PostgreSQL: real server programs from a package, one server for each folder.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { Trouble, withoutSpace } from '../trouble.ts'
import { Kept, type Watch } from './keep.ts'
import { claimOwnership, livingOwner, recoverStale, releaseOwnership } from './owner.ts'
import { findPlace, type Place } from './place.ts'
import { settingsFor, thisMachine } from './settings.ts'

/** How to reach a cluster as its administrator. */
export type Cluster = { readonly host: string; readonly port: number; readonly admin: string; readonly password?: string }
/** `home` is where it really is: as root that may be another folder than the one asked for. */
export type RunningPostgres = { readonly cluster: Cluster; readonly pid: number; readonly home: string; stop(): Promise<void> }

const admin = 'payung_admin'
const windows = process.platform === 'win32'

const surroundings = (place: Place) => ({
  ...place.user,
  cwd: place.home,
  env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', ...(windows ? { SystemRoot: process.env.SystemRoot } : {}) },
})

/** On Windows the server listens on the loopback address, so it needs a password; elsewhere the socket's folder is closed to others. */
function passwordOf(place: Place): string | undefined {
  if (!windows) return undefined
  const file = path.join(place.home, 'password')
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return fs.readFileSync(file, 'utf8')
}

const clusterAt = (place: Place, port: number): Cluster => {
  const password = passwordOf(place)
  return { host: windows ? '127.0.0.1' : place.sockets, port, admin, ...(password === undefined ? {} : { password }) }
}

/** The database that another process of this clone is running, or undefined: a command then uses it instead of starting one. */
export function findRunning(home: string): { cluster: Cluster; pid: number; purpose: string } | undefined {
  const place = findPlace(home)
  const owner = livingOwner(place)
  return owner && { cluster: clusterAt(place, owner.port), pid: owner.pid, purpose: owner.purpose }
}

/** Creates the data folder. A marker stands while it is made, so that one cut short is thrown away and made again. */
function initialise(place: Place): void {
  const marker = `${place.data}.initialising`
  if (fs.existsSync(path.join(place.data, 'PG_VERSION')) && !fs.existsSync(marker)) return
  fs.rmSync(place.data, { recursive: true, force: true })
  fs.writeFileSync(marker, '')
  const authentication = windows ? ['--auth=scram-sha-256', `--pwfile=${path.join(place.home, 'password')}`] : ['--auth=trust']
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-messages=C']
  passwordOf(place)
  const made = spawnSync(
    path.join(place.programs, 'initdb'),
    ['-D', place.data, '-U', admin, ...authentication, ...locale, '--no-instructions'],
    { ...surroundings(place), encoding: 'utf8' },
  )
  if (made.status !== 0) {
    const reason = made.stderr || String(made.error)
    throw (
      withoutSpace(reason, place.home) ??
      new Trouble(
        `The database could not be created in ${place.home}: ${reason.trim()}`,
        'Correct what the message names, then start again.',
      )
    )
  }
  fs.rmSync(marker)
}

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const probe = net.createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Waits until the server takes connections; what it wrote last explains a failure. */
function untilReady(child: ChildProcess, place: Place): Promise<void> {
  return new Promise((ready, failed) => {
    let said = ''
    child.stderr?.on('data', (piece: Buffer) => {
      said = (said + piece.toString()).slice(-4000)
      if (process.env.PAYUNG_DEBUG) process.stderr.write(piece)
      if (said.includes('ready to accept connections')) ready()
    })
    child.once('error', failed)
    child.once('exit', (code) => {
      const told = withoutSpace(said, place.home)
      failed(
        told ??
          new Trouble(
            `The database stopped while starting (code ${code}): ${said.trim().split('\n').slice(-4).join('\n')}`,
            `Correct what it names, then start again. Its data is in ${place.data}.`,
          ),
      )
    })
  })
}

function launch(place: Place, port: number, extra: Record<string, string>): ChildProcess {
  const where = windows
    ? { listen_addresses: '127.0.0.1' }
    : { listen_addresses: '', unix_socket_directories: place.sockets, unix_socket_permissions: '0700' }
  const settings = { ...settingsFor(thisMachine(place.home)), ...where, ...extra }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // Detached: a terminal's Ctrl-C reaches every process of its group, and the database must outlive the work that drains.
  return spawn(path.join(place.programs, 'postgres'), ['-D', place.data, '-p', String(port), ...flags], {
    ...surroundings(place),
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

/**
 * Starts the database of a folder. `purpose` is told to whoever tries to start it a second time (AlreadyRunning).
 * With `watch` it is started again when it goes away by itself. Errors: AlreadyRunning; Trouble for a full disk, a missing program or a start that failed.
 */
export async function startPostgres(
  home: string,
  purpose: string,
  settings: Record<string, string> = {},
  watch?: Watch,
): Promise<RunningPostgres> {
  const place = findPlace(home)
  const port = windows ? await freePort() : 5432
  claimOwnership(place, port, purpose)
  try {
    const begin = async (): Promise<ChildProcess> => {
      await recoverStale(place)
      initialise(place)
      const child = launch(place, port, settings)
      await untilReady(child, place)
      return child
    }
    const first = await begin()
    const kept = new Kept(first, begin, watch)
    const stop = async (): Promise<void> => {
      await kept.stop()
      releaseOwnership(place)
    }
    return { cluster: clusterAt(place, port), pid: first.pid ?? 0, home: place.home, stop }
  } catch (error) {
    releaseOwnership(place)
    throw error
  }
}
