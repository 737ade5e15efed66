// SQL of rates and closed years.
import type { Status } from '@payung/law'
import { type Day, type Month, monthFromNumber, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

export type RateKind = 'provisional' | 'declared'
export type Rate = {
  readonly programme: string
  readonly month: Month
  readonly version: number
  readonly kind: RateKind
  /** A year's, in millionths. */
  readonly rate: bigint
  readonly declaredOn: Day
  readonly act: string
  readonly article: string
  readonly link: string
  readonly status: Status
}
type Row = Omit<Rate, 'month' | 'declaredOn'> & { readonly month: number; readonly declared_on: Day }

/** The rates that hold now: of each month the latest version. */
export async function readRates(tx: Tx, programme: string, from: Month, to: Month): Promise<Map<Month, Rate>> {
  const rows = await tx.query<Row>(
    'select distinct on (month) * from savings.rate where programme = $1 and month between $2 and $3 order by month, version desc',
    [programme, monthNumber(from), monthNumber(to)],
  )
  return new Map(
    rows.map(({ month, declared_on, ...row }) => [
      monthFromNumber(month),
      { ...row, month: monthFromNumber(month), declaredOn: declared_on },
    ]),
  )
}

export const addRates = (tx: Tx, rates: readonly Rate[]): Promise<number> =>
  tx.run(
    `insert into savings.rate (programme, month, version, kind, rate, declared_on, act, article, link, status)
     select * from unnest($1::text[], $2::smallint[], $3::smallint[], $4::text[], $5::bigint[], $6::date[], $7::text[], $8::text[], $9::text[], $10::text[])`,
    [
      rates.map(({ programme }) => programme),
      rates.map(({ month }) => monthNumber(month)),
      rates.map(({ version }) => version),
      rates.map(({ kind }) => kind),
      rates.map(({ rate }) => rate),
      rates.map(({ declaredOn }) => declaredOn),
      rates.map(({ act }) => act),
      rates.map(({ article }) => article),
      rates.map(({ link }) => link),
      rates.map(({ status }) => status),
    ],
  )

export type ClosedYear = {
  readonly programme: string
  readonly year: number
  readonly thirds: number
  readonly rates: readonly (bigint | null)[]
  readonly kinds: readonly (RateKind | null)[]
  readonly accounts: bigint
  readonly parts: string
  readonly contributed: string
  readonly entered: string
  readonly closed_on: Day
}

/** The arrays are read as text, because the driver would give their numbers as texts anyway. */
export async function closedYears(tx: Tx, programme: string): Promise<ClosedYear[]> {
  const rows = await tx.query<Omit<ClosedYear, 'rates'> & { rates: string[] }>(
    'select programme, year, thirds, rates::text[] as rates, kinds, accounts, parts, contributed, entered, closed_on from savings.year where programme = $1 order by year',
    [programme],
  )
  return rows.map((row) => ({ ...row, rates: row.rates.map((rate) => (rate === null ? null : BigInt(rate))) }))
}

export const addClosedYear = (tx: Tx, year: ClosedYear): Promise<number> =>
  tx.run(
    `insert into savings.year (programme, year, thirds, rates, kinds, accounts, parts, contributed, entered, closed_on)
     values ($1, $2, $3, $4::bigint[], $5::text[], $6, $7::numeric, $8::numeric, $9::numeric, $10)`,
    [
      year.programme,
      year.year,
      year.thirds,
      year.rates,
      year.kinds,
      year.accounts,
      year.parts,
      year.contributed,
      year.entered,
      year.closed_on,
    ],
  )

/** The rates that closed years turned out to have, by year: of each the latest. */
export async function readRestatements(
  tx: Tx,
  programme: string,
): Promise<Map<number, { turn: number; rates: readonly (bigint | null)[] }>> {
  const rows = await tx.query<{ year: number; turn: number; rates: (string | null)[] }>(
    'select distinct on (year) year, turn, rates::text[] as rates from savings.restatement where programme = $1 order by year, turn desc',
    [programme],
  )
  return new Map(rows.map(({ year, turn, rates }) => [year, { turn, rates: rates.map((rate) => (rate === null ? null : BigInt(rate))) }]))
}

export const addRestatement = (
  tx: Tx,
  programme: string,
  { year, turn, rates, on }: { year: number; turn: number; rates: readonly (bigint | null)[]; on: Day },
): Promise<number> =>
  tx.run('insert into savings.restatement (programme, year, turn, rates, settled_on) values ($1, $2, $3, $4::bigint[], $5)', [
    programme,
    year,
    turn,
    rates,
    on,
  ])

/** Whoever declares, credits or closes works alone. */
export const lockSavings = (tx: Tx): Promise<number> => tx.run('select pg_advisory_xact_lock(722, 1)')

/** Waits for the payments that are being booked and a takeover that is being judged; those after them see whether a close has begun. */
export const lockClosing = (tx: Tx): Promise<number> => tx.run('select pg_advisory_xact_lock(722, 0)')

/** Begins the close of a year; called under `lockClosing`. */
export const beginClosing = (tx: Tx, programme: string, year: number, day: Day): Promise<number> =>
  tx.run('insert into savings.closing (programme, year, begun_on) values ($1, $2, $3) on conflict do nothing', [programme, year, day])

/** The last year, of any programme, to which nothing is added any more. Holds off the beginning of a close until this transaction has ended. */
export async function lastYearBegun(tx: Tx): Promise<number | null> {
  await tx.run('select pg_advisory_xact_lock_shared(722, 0)')
  return (await tx.query<{ year: number | null }>('select max(year) as year from savings.closing'))[0]?.year ?? null
}
