// SQL of a month that is assessed anew: which rows come to other amounts under the version of the law known now, what replaces them,
// written by set statements for a range of persons or by laying a whole leaf anew, and how far the work is.
import { type Day, firstDay, lastDay, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { billsPerMonth } from '../domain/bill-number.ts'
import { besidesOf, type LawChange } from '../domain/law-change.ts'
import type { ClassOfRange } from '../domain/wide-tariff.ts'
import { factHolds, type Leaf, type Tariff, tariffValues, withoutBands } from './assess-rows.ts'
import { lastOfMonth, monthIsFull, numberAfter } from './running-numbers.ts'

export type Reassessment = {
  readonly version: number
  readonly state: 'running' | 'done'
  readonly memberships: bigint
  readonly payers: bigint
  readonly credits: bigint
  readonly supplements: bigint
}

export const reassessmentsOf = (tx: Tx, month: Month): Promise<Reassessment[]> =>
  tx.query<Reassessment>(
    'select version, state, memberships, payers, credits, supplements from contributions.reassessment where month = $1 order by version',
    [monthNumber(month)],
  )

export const beginReassessment = (tx: Tx, month: Month, version: number, day: Day): Promise<number> =>
  tx.run(
    `insert into contributions.reassessment (month, version, state, started_on) values ($1, $2, 'running', $3) on conflict do nothing`,
    [monthNumber(month), version, day],
  )

export const endReassessment = (
  tx: Tx,
  month: Month,
  version: number,
  report: Omit<Reassessment, 'version' | 'state'>,
  day: Day,
): Promise<number> =>
  tx.run(
    `update contributions.reassessment set state = 'done', done_on = $3, memberships = $4, payers = $5, credits = $6, supplements = $7 where month = $1 and version = $2`,
    [monthNumber(month), version, day, report.memberships, report.payers, report.credits, report.supplements],
  )

/** Whether anything of a month was issued to those who owe. */
export const isIssued = async (tx: Tx, month: Month): Promise<boolean> =>
  (
    await tx.query(
      `select from contributions.bill where month = $1 and state <> 'calculated' and kind in ('month', 'supplement') limit 1`,
      [monthNumber(month)],
    )
  ).length > 0

/** How many facts of persons have one of these profiles: roughly what a leaf would have to change. */
export const countFacts = async (
  tx: Tx,
  profiles: readonly number[],
  [from, until]: readonly [bigint, bigint],
): Promise<{ concerned: bigint; all: bigint }> =>
  (
    await tx.query<{ concerned: bigint; all: bigint }>(
      'select count(*) filter (where profile_id = any ($1::integer[])) as concerned, count(*) as all from contributions.membership_fact where person_id >= $2 and person_id < $3',
      [profiles, from, until],
    )
  )[0] ?? { concerned: 0n, all: 0n }

export type Changes = {
  readonly tariff: Tariff
  readonly change: LawChange
  /** All classes of the month, of every version. */
  readonly ranges: readonly ClassOfRange[]
}

/** How many rows came, and how many of them replace a class that the law alone does not explain: the facts are others since. */
export type Written = { readonly rows: number; readonly unexplained: number }

/** What classes move besides, as SQL over the class of a row: an array of constants, which costs less than a join. */
function besidesSql(ranges: readonly ClassOfRange[]): ((classOf: string) => string) | undefined {
  const numbers = besidesOf(ranges)
  if (new Set(numbers.values()).size < 2) return undefined
  const list = Array.from({ length: Math.max(...numbers.keys()) }, (_, index) => numbers.get(index + 1) ?? -1)
  return (classOf) => `('{${list.join(',')}}'::smallint[])[${classOf}]`
}

/** The tariff as constants, with the classes before each of its ranges. */
function tariffAndBefore(tariff: Tariff, { before }: LawChange): string {
  const keyOf = (profile: number, from: string, known: number): string => `${profile} ${from} ${known}`
  const lists = new Map([...before].map(([range, classes]) => [keyOf(range.profile_id, range.born_from, range.class), classes.join(',')]))
  return tariffValues(tariff, {
    types: { before: 'smallint[]' },
    of: (row) => [`'{${lists.get(keyOf(row.profileId, row.bornFrom, row.class)) ?? ''}}'::smallint[]`],
  })
}

/** Of a range of persons: whether something was corrected or assessed anew before; and whether a payer has used the last number of the month. */
type Stood = { readonly corrected: boolean; readonly full: boolean }

/**
 * The rows of persons that come to something else: what was and what is, in the order of the columns of replacements. The base is that of
 * the row: only the law changed. `tariff` is that of the version known now. `mark`: entries of rows that the law alone does not explain are
 * below zero.
 */
function selectChanges(
  { tariff, change, ranges }: Changes,
  month: Month,
  [from, until]: readonly [bigint, bigint],
  { corrected, full, mark }: Stood & { readonly mark: boolean },
): string {
  const number = monthNumber(month)
  const bands = withoutBands(tariff) ? '' : 'and c.base >= w.band_from and c.base < w.band_to'
  const [employer, worker] = [tariff.sql.sumOf('employer', 'c.base', 'w'), tariff.sql.sumOf('worker', 'c.base', 'w')]
  const sides = besidesSql(ranges)
  const moves = sides ? `${sides('c.class')} is distinct from ${sides('w.class')}` : 'false'
  const stands = corrected
    ? `and c.entry % 2 = 0 and not exists (select from contributions.contribution r where r.month = ${number} and r.person_id = c.person_id and r.ordinal = c.ordinal and r.entry = c.entry + 1)`
    : ''
  const entry = mark ? 'case when d.explained then d.entry + 2 else -d.entry - 2 end' : 'd.entry + 2'
  // The new amounts are computed once for each row and by all workers of a parallel query: offset 0 keeps them apart from what follows.
  return `select d.person_id, (d.payer_id << 20) | k.n as bill_id, d.base, d.new_employer as employer, d.new_worker as worker,
      d.employer as was_employer, d.worker as was_worker, ${number}::smallint as month, d.new_class as class, d.class as was_class, d.ordinal, (${entry})::smallint as entry
    from (
      select c.person_id, c.ordinal, c.entry, c.base, c.employer, c.worker, c.class, c.bill_id, c.bill_id >> 20 as payer_id, ${employer} as new_employer, ${worker} as new_worker, w.class as new_class,
        ${moves} as moves, c.class = any (w.before) as explained
      from contributions.${corrected ? 'contribution' : 'entry'} c
      join contributions.membership_fact f on f.person_id = c.person_id and f.ordinal = c.ordinal and ${factHolds(`date '${firstDay(month)}'`, `date '${lastDay(month)}'`)}
      join ${tariffAndBefore(tariff, change)} on w.profile_id = f.profile_id and f.born >= w.born_from and f.born < w.born_until ${bands}
      where c.month = ${number} and c.person_id >= ${from} and c.person_id < ${until} and w.class <> c.class ${stands} offset 0
    ) d
    join (select bill_id, ${numberAfter(`${lastOfMonth} over (partition by payer_id)`, full ? billsPerMonth : null)} as n from contributions.bill where month = ${number} and state <> 'calculated') k on k.bill_id = d.bill_id
    where d.employer <> d.new_employer or d.worker <> d.new_worker or d.moves`
}

const stoodBefore = async (tx: Tx, month: Month, [from, until]: readonly [bigint, bigint]): Promise<Stood> => {
  const [row] = await tx.query<Stood>(
    `select exists (select from contributions.replacement where month = $1 and person_id >= $2 and person_id < $3)
       or exists (select from contributions.entry where month = $1 and person_id >= $2 and person_id < $3 and entry >= 1) as corrected,
       ${monthIsFull('$1')} as full`,
    [monthNumber(month), from, until],
  )
  return row ?? { corrected: true, full: true }
}

const columns = 'person_id, bill_id, base, employer, worker, was_employer, was_worker, month, class, was_class, ordinal, entry'

/** Adds replacements to what stands; whether the law alone explains them is not looked at. */
export async function writeChanges(tx: Tx, changes: Changes, month: Month, persons: readonly [bigint, bigint]): Promise<Written> {
  await tx.run('select contributions.open_replacements($1::smallint)', [monthNumber(month)])
  const stood = await stoodBefore(tx, month, persons)
  const rows = await tx.run(
    `insert into contributions.replacement (${columns}) ${selectChanges(changes, month, persons, { ...stood, mark: false })}`,
  )
  return { rows, unexplained: rows }
}

/**
 * Writes what changes in a leaf beside it, with the replacements that stand there already, keyed, and puts it in its place. A table made in
 * its own transaction is written without a log of every row. Replacements are written by one reassessment at a time.
 */
export async function layChanges(tx: Tx, changes: Changes, month: Month, { leaf, from, until }: Leaf): Promise<Written> {
  const number = monthNumber(month)
  const persons = [from, until] as const
  const before = await stoodBefore(tx, month, persons)
  const standing = `from contributions.replacement where month = ${number} and person_id >= ${from} and person_id < ${until}`
  const [stood] = before.corrected ? await tx.query<{ rows: bigint }>(`select count(*) as rows ${standing}`) : []
  const kept = stood && stood.rows > 0n ? `select ${columns} ${standing} union all ` : ''
  const staged = `staging.replacement_${number}_${leaf}`
  const laid = await tx.run(`create table ${staged} as ${kept}${selectChanges(changes, month, persons, { ...before, mark: true })}`)
  const unexplained = await unmark(tx, staged)
  await tx.run(`select contributions.take_leaf('replacement', $1::smallint, $2::integer)`, [number, leaf])
  return { rows: laid - Number(stood?.rows ?? 0n), unexplained }
}

/** Gives marked rows of a staged leaf their entries, and tells how many there were; looking costs less than an update that finds none. */
async function unmark(tx: Tx, staged: string): Promise<number> {
  const [marked] = await tx.query<{ found: boolean }>(`select count(*) > 0 as found from ${staged} where entry < 0`)
  return marked?.found ? tx.run(`update ${staged} set entry = -entry where entry < 0`) : 0
}
