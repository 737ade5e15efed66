// SQL of what was deferred: noted by bill and programme when bills are issued, and billed later by instalments. Set statements; what is left is
// always what was noted less what was billed.
import { type Day, type Month, monthNumber } from '@payung/values'
import { postSelectedTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import type { Stage } from '../domain/deferral.ts'
import type { WideTariff } from '../domain/wide-tariff.ts'
import type { FundAccountOf } from './book-by-fund.ts'

/** Notes what the bills of `new_sums` defer of their month, with its sign. A tariff that defers nothing asks the database nothing. */
export async function noteDeferred(tx: Tx, { slots }: WideTariff, month: Month, day: Day): Promise<number> {
  const deferred = new Map<string, string[]>()
  for (const [index, { kind, programme }] of slots.entries())
    if (kind === 'deferred') deferred.set(programme, [...(deferred.get(programme) ?? []), `s.s${index}`])
  if (deferred.size === 0) return 0
  return tx.run(
    `insert into contributions.deferral (payer_id, bill_id, programme, month, amount, noted_on)
     select s.payer_id, s.bill_id, v.programme, $1, v.amount, $2
     from new_sums s cross join unnest($3::text[], array[${[...deferred.values()].map((sums) => sums.join(' + ')).join(', ')}]::bigint[]) v (programme, amount)
     where v.amount <> 0`,
    [monthNumber(month), day, [...deferred.keys()]],
  )
}

const isWrittenOff = `exists (select from contributions.counter_bill w where w.payer_id = i.payer_id and w.bill_id = i.bill_id and w.kind = 'write-off')`

/**
 * What is left of what was noted less what was billed, by payer, programme and month; `$1` payers, null: all. What was written off was not
 * paid, and does not come back (`leftOf` in domain/deferral.ts).
 */
const left = `(select payer_id, programme, month, rest from (
    select payer_id, programme, month, (case when sum(amount) < 0 then least(0, sum(amount) + sum(gone)) else sum(amount) end)::bigint as rest
    from (select payer_id, programme, month, amount, 0 as gone from contributions.deferral where $1::bigint[] is null or payer_id = any ($1)
      union all select i.payer_id, i.programme, i.month, -i.amount, case when i.amount > 0 and ${isWrittenOff} then i.amount else 0 end
        from contributions.deferral_instalment i where $1::bigint[] is null or i.payer_id = any ($1)) e
    group by payer_id, programme, month) r where rest <> 0) l`

export type LeftOfMonth = { readonly month: number; readonly programme: string }

/** The months and programmes of which somebody has something left to be billed, or was billed too much. */
export const monthsWithRest = (tx: Tx, payers: readonly bigint[] | null): Promise<LeftOfMonth[]> =>
  tx.query<LeftOfMonth>(`select distinct month, programme from ${left} order by month, programme`, [payers])

/** Holds everybody who has something left, in the order of their ids: their next numbers are counted. */
export const lockPayersWithRest = (tx: Tx): Promise<unknown> =>
  tx.query(
    `select payer_id from registry.payer where payer_id in (select payer_id from ${left})
     order by payer_id for no key update`,
    [null],
  )

export type DeferredRow = {
  readonly month: number
  readonly programme: string
  readonly deferred: bigint
  readonly billed: bigint
  readonly paid: bigint
  readonly writtenOff: bigint
  /** The stages for which it has an instalment. */
  readonly stages: readonly Day[]
}

/** What a payer owes later, by month and programme. */
export const readDeferred = (tx: Tx, payer: bigint): Promise<DeferredRow[]> =>
  tx.query<DeferredRow>(
    `select coalesce(d.month, i.month) as month, coalesce(d.programme, i.programme) as programme, coalesce(d.deferred, 0) as deferred,
       coalesce(i.billed, 0) as billed, coalesce(i.paid, 0) as paid, coalesce(i.gone, 0) as "writtenOff", coalesce(i.stages, '{}') as stages
     from (select month, programme, sum(amount)::bigint as deferred from contributions.deferral where payer_id = $1 group by month, programme) d
     full join (select i.month, i.programme, sum(i.amount)::bigint as billed, coalesce(sum(i.amount) filter (where b.paid_on is not null), 0)::bigint as paid,
         coalesce(sum(i.amount) filter (where i.amount > 0 and ${isWrittenOff}), 0)::bigint as gone,
         array_agg(distinct i.stage::text order by i.stage::text) as stages
       from contributions.deferral_instalment i join contributions.bill b using (payer_id, bill_id) where i.payer_id = $1 group by i.month, i.programme) i
       on i.month = d.month and i.programme = d.programme
     order by 1, 2`,
    [payer],
  )

export type BilledInstalment = { readonly due: Day; readonly amount: bigint; readonly paidOn: Day | null; readonly writtenOff: boolean }

/** The bills of a payer's instalments, oldest first. */
export const billedInstalments = (tx: Tx, payer: bigint): Promise<BilledInstalment[]> =>
  tx.query<BilledInstalment>(
    `select coalesce(i.due, i.issued_on) as due, i.total as amount, i.paid_on as "paidOn", i.total > 0 and ${isWrittenOff} as "writtenOff"
     from contributions.bill i where i.payer_id = $1 and i.kind = 'deferred' and i.total <> 0 order by 1, i.bill_id`,
    [payer],
  )

export type InstalmentsOf = {
  readonly months: readonly LeftOfMonth[]
  readonly stage: Stage
  /** Null: everybody who has none of this stage. */
  readonly payers: readonly bigint[] | null
  /** All that is left, also where the stage has its instalment. */
  readonly whole: boolean
  readonly day: Day
  readonly month: Month
}

/**
 * Lays out in `new_instalment` what each payer is billed: the first of as many equal parts as stages remain, by month and programme, the first
 * ones bearing what cannot be divided. What was billed too much is given back whole.
 */
export async function layOutInstalments(tx: Tx, { months, stage, payers, whole }: InstalmentsOf): Promise<number> {
  await tx.run('drop table if exists pg_temp.new_instalment')
  const parts = whole ? 1 : stage.remaining
  return tx.run(
    `create temporary table new_instalment on commit drop as
     with owed as materialized (
       select l.* from ${left}
       join unnest($3::smallint[], $4::text[]) as m (month, programme) using (month, programme)
       where $2::bigint = 1 or not exists (select from contributions.deferral_instalment i where i.payer_id = l.payer_id and i.stage = $5::date))
     select o.payer_id, (o.payer_id << 20) | n.n as bill_id, o.programme, o.month,
       case when o.rest < 0 then o.rest else (o.rest + $2::bigint - 1) / $2::bigint end as amount
     from owed o join contributions.next_running(array(select distinct payer_id from owed)) n using (payer_id)`,
    [payers, parts, months.map((each) => each.month), months.map(({ programme }) => programme), stage.day],
  )
}

export type InstalmentBill = { readonly payer_id: bigint; readonly bill_id: bigint; readonly total: bigint }

/** Writes the bills of `new_instalment` and what they consist of. The payer owes it whole, also what it withheld from its workers. */
export async function writeInstalments(tx: Tx, { stage, day, month }: InstalmentsOf): Promise<InstalmentBill[]> {
  const bills = await tx.query<InstalmentBill>(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, made_on, issued_on, due, paid_on)
     select n.payer_id, n.bill_id, $1, 'deferred', case when n.total > 0 then 'issued' else 'paid' end, n.total, $2, $2,
       case when n.total > 0 then greatest($3::date, $2::date) end, case when n.total > 0 then null else $2::date end
     from (select payer_id, bill_id, sum(amount)::bigint as total from new_instalment group by payer_id, bill_id) n
     order by n.bill_id returning payer_id, bill_id, total`,
    [monthNumber(month), day, stage.day],
  )
  await tx.run(
    `insert into contributions.deferral_instalment (payer_id, bill_id, programme, month, amount, stage)
     select payer_id, bill_id, programme, month, amount, $1 from new_instalment order by bill_id, month, programme`,
    [stage.day],
  )
  return bills
}

/** Books `new_instalment`: receivable to the fund of each programme, or back; what a bill gives back in all becomes the payer's credit. */
export async function bookInstalments(tx: Tx, { months, day, month }: InstalmentsOf, fundOf: FundAccountOf): Promise<void> {
  const programmes = [...new Set(months.map(({ programme }) => programme))]
  await postSelectedTransfers(
    tx,
    `select n.payer_id, abs(n.amount) as amount, n.bill_id as source_id, $1::date as day, $2::smallint as month,
       case when n.amount > 0 then 'receivable' else f.account end as debit, case when n.amount > 0 then f.account else 'receivable' end as credit, 'deferred' as reason
     from (select payer_id, bill_id, programme, sum(amount)::bigint as amount from new_instalment group by payer_id, bill_id, programme having sum(amount) <> 0) n
     join unnest($3::text[], $4::text[]) as f (programme, account) using (programme)`,
    [day, monthNumber(month), programmes, programmes.map(fundOf)],
  )
  await postSelectedTransfers(
    tx,
    `select payer_id, -sum(amount)::bigint as amount, bill_id as source_id, $1::date as day, $2::smallint as month, 'receivable' as debit, 'credit' as credit, 'deferred' as reason
     from new_instalment group by payer_id, bill_id having sum(amount) < 0`,
    [day, monthNumber(month)],
  )
}
