// SQL of the staged rows: plain tables without keys and without row security, which COPY fills; made for one folder and dropped after it.
import type { Tx } from '../../platform/index.ts'
import type { FileName } from '../domain/dictionary.ts'

/** The columns of each table after `place` (1, 2, 3 … in the order of the file) and `line`; the values of a checked row stand in this order. */
const columns: Readonly<Record<FileName, string>> = {
  persons:
    'person_id bigint, member_number text, old_number text, name text, born date, sex text, region_code text, number_cipher bytea, number_hash bytea',
  numbers: 'old_number text, other_number text',
  organisations: 'organisation text, kind text, settlement text, name text, region_code text, facts jsonb, funding_code text',
  memberships:
    'old_number text, membership text, segment text, organisation text, payer text, programmes text, facts jsonb, base bigint, from_day date, until_day date, end_reason text, covered_since date, paid_to smallint, months smallint, act text',
  balances: 'old_number text, membership text, programme text, amount bigint, day date, act text',
}
const names = Object.keys(columns) as FileName[]

export async function dropStaging(tx: Tx): Promise<void> {
  for (const name of [...names, 'faults', 'members', 'known', 'ordinals']) await tx.run(`drop table if exists staging.takeover_${name}`)
}

export async function createStaging(tx: Tx): Promise<void> {
  await dropStaging(tx)
  for (const name of names)
    await tx.run(
      `create table staging.takeover_${name} (place bigint not null, line bigint not null, ${columns[name]}) with (fillfactor = 90)`,
    )
  await tx.run('alter table staging.takeover_persons add known boolean not null default false')
  await tx.run(
    'create table staging.takeover_faults (file text not null, line bigint not null, col text not null, value text not null, reason text not null, next text not null)',
  )
}

const bare = (name: FileName): string =>
  columns[name]
    .split(', ')
    .map((column) => column.split(' ')[0])
    .join(', ')

export const copyRows = (tx: Tx, name: FileName, rows: AsyncIterable<string>): Promise<number> =>
  tx.copyIn(`copy staging.takeover_${name} (place, line, ${bare(name)}) from stdin`, rows)

export type Fault = {
  readonly file: string
  readonly line: number
  readonly column: string
  readonly value: string
  readonly reason: string
  readonly next: string
}

export const addFaults = (tx: Tx, faults: readonly Fault[]): Promise<number> =>
  tx.run(
    `insert into staging.takeover_faults select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])`,
    [
      faults.map(({ file }) => file),
      faults.map(({ line }) => line),
      faults.map(({ column }) => column),
      faults.map(({ value }) => value),
      faults.map(({ reason }) => reason),
      faults.map(({ next }) => next),
    ],
  )

export const readFaults = (tx: Tx, limit: number): Promise<Fault[]> =>
  tx.query<Fault>(
    `select file, line::integer as line, col as column, value, reason, next from staging.takeover_faults order by file, takeover_faults.line, col limit $1`,
    [limit],
  )

export const countFaults = async (tx: Tx): Promise<number> =>
  Number((await tx.query<{ n: bigint }>('select count(*) as n from staging.takeover_faults'))[0]?.n ?? 0n)

/** What the checks and the taking look rows up by. */
export async function indexStaging(tx: Tx): Promise<void> {
  for (const name of names) await tx.run(`create index on staging.takeover_${name} using brin (place) with (pages_per_range = 16)`)
  await tx.run('create index on staging.takeover_balances (old_number, membership)')
  for (const name of names) await tx.run(`analyze staging.takeover_${name}`)
}

export const countRows = async (tx: Tx, name: FileName): Promise<number> =>
  Number((await tx.query<{ n: bigint }>(`select coalesce(max(place), 0) as n from staging.takeover_${name}`))[0]?.n ?? 0n)

/** The sum of a staged column, as text: it may be larger than a bigint. */
export const sumOf = async (tx: Tx, name: FileName, column: string): Promise<bigint> =>
  BigInt(
    (await tx.query<{ sum: string }>(`select coalesce(sum(${column}), 0)::numeric::text as sum from staging.takeover_${name}`))[0]?.sum ??
      '0',
  )
