// SQL of what is undone when money goes back: bills open again or paid on a later day, and months of offers reversed by entries of their own.
import { type Day, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { openFirstCover } from './paid-bills.ts'

export type PaidAgain = { readonly payerId: bigint; readonly billId: bigint /** Null: not paid any more. */; readonly paidOn: Day | null }
export type Reopened = {
  readonly payer_id: bigint
  readonly bill_id: bigint
  readonly kind: string
  readonly month: number
  readonly was_paid_on: Day
  /** Null: it is open again. */
  readonly paid_on: Day | null
}

/** What counters a bill is open again, or paid on another day, together with it. The days that held until this one are kept. */
export const changePaidDays = (tx: Tx, bills: readonly PaidAgain[], day: Day): Promise<Reopened[]> =>
  tx.query<Reopened>(
    `with told as (select * from unnest($1::bigint[], $2::bigint[], $3::date[]) as t (payer_id, bill_id, paid_on)),
     again as (
       select t.payer_id, t.bill_id, t.bill_id as with_bill, t.paid_on from told t
       union all select c.payer_id, c.counter_id, c.bill_id, t.paid_on from told t join contributions.counter_bill c using (payer_id, bill_id)
     ), changed as (
     update contributions.bill b set state = case when n.paid_on is null then 'issued' else 'paid' end,
       paid_on = case when n.paid_on is not null then greatest(n.paid_on, coalesce(s.first_issued_on, w.issued_on)) end
     from again n join contributions.bill w on w.payer_id = n.payer_id and w.bill_id = n.with_bill
     left join contributions.bill_split s on s.payer_id = n.payer_id and s.split_bill_id = n.with_bill
     join contributions.bill old on old.payer_id = n.payer_id and old.bill_id = n.bill_id
     where b.payer_id = n.payer_id and b.bill_id = n.bill_id and b.state = 'paid'
     returning b.payer_id, b.bill_id, b.kind, b.month, old.paid_on as was_paid_on, b.paid_on
     ), kept as (insert into contributions.paid_change (payer_id, bill_id, was_paid_on, changed_on) select payer_id, bill_id, was_paid_on, $4 from changed)
     select * from changed`,
    [bills.map(({ payerId }) => payerId), bills.map(({ billId }) => billId), bills.map(({ paidOn }) => paidOn), day],
  )

/** The first payment of a payer, if it has one still. */
const firstPaid = async (tx: Tx, payerId: bigint): Promise<Day | null> =>
  (
    await tx.query<{ day: Day | null }>(
      `select min(paid_on) as day from contributions.bill where payer_id = $1 and kind in ('month', 'supplement') and total > 0`,
      [payerId],
    )
  )[0]?.day ?? null

/** Cover that a payer's first payment opened goes with that payment, and opens again with the first one that is left. */
export async function openFirstCoverAnew(tx: Tx, payerId: bigint, wasFirst: Day): Promise<void> {
  const first = await firstPaid(tx, payerId)
  if (first !== null && first <= wasFirst) return
  await tx.run(
    `delete from contributions.cover_period o using contributions.membership_fact f join contributions.profile p using (profile_id)
     where f.payer_id = $1 and p.settlement = 'receivable' and o.person_id = f.person_id and o.ordinal = f.ordinal
       and o.opened_by = 'first-payment' and o.opened_on = greatest($2::date, f.joined)`,
    [payerId, wasFirst],
  )
  if (first !== null) await openFirstCover(tx, [payerId], first)
}

/** A contract whose first money is gone opens no cover. */
export const closeContractCover = (tx: Tx, contracts: readonly bigint[]): Promise<number> =>
  tx.run(
    `delete from contributions.cover_period o using contributions.premium_member m
     where m.payer_id = any (select unnest($1::bigint[]) >> 20) and m.contract_id = any ($1::bigint[]) and o.person_id = m.person_id and o.ordinal = m.ordinal
       and o.opened_by = 'first-instalment' and o.opened_on >= m.from_day and o.opened_on < m.until_day`,
    [contracts],
  )

export type PaidMonthRow = { readonly bill_id: bigint; readonly month: number; readonly amount: bigint; readonly members: number }

/** Months that offers of a payer settled and that still stand whole, latest first. A month that was corrected since is not among them. */
export const paidMonths = (tx: Tx, payerId: bigint, after: Month | null): Promise<PaidMonthRow[]> =>
  tx.query<PaidMonthRow>(
    `select b.bill_id, b.month, b.total as amount, b.members from contributions.bill b
     where b.payer_id = $1 and b.kind in ('month', 'supplement') and b.state = 'paid' and b.total > 0 and ($2::smallint is null or b.month > $2)
       and exists (select from contributions.paid_span s where s.bill_id = b.bill_id)
       and not exists (select from contributions.contribution c join contributions.contribution r using (person_id, month, ordinal)
         where c.month = b.month and c.bill_id = b.bill_id and r.entry > c.entry)
     order by b.month desc, b.bill_id desc`,
    [payerId, after === null ? null : monthNumber(after)],
  )

/** Reversing entries of all rows of a month's bill, on a bill of their own with the payer's next number of that month; gives that bill. */
export async function reverseMonth(tx: Tx, payerId: bigint, { bill_id, month }: PaidMonthRow, today: Day): Promise<bigint> {
  const [made] = await tx.query<{ bill_id: bigint }>(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, worker, members, made_on, issued_on, paid_on)
     select b.payer_id, (select max(k.bill_id) + 1 from contributions.bill k where k.payer_id = b.payer_id and k.month = b.month and k.kind <> 'contract'),
       b.month, 'supplement', 'paid', -b.employer, -b.worker, b.members, $3, $3, $3
     from contributions.bill b where b.payer_id = $1 and b.bill_id = $2 returning bill_id`,
    [payerId, bill_id, today],
  )
  if (!made) throw new Error(`bill ${bill_id} is not there`)
  await tx.run(
    `insert into contributions.entry (person_id, bill_id, base, employer, worker, month, class, ordinal, entry)
     select person_id, $3, base, employer, worker, month, class, ordinal, entry + 1 from contributions.contribution where month = $1 and bill_id = $2`,
    [month, bill_id, made.bill_id],
  )
  return made.bill_id
}

/** Months are paid no more, and the cover that they opened goes with them; gives the memberships. */
export async function forgetPaidMonth(tx: Tx, billId: bigint): Promise<{ person_id: bigint; ordinal: number }[]> {
  return tx.query(
    `with gone as (delete from contributions.paid_span where bill_id = $1 returning person_id, ordinal, from_month, to_month),
     closed as (
       delete from contributions.cover_period o using gone g where o.person_id = g.person_id and o.ordinal = g.ordinal
         and o.opened_by in ('first-payment', 're-entry') and o.from_month between g.from_month and g.to_month
     ) select person_id, ordinal from gone order by person_id, ordinal`,
    [billId],
  )
}
