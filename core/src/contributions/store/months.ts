// SQL of months, run steps and the persons that a run walks through.
import { type Day, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

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
  await tx.run('select contributions.open_month(m::smallint) from generate_series($1::integer, $1::integer + $2::integer) m', [
    monthNumber(month),
    monthsAhead,
  ])
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

/** Writers of one month's rows and of its bills wait for each other: while a large run has taken the key away, rows that stand are found by looking. */
export const lockMonthRows = (tx: Tx, month: Month): Promise<number> =>
  tx.run('select pg_advisory_xact_lock(721, $1)', [monthNumber(month)])

export const dropKey = (tx: Tx, month: Month): Promise<number> =>
  tx.run('select contributions.drop_key($1::smallint)', [monthNumber(month)])
export const makeKey = (tx: Tx, month: Month): Promise<number> =>
  tx.run('select contributions.make_key($1::smallint)', [monthNumber(month)])
