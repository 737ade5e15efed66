// SQL of bills of differences: what each takes rows off, and from when that counts in savings. Differences at or below nothing are done at once and name
// what they take off (`contributions.reduction`); one above nothing that takes something off somebody is found by its rows.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { BillKey } from './bookings.ts'

export type Difference = BillKey & {
  readonly paidOn: Day
  /** Something that it takes off is not paid, or waits itself. */
  readonly isOpen: boolean
  /** The latest day from which something that it takes off counts. */
  readonly latest: Day | null
}

const isCounter = 'select from contributions.counter_bill c where c.payer_id = d.payer_id and c.counter_id = d.bill_id'

/** A bill that may take rows off others of its month: of a correction, or of law that came late. */
const mayTake = `(d.kind = 'correction' or d.kind = 'supplement' and exists (select from contributions.reassessment a where a.month = d.month)) and not exists (${isCounter})`

/** Whom a difference may concern: a correction names its rows. */
const concerned = `(select r.person_id, r.ordinal from contributions.correction k join contributions.correction_row r using (correction_id) where k.payer_id = d.payer_id and k.bill_id = d.bill_id
  union select f.person_id, f.ordinal from contributions.membership_fact f where d.kind = 'supplement' and f.payer_id = d.payer_id)`

const same = (row: string): string => `${row}.month = d.month and ${row}.person_id = p.person_id and ${row}.ordinal = p.ordinal`

const lower = (than: string): string =>
  `(n.entry is null or n.base < ${than}.base or n.employer + n.worker < ${than}.employer + ${than}.worker)`

/**
 * `d` takes something off somebody, and leaves him less than `b` asked for: whoever has more by it than before takes nothing, and what a correction between
 * them gave may be taken again before `b` is paid. Rows that a split took off are asked by the bill it made. OFFSET 0: asked only of bills that matter.
 */
const lowers = `exists (select from ${concerned} p
  join contributions.contribution o on ${same('o')} and o.bill_id = d.bill_id and o.entry % 2 = 1
  join contributions.contribution e on ${same('e')} and e.bill_id = b.bill_id and e.entry % 2 = 0 and e.entry < o.entry
  left join contributions.contribution n on ${same('n')} and n.entry = o.entry + 1
  where ${lower('o')} and ${lower('e')}
    and not exists (select from contributions.contribution s join contributions.counter_bill c on c.payer_id = d.payer_id and c.counter_id = s.bill_id and c.kind = 'split'
      where ${same('s')} and s.entry = e.entry + 1) offset 0)`

/**
 * From when other bills of its month count that `d` takes rows off (null: not yet), where that is not by its own paid day. A difference below nothing has its
 * reductions, so that of the others it needs only those that wait themselves; one of who pays by offer has none.
 */
const byRows = `select b.since from (
    select b.bill_id, b.paid_on, k.bookings, case when k.bookings = 0 then b.paid_on when b.paid_on is not null and k.times > 0 then k.latest end as since
    from contributions.bill b cross join lateral (
      select count(*) as bookings, sum(times) as times, (array_agg(day order by booking_id desc) filter (where times = 1))[1] as latest
      from savings.bill_booking k where k.payer_id = b.payer_id and k.bill_id = b.bill_id) k
    where b.payer_id = d.payer_id and b.month = d.month and b.bill_id <> d.bill_id and b.state <> 'calculated' offset 0
  ) b where ${mayTake} and (b.since is null or b.since > d.paid_on) and (b.bookings > 0
    or not exists (select from contributions.reduction r where r.payer_id = d.payer_id and r.difference_id = d.bill_id and r.bill_id = b.bill_id)) and ${lowers}`

const told = 'select * from unnest($1::bigint[], $2::bigint[]) as t (payer_id, bill_id)'
const read = (tx: Tx, named: string, bills: readonly BillKey[]): Promise<Difference[]> =>
  tx.query<Difference>(
    `select d.payer_id as "payerId", d.bill_id as "billId", d.paid_on as "paidOn", coalesce(bool_or(o.since is null) filter (where o.found), false) as "isOpen", max(o.since) as latest
     from (${named}) n join contributions.bill d on d.payer_id = n.payer_id and d.bill_id = n.bill_id and d.paid_on is not null
     left join lateral (
       select b.paid_on as since, true as found from contributions.reduction r join contributions.bill b on b.payer_id = r.payer_id and b.bill_id = r.bill_id where r.payer_id = d.payer_id and r.difference_id = d.bill_id
       union all select r.since, true from (${byRows}) r
     ) o on true
     group by d.payer_id, d.bill_id, d.paid_on order by d.bill_id`,
    [bills.map(({ payerId }) => payerId), bills.map(({ billId }) => billId)],
  )

export const differencesOf = (tx: Tx, differences: readonly BillKey[]): Promise<Difference[]> => read(tx, told, differences)

/** What takes something off some bills, or may: a paid correction of their month. */
export const differencesOn = (tx: Tx, bills: readonly BillKey[]): Promise<Difference[]> =>
  read(
    tx,
    `select r.payer_id, r.difference_id as bill_id from (${told}) t join contributions.reduction r using (payer_id, bill_id)
     union select d.payer_id, d.bill_id from (${told}) t join contributions.bill b using (payer_id, bill_id)
       join contributions.bill d on d.payer_id = b.payer_id and d.month = b.month and d.bill_id <> b.bill_id and d.paid_on is not null and ${mayTake}`,
    bills,
  )
