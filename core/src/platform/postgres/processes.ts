// Looking at other processes: who is alive, since when, and who works inside a folder.
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'

/** The operating-system user that PostgreSQL runs as; empty when it is ourselves. PostgreSQL refuses to run as root. */
export type RunsAs = { readonly uid?: number; readonly gid?: number }

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** When a process began, as the system writes it; with the number it names one process for ever. Empty when it is gone. */
export function birth(pid: number): string {
  if (process.platform === 'linux') {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' ? '' : (fields[19] ?? '')
    } catch {
      return ''
    }
  }
  if (process.platform === 'win32') return alive(pid) ? 'alive' : ''
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
}

/** Processes whose working folder this is: a postmaster and its backends. A zombie has none, so it does not count. */
export function livingIn(folder: string): number[] {
  if (!fs.existsSync('/proc/self/cwd')) return []
  const real = fs.realpathSync(folder)
  return fs.readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      return fs.readlinkSync(`/proc/${name}/cwd`) === real ? [Number(name)] : []
    } catch {
      return []
    }
  })
}

const idOf = (flag: string, user: string): number => Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }))

/** As root: the user `postgres`, else `nobody` (PostgreSQL needs one that the system knows). Undefined when there is neither. */
export function databaseUser(): RunsAs | undefined {
  if (process.getuid?.() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: idOf('-u', name), gid: idOf('-g', name) }
    } catch {
      // This user does not exist here: try the next one.
    }
  }
  return undefined
}

/** Whether that user may enter a folder or run a file; a clone under /root may not be. */
export const reachable = (file: string, user: RunsAs): boolean =>
  user.uid === undefined || spawnSync('test', ['-x', file], { ...user }).status === 0

/** Makes a folder, given to that user when it is another than ourselves. */
export function makeFolder(folder: string, user: RunsAs, mode = 0o700): void {
  fs.mkdirSync(folder, { recursive: true, mode })
  if (user.uid !== undefined && user.gid !== undefined) fs.chownSync(folder, user.uid, user.gid)
}
