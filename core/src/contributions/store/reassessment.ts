// SQL of a month that is assessed anew: which rows come to other amounts under the version of the law known now, their reversals and
// replacements, written by set statements for a range of persons or by laying a whole leaf anew, and how far the work is.
import { type Day, firstDay, lastDay, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { monthlyNumber, numberedKinds } from '../domain/bill-number.ts'
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

/** What a class moves besides what it bills (the State's share, splits between funds): equal texts move the same. */
const besides = ({ lines }: ClassOfRange): string =>
  JSON.stringify(
    lines
      .filter(({ kind }) => kind !== 'employer' && kind !== 'worker')
      .map((line) => ({ ...line, entries: undefined }))
      .map((line) => JSON.stringify(line, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)))
      .sort(),
  )

const computed = ({ lines }: ClassOfRange): string =>
  JSON.stringify(
    lines.map((line) => ({ ...line, entries: undefined })),
    (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
  )

/** The ranges of a version whose profiles are computed otherwise under another version: only their rows can differ. */
export function changedRanges(now: readonly ClassOfRange[], all: readonly ClassOfRange[]): ClassOfRange[] {
  const texts = new Map<number, string>()
  const textOf = (range: ClassOfRange): string => {
    const text = texts.get(range.class) ?? computed(range)
    texts.set(range.class, text)
    return text
  }
  const byProfile = Map.groupBy(all, ({ profile_id }) => profile_id)
  const differs = (ranges: readonly ClassOfRange[]): boolean => {
    const spans = Map.groupBy(ranges, ({ born_from, born_until }) => `${born_from} ${born_until}`)
    const versions = Math.max(...[...spans.values()].map(({ length }) => length))
    return [...spans.values()].some((span) => span.length < versions || new Set(span.map(textOf)).size > 1)
  }
  const changed = new Set([...byProfile].flatMap(([profile, ranges]) => (differs(ranges) ? [profile] : [])))
  return now.filter(({ profile_id }) => changed.has(profile_id))
}

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

/** Numbers for what classes move besides, as rows (class, besides), or nothing where all move the same. */
function besidesOf(ranges: readonly ClassOfRange[]): string | undefined {
  const numbers = new Map<string, number>()
  const rows = [...new Map(ranges.map((range) => [range.class, besides(range)]))].map(([each, text]) => {
    if (!numbers.has(text)) numbers.set(text, numbers.size)
    return `(${each}::smallint, ${numbers.get(text)})`
  })
  return numbers.size > 1 ? `(values ${rows.join(', ')})` : undefined
}

/**
 * The rows of persons that come to something else: reversal and replacement, in the order of the table's columns. The base is that of
 * the row: only the law changed. `tariff` is that of the version known now. `corrected`: some rows were reversed before.
 */
function selectChanges(
  tariff: Tariff,
  ranges: readonly ClassOfRange[],
  month: Month,
  [from, until]: readonly [bigint, bigint],
  corrected: boolean,
): string {
  const number = monthNumber(month)
  const bands = withoutBands(tariff) ? '' : 'and c.base >= w.band_from and c.base < w.band_to'
  const [employer, worker] = [tariff.sql.sumOf('employer', 'c.base', 'w'), tariff.sql.sumOf('worker', 'c.base', 'w')]
  const sides = besidesOf(ranges)
  const joins = sides
    ? `left join ${sides} o (class, besides) on o.class = c.class left join ${sides} n (class, besides) on n.class = w.class`
    : ''
  const stands = corrected
    ? `and c.entry % 2 = 0 and not exists (select from contributions.contribution r where r.month = ${number} and r.person_id = c.person_id and r.ordinal = c.ordinal and r.entry = c.entry + 1)`
    : ''
  // The new amounts are computed once for each row (offset 0 keeps them apart), and each row is doubled by constants: a list of values that
  // names columns is prepared anew for every row.
  return `select d.person_id, (d.payer_id << 20) | (${monthlyNumber(month)} + d.bills) as bill_id, d.base, case v.step when 1 then d.employer else d.new_employer end as employer,
      case v.step when 1 then d.worker else d.new_worker end as worker, ${number}::smallint as month, case v.step when 1 then d.class else d.new_class end as class, d.ordinal, (d.entry + v.step)::smallint as entry
    from (
      select c.person_id, c.ordinal, c.entry, c.base, c.employer, c.worker, c.class, c.bill_id >> 20 as payer_id, ${employer} as new_employer, ${worker} as new_worker, w.class as new_class, k.bills,
        ${sides ? 'o.besides is distinct from n.besides' : 'false'} as moves
      from contributions.contribution c
      join contributions.membership_fact f on f.person_id = c.person_id and f.ordinal = c.ordinal and ${factHolds(`date '${firstDay(month)}'`, `date '${lastDay(month)}'`)}
      join ${tariffValues(tariff)} on w.profile_id = f.profile_id and f.born >= w.born_from and f.born < w.born_until ${bands}
      join (select bill_id, count(*) filter (where kind in ${numberedKinds}) over (partition by payer_id) as bills from contributions.bill where month = ${number} and state <> 'calculated') k on k.bill_id = c.bill_id
      ${joins}
      where c.month = ${number} and c.person_id >= ${from} and c.person_id < ${until} and w.class <> c.class ${stands} offset 0
    ) d cross join (values (1), (2)) v (step) where d.employer <> d.new_employer or d.worker <> d.new_worker or d.moves`
}

export type Changes = {
  readonly tariff: Tariff /** All classes of the month, of every version. */
  readonly ranges: readonly ClassOfRange[]
}

const isCorrected = async (tx: Tx, month: Month, [from, until]: readonly [bigint, bigint]): Promise<boolean> =>
  (
    await tx.query(
      'select from contributions.contribution where month = $1 and person_id >= $2 and person_id < $3 and entry >= 1 limit 1',
      [monthNumber(month), from, until],
    )
  ).length > 0

/** Adds reversals and replacements to what stands; gives how many rows came. */
export const writeChanges = async (
  tx: Tx,
  { tariff, ranges }: Changes,
  month: Month,
  persons: readonly [bigint, bigint],
): Promise<number> =>
  tx.run(
    `insert into contributions.contribution (person_id, bill_id, base, employer, worker, month, class, ordinal, entry)
     ${selectChanges(tariff, ranges, month, persons, await isCorrected(tx, month, persons))}`,
  )

/** Whether later entries of a leaf stand in a part of their own. */
const isParted = async (tx: Tx, name: string): Promise<boolean> =>
  (await tx.query(`select from pg_class where oid = $1::regclass and relkind = 'p'`, [`contributions.${name}`])).length > 0

/**
 * Writes what changes in a leaf beside it, keyed, and puts it in its place: later entries in a part of their own, or, where single
 * corrections stand among the first entries already, the whole leaf anew. A table made in its own transaction is written without a log of
 * every row. Nobody else writes the month meanwhile. Gives how many rows came.
 */
export async function layChanges(tx: Tx, { tariff, ranges }: Changes, month: Month, { leaf, from, until }: Leaf): Promise<number> {
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
  const laid = await tx.run(
    `create table staging.${name}${whole ? '' : '_later'} as ${kept}${selectChanges(tariff, ranges, month, persons, corrected)}`,
  )
  const stood = corrected ? await tx.query<{ rows: bigint }>(`select count(*) as rows ${standing}`) : []
  await tx.run(`select contributions.${whole ? 'take_leaf' : 'take_later'}($1::smallint, $2::integer)`, [number, leaf])
  return laid - Number(stood[0]?.rows ?? 0n)
}

/** The rows of the month that stand on no bill yet, with their sign: reversals and replacements that an open reassessment wrote. */
export const unbilledChanges = (month: Month): string => {
  const number = monthNumber(month)
  return `(select c.bill_id, c.base, c.employer, c.worker, c.class, case when c.entry % 2 = 0 then 1 else -1 end as sign from contributions.contribution c
    where c.month = ${number} and c.entry >= 1
      and not exists (select from contributions.bill b where b.month = ${number} and b.payer_id = c.bill_id >> 20 and b.bill_id = c.bill_id))`
}
