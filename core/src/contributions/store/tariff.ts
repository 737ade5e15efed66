// SQL of the law of a month as rows: versions, classes, lines, ranges of birth days for each profile, and due days.
import { type Day, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { ClassOfRange, TariffLine } from '../domain/wide-tariff.ts'

export type Profile = {
  readonly profile_id: number
  readonly key: string
  readonly segment: string
  readonly payer_kind: string
  readonly settlement: 'receivable' | 'offer' | 'contract'
  readonly facts: Readonly<Record<string, string>>
}
export type Version = { readonly version: number; readonly digest: string }
export type NewClass = {
  readonly class: number
  readonly digest: string
  readonly programmes: string
  readonly lines: readonly (TariffLine & { readonly entries: readonly string[] })[]
}
export type NewRange = { readonly profileId: number; readonly bornFrom: Day; readonly bornUntil: Day; readonly class: number }

/** Two transactions must not number the classes of one month at the same time. */
export const lockMonthLaw = (tx: Tx, month: Month): Promise<number> => tx.run('select pg_advisory_xact_lock(720, $1)', [monthNumber(month)])

export const latestVersion = async (tx: Tx, month: Month): Promise<Version | undefined> =>
  (
    await tx.query<Version>('select version, digest from contributions.tariff_version where month = $1 order by version desc limit 1', [
      monthNumber(month),
    ])
  )[0]

export const addVersion = (tx: Tx, month: Month, version: number, digest: string, publishedBy: Day, fineRate: bigint): Promise<number> =>
  tx.run('insert into contributions.tariff_version (month, version, digest, published_by, fine_rate) values ($1, $2, $3, $4, $5)', [
    monthNumber(month),
    version,
    digest,
    publishedBy,
    fineRate,
  ])

export const addDueDays = (tx: Tx, month: Month, dues: readonly { segment: string; due: Day | null }[]): Promise<number> =>
  tx.run(
    'insert into contributions.month_due (month, segment, due) select $1, * from unnest($2::text[], $3::date[]) on conflict do nothing',
    [monthNumber(month), dues.map(({ segment }) => segment), dues.map(({ due }) => due)],
  )

/** Profiles that this version of the month does not know yet; of those given, or of all. */
export const profilesWithoutRanges = (tx: Tx, month: Month, version: number, only: readonly number[] | null): Promise<Profile[]> =>
  tx.query<Profile>(
    `select p.* from contributions.profile p
     where ($3::integer[] is null or p.profile_id = any ($3))
       and not exists (select from contributions.tariff_range t where t.month = $1 and t.version = $2 and t.profile_id = p.profile_id) order by p.profile_id`,
    [monthNumber(month), version, only],
  )

export const classesOf = (tx: Tx, month: Month): Promise<{ class: number; version: number; digest: string }[]> =>
  tx.query('select class, version, digest from contributions.tariff_class where month = $1', [monthNumber(month)])

export async function addClasses(tx: Tx, month: Month, version: number, classes: readonly NewClass[]): Promise<void> {
  await tx.run(
    'insert into contributions.tariff_class (month, class, version, digest, programmes) select $1, c.class, $2, c.digest, c.programmes from unnest($3::smallint[], $4::text[], $5::text[]) as c (class, digest, programmes)',
    [
      monthNumber(month),
      version,
      classes.map((each) => each.class),
      classes.map(({ digest }) => digest),
      classes.map(({ programmes }) => programmes),
    ],
  )
  const lines = classes.flatMap((each) => each.lines.map((line, index) => ({ ...line, class: each.class, line: index + 1 })))
  await tx.run(
    `insert into contributions.tariff_line (month, class, line, programme, kind, from_programme, band_from, band_to, nominal, floor, ceiling, rate, fixed, rounding_mode, rounding_unit, entries)
     select $1, l.class, l.line, l.programme, l.kind, l.from_programme, l.band_from, l.band_to, l.nominal, l.floor, l.ceiling, l.rate, l.fixed, l.rounding_mode, l.rounding_unit, string_to_array(l.entries, ' ')
     from unnest($2::smallint[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[], $15::bigint[], $16::text[])
       as l (class, line, programme, kind, from_programme, band_from, band_to, nominal, floor, ceiling, rate, fixed, rounding_mode, rounding_unit, entries)`,
    [
      monthNumber(month),
      lines.map((each) => each.class),
      lines.map(({ line }) => line),
      lines.map(({ programme }) => programme),
      lines.map(({ kind }) => kind),
      lines.map((line) => line.from_programme),
      lines.map((line) => line.band_from),
      lines.map((line) => line.band_to),
      lines.map(({ nominal }) => nominal),
      lines.map(({ floor }) => floor),
      lines.map(({ ceiling }) => ceiling),
      lines.map(({ rate }) => rate),
      lines.map(({ fixed }) => fixed),
      lines.map((line) => line.rounding_mode),
      lines.map((line) => line.rounding_unit),
      lines.map(({ entries }) => entries.join(' ')),
    ],
  )
}

export const addRanges = (tx: Tx, month: Month, version: number, ranges: readonly NewRange[]): Promise<number> =>
  tx.run(
    `insert into contributions.tariff_range (month, version, profile_id, born_from, born_until, class)
     select $1, $2, * from unnest($3::integer[], $4::date[], $5::date[], $6::smallint[])`,
    [
      monthNumber(month),
      version,
      ranges.map(({ profileId }) => profileId),
      ranges.map(({ bornFrom }) => bornFrom),
      ranges.map(({ bornUntil }) => bornUntil),
      ranges.map((range) => range.class),
    ],
  )

const lineColumns = `'programme', l.programme, 'kind', l.kind, 'from_programme', l.from_programme, 'band_from', l.band_from::text, 'band_to', l.band_to::text, 'nominal', l.nominal::text,
  'floor', l.floor::text, 'ceiling', l.ceiling::text, 'rate', l.rate::text, 'fixed', l.fixed::text, 'rounding_mode', l.rounding_mode, 'rounding_unit', l.rounding_unit::text`
type JsonLine = {
  [K in keyof TariffLine]: TariffLine[K] extends bigint ? string : TariffLine[K] extends bigint | null ? string | null : TariffLine[K]
}
const big = (text: string | null): bigint | null => (text === null ? null : BigInt(text))
const lineOf = (line: JsonLine): TariffLine => ({
  ...line,
  band_from: BigInt(line.band_from),
  band_to: big(line.band_to),
  nominal: big(line.nominal),
  floor: big(line.floor),
  ceiling: big(line.ceiling),
  rate: BigInt(line.rate),
  fixed: BigInt(line.fixed),
  rounding_unit: BigInt(line.rounding_unit),
})

/** The ranges of some profiles (or of all of a settlement) in a version of the month, each with the lines of its class. */
export async function rangesOf(
  tx: Tx,
  month: Month,
  version: number,
  settlement: 'receivable' | 'offer',
  only: readonly number[] | null,
): Promise<ClassOfRange[]> {
  const ranges = await tx.query<Omit<ClassOfRange, 'lines'>>(
    `select t.profile_id, t.born_from, t.born_until, t.class from contributions.tariff_range t join contributions.profile p using (profile_id)
     where t.month = $1 and t.version = $2 and p.settlement = $3 and ($4::integer[] is null or t.profile_id = any ($4)) order by t.profile_id, t.born_from`,
    [monthNumber(month), version, settlement, only],
  )
  const lines = await linesOf(tx, month, [...new Set(ranges.map((range) => range.class))])
  return ranges.map((range) => ({ ...range, lines: lines.get(range.class) ?? [] }))
}

/** The lines of classes, by class. */
export async function linesOf(tx: Tx, month: Month, classes: readonly number[]): Promise<Map<number, readonly TariffLine[]>> {
  const rows = await tx.query<{ class: number; lines: JsonLine[] }>(
    `select l.class, json_agg(json_build_object(${lineColumns}) order by l.line) as lines from contributions.tariff_line l where l.month = $1 and l.class = any ($2) group by l.class`,
    [monthNumber(month), classes],
  )
  return new Map(rows.map((row) => [row.class, row.lines.map(lineOf)]))
}

/** The classes that the rows of some payers in a month carry, whichever version of the law they were written under. */
export const classesOfPayers = async (tx: Tx, month: Month, payers: readonly bigint[]): Promise<number[]> =>
  (
    await tx.query<{ class: number }>(
      `select distinct c.class from (select distinct person_id, ordinal from contributions.membership_fact where payer_id = any ($2::bigint[])) f
       join contributions.contribution c on c.month = $1 and c.person_id = f.person_id and c.ordinal = f.ordinal where c.bill_id >> 20 = any ($2::bigint[])`,
      [monthNumber(month), payers],
    )
  ).map((row) => row.class)

/** Classes as ranges of nobody's profile: enough to sum rows by their class. */
export async function rangesOfClasses(tx: Tx, month: Month, classes: readonly number[]): Promise<ClassOfRange[]> {
  const lines = await linesOf(tx, month, classes)
  return classes.map((each) => ({
    profile_id: 0,
    born_from: '0001-01-01',
    born_until: '9999-12-31',
    class: each,
    lines: lines.get(each) ?? [],
  }))
}
