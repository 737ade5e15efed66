// SQL of the close: the statements of all accounts by one set statement, and the entries of a rate that was declared late.
import type { Day, Exact } from '@payung/values'
import { exactFromDecimal } from '@payung/values'
import { type Tx, workOnAllCores } from '../../platform/index.ts'
import type { Closing } from '../domain/closing.ts'

/** Where the contributions of a year stand: queries that give person_id, bill_id, amount and (those booked otherwise than on their paid day do not) `weight`, what they earn. */
export type YearShares = { readonly paid: readonly string[]; readonly booked: readonly string[] }

const union = (selects: readonly string[]): string => selects.join('\nunion all\n')

/** What an entry earns by the day of its money, as comparisons of days: taking a month out of a day costs more. */
export const shareByDay = (day: string, year: number, { shares }: Closing): string =>
  `case ${shares
    .slice(0, 11)
    .map((share, place) => `when ${day} < '${year}-${String(place + 2).padStart(2, '0')}-01'::date then ${share}::bigint`)
    .join(' ')} else ${shares[11] ?? 0n}::bigint end`

/** What an entry earns by the number of its month. */
const shareByMonth = (month: string, year: number, { shares }: Closing): string =>
  `(array[${shares.join(', ')}]::bigint[])[${month} - ${year * 12 - 1}]`

/** The contributions of each person in a year: their sum, and their sum weighted with what each earns. Whole numbers only; all cores may work on it. */
export function contributedSql({ paid, booked }: YearShares, year: number, closing: Closing): string | null {
  const branches = [
    ...(paid.length > 0 ? [`select x.person_id, x.amount, x.weight from (${union(paid)}) x`] : []),
    ...(booked.length > 0
      ? [
          `select x.person_id, x.amount * k.times as amount, ${shareByMonth('k.month', year, closing)} as weight from (${union(booked)}) x
           join savings.bill_booking k on k.payer_id = x.bill_id >> 20 and k.bill_id = x.bill_id where k.month between ${year * 12} and ${year * 12 + 11}`,
        ]
      : []),
  ]
  if (branches.length === 0) return null
  return `select y.person_id, platform.total(y.amount) as amount, platform.total(y.amount * y.weight) as earned from (${union(branches)}) y group by y.person_id`
}

/**
 * Parts of a year's contributions: 3 × amount + earned × 0.00000025, times a power of three that is mostly 1. Both are whole, so they are
 * added as such (an overflow is an error, and would take a yearly contribution of 380 thousand millions) and made a numeric once.
 */
const contributedParts = (row: string, { entry }: Closing): string =>
  `(${row}.amount * 12000000 + ${row}.earned) * 0.00000025::numeric${entry === 1n ? '' : ` * ${entry}`}`

export type Balances = {
  readonly programme: string
  readonly year: number
  readonly closing: Closing
  /** Query or table of person_id, amount, earned: what `contributedSql` gives. */
  readonly contributed: string | null
  /** Person_id and parts of the year before; without it the accounts begin. */
  readonly before: string | null
  /** Differences of a rate for this year or later are left out. */
  readonly without: number | null
  readonly entries: boolean
}

/** The balances of a year for all accounts: person_id, contributed, entered, parts. */
export function balancesSql({ programme, year, closing, contributed, before, without, entries }: Balances): string {
  const branches = [
    ...(contributed === null
      ? []
      : [
          `select s.person_id, s.amount as contributed, 0::bigint as entered, ${contributedParts('s', closing)} as parts from (${contributed}) s`,
        ]),
    ...(entries
      ? [
          `select e.person_id, 0::bigint as contributed, case when e.kind = 'difference' then 0 else e.amount::bigint end as entered,
             (e.amount * 3 + e.bearing * ${shareByMonth('e.month', year, closing)} * 0.00000025) * (${powers(closing)})[e.thirds + 1] as parts
           from savings.entry e where e.programme = '${programme}' and e.month between ${year * 12} and ${year * 12 + 11}
             ${without === null ? '' : `and (e.of_year is null or e.of_year < ${without})`}`,
        ]
      : []),
  ]
  const moved = entries
    ? `select m.person_id, platform.total(m.contributed) as contributed, platform.total(m.entered) as entered, sum(m.parts) as parts from (${union(branches)}) m group by m.person_id`
    : (branches[0] ?? null)
  const of = (row: string): string => `coalesce(${row}.contributed, 0) as contributed, coalesce(${row}.entered, 0) as entered`
  if (before === null)
    return moved === null
      ? 'select null::bigint as person_id, 0::bigint as contributed, 0::bigint as entered, 0::numeric as parts where false'
      : `select n.person_id, ${of('n')}, trim_scale(n.parts) as parts from (${moved}) n`
  if (moved === null)
    return `select b.person_id, 0::bigint as contributed, 0::bigint as entered, trim_scale(b.parts * ${closing.carry}) as parts from (${before}) b`
  // Most accounts of a year get nothing new: for them nothing is added to what earned.
  const carried = `b.parts * ${closing.carry}`
  return `select coalesce(b.person_id, n.person_id) as person_id, ${of('n')},
      trim_scale(case when n.parts is null then ${carried} when b.parts is null then n.parts else ${carried} + n.parts end) as parts
    from (${before}) b full join (${moved}) n on n.person_id = b.person_id`
}

