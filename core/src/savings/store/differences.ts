// SQL of bills of differences at or below nothing: what each takes off, and whether that is paid.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { BillKey } from './bookings.ts'

export type Difference = BillKey & {
  readonly paidOn: Day
  /** Something that it takes off is not paid. */
  readonly isOpen: boolean
  /** The latest paid day of what it takes off. */
  readonly latest: Day | null
}

/** A bill of a difference and one that it takes off. One of nothing at all takes rows off any bill of its month that asked for them before. */
const zeroOf = `d.kind = 'correction' and d.employer + d.worker = 0 and d.payer_id = b.payer_id and d.month = b.month and d.bill_id > b.bill_id
  and b.employer + b.worker > 0 and b.kind in ('month', 'supplement', 'split', 'correction') and b.state <> 'calculated'
  and not exists (select from contributions.counter_bill c where c.payer_id = d.payer_id and c.counter_id = d.bill_id)`

const told = 'select * from unnest($1::bigint[], $2::bigint[]) as t (payer_id, bill_id)'
const read = (tx: Tx, named: string, bills: readonly BillKey[]): Promise<Difference[]> =>
  tx.query<Difference>(
    `select d.payer_id as "payerId", d.bill_id as "billId", d.paid_on as "paidOn", coalesce(bool_or(o.paid_on is null), false) as "isOpen", max(o.paid_on) as latest
     from (${named}) n join contributions.bill d on d.payer_id = n.payer_id and d.bill_id = n.bill_id and d.paid_on is not null
     left join lateral (
       select b.paid_on from contributions.reduction r join contributions.bill b on b.payer_id = r.payer_id and b.bill_id = r.bill_id where r.payer_id = d.payer_id and r.difference_id = d.bill_id
       union all select b.paid_on from contributions.bill b where ${zeroOf}
     ) o on true
     group by d.payer_id, d.bill_id, d.paid_on order by d.bill_id`,
    [bills.map(({ payerId }) => payerId), bills.map(({ billId }) => billId)],
  )

export const differencesOf = (tx: Tx, differences: readonly BillKey[]): Promise<Difference[]> => read(tx, told, differences)

/** What takes something off some bills. */
export const differencesOn = (tx: Tx, bills: readonly BillKey[]): Promise<Difference[]> =>
  read(
    tx,
    `select r.payer_id, r.difference_id as bill_id from (${told}) t join contributions.reduction r using (payer_id, bill_id)
     union select d.payer_id, d.bill_id from (${told}) t join contributions.bill b using (payer_id, bill_id) join contributions.bill d on ${zeroOf}`,
    bills,
  )
