// SQL that compares what employers said of their arrears with their bills: one statement over all of a month.
import { type Day, firstDay, lastDay, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { factHolds } from './assess-rows.ts'

export type Contradiction = {
  readonly payerId: bigint
  /** What stands: `yes`, settled; anything else, not. */
  readonly said: string
  /** Bills of the months up to the one named that were not paid by the day. */
  readonly bills: number
  readonly owed: bigint
  /** The first month with such a bill, as its number; null: all are paid. */
  readonly since: number | null
}

export type Asked = {
  /** The month of the relief. */
  readonly month: Month
  readonly segments: readonly string[]
  readonly fact: string
  readonly through: Month
  readonly on: Day
}

/** Who says that months are settled and has bills open, or the opposite. What was deferred is no arrears of its month. */
export const readContradictions = (tx: Tx, { month, segments, fact, through, on }: Asked): Promise<Contradiction[]> =>
  tx.query<Contradiction>(
    `with said as (
       select distinct f.payer_id, p.facts ->> $4 as said from contributions.membership_fact f join contributions.profile p using (profile_id)
       where p.settlement = 'receivable' and p.segment = any ($3::text[]) and p.facts ? $4 and ${factHolds('$1::date', '$2::date')}
     ), open as (
       select b.payer_id, count(*)::integer as bills, sum(b.total - gone.amount)::bigint as owed, min(b.month) as since
       from contributions.bill b
       cross join lateral (select coalesce(sum(c.amount), 0) as amount from contributions.counter_bill c where c.payer_id = b.payer_id and c.bill_id = b.bill_id and c.made_on <= $6::date) gone
       where b.month <= $5 and b.state <> 'calculated' and b.kind <> 'deferred' and b.issued_on <= $6::date and (b.paid_on is null or b.paid_on > $6::date) and b.total > gone.amount
       group by b.payer_id
     )
     select s.payer_id as "payerId", s.said, coalesce(o.bills, 0) as bills, coalesce(o.owed, 0)::bigint as owed, o.since
     from said s left join open o using (payer_id) where (s.said = 'yes') = (o.payer_id is not null) order by s.payer_id, s.said`,
    [firstDay(month), lastDay(month), segments, fact, monthNumber(through), on],
  )
