// SQL of paying: a bill for 100,000 workers is one changed row.
import type { Day } from '@payung/values'
import { joinAsSet, repeatedFor, type Tx } from '../../platform/index.ts'

export type PaidRow = {
  readonly payer_id: bigint
  readonly bill_id: bigint
  readonly kind: string
  readonly month: number
  readonly total: bigint
  /** The day of the money, or of the issue if that came later. */
  readonly paid_on: Day
}

/**
 * A bill is never paid before it was issued, also where the bank books the money on an earlier day; of what was taken to a split bill the
 * first issue counts. What counters a bill is paid with it.
 */
export async function markPaid(tx: Tx, bills: readonly { payerId: bigint; billId: bigint }[], paidOn: Day): Promise<PaidRow[]> {
  await joinAsSet(tx, bills.length)
  return tx.query<PaidRow>(
    `with told as (select * from unnest($1::bigint[], $2::bigint[]) as p (payer_id, bill_id)),
     paid as (
       select t.payer_id, t.bill_id, t.bill_id as with_bill from told t
       union all select c.payer_id, c.counter_id, c.bill_id from told t join contributions.counter_bill c using (payer_id, bill_id)
     )
     update contributions.bill b set state = 'paid', paid_on = greatest($3::date, coalesce(s.first_issued_on, w.issued_on))
     from paid p join contributions.bill w on w.payer_id = p.payer_id and w.bill_id = p.with_bill
     left join contributions.bill_split s on s.payer_id = p.payer_id and s.split_bill_id = p.with_bill
     where b.payer_id = p.payer_id and b.bill_id = p.bill_id and b.state = 'issued' returning b.payer_id, b.bill_id, b.kind, b.month, b.total, b.paid_on`,
    [bills.map(({ payerId }) => payerId), bills.map(({ billId }) => billId), paidOn],
    repeatedFor(bills.length),
  )
}

/**
 * Cover of everybody whose payer has now paid for the first time: from that day, or from the first day of work if later. Not of those who
 * were taken to a split bill that is not paid.
 */
export const openFirstCover = (tx: Tx, payers: readonly bigint[], paidOn: Day): Promise<number> =>
  tx.run(
    `insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month)
     select distinct on (f.person_id, f.ordinal) f.person_id, f.ordinal, greatest($2::date, f.joined), 'first-payment', contributions.month_number(greatest($2::date, f.joined))
     from contributions.membership_fact f join contributions.profile p using (profile_id)
     where f.payer_id in (select p.payer from unnest($1::bigint[]) as p (payer) where not exists (
         select from contributions.bill b where b.payer_id = p.payer and b.kind in ('month', 'supplement') and b.paid_on < $2::date))
       and p.settlement = 'receivable' and (f.until_day is null or f.until_day > $2::date)
       and not exists (select from contributions.split_member m join contributions.bill k on k.payer_id = m.payer_id and k.bill_id = m.split_bill_id
         where m.person_id = f.person_id and m.ordinal = f.ordinal and m.payer_id = f.payer_id and (k.paid_on is null or k.paid_on > $2::date)
           and not exists (select from contributions.split_member n where n.person_id = m.person_id and n.ordinal = m.ordinal and n.payer_id = m.payer_id and n.bill_id = m.split_bill_id))
       and not exists (select from contributions.cover_period o where o.person_id = f.person_id and o.ordinal = f.ordinal)
     order by f.person_id, f.ordinal, f.from_day`,
    [[...new Set(payers)], paidOn],
    repeatedFor(payers.length),
  )

/** Cover of memberships whose end was a mistake: from the first payment of their payer, as if they had never been ended. */
export const openReopenedCover = (tx: Tx, payer: bigint, persons: readonly bigint[]): Promise<number> =>
  tx.run(
    `insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month)
     select distinct on (f.person_id, f.ordinal) f.person_id, f.ordinal, greatest(b.paid_on, f.joined), 'first-payment', contributions.month_number(greatest(b.paid_on, f.joined))
     from contributions.membership_fact f join contributions.profile p using (profile_id)
     join (select min(k.paid_on) as paid_on from contributions.bill k where k.payer_id = $1 and k.kind in ('month', 'supplement', 'split')) b on b.paid_on is not null
     where f.payer_id = $1 and f.person_id = any ($2::bigint[]) and p.settlement = 'receivable'
       and not exists (select from contributions.cover_period o where o.person_id = f.person_id and o.ordinal = f.ordinal)
     order by f.person_id, f.ordinal, f.from_day`,
    [payer, persons],
  )
