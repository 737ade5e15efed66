// What machine a figure was measured on: a figure without it says nothing.
import os from 'node:os'
import type { OwnCluster } from '@payung/core/platform'

export type Machine = {
  readonly processor: string
  readonly cores: number
  readonly memoryGiB: number
  readonly system: string
  readonly node: string
  readonly postgres: string
  readonly settings: Readonly<Record<string, string>>
}

const told = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'wal_level',
  'shared_buffers',
  'max_wal_size',
  'work_mem',
  'maintenance_work_mem',
  'max_parallel_workers_per_gather',
]

export async function describeMachine(admin: OwnCluster['admin']): Promise<Machine> {
  const [version] = await admin.query<{ server_version: string }>('show server_version')
  const rows = await admin.query<{ name: string; setting: string }>(
    `select name, current_setting(name) as setting from pg_settings where name = any ($1)`,
    [told],
  )
  return {
    processor: os.cpus()[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.versions.node,
    postgres: version?.server_version ?? '',
    settings: Object.fromEntries(rows.map(({ name, setting }) => [name, setting])),
  }
}
