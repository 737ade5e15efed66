// SQL of assessment: the wide tariff as a list of constants, and contribution rows written by applying it to the facts of memberships.
import { firstDay, lastDay, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { type AmountSql, amountSql } from '../domain/amount-sql.ts'
import { billsAtOnce, billsPerMonth, numberedKinds } from '../domain/bill-number.ts'
import { type ClassOfRange, openEnd, type WideTariff, wideTariff } from '../domain/wide-tariff.ts'
import { monthIsFull, nextNumbers } from './running-numbers.ts'

export type Tariff = { readonly wide: WideTariff; readonly sql: AmountSql }

/** A tariff with the SQL of its amounts, without a table. */
export function tariffOf(ranges: readonly ClassOfRange[]): Tariff {
  const wide = wideTariff(ranges)
  return { wide, sql: amountSql(wide) }
}

/** Whether every row of the tariff holds for every base: then no base has to be compared with a band. */
export const withoutBands = ({ wide }: Tariff): boolean => wide.rows.every(({ bandFrom, bandTo }) => bandFrom === 0n && bandTo === openEnd)

const constants = (
  { wide, sql }: Tariff,
  keys: Readonly<Record<string, string>>,
  keysOf: (row: WideTariff['rows'][number]) => readonly string[],
  alias = 'w',
): string => {
  const rows = wide.rows.map(
    (row, index) =>
      `(${[...keysOf(row), `${row.class}::smallint`, `${row.bandFrom}::bigint`, `${row.bandTo}::bigint`, ...(sql.values[index] ?? []).map((value) => `${value}::bigint`)].join(', ')})`,
  )
  const names = [...Object.keys(keys), 'class', 'band_from', 'band_to', ...sql.columns].join(', ')
  const types = [...Object.values(keys), 'smallint', 'bigint', 'bigint', ...sql.columns.map(() => 'bigint')]
  // A tariff of nobody is a list without a row.
  const list = rows.length > 0 ? `values ${rows.join(', ')}` : `select ${types.map((type) => `null::${type}`).join(', ')} where false`
  return `(${list}) as ${alias} (${names})`
}

/** The classes of a tariff as a list of constants: unlike a temporary table it costs no statements, and workers of a parallel query may read it. */
export const classValues = (tariff: Tariff, alias = 'w'): string => constants(tariff, {}, () => [], alias)

/** Joins rows `c` with what their class costs, or with what a class in another of their columns does. */
export const classJoin = (tariff: Tariff, column = 'class', alias = 'w'): string =>
  `join ${classValues(tariff, alias)} on ${alias}.class = c.${column} ${withoutBands(tariff) ? '' : `and c.base >= ${alias}.band_from and c.base < ${alias}.band_to`}`

/** More columns of constants: their types by name, and the SQL of each in a row. */
export type MoreColumns = {
  readonly types: Readonly<Record<string, string>>
  readonly of: (row: WideTariff['rows'][number]) => readonly string[]
}

/** The same with the profiles and birth days for which each class holds, and `more` columns. */
export const tariffValues = (tariff: Tariff, more: MoreColumns = { types: {}, of: () => [] }): string =>
  constants(tariff, { profile_id: 'integer', born_from: 'date', born_until: 'date', ...more.types }, (row) => [
    `${row.profileId}::integer`,
    `date '${row.bornFrom}'`,
    `date '${row.bornUntil}'`,
    ...more.of(row),
  ])

/** Each class once, whatever profiles lead to it: what splits and checks need. */
export const byClass = (ranges: readonly ClassOfRange[]): ClassOfRange[] =>
  [...new Map(ranges.map((range) => [range.class, range])).values()].map((range) => ({
    ...range,
    profile_id: 0,
    born_from: '0001-01-01',
    born_until: '9999-12-31',
  }))

/**
 * Facts that hold for a month: those of its first day, or of the day of joining if later; a leaver owes the whole month. The common case
 * (facts that stood before the month and have no end) stands first, because it decides most rows with two comparisons.
 */
export const factHolds = (first: string, last: string): string =>
  `((f.from_day <= ${first} and f.until_day is null)
    or (f.joined <= ${last} and f.from_day <= greatest(${first}, f.joined) and (f.until_day is null or f.until_day > greatest(${first}, f.joined))))`

/** Joins facts with the tariff that holds for them: by profile, birth day, and the band of the base where there are bands. */
export const tariffJoin = (tariff: Tariff): string => {
  const bands = withoutBands(tariff) ? '' : 'and f.base >= w.band_from and f.base < w.band_to'
  return `join ${tariffValues(tariff)} on w.profile_id = f.profile_id and f.born >= w.born_from and f.born < w.born_until ${bands}`
}

export type RowsOf = { readonly persons: readonly [bigint, bigint] } | { readonly payers: readonly bigint[] }
export type Prepared = {
  /** Rows of this month stand already, so those memberships must be left out. */
  readonly rowsStand: boolean
  /** Bills of this month stand already, so new ones need a number of their own. */
  readonly billsStand: boolean
  /** Some payer has used the last number of this month, so its next bills have running ones. */
  readonly full: boolean
}

export const preparedFor = async (tx: Tx, month: Month): Promise<Prepared> =>
  (
    await tx.query<Prepared>(
      `select exists (select from contributions.entry where month = $1) as "rowsStand",
      exists (select from contributions.bill where month = $1 and kind in ${numberedKinds} and state <> 'calculated') as "billsStand", ${monthIsFull('$1')} as full`,
      [monthNumber(month)],
    )
  )[0] ?? { rowsStand: true, billsStand: true, full: true }

/** What stands in a statement for the month, the bill's number within it, its first and last day: parameters or constants. */
type Terms = {
  readonly month: string
  readonly number: string
  readonly first: string
  readonly last: string
  readonly whose: string
  /** The payers, where they are named. */
  readonly payers?: string
}

/** Selects the rows of memberships whose money is a receivable, in the order of the table's columns. */
function selectRows(
  tariff: Tariff,
  { month, number, first, last, whose, payers }: Terms,
  { rowsStand, billsStand, full }: Prepared,
): string {
  const { sql } = tariff
  const of = billsStand ? `coalesce(k.n, ${number})` : number
  const ofAll = full ? billsPerMonth : null
  const bills = billsStand ? `left join (${nextNumbers(month, payers ? billsAtOnce : ofAll, payers)}) k on k.payer_id = f.payer_id` : ''
  const unless = rowsStand
    ? `and not exists (select from contributions.entry c where c.month = ${month} and c.person_id = f.person_id and c.ordinal = f.ordinal)`
    : ''
  return `select f.person_id, (f.payer_id << 20) | (${of}) as bill_id, f.base, ${sql.sumOf('employer', 'f.base', 'w')} as employer, ${sql.sumOf('worker', 'f.base', 'w')} as worker,
       ${month}::smallint as month, w.class, f.ordinal, 0::smallint as entry
     from contributions.membership_fact f ${tariffJoin(tariff)} ${bills}
     where ${whose} and ${factHolds(first, last)} ${unless}`
}

/**
 * Writes the rows of memberships whose money is a receivable: one statement, for a range of persons or for some payers.
 * Memberships that have a row of this month are left out, so doing it twice does it once.
 */
export async function writeRows(tx: Tx, tariff: Tariff, month: Month, of: RowsOf, billNumber: number, prepared: Prepared): Promise<number> {
  const whose =
    'persons' in of
      ? { whose: 'f.person_id >= $5 and f.person_id < $6' }
      : { whose: 'f.payer_id = any ($5::bigint[])', payers: '$5::bigint[]' }
  const terms = { month: '$1', number: '$2', first: '$3::date', last: '$4::date', ...whose }
  return tx.run(
    `insert into contributions.entry (person_id, bill_id, base, employer, worker, month, class, ordinal, entry) ${selectRows(tariff, terms, prepared)}`,
    [monthNumber(month), billNumber, firstDay(month), lastDay(month), ...('persons' in of ? of.persons : [of.payers])],
  )
}

/** A leaf of a month: its number, and the persons from … until whose rows lie in it. */
export type Leaf = { readonly leaf: number; readonly from: bigint; readonly until: bigint }

/**
 * Lays a leaf of a month anew: what stands in it and the rows that are missing, written beside, keyed, and put in its place. A table
 * made in its own transaction is written without a log of every row, in half the time that adding to a standing one takes.
 * Gives how many rows came. Writers of the month wait until the transaction ends.
 */
export async function layLeaf(
  tx: Tx,
  tariff: Tariff,
  month: Month,
  { leaf, from, until }: Leaf,
  billNumber: number,
  prepared: Prepared,
): Promise<number> {
  const number = monthNumber(month)
  const within = (alias: string): string => `${alias}.person_id >= ${from} and ${alias}.person_id < ${until}`
  const terms = {
    month: String(number),
    number: String(billNumber),
    first: `date '${firstDay(month)}'`,
    last: `date '${lastDay(month)}'`,
    whose: within('f'),
  }
  const standing = prepared.rowsStand
    ? `select c.person_id, c.bill_id, c.base, c.employer, c.worker, c.month, c.class, c.ordinal, c.entry from contributions.entry c where c.month = ${number} and ${within('c')} union all `
    : ''
  const stood = prepared.rowsStand
    ? Number(
        (
          await tx.query<{ rows: bigint }>(
            `select count(*) as rows from contributions.entry c where c.month = ${number} and ${within('c')}`,
          )
        )[0]?.rows,
      )
    : 0
  const laid = await tx.run(`create table staging.entry_${number}_${leaf} as ${standing}${selectRows(tariff, terms, prepared)}`)
  await tx.run(`select contributions.take_leaf('entry', $1::smallint, $2::integer)`, [number, leaf])
  return laid - stood
}
