// SQL of assessment: the wide tariff as a temporary table, and contribution rows written by applying it to the facts of memberships.
import { firstDay, lastDay, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { type AmountSql, amountSql } from '../domain/amount-sql.ts'
import { type ClassOfRange, openEnd, type WideTariff, wideTariff } from '../domain/wide-tariff.ts'

export type Tariff = { readonly wide: WideTariff; readonly sql: AmountSql }

/** A tariff with the SQL of its amounts, without a table. */
export function tariffOf(ranges: readonly ClassOfRange[]): Tariff {
  const wide = wideTariff(ranges)
  return { wide, sql: amountSql(wide) }
}

/** Puts a tariff where set statements of this transaction can join it: a temporary table of the name given. */
export async function layOutTariff(tx: Tx, name: 'tariff_wide' | 'class_wide', ranges: readonly ClassOfRange[]): Promise<Tariff> {
  const { wide, sql } = tariffOf(ranges)
  const extra = sql.columns.map((column) => `, ${column} bigint not null`).join('')
  await tx.run(`drop table if exists pg_temp.${name}`)
  await tx.run(
    `create temporary table ${name} (profile_id integer not null, born_from date not null, born_until date not null, class smallint not null, band_from bigint not null, band_to bigint not null${extra}) on commit drop`,
  )
  const arrays = sql.columns.map((_, index) => `, $${index + 7}::bigint[]`).join('')
  await tx.run(
    `insert into ${name} select * from unnest($1::integer[], $2::date[], $3::date[], $4::smallint[], $5::bigint[], $6::bigint[]${arrays})`,
    [
      wide.rows.map(({ profileId }) => profileId),
      wide.rows.map(({ bornFrom }) => bornFrom),
      wide.rows.map(({ bornUntil }) => bornUntil),
      wide.rows.map((row) => row.class),
      wide.rows.map(({ bandFrom }) => bandFrom),
      wide.rows.map(({ bandTo }) => bandTo),
      ...sql.columns.map((_, index) => sql.values.map((values) => values[index] ?? 0n)),
    ],
  )
  await tx.run(`analyze ${name}`)
  return { wide, sql }
}

/** Whether every row of the tariff holds for every base: then no base has to be compared with a band. */
export const withoutBands = ({ wide }: Tariff): boolean => wide.rows.every(({ bandFrom, bandTo }) => bandFrom === 0n && bandTo === openEnd)

/** The classes of a tariff as a list of constants: unlike a temporary table, workers of a parallel query may read it. */
export const classValues = ({ wide, sql }: Tariff): string => {
  const rows = wide.rows.map(
    (row, index) =>
      `(${[`${row.class}::smallint`, `${row.bandFrom}::bigint`, `${row.bandTo}::bigint`, ...(sql.values[index] ?? []).map((value) => `${value}::bigint`)].join(', ')})`,
  )
  return `(values ${rows.join(', ')}) as w (${['class', 'band_from', 'band_to', ...sql.columns].join(', ')})`
}

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
  return `join tariff_wide w on w.profile_id = f.profile_id and f.born >= w.born_from and f.born < w.born_until ${bands}`
}

export type RowsOf = { readonly persons: readonly [bigint, bigint] } | { readonly payers: readonly bigint[] }
export type Prepared = {
  /** Rows of this month stand already, so those memberships must be left out. */
  readonly rowsStand: boolean
  /** Bills of this month stand already, so new ones need a number of their own. */
  readonly billsStand: boolean
}

export const preparedFor = async (tx: Tx, month: Month): Promise<Prepared> =>
  (
    await tx.query<Prepared>(
      `select exists (select from contributions.contribution where month = $1) as "rowsStand",
      exists (select from contributions.bill where month = $1 and kind in ('month', 'supplement', 'fine') and state <> 'calculated') as "billsStand"`,
      [monthNumber(month)],
    )
  )[0] ?? { rowsStand: true, billsStand: true }

/**
 * Writes the rows of memberships whose money is a receivable: one statement, for a range of persons or for some payers.
 * Needs `tariff_wide`. Memberships that have a row of this month are left out, so doing it twice does it once.
 */
export async function writeRows(
  tx: Tx,
  tariff: Tariff,
  month: Month,
  of: RowsOf,
  billNumber: number,
  { rowsStand, billsStand }: Prepared,
): Promise<number> {
  const { sql } = tariff
  const number = billsStand ? `$2 + coalesce(k.bills, 0)` : '$2'
  const bills = billsStand
    ? `left join (select payer_id, count(*) as bills from contributions.bill where month = $1 and kind in ('month', 'supplement', 'fine') and state <> 'calculated' group by payer_id) k on k.payer_id = f.payer_id`
    : ''
  const unless = rowsStand
    ? `and not exists (select from contributions.contribution c where c.month = $1 and c.person_id = f.person_id and c.ordinal = f.ordinal)`
    : ''
  const whose = 'persons' in of ? 'f.person_id >= $5 and f.person_id < $6' : 'f.payer_id = any ($5::bigint[])'
  return tx.run(
    `insert into contributions.contribution (person_id, bill_id, base, employer, worker, month, class, ordinal, entry)
     select f.person_id, (f.payer_id << 20) | (${number}), f.base, ${sql.sumOf('employer', 'f.base', 'w')}, ${sql.sumOf('worker', 'f.base', 'w')}, $1, w.class, f.ordinal, 0
     from contributions.membership_fact f ${tariffJoin(tariff)} ${bills}
     where ${whose} and ${factHolds('$3::date', '$4::date')} ${unless}`,
    [monthNumber(month), billNumber, firstDay(month), lastDay(month), ...('persons' in of ? of.persons : [of.payers])],
  )
}
