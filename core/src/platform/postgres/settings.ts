// Settings of the embedded PostgreSQL that fit the machine it stands on. Durability is never traded for speed here.
import fs from 'node:fs'
import os from 'node:os'

const mega = 1024 * 1024
const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, Math.floor(value)))

export type Machine = {
  /** Bytes this process may use, with a container's limit. */
  readonly memory: number
  readonly processors: number
  /** Free bytes of the disk that holds the data. */
  readonly disk: number
  /** Free bytes of the shared memory file system; containers often have 64 MB. */
  readonly shared: number
}

const freeOn = (folder: string): number => {
  try {
    const { bavail, bsize } = fs.statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}

export function thisMachine(dataFolder: string): Machine {
  const limit = process.constrainedMemory()
  const memory = limit > 0 && limit < os.totalmem() ? limit : os.totalmem()
  return {
    memory,
    processors: os.availableParallelism(),
    disk: freeOn(dataFolder),
    shared: process.platform === 'linux' ? freeOn('/dev/shm') : Number.POSITIVE_INFINITY,
  }
}

/** Settings for `postgres -c`, as text. Memory for sorting grows slowly, because each of many steps may take it. */
export function settingsFor({ memory, processors, disk, shared }: Machine): Record<string, string> {
  const megabytes = memory / mega
  return {
    shared_buffers: `${between(64, megabytes / 8, 2048)}MB`,
    effective_cache_size: `${between(256, megabytes / 2, 65_536)}MB`,
    work_mem: `${between(8, megabytes / 384, 64)}MB`,
    maintenance_work_mem: `${between(64, megabytes / 32, 1024)}MB`,
    max_wal_size: `${between(512, disk / mega / 10, 4096)}MB`,
    min_wal_size: '256MB',
    checkpoint_timeout: '15min',
    wal_level: 'minimal',
    max_wal_senders: '0',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    random_page_cost: '1.1',
    max_connections: '100',
    max_worker_processes: String(between(4, processors * 2, 16)),
    max_parallel_workers: String(between(2, processors, 12)),
    max_parallel_workers_per_gather: String(between(1, processors / 2, 4)),
    max_parallel_maintenance_workers: String(between(1, processors / 2, 4)),
    max_locks_per_transaction: '256',
    dynamic_shared_memory_type:
      shared < 512 * mega ? (process.platform === 'win32' ? 'windows' : 'mmap') : process.platform === 'win32' ? 'windows' : 'posix',
    jit: 'off',
    timezone: 'UTC',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_statement: 'none',
    log_min_error_statement: 'panic',
  }
}
