// SQL of the age of receivables: one statement over all bills that were open on a day.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

export type AgeRow = { readonly place: number; readonly bills: bigint; readonly payers: bigint; readonly amount: bigint }

/** `limits`: the last begun month of each class but the last, rising. Place 0 is not late yet, 1 the first class. Classes without a bill are absent. */
export const ageReceivables = (tx: Tx, on: Day, limits: readonly number[]): Promise<AgeRow[]> =>
  tx.query<AgeRow>(
    `select case when late.months = 0 then 0 else 1 + (select count(*) from unnest($2::integer[]) l (months) where l.months < late.months) end::integer as place,
       count(*) as bills, count(distinct b.payer_id) as payers, sum(b.total - gone.amount)::bigint as amount
     from contributions.bill b join registry.payer p on p.payer_id = b.payer_id and p.settlement = 'receivable'
     cross join lateral (select case when b.due is null then 0 else contributions.months_late(b.due, $1::date) end as months) late
     cross join lateral (select coalesce(sum(c.amount), 0) as amount from contributions.counter_bill c where c.payer_id = b.payer_id and c.bill_id = b.bill_id and c.made_on <= $1::date) gone
     where b.state <> 'calculated' and b.total > gone.amount and b.issued_on <= $1::date and (b.paid_on is null or b.paid_on > $1::date)
     group by 1 order by 1`,
    [on, limits],
  )