/** Sums the contributions of a year where the statement that writes balances can join them; gives what to select from. */
export async function gatherContributed(tx: Tx, name: string, contributed: string | null): Promise<string | null> {
  if (contributed === null) return null
  // Not a temporary table: those are closed to the workers of a parallel query. It is dropped before the transaction ends.
  await tx.run(`create table staging.${name} as ${contributed}`)
  await tx.run(`analyze staging.${name} (person_id)`)
  return `select * from staging.${name}`
}

export const forgetContributed = (tx: Tx, name: string): Promise<number> => tx.run(`drop table if exists staging.${name}`)

/** 3^(thirds of the year - 1 - thirds of an entry), by the entry's thirds. */
const powers = ({ thirds }: Closing): string =>
  `array[${Array.from({ length: thirds }, (_, each) => 3n ** BigInt(thirds - 1 - each)).join(', ')}]::numeric[]`

export const statementsOf = (programme: string, year: number): string =>
  `select person_id, parts from savings.statement where year = ${year} and programme = '${programme}'`

/** What one close must know of the year's entries: whether there are any, and the most thirds one has. */
export const entriesOfYear = async (
  tx: Tx,
  programme: string,
  year: number,
  without: number | null,
): Promise<{ found: boolean; thirds: number }> => {
  const [row] = await tx.query<{ count: bigint; thirds: number }>(
    `select count(*) as count, coalesce(max(thirds), 0) as thirds from savings.entry where programme = $1 and month between $2 and $3 and ($4::smallint is null or of_year is null or of_year < $4)`,
    [programme, year * 12, year * 12 + 11, without],
  )
  return { found: (row?.count ?? 0n) > 0n, thirds: row?.thirds ?? 0 }
}

/** Writes the statements of a year for everybody, keys them and puts them in their place; gives how many there are and what they sum to. */
export async function writeStatements(
  tx: Tx,
  programme: string,
  year: number,
  balances: string,
): Promise<{ accounts: number; parts: string; contributed: string; entered: string }> {
  await workOnAllCores(tx)
  await tx.run(
    `create table staging.statement_${year} as select s.person_id, s.contributed, s.entered, s.parts, ${year}::smallint as year, '${programme}'::text as programme from (${balances}) s`,
  )
  await tx.run('select savings.take_statements($1::smallint, $2)', [year, programme])
  const [sums] = await tx.query<{ accounts: bigint; parts: string; contributed: string; entered: string }>(
    `select count(*) as accounts, coalesce(sum(parts), 0) as parts, coalesce(sum(contributed), 0) as contributed, coalesce(sum(entered), 0) as entered
     from savings.statement where year = ${year} and programme = $1`,
    [programme],
  )
  return {
    accounts: Number(sums?.accounts ?? 0n),
    parts: sums?.parts ?? '0',
    contributed: sums?.contributed ?? '0',
    entered: sums?.entered ?? '0',
  }
}

export const layOutBalances = (tx: Tx, name: string, balances: string): Promise<number> =>
  tx.run(`create temporary table ${name} on commit drop as select s.person_id, s.parts from (${balances}) s`)

export type Difference = {
  readonly programme: string
  readonly ofYear: number
  readonly lastYear: number
  readonly restated: { readonly table: string; readonly thirds: number }
  readonly stated: { readonly thirds: number }
  readonly reference: string
  readonly day: Day
}

/** One entry for each account whose balance would have been another, booked in the first month after the last closed year. Exact: with thirds. */
export async function addDifferences(
  tx: Tx,
  { programme, ofYear, lastYear, restated, stated, reference, day }: Difference,
): Promise<number> {
  const month = (lastYear + 1) * 12
  const earlier = `from savings.entry where programme = $1 and kind = 'difference' and of_year >= $2::smallint and month >= ${month}`
  const [known] = await tx.query<{ thirds: number }>(`select coalesce(max(thirds), 0) as thirds ${earlier}`, [programme, ofYear])
  const thirds = Math.max(restated.thirds, stated.thirds, known?.thirds ?? 0)
  const power = (from: number): string => (3n ** BigInt(thirds - from)).toString()
  const list = `array[${Array.from({ length: thirds + 1 }, (_, each) => power(each)).join(', ')}]::numeric[]`
  return tx.run(
    `insert into savings.entry (person_id, programme, kind, amount, bearing, thirds, day, month, of_year, reference, act)
     select d.person_id, $1, 'difference', d.amount, d.amount, ${thirds}, $3::date, ${month}, $2::smallint, $4, ''
     from (
       select person_id, trim_scale(sum(amount)) as amount from (
         select r.person_id, r.parts * ${power(restated.thirds)} as amount from ${restated.table} r
         union all select s.person_id, -s.parts * ${power(stated.thirds)} from (${statementsOf(programme, lastYear)}) s
         union all select person_id, -amount * (${list})[thirds + 1] ${earlier}
       ) a group by person_id having sum(amount) <> 0
     ) d`,
    [programme, ofYear, day, reference],
  )
}

/** The sum of some shares, over all members. */
export const sumShares = async (tx: Tx, selects: readonly string[]): Promise<Exact> => {
  if (selects.length === 0) return exactFromDecimal('0')
  const [row] = await tx.query<{ sum: string }>(`select coalesce(sum(x.amount), 0) as sum from (${union(selects)}) x`)
  return exactFromDecimal(row?.sum ?? '0')
}
