// SQL that turns contribution rows into bills and balanced transfers. The sums are made once per bill, with every slot of the
// tariff beside the row totals, so that the same statement that books also proves that the parts sum to the whole.
import { type Day, type Month, monthNumber } from '@payung/values'
import { postSelectedTransfers, postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { billId, billsAtOnce, billsPerMonth, monthlyNumber } from '../domain/bill-number.ts'
import type { Slot } from '../domain/wide-tariff.ts'
import { classJoin, type Tariff } from './assess-rows.ts'
import { fineOn, goneFrom } from './reductions.ts'
import { nextNumbers, nextRunning } from './running-numbers.ts'

const slotColumns = (slots: readonly Slot[]): string => slots.map((_, index) => `, s${index} bigint not null`).join('')
/** What `new_sums` has for each slot of a tariff: the sum of an amount of each row; nothing where there is none. */
export const slotSums = ({ wide }: Tariff, amountOf: (index: number) => string | undefined): string =>
  wide.slots
    .map((_, index) => [amountOf(index), index] as const)
    .map(([amount, index]) => (amount ? `, coalesce(platform.total(${amount}), 0) as s${index}` : `, 0::bigint as s${index}`))
    .join('')
/** The sums of what each slot of a row `c` comes to by its class `w`. */
const wholeSums = (tariff: Tariff): string => slotSums(tariff, (index) => tariff.sql.slot(index, 'c.base', 'w'))

export async function makeSumsTable(tx: Tx, slots: readonly Slot[]): Promise<void> {
  await tx.run('drop table if exists pg_temp.new_sums')
  await tx.run(
    `create temporary table new_sums (payer_id bigint not null, bill_id bigint not null, members integer not null, employer bigint not null, worker bigint not null${slotColumns(slots)}) on commit drop`,
  )
}

/** Sums of every bill of the month that is not issued yet, from the rows of the month: one statement that several cores may work on. In the order of payers, so that what is written from it fills its indexes in one sweep. */
export async function sumNewBills(tx: Tx, tariff: Tariff, month: Month): Promise<number> {
  await tx.run('drop table if exists pg_temp.new_sums')
  if (tariff.wide.rows.length === 0) {
    await makeSumsTable(tx, tariff.wide.slots)
    return 0
  }
  const summed = await tx.run(
    `create temporary table new_sums on commit drop as
     select c.bill_id >> 20 as payer_id, c.bill_id, count(*)::integer as members, platform.total(c.employer) as employer, platform.total(c.worker) as worker${wholeSums(tariff)}
     from contributions.entry c ${classJoin(tariff)} where c.month = ${monthNumber(month)} group by c.bill_id order by c.bill_id`,
  )
  const known = await tx.run(
    `delete from new_sums s using contributions.bill b where b.month = $1 and b.payer_id = s.payer_id and b.bill_id = s.bill_id and b.state <> 'calculated'`,
    [monthNumber(month)],
  )
  return summed - known
}

/**
 * The same for the rows of some payers only: those without an issued bill. Each membership's row is found by its key: of a month that is just
 * filling the planner knows nothing, and would read all of it.
 */
export async function sumBillsOf(tx: Tx, tariff: Tariff, month: Month, payers: readonly bigint[]): Promise<number> {
  await makeSumsTable(tx, tariff.wide.slots)
  return tx.run(
    `insert into new_sums
     select c.bill_id >> 20, c.bill_id, count(*), sum(c.employer), sum(c.worker)${wholeSums(tariff)}
     from (select distinct payer_id, person_id, ordinal from contributions.membership_fact where payer_id = any ($2::bigint[])) f
     cross join lateral (select k.* from contributions.entry k where k.month = $1 and k.person_id = f.person_id and k.ordinal = f.ordinal offset 0) c ${classJoin(tariff)}
     where c.bill_id >> 20 = f.payer_id
       and not exists (select from contributions.bill b where b.payer_id = f.payer_id and b.bill_id = c.bill_id and b.state <> 'calculated')
     group by c.bill_id`,
    [monthNumber(month), payers],
  )
}

/** Throws when a bill's slots do not sum to its rows: then the tariff changed under a month in use, and nothing may be booked. */
export async function proveSums(tx: Tx, { slots }: Tariff['wide']): Promise<void> {
  const of = (kind: Slot['kind']): string => slots.flatMap((slot, index) => (slot.kind === kind ? [`s${index}`] : [])).join(' + ') || '0'
  const wrong = await tx.query<{ bill_id: bigint }>(
    `select bill_id from new_sums where employer <> ${of('employer')} or worker <> ${of('worker')} limit 1`,
  )
  if (wrong[0]) throw new Error(`the split of bill ${wrong[0].bill_id} does not sum to its rows; nothing was booked`)
}

/**
 * Fines that fell due on late bills of the receivables of this step, placed on the payer's new bill of the month or on one of its own.
 * A bill that was issued after its due day and was paid by then (its money was there before it) is not late. What was taken to a split
 * bill is late as it was before: from the same due day, and fined for no month twice. The fine is on what should have been paid (PP 44/2015
 * art 22): of a bill that came to less, on the less; what was fined too much until then went back with it (`reductions.ts`).
 */
export async function makeFines(tx: Tx, month: Month, day: Day, of: 'all' | readonly bigint[]): Promise<number> {
  await tx.run('drop table if exists pg_temp.new_fines')
  await tx.run(
    'create temporary table new_fines (payer_id bigint not null, bill_id bigint not null, through_months smallint not null, amount bigint not null, on_bill_id bigint not null) on commit drop',
  )
  return tx.run(
    `insert into new_fines
     with late as (
       select b.payer_id, b.bill_id,
         b.employer + b.worker - ${goneFrom} as owed, v.fine_rate, contributions.months_late(b.due, least(coalesce(b.paid_on, $2::date), $2::date)) as months,
         (select greatest(coalesce(max(f.through_months), 0), coalesce(s.fined_months, 0)) from contributions.fine f where f.payer_id = b.payer_id and f.bill_id = b.bill_id) as fined
       from contributions.bill b
       left join contributions.bill_split s on s.payer_id = b.payer_id and s.split_bill_id = b.bill_id
       join lateral (select fine_rate from contributions.tariff_version t where t.month = b.month order by t.version desc limit 1) v on true
       where b.kind in ('month', 'supplement', 'split', 'correction') and b.due < $2::date and (b.paid_on is null or b.paid_on > greatest(b.due, coalesce(s.first_issued_on, b.issued_on))) and b.state <> 'calculated'
         and not exists (select from contributions.counter_bill w where w.payer_id = b.payer_id and w.bill_id = b.bill_id and w.kind = 'write-off')
         and ($3::bigint[] is null or b.payer_id = any ($3::bigint[]))
     ), due as (
       select l.payer_id, l.bill_id, l.months, ${fineOn('l.owed', 'l.fine_rate', 'l.months')} - ${fineOn('l.owed', 'l.fine_rate', 'l.fined')} as amount
       from late l where l.months > l.fined and l.owed > 0
     )
     select d.payer_id, d.bill_id, d.months, d.amount,
       coalesce((select min(s.bill_id) from new_sums s where s.payer_id = d.payer_id),
         (d.payer_id << 20) | coalesce(k.n, $4::bigint))
     from due d left join (${of === 'all' ? nextNumbers('$1', billsPerMonth) : nextNumbers('$1', billsAtOnce, '$3::bigint[]')}) k on k.payer_id = d.payer_id where d.amount > 0`,
    [monthNumber(month), day, of === 'all' ? null : of, monthlyNumber(month)],
  )
}

/** A calculation lies where the payer's first bill of the month comes: it goes, whether members or fines alone are billed, and hinders nobody. */
async function dropCalculations(tx: Tx, month: Month): Promise<void> {
  for (const billed of ['select payer_id, bill_id from new_sums', 'select payer_id, on_bill_id as bill_id from new_fines'])
    await tx.run(
      `delete from contributions.bill b using (${billed}) s where b.payer_id = s.payer_id and b.bill_id = s.bill_id and b.month = $1 and b.state = 'calculated'`,
      [monthNumber(month)],
    )
}

/** Writes the issued bills of `new_sums` and `new_fines`; a calculation of the same bill is replaced. */
export async function writeIssuedBills(
  tx: Tx,
  { wide }: Tariff,
  month: Month,
  day: Day,
  due: Day | null,
): Promise<{ bills: number; total: bigint }> {
  const state = wide.slots.flatMap((slot, index) => (slot.kind === 'state' ? [`s.s${index}`] : [])).join(' + ') || '0'
  await dropCalculations(tx, month)
  const [written] = await tx.query<{ bills: bigint; total: bigint }>(
    `with fined as (select on_bill_id, payer_id, sum(amount)::bigint as fine from new_fines group by on_bill_id, payer_id),
     reported as (select r.payer_id, count(distinct (r.person_id, r.ordinal)) as members from contributions.wage_report r where r.month = $1 group by r.payer_id),
     bill as (
       insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, worker, state_part, fine, members, carried, made_on, issued_on, due)
       select coalesce(s.payer_id, f.payer_id), coalesce(s.bill_id, f.on_bill_id), $1,
         case when s.bill_id is null then 'fine' when (s.bill_id & 1048575) = $4 then 'month' else 'supplement' end, 'issued',
         coalesce(s.employer, 0), coalesce(s.worker, 0), coalesce(${state}, 0), coalesce(f.fine, 0), coalesce(s.members, 0), greatest(0, coalesce(s.members, 0) - coalesce(r.members, 0)), $2, $2,
         greatest($3::date, $2::date)
       from new_sums s full join fined f on f.on_bill_id = s.bill_id left join reported r on r.payer_id = s.payer_id
       returning total
     ) select count(*) as bills, coalesce(sum(total), 0)::bigint as total from bill`,
    [monthNumber(month), day, due, monthlyNumber(month)],
  )
  await tx.run(
    'insert into contributions.fine (payer_id, bill_id, through_months, amount, on_bill_id) select payer_id, bill_id, through_months, amount, on_bill_id from new_fines',
  )
  return { bills: Number(written?.bills ?? 0n), total: BigInt(written?.total ?? 0n) }
}

export const bookFines = (tx: Tx, month: Month, day: Day): Promise<number> =>
  postSelectedTransfers(
    tx,
    `select payer_id, sum(amount)::bigint as amount, on_bill_id as source_id, $1::date as day, $2::smallint as month, 'receivable' as debit, 'fines' as credit, 'fine' as reason
     from new_fines group by payer_id, on_bill_id`,
    [day, monthNumber(month)],
  )

/** Whether the State has its bill of the month already, so that rows which come later need one more. */
export const stateIsBilled = async (tx: Tx, month: Month): Promise<boolean> =>
  (
    await tx.query<{ billed: boolean }>(`select exists (select from contributions.bill where month = $1 and kind = 'state') as billed`, [
      monthNumber(month),
    ])
  )[0]?.billed ?? false

/** The number of the State's next bill of a month: of the month as long as there is room in it, then running. The month's rows are locked. */
async function nextStateNumber(tx: Tx, month: Month, statePayer: bigint, bills: number): Promise<number> {
  if (bills < billsPerMonth) return monthlyNumber(month) + bills
  await tx.run('select pg_advisory_xact_lock(721, 0)')
  return (await nextRunning(tx, [statePayer])).get(statePayer) ?? 0
}

/** The State's bill: what the issued rows of the month ask of it, less what it was billed for the month before. One a month, unless rows came later. */
export async function billTheState(tx: Tx, month: Month, day: Day, statePayer: bigint, fund: string): Promise<bigint> {
  const [open] = await tx.query<{ amount: bigint; bills: bigint }>(
    `select (coalesce(sum(state_part), 0) - coalesce(sum(state_share), 0))::bigint as amount, count(*) filter (where kind = 'state') as bills from contributions.bill where month = $1 and state <> 'calculated'`,
    [monthNumber(month)],
  )
  const amount = open?.amount ?? 0n
  if (amount === 0n) return 0n
  const owed = amount > 0n
  const id = billId(statePayer, await nextStateNumber(tx, month, statePayer, Number(open?.bills ?? 0n)))
  await tx.run(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, state_share, made_on, issued_on, due, paid_on) values ($1, $2, $3, 'state', $6, $4, $5, $5, null, $7)`,
    [statePayer, id, monthNumber(month), amount, day, owed ? 'issued' : 'paid', owed ? null : day],
  )
  // What was asked of the State and is not owed any more becomes its credit.
  const transfer = { payerId: statePayer, amount: owed ? amount : -amount, day, month, reason: 'state-share', sourceId: id }
  const booked = await postTransfers(tx, [{ ...transfer, debit: owed ? 'receivable' : fund, credit: owed ? fund : 'credit' }])
  if (!booked.ok) throw new Error(booked.refusal.rule)
  return amount
}
