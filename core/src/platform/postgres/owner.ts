// Who started the database of a folder: one process at a time, and what a killed one left behind is cleared away.
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Trouble } from '../trouble.ts'
import type { Place } from './place.ts'
import { alive, birth, livingIn } from './processes.ts'

export type Owner = { readonly pid: number; readonly birth: string; readonly port: number; readonly purpose: string }

/** The living process that started this folder's database, or undefined. */
export function livingOwner(place: Place): Owner | undefined {
  const owner = readOwner(place.ownerFile)
  return owner && owner.birth !== '' && birth(owner.pid) === owner.birth ? owner : undefined
}

function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Owner
  } catch {
    return undefined
  }
}

export class AlreadyRunning extends Trouble {
  readonly owner: Owner
  constructor(owner: Owner) {
    super(`Payung is already running here (process ${owner.pid}, ${owner.purpose}).`, 'Stop that one first, or use another clone.')
    this.owner = owner
  }
}

/** Makes this process the owner; another living owner is an AlreadyRunning. Only one of two that start together gets through. */
export function claimOwnership(place: Place, port: number, purpose: string): void {
  const mine: Owner = { pid: process.pid, birth: birth(process.pid), port, purpose }
  const draft = `${place.ownerFile}.${process.pid}`
  fs.writeFileSync(draft, JSON.stringify(mine))
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        // A link is made whole or not at all, and fails when the name is taken.
        fs.linkSync(draft, place.ownerFile)
        return
      } catch {
        const owner = livingOwner(place)
        if (owner) throw new AlreadyRunning(owner)
        fs.rmSync(place.ownerFile, { force: true })
      }
    }
    throw new Trouble(`The file ${place.ownerFile} cannot be written.`, 'Check who owns that folder.')
  } finally {
    fs.rmSync(draft, { force: true })
  }
}

/** Gives ownership back; another process's is left alone. */
export function releaseOwnership(place: Place): void {
  if (readOwner(place.ownerFile)?.pid === process.pid) fs.rmSync(place.ownerFile, { force: true })
}

/**
 * Clears what a killed run left: stops an orphaned server, waits for its backends, then removes the locks.
 * A lock is never removed while a backend lives: two servers on one folder destroy it.
 */
export async function recoverStale(place: Place): Promise<void> {
  const lock = path.join(place.data, 'postmaster.pid')
  if (!fs.existsSync(lock)) return
  const orphan = Number(fs.readFileSync(lock, 'utf8').split('\n')[0])
  const watched = fs.existsSync('/proc/self/cwd')
  const remaining = (): number[] => (watched ? livingIn(place.data) : alive(orphan) ? [orphan] : [])
  if (remaining().includes(orphan)) process.kill(orphan, 'SIGINT')
  for (let tries = 0; remaining().length > 0 && tries < 400; tries++) await pause(25)
  const left = remaining()
  if (left.length > 0)
    throw new Trouble(`A database of an earlier run does not stop (process ${left.join(', ')}).`, `End it with: kill -QUIT ${left[0]}`)
  for (const file of [lock, path.join(place.sockets, '.s.PGSQL.5432.lock'), path.join(place.sockets, '.s.PGSQL.5432')])
    fs.rmSync(file, { force: true })
}
