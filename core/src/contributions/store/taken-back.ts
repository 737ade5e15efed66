// SQL of what is undone when money goes back: bills open again or paid on a later day, and what stands of months that offers paid.
import { type Day, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { makeChangedRows } from './changed-rows.ts'
import { openFirstCover } from './paid-bills.ts'
import { beginPeriodsAnew } from './paid-spans.ts'

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

export type PaidMonthRow = {
  readonly bill_id: bigint
  readonly month: number
  readonly amount: bigint
  readonly members: number
  readonly paid_on: Day
}

/** The months that offers of payer `$1` settled, as `s`, each with the last of its entries, as `c`. Read from the payer's memberships, because spans are found by those. */
const paidRows = `(select distinct g.person_id, g.ordinal from contributions.membership_fact g where g.payer_id = $1) f
     join contributions.paid_span s on s.person_id = f.person_id and s.ordinal = f.ordinal and s.from_month = s.to_month and s.bill_id >> 20 = $1
     cross join lateral (select e.* from contributions.contribution e where e.month = s.to_month and e.person_id = s.person_id and e.ordinal = s.ordinal order by e.entry desc limit 1) c`

/**
 * Months that offers of a payer settled, latest first, each at what stands for it now: what late law or a correction replaced counts as it was
 * replaced. Not one for which the bill of a correction asked: that bill is open again when the money that paid it goes, so it must keep its rows.
 */
export const paidMonths = (tx: Tx, payerId: bigint, after: Month | null): Promise<PaidMonthRow[]> =>
  tx.query<PaidMonthRow>(
    `select s.bill_id, s.to_month as month, sum(c.employer + c.worker)::bigint as amount, count(*)::integer as members, max(s.paid_on) as paid_on
     from ${paidRows} join contributions.bill b on b.payer_id = c.bill_id >> 20 and b.bill_id = c.bill_id
     where $2::smallint is null or s.to_month > $2
     group by s.to_month, s.bill_id having bool_and(c.entry % 2 = 0 and c.bill_id >> 20 = $1 and b.paid_on is not null) and sum(c.employer + c.worker) > 0
       and not bool_or(exists (select from contributions.contribution e join contributions.bill k on k.payer_id = e.bill_id >> 20 and k.bill_id = e.bill_id
         where e.month = s.to_month and e.person_id = s.person_id and e.ordinal = s.ordinal and k.kind = 'correction' and k.total > 0))
     order by s.to_month desc, s.bill_id desc`,
    [payerId, after === null ? null : monthNumber(after)],
  )

/** Puts what stands of the months that a bill paid into `changed_row`, to be reversed on the bill `on`. */
export async function layOutPaidMonth(tx: Tx, payerId: bigint, { bill_id, month }: PaidMonthRow, on: bigint): Promise<void> {
  await makeChangedRows(tx)
  await tx.run(
    `insert into changed_row (person_id, ordinal, bill_id, counter_id, entry, last, class, base, employer, worker)
     select c.person_id, c.ordinal, $4, $4, c.entry, c.entry, c.class, c.base, c.employer, c.worker from ${paidRows} where s.to_month = $2 and s.bill_id = $3`,
    [payerId, month, bill_id, on],
  )
}

/** The month of `changed_row` is paid no more, and cover begins with what is left; gives the memberships. */
export async function forgetPaidMonth(tx: Tx, month: number): Promise<{ person_id: bigint; ordinal: number }[]> {
  const gone = await tx.query<{ person_id: bigint; ordinal: number }>(
    'delete from contributions.paid_span s using changed_row r where s.person_id = r.person_id and s.ordinal = r.ordinal and s.to_month = $1 returning s.person_id, s.ordinal',
    [month],
  )
  await beginPeriodsAnew(
    tx,
    gone.map((membership) => ({ ...membership, month })),
  )
  return gone.sort((a, b) => (a.person_id === b.person_id ? a.ordinal - b.ordinal : a.person_id < b.person_id ? -1 : 1))
}
