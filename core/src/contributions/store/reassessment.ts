// SQL of a month that is assessed anew: which rows come to other amounts under the version of the law known now, their reversals and
// replacements, written by set statements for a range of persons or by laying a whole leaf anew, and how far the work is.
import { type Day, firstDay, lastDay, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { monthlyNumber, numberedKinds } from '../domain/bill-number.ts'
import { besidesOf, type LawChange } from '../domain/law-change.ts'
import type { ClassOfRange } from '../domain/wide-tariff.ts'
import { factHolds, type Leaf, type Tariff, tariffValues, withoutBands } from './assess-rows.ts'

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

/**
 * The rows of persons that come to something else: reversal and replacement, in the order of the table's columns. The base is that of
 * the row: only the law changed. `tariff` is that of the version known now. `corrected`: some rows were reversed before. `mark`: entries of
 * rows that the law alone does not explain are below zero.
 */
function selectChanges(
  { tariff, change, ranges }: Changes,
  month: Month,
  [from, until]: readonly [bigint, bigint],
  { corrected, mark }: { readonly corrected: boolean; readonly mark: boolean },
): string {
  const number = monthNumber(month)
  const bands = withoutBands(tariff) ? '' : 'and c.base >= w.band_from and c.base < w.band_to'
  const [employer, worker] = [tariff.sql.sumOf('employer', 'c.base', 'w'), tariff.sql.sumOf('worker', 'c.base', 'w')]
  const sides = besidesSql(ranges)
  const moves = sides ? `${sides('c.class')} is distinct from ${sides('w.class')}` : 'false'
  const stands = corrected
    ? `and c.entry % 2 = 0 and not exists (select from contributions.contribution r where r.month = ${number} and r.person_id = c.person_id and r.ordinal = c.ordinal and r.entry = c.entry + 1)`
    : ''
  const entry = mark ? 'case when d.explained then d.entry + v.step else -d.entry - v.step end' : 'd.entry + v.step'
  // The new amounts are computed once for each row and by all workers of a parallel query (offset 0 keeps them apart from what follows), and
  // each row is doubled by constants: a list of values that names columns is prepared anew for every row.
  return `select d.person_id, (d.payer_id << 20) | (${monthlyNumber(month)} + k.bills) as bill_id, d.base, case v.step when 1 then d.employer else d.new_employer end as employer,
      case v.step when 1 then d.worker else d.new_worker end as worker, ${number}::smallint as month, case v.step when 1 then d.class else d.new_class end as class, d.ordinal, (${entry})::smallint as entry
    from (
      select c.person_id, c.ordinal, c.entry, c.base, c.employer, c.worker, c.class, c.bill_id, c.bill_id >> 20 as payer_id, ${employer} as new_employer, ${worker} as new_worker, w.class as new_class,
        ${moves} as moves, c.class = any (w.before) as explained
      from contributions.contribution c
      join contributions.membership_fact f on f.person_id = c.person_id and f.ordinal = c.ordinal and ${factHolds(`date '${firstDay(month)}'`, `date '${lastDay(month)}'`)}
      join ${tariffAndBefore(tariff, change)} on w.profile_id = f.profile_id and f.born >= w.born_from and f.born < w.born_until ${bands}
      where c.month = ${number} and c.person_id >= ${from} and c.person_id < ${until} and w.class <> c.class ${stands} offset 0
    ) d
    join (select bill_id, count(*) filter (where kind in ${numberedKinds}) over (partition by payer_id) as bills from contributions.bill where month = ${number} and state <> 'calculated') k on k.bill_id = d.bill_id
    cross join (values (1), (2)) v (step) where d.employer <> d.new_employer or d.worker <> d.new_worker or d.moves`
}

const isCorrected = async (tx: Tx, month: Month, [from, until]: readonly [bigint, bigint]): Promise<boolean> =>
  (
    await tx.query(
      'select from contributions.contribution where month = $1 and person_id >= $2 and person_id < $3 and entry >= 1 limit 1',
      [monthNumber(month), from, until],
    )
  ).length > 0

/** Adds reversals and replacements to what stands; whether the law alone explains them is not looked at. */
export async function writeChanges(tx: Tx, changes: Changes, month: Month, persons: readonly [bigint, bigint]): Promise<Written> {
  const corrected = await isCorrected(tx, month, persons)
  const rows = await tx.run(
    `insert into contributions.contribution (person_id, bill_id, base, employer, worker, month, class, ordinal, entry)
     ${selectChanges(changes, month, persons, { corrected, mark: false })}`,
  )
  return { rows, unexplained: rows }
}

/** Whether later entries of a leaf stand in a part of their own. */
const isParted = async (tx: Tx, name: string): Promise<boolean> =>
  (await tx.query(`select from pg_class where oid = $1::regclass and relkind = 'p'`, [`contributions.${name}`])).length > 0

/**
 * Writes what changes in a leaf beside it, keyed, and puts it in its place: later entries in a part of their own, or, where single
 * corrections stand among the first entries already, the whole leaf anew. A table made in its own transaction is written without a log of
 * every row. Nobody else writes the month meanwhile.
 */
export async function layChanges(tx: Tx, changes: Changes, month: Month, { leaf, from, until }: Leaf): Promise<Written> {
  const number = monthNumber(month)
  const persons = [from, until] as const
  const name = `contribution_${number}_${leaf}`
  const corrected = await isCorrected(tx, month, persons)
  const parted = await isParted(tx, name)
  const whole = corrected && !parted
  const standing = `from contributions.contribution c where c.month = ${number} and c.person_id >= ${from} and c.person_id < ${until}${whole ? '' : ' and c.entry >= 1'}`
  const kept = corrected
    ? `select c.person_id, c.bill_id, c.base, c.employer, c.worker, c.month, c.class, c.ordinal, c.entry ${standing} union all `
    : ''
  const staged = `staging.${name}${whole ? '' : '_later'}`
  const laid = await tx.run(`create table ${staged} as ${kept}${selectChanges(changes, month, persons, { corrected, mark: true })}`)
  const stood = corrected ? await tx.query<{ rows: bigint }>(`select count(*) as rows ${standing}`) : []
  const unexplained = await unmark(tx, staged)
  await tx.run(`select contributions.${whole ? 'take_leaf' : 'take_later'}($1::smallint, $2::integer)`, [number, leaf])
  return { rows: laid - Number(stood[0]?.rows ?? 0n), unexplained }
}

/** Gives marked rows of a staged leaf their entries, and tells how many there were; looking costs less than an update that finds none. */
async function unmark(tx: Tx, staged: string): Promise<number> {
  const [marked] = await tx.query<{ found: boolean }>(`select count(*) > 0 as found from ${staged} where entry < 0`)
  return marked?.found ? tx.run(`update ${staged} set entry = -entry where entry < 0`) : 0
}

/** Later entries of the month, with their sign: reversals and replacements. */
export const laterEntries = (month: Month): string =>
  `(select c.bill_id, c.base, c.employer, c.worker, c.class, case when c.entry % 2 = 0 then 1 else -1 end as sign from contributions.contribution c
    where c.month = ${monthNumber(month)} and c.entry >= 1)`
