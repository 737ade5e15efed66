// SQL of entries that are no contributions, and of one account's statements.
import { type Day, type Exact, exactFromDecimal, type Month, monthFromNumber, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

export type EntryKind = 'opening' | 'withdrawal' | 'correction' | 'difference'
export type Entry = {
  readonly personId: bigint
  readonly kind: EntryKind
  readonly month: Month
  readonly day: Day
  readonly amount: Exact
  readonly bearing: Exact
  readonly reference: string
  readonly act: string
  readonly ofYear: number | null
}
type Row = {
  person_id: bigint
  kind: EntryKind
  month: number
  day: Day
  amount: string
  bearing: string
  thirds: number
  reference: string
  act: string
  of_year: number | null
}

const entryOf = (row: Row): Entry => ({
  personId: row.person_id,
  kind: row.kind,
  month: monthFromNumber(row.month),
  day: row.day,
  amount: exactFromDecimal(row.amount, 3n ** BigInt(row.thirds)),
  bearing: exactFromDecimal(row.bearing, 3n ** BigInt(row.thirds)),
  reference: row.reference,
  act: row.act,
  ofYear: row.of_year,
})

/** Entries of some persons booked after a month and by the end of a day, oldest first. */
export const readEntries = async (tx: Tx, programme: string, persons: readonly bigint[], after: Month, through: Day): Promise<Entry[]> =>
  (
    await tx.query<Row>(
      `select * from savings.entry where person_id = any ($1::bigint[]) and programme = $2 and month > $3 and (day <= $4::date or month <= contributions.month_number($4::date) and kind = 'difference')
       order by month, day, entry_id`,
      [persons, programme, monthNumber(after), through],
    )
  ).map(entryOf)

/** Entries of one reference: persons whose numbers were merged since may each have one. */
export const findEntries = async (
  tx: Tx,
  persons: readonly bigint[],
  programme: string,
  kind: EntryKind,
  reference: string,
): Promise<Entry[]> =>
  (
    await tx.query<Row>(
      'select * from savings.entry where person_id = any ($1::bigint[]) and programme = $2 and kind = $3 and reference = $4',
      [persons, programme, kind, reference],
    )
  ).map(entryOf)

/** The sum of what was booked with some persons while others counted with them, or the other way round. Whole: differences are each person's own. */
export const sumBeside = async (tx: Tx, programme: string, some: readonly bigint[], others: readonly bigint[]): Promise<bigint> => {
  const [row] = await tx.query<{ sum: string }>(
    `select coalesce(sum(amount), 0) as sum from savings.entry
     where programme = $1 and (person_id = any ($2::bigint[]) and beside && $3::bigint[] or person_id = any ($3::bigint[]) and beside && $2::bigint[])`,
    [programme, some, others],
  )
  return BigInt(row?.sum ?? '0')
}

export type NewEntry = {
  readonly personId: bigint
  /** The others whose numbers lead to him, whose money counts as his. */
  readonly beside: readonly bigint[]
  readonly programme: string
  readonly kind: Exclude<EntryKind, 'difference'>
  readonly amount: bigint
  readonly bearing: bigint
  readonly day: Day
  readonly month: Month
  readonly reference: string
  readonly act: string
}

/** Gives the entry's number. */
export const addEntry = async (tx: Tx, entry: NewEntry): Promise<bigint> => {
  const [row] = await tx.query<{ entry_id: bigint }>(
    `insert into savings.entry (person_id, programme, kind, amount, bearing, day, month, reference, act, beside) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning entry_id`,
    [
      entry.personId,
      entry.programme,
      entry.kind,
      entry.amount.toString(),
      entry.bearing.toString(),
      entry.day,
      monthNumber(entry.month),
      entry.reference,
      entry.act,
      entry.beside.length > 0 ? entry.beside : null,
    ],
  )
  return row?.entry_id ?? 0n
}

/**
 * Books what memberships brought with them from before our books, each once, from a day on at the earliest: sums by day, with the number of
 * the last entry in them.
 */
export const addOpenings = (
  tx: Tx,
  programme: string,
  from: Day,
): Promise<{ day: Day; amount: bigint; last: bigint; accounts: number }[]> =>
  tx.query(
    `with booked as (
       insert into savings.entry (person_id, programme, kind, amount, bearing, day, month, reference, act)
       select m.person_id, $1, 'opening', m.opening_savings, m.opening_savings, d.day, contributions.month_number(d.day), 'membership ' || m.ordinal, coalesce(m.opening_act, '')
       from registry.membership m cross join lateral (select greatest(m.accepted_on, $2::date)) d (day)
       where m.opening_savings > 0
         and not exists (select from savings.entry e where e.person_id = m.person_id and e.kind = 'opening' and e.reference = 'membership ' || m.ordinal)
       on conflict (person_id, programme, kind, reference) do nothing
       returning day, amount, entry_id
     )
     select day, sum(amount)::bigint as amount, max(entry_id) as last, count(*)::integer as accounts from booked group by day order by day`,
    [programme, from],
  )

/** Two who change one account at once come after each other, so that neither pays out what the other has. */
export const lockAccount = (tx: Tx, person: bigint): Promise<number> => tx.run('select pg_advisory_xact_lock(723, hashint8($1))', [person])

export type StatementRow = {
  readonly person_id: bigint
  readonly year: number
  readonly parts: string
  readonly contributed: bigint
  readonly entered: bigint
}

/** Statements of some persons. The years are named, so that only their partitions are read. */
export const readStatements = (tx: Tx, programme: string, persons: readonly bigint[], years: readonly number[]): Promise<StatementRow[]> =>
  years.length === 0
    ? Promise.resolve([])
    : tx.query<StatementRow>(
        `select person_id, year, parts, contributed, entered from savings.statement where person_id = any ($1::bigint[]) and programme = $2 and year in (${years.map(Number).join(', ')}) order by year, person_id`,
        [persons, programme],
      )
