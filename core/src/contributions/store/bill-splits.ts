// SQL of bills that are split by naming workers: what stands on the bill, the rows that go, the counter bill and the split bill, and
// what follows when one of them is paid.
import { type Day, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { NamedWorker, SplitBill, SplitRow, TakenRow } from '../domain/bill-split.ts'
import type { Slot } from '../domain/wide-tariff.ts'
import { stateOf } from './book-differences.ts'
import { makeChangedRows } from './changed-rows.ts'
import { isPending } from './corrections.ts'
import { personLists } from './persons.ts'

export type OpenBill = SplitBill & { readonly month: number; readonly due: Day | null }

/** Holds a bill until the transaction ends. */
export async function holdBill(tx: Tx, payerId: bigint, billId: bigint): Promise<OpenBill | undefined> {
  const [bill] = await tx.query<Omit<OpenBill, 'members' | 'reverses'>>(
    `select payer_id as "payerId", bill_id as "billId", kind, state, month, due,
       exists (select from contributions.counter_bill w where w.payer_id = $1 and w.bill_id = $2 and w.kind = 'write-off') as "writtenOff"
     from contributions.bill where payer_id = $1 and bill_id = $2 for update`,
    [payerId, billId],
  )
  if (!bill) return undefined
  const [rows] = await tx.query<{ members: bigint; reverses: boolean }>(
    `select count(*) filter (where c.entry % 2 = 0 and ${isLast}) as members, coalesce(bool_or(c.entry % 2 = 1), false) as reverses ${rowsOf}`,
    [payerId, bill.month, billId],
  )
  return { ...bill, members: Number(rows?.members ?? 0n), reverses: rows?.reverses ?? false }
}

/** The rows of a bill, by those who were ever this payer's: `$1` payer, `$2` month, `$3` bill. */
const rowsOf = `from (select distinct person_id, ordinal from contributions.membership_fact where payer_id = $1) f
  join contributions.contribution c on c.month = $2 and c.person_id = f.person_id and c.ordinal = f.ordinal and c.bill_id = $3`
const isLast = `not exists (select from contributions.contribution r where r.month = c.month and r.person_id = c.person_id and r.ordinal = c.ordinal and r.entry > c.entry)`

export type Membership = { readonly personId: bigint; readonly ordinal: number }

/** The memberships whose month the bill carries. */
export const carriedBy = (tx: Tx, { payerId, month, billId }: OpenBill): Promise<Membership[]> =>
  tx.query<Membership>(
    `select c.person_id as "personId", c.ordinal ${rowsOf} and c.entry % 2 = 0 and ${isLast} order by c.person_id, c.ordinal`,
    [payerId, month, billId],
  )

/** `persons`: whom the number may name, the first of whom something stands on the bill. */
export type Named = { readonly memberNumber: string; readonly persons: readonly bigint[]; readonly ordinal?: number }

/** For each worker named, in their order: the rows on the bill, of one membership or of all. */
export async function readNamed(tx: Tx, { billId, month }: OpenBill, named: readonly Named[]): Promise<NamedWorker[]> {
  const rows = await tx.query<SplitRow & { place: bigint; person_id: bigint }>(
    `select a.place, c.person_id, c.ordinal, c.entry,
       (select max(k.entry) from contributions.contribution k where k.month = $4 and k.person_id = c.person_id and k.ordinal = c.ordinal) as last,
       (select max(k.correction_id) from contributions.correction_row r join contributions.correction k using (correction_id)
        where r.person_id = c.person_id and r.ordinal = c.ordinal and k.month = $4 and ${isPending}) as pending
     from unnest($1::text[], $2::smallint[]) with ordinality as a (persons, ordinal, place)
     cross join lateral (select n.person_id from unnest(a.persons::bigint[]) with ordinality as n (person_id, nth)
       where exists (select from contributions.contribution o
         where o.month = $4 and o.person_id = n.person_id and (a.ordinal is null or o.ordinal = a.ordinal) and o.bill_id = $3 and o.entry % 2 = 0)
       order by n.nth limit 1) w
     join contributions.contribution c on c.month = $4 and c.person_id = w.person_id and (a.ordinal is null or c.ordinal = a.ordinal) and c.bill_id = $3 and c.entry % 2 = 0
     order by a.place, c.ordinal`,
    [personLists(named.map(({ persons }) => persons)), named.map(({ ordinal }) => ordinal ?? null), billId, month],
  )
  const ofPlace = Map.groupBy(rows, ({ place }) => Number(place))
  return named.map(({ memberNumber, persons }, index) => {
    const own = ofPlace.get(index + 1) ?? []
    return { memberNumber, personId: own[0]?.person_id ?? persons[0] ?? null, rows: own }
  })
}

/** `changed_row` of the rows that go: reversed on the counter bill, and standing as they were on the split bill. */
export async function layOutTaken(tx: Tx, month: Month, rows: readonly TakenRow[], bills: NewBills): Promise<void> {
  await makeChangedRows(tx)
  await tx.run(
    `insert into changed_row
     select c.person_id, c.ordinal, $5, $6, c.entry, c.entry, c.class, c.base, c.employer, c.worker, c.class, c.base, c.employer, c.worker
     from unnest($1::bigint[], $2::smallint[], $3::smallint[]) as a (person_id, ordinal, entry)
     join contributions.contribution c on c.month = $4 and c.person_id = a.person_id and c.ordinal = a.ordinal and c.entry = a.entry`,
    [
      rows.map(({ personId }) => personId),
      rows.map(({ ordinal }) => ordinal),
      rows.map(({ entry }) => entry),
      monthNumber(month),
      bills.splitId,
      bills.counterId,
    ],
  )
}

export type NewBills = { readonly splitId: bigint; readonly counterId: bigint }

/** Writes both bills of `new_sums`, due when the bill was. The counter bill asks for nothing: it is paid when the bill is that it counters. Gives what went. */
export async function writeSplitBills(
  tx: Tx,
  { slots }: { slots: readonly Slot[] },
  bill: OpenBill,
  { splitId }: NewBills,
  day: Day,
): Promise<bigint> {
  const rows = await tx.query<{ bill_id: bigint; total: bigint }>(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, worker, state_part, members, made_on, issued_on, due)
     select s.payer_id, s.bill_id, $1, 'split', 'issued', s.employer, s.worker, ${stateOf(slots)}, s.members, $2, $2, case when s.bill_id = $3 then $4::date end
     from new_sums s returning bill_id, total`,
    [bill.month, day, splitId, bill.due],
  )
  const total = rows.find(({ bill_id }) => bill_id === splitId)?.total
  if (rows.length !== 2 || total === undefined || rows.reduce((sum, each) => sum + each.total, 0n) !== 0n)
    throw new Error(`the parts of bill ${bill.billId} do not sum to it; nothing was booked`)
  return total
}

export type NewSplit = NewBills & { readonly amount: bigint; readonly members: number; readonly reason: string }

/** Keeps what countered the bill, the split, and who went. Lateness goes on from the first bill: its issue, and the months it was fined for. */
export async function addSplit(tx: Tx, { payerId, billId }: OpenBill, split: NewSplit, rows: readonly TakenRow[], day: Day): Promise<void> {
  const { splitId, counterId, amount, members, reason } = split
  await tx.run(
    `insert into contributions.counter_bill (payer_id, bill_id, counter_id, kind, amount, made_on) values ($1, $2, $3, 'split', $4, $5)`,
    [payerId, billId, counterId, amount, day],
  )
  await tx.run(
    `insert into contributions.bill_split (payer_id, split_bill_id, bill_id, counter_id, amount, members, first_issued_on, fined_months, reason, split_by, split_on)
     select $1, $2, $3, $4, $5, $6, coalesce(s.first_issued_on, b.issued_on),
       greatest((select coalesce(max(f.through_months), 0) from contributions.fine f where f.payer_id = $1 and f.bill_id = $3), coalesce(s.fined_months, 0)), $7, $8, $9
     from contributions.bill b left join contributions.bill_split s on s.payer_id = b.payer_id and s.split_bill_id = b.bill_id where b.payer_id = $1 and b.bill_id = $3`,
    [payerId, splitId, billId, counterId, amount, members, reason, tx.actor.actorId, day],
  )
  await tx.run(
    `insert into contributions.split_member (person_id, ordinal, payer_id, bill_id, split_bill_id, split_on)
     select m.person_id, m.ordinal, $3, $4, $5, $6 from unnest($1::bigint[], $2::smallint[]) as m (person_id, ordinal)`,
    [rows.map(({ personId }) => personId), rows.map(({ ordinal }) => ordinal), payerId, billId, splitId, day],
  )
}

/** Cover of those for whom a split bill is the first that was paid: from that day, or from their first day of work if later. */
export const openSplitCover = (tx: Tx, splits: readonly bigint[]): Promise<number> =>
  tx.run(
    `insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month)
     select distinct on (f.person_id, f.ordinal) f.person_id, f.ordinal, greatest(b.paid_on, f.joined), 'first-payment', contributions.month_number(greatest(b.paid_on, f.joined))
     from contributions.bill b
     join contributions.split_member m on m.payer_id = b.payer_id and m.split_bill_id = b.bill_id
     join contributions.membership_fact f on f.person_id = m.person_id and f.ordinal = m.ordinal and f.payer_id = m.payer_id
     where b.payer_id = any (select unnest($1::bigint[]) >> 20) and b.bill_id = any ($1::bigint[]) and b.paid_on is not null and (f.until_day is null or f.until_day > b.paid_on)
       and not exists (select from contributions.split_member n where n.person_id = m.person_id and n.ordinal = m.ordinal and n.payer_id = m.payer_id and n.bill_id = m.split_bill_id)
       and not exists (select from contributions.cover_period o where o.person_id = f.person_id and o.ordinal = f.ordinal)
     order by f.person_id, f.ordinal, b.paid_on, f.from_day`,
    [splits],
  )

/** Cover that a split bill opened, when its money is gone or came on another day. */
export const closeSplitCover = (tx: Tx, split: bigint, wasPaidOn: Day): Promise<number> =>
  tx.run(
    `delete from contributions.cover_period o using contributions.split_member m join contributions.membership_fact f on f.person_id = m.person_id and f.ordinal = m.ordinal and f.payer_id = m.payer_id
     where m.payer_id = $1::bigint >> 20 and m.split_bill_id = $1 and o.person_id = m.person_id and o.ordinal = m.ordinal
       and o.opened_by = 'first-payment' and o.opened_on = greatest($2::date, f.joined)`,
    [split, wasPaidOn],
  )

/** The paid split bills of payers. */
export const paidSplits = async (tx: Tx, payers: readonly bigint[]): Promise<bigint[]> =>
  (
    await tx.query<{ bill_id: bigint }>(
      `select b.bill_id from contributions.bill b join contributions.bill_split s on s.payer_id = b.payer_id and s.split_bill_id = b.bill_id
       where b.payer_id = any ($1::bigint[]) and b.paid_on is not null order by b.bill_id`,
      [payers],
    )
  ).map(({ bill_id }) => bill_id)
