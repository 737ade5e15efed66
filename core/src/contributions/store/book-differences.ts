// SQL that turns rows with a sign into the bills and transfers of their difference. A bill above zero is owed; one of zero or below
// is done at once, and what is too much becomes the payer's money by a transfer with the reason `correction`.
import { type Day, type Month, monthNumber } from '@payung/values'
import { postSelectedTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import type { Slot } from '../domain/wide-tariff.ts'
import { classJoin, type Tariff } from './assess-rows.ts'
import { slotSums } from './book-bills.ts'
import { reducedBy } from './reductions.ts'

/**
 * Makes `new_sums` of rows with bill_id, base, employer, worker, class and sign (1 or -1); gives the number of bills. Members are
 * counted by the sign too: a reversed and a replaced row are nobody more.
 */
export async function sumDifferences(tx: Tx, tariff: Tariff, rows: string): Promise<number> {
  await tx.run('drop table if exists pg_temp.new_sums')
  const slots = slotSums(tariff, (index) => `c.sign * (${tariff.sql.slot(index, 'c.base', 'w')})`)
  const empty = tariff.wide.rows.length === 0
  return tx.run(
    `create temporary table new_sums on commit drop as
     select c.bill_id >> 20 as payer_id, c.bill_id, sum(c.sign)::integer as members, platform.total(c.sign * c.employer) as employer, platform.total(c.sign * c.worker) as worker${slots}
     from ${rows} c ${empty ? '' : classJoin(tariff)} group by c.bill_id order by c.bill_id`,
  )
}

/**
 * Makes `new_sums` of a month's replacements that stand on no bill yet; gives the number of bills. Bills are compared once for each, after the
 * sums, and not for every row. Slots that are known not to differ (by their place: false) are nothing without a sum.
 */
export async function sumReplacements(tx: Tx, tariff: Tariff, month: Month, differing: readonly boolean[] | undefined): Promise<number> {
  await tx.run('drop table if exists pg_temp.new_sums')
  const { sql, wide } = tariff
  const slots = slotSums(tariff, (index) =>
    differing?.[index] === false ? undefined : `(${sql.slot(index, 'c.base', 'w')}) - (${sql.slot(index, 'c.base', 'o')})`,
  )
  const joins = wide.rows.length === 0 ? '' : `${classJoin(tariff)} ${classJoin(tariff, 'was_class', 'o')}`
  return tx.run(
    `create temporary table new_sums on commit drop as
     select g.* from (
       select c.bill_id >> 20 as payer_id, c.bill_id, 0 as members, platform.total(c.employer - c.was_employer) as employer, platform.total(c.worker - c.was_worker) as worker${slots}
       from contributions.replacement c ${joins} where c.month = ${monthNumber(month)} group by c.bill_id) g
     where not exists (select from contributions.bill b where b.payer_id = g.payer_id and b.bill_id = g.bill_id) order by g.bill_id`,
  )
}

/** The State's share in `new_sums`, as SQL. */
export const stateOf = (slots: readonly Slot[]): string =>
  slots.flatMap((slot, index) => (slot.kind === 'state' ? [`s.s${index}`] : [])).join(' + ') || '0'

export type BillOfDifference = {
  readonly payer_id: bigint
  readonly bill_id: bigint
  readonly state: 'issued' | 'paid'
  readonly total: bigint
}

/**
 * Writes the bills of `new_sums`: `kind` where something is owed, due on `due` (who pays by offer is never late with a correction); a correction, done at once, where nothing is. Such a one gives
 * back the fine on what it takes off, and asks again for what had been written off (`new_reduction`).
 */
export const writeDifferenceBills = (
  tx: Tx,
  { slots }: Tariff['wide'],
  month: Month,
  day: Day,
  kind: 'correction' | 'supplement' | 'split',
  due: Day | null,
): Promise<BillOfDifference[]> =>
  tx.query<BillOfDifference>(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, worker, fine, correction, state_part, members, made_on, issued_on, due, paid_on)
     select s.payer_id, s.bill_id, $1, case when v.owed then $3 else 'correction' end, case when v.owed then 'issued' else 'paid' end, s.employer, s.worker, coalesce(-r.fine, 0), coalesce(r.written_off, 0), ${stateOf(slots)}, s.members, $2, $2,
       case when v.owed and ($3 <> 'correction' or exists (select from registry.payer p where p.payer_id = s.payer_id and p.settlement = 'receivable')) then $4::date end, case when v.owed then null else $2::date end
     from new_sums s left join ${reducedBy} r on r.difference_id = s.bill_id cross join lateral (values (s.employer + s.worker > 0)) v (owed)
     returning payer_id, bill_id, state, total`,
    [monthNumber(month), day, kind, due],
  )

/** What is too much, less what was written off and therefore never paid, becomes the payer's money with us: credit, or trust money of organisations that pay by offer. */
export const bookSurplus = (tx: Tx, month: Month, day: Day): Promise<number> =>
  postSelectedTransfers(
    tx,
    `select s.payer_id, -(s.employer + s.worker) + coalesce(r.fine - r.written_off, 0) as amount, s.bill_id as source_id, $1::date as day, $2::smallint as month, 'receivable' as debit,
       case when p.settlement = 'offer' and p.organisation_id is not null then 'trust' else 'credit' end as credit, 'correction' as reason
     from new_sums s join registry.payer p using (payer_id) left join ${reducedBy} r on r.difference_id = s.bill_id where s.employer + s.worker < 0`,
    [day, monthNumber(month)],
  )
