// SQL of months, run steps and the persons that a run walks through.
import { type Day, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { Leaf } from './assess-rows.ts'

export type MonthRow = {
  readonly month: number
  readonly state: 'open' | 'closed'
  readonly opened_on: Day
  readonly closed_on: Day | null
}

export const findMonth = async (tx: Tx, month: Month): Promise<MonthRow | undefined> =>
  (await tx.query<MonthRow>('select * from contributions.month where month = $1::integer', [monthNumber(month)]))[0]

/** Months ahead whose partition stands, so that somebody can pay a year before. */
export const monthsAhead = 13

export async function addMonth(tx: Tx, month: Month, day: Day): Promise<void> {
  const { first, last } = await personRange(tx)
  await tx.run(
    'select contributions.open_month(m::smallint, $3::bigint, $4::bigint) from generate_series($1::integer, $1::integer + $2::integer) m',
    [monthNumber(month), monthsAhead, first, last],
  )
  await tx.run(`insert into contributions.month (month, state, opened_on) values ($1, 'open', $2) on conflict do nothing`, [
    monthNumber(month),
    day,
  ])
}

export const endMonth = (tx: Tx, month: Month, day: Day): Promise<number> =>
  tx.run(`update contributions.month set state = 'closed', closed_on = $2 where month = $1 and state = 'open'`, [monthNumber(month), day])

/** Reports that came before their month began become the current base on its opening. */
export const applyEarlyReports = (tx: Tx, month: Month): Promise<number> =>
  tx.run(
    `update contributions.membership_fact f set base = r.base, base_month = r.month
     from (select distinct on (person_id, ordinal) person_id, ordinal, base, month from contributions.wage_report where month = $1 order by person_id, ordinal, version desc) r
     where f.person_id = r.person_id and f.ordinal = r.ordinal and f.base_month < r.month and f.until_day is null`,
    [monthNumber(month)],
  )

export type Step = { readonly step: string; readonly chunk: bigint; readonly rows: bigint; readonly amount: bigint }

export const stepsDone = (tx: Tx, month: Month): Promise<Step[]> =>
  tx.query<Step>('select step, chunk, rows, amount from contributions.run_step where month = $1', [monthNumber(month)])

/** The step that says that the run of a month has issued its bills to everybody once. */
export const issuedStep = 'issued'

/** A step that somebody else noted first stays as it was noted. */
export const noteStep = (tx: Tx, month: Month, { step, chunk, rows, amount }: Step): Promise<number> =>
  tx.run(
    'insert into contributions.run_step (month, step, chunk, rows, amount, done_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
    [monthNumber(month), step, chunk, rows, amount, tx.now],
  )

/** The lowest and highest person with a membership fact, and how many facts there are (roughly, by the planner, when there are many). */
export const personRange = async (tx: Tx): Promise<{ first: bigint; last: bigint }> =>
  (
    await tx.query<{ first: bigint; last: bigint }>(
      'select coalesce(min(person_id), 0) as first, coalesce(max(person_id), 0) as last from contributions.membership_fact',
    )
  )[0] ?? { first: 0n, last: 0n }

/** Writers of one month's rows and of its bills wait for each other. */
export const lockMonthRows = (tx: Tx, month: Month): Promise<number> =>
  tx.run('select pg_advisory_xact_lock(721, $1)', [monthNumber(month)])

/** Nobody else writes a row of the month, not even for a payment, until this transaction ends. */
export const holdMonth = (tx: Tx, month: Month): Promise<number> =>
  tx.run('select contributions.hold_month($1::smallint)', [monthNumber(month)])

/** The leaves of a month in which persons of a range can lie. The outer ones have no end: whoever registers while a run works lies in one of them. */
export async function leavesOf(tx: Tx, month: Month, first: bigint, last: bigint): Promise<Leaf[]> {
  const leaves = await tx.query<Leaf>(
    `with bound as (
       select substring(c.relname from '[0-9]+$')::integer as leaf, regexp_match(pg_get_expr(c.relpartbound, c.oid), '''(-?[0-9]+)''\\) TO') as lower, regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \\(''(-?[0-9]+)') as upper
       from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = $1::regclass
     ) select leaf, coalesce(lower[1]::bigint, 0) as from, coalesce(upper[1]::bigint, 9223372036854775807) as until from bound order by leaf`,
    [`contributions.entry_${monthNumber(month)}`],
  )
  return leaves.filter(({ from, until }) => from <= last && until > first)
}
