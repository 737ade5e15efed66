// SQL of bills that came to less after they were issued: what a bill below nothing takes off the bills of its month, the fine that goes back
// with it, and what of it had been written off (PP 44/2015 art 22, 23; Peraturan 2/2020).
import { type Day, type Month, monthNumber } from '@payung/values'
import { postSelectedTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'

/** The fine on an amount that is so many begun months late, as SQL: once rounded, half up. */
export const fineOn = (amount: string, rate: string, months: string): string => `(${amount} * ${rate} * ${months} + 500000) / 1000000`

/** What is not asked of a bill any more because it went to a split bill or because the bill came to less, as SQL over `b`. */
export const goneFrom = `(coalesce((select sum(c.amount) from contributions.counter_bill c where c.payer_id = b.payer_id and c.bill_id = b.bill_id and c.kind = 'split'), 0)
  + coalesce((select sum(r.amount) from contributions.reduction r where r.payer_id = b.payer_id and r.bill_id = b.bill_id), 0))::bigint`

/**
 * The bills that carried the changed rows, each with what the rows came to less since: on the latest that asked for them. Read only where the
 * payer has several bills of the month.
 */
const namedRows = `select m.difference_id, o.bill_id, sum(case when o.entry = o.latest then d.employer + d.worker - coalesce(n.employer + n.worker, 0) else 0 end) as amount
    from (select distinct payer_id, difference_id from asked where bills > 1) m
    cross join lateral (select distinct f.person_id, f.ordinal from contributions.membership_fact f where f.payer_id = m.payer_id) f
    join contributions.contribution d on d.month = $1 and d.person_id = f.person_id and d.ordinal = f.ordinal and d.bill_id = m.difference_id and d.entry % 2 = 1
    left join contributions.contribution n on n.month = $1 and n.person_id = d.person_id and n.ordinal = d.ordinal and n.entry = d.entry + 1
    cross join lateral (select k.bill_id, k.entry, max(k.entry) over () as latest from contributions.contribution k join asked a on a.difference_id = m.difference_id and a.bill_id = k.bill_id
      where k.month = $1 and k.person_id = d.person_id and k.ordinal = d.ordinal and k.entry < d.entry and k.entry % 2 = 0) o
    group by m.difference_id, o.bill_id`

/**
 * Makes `new_reduction`: what each bill below nothing of `new_sums` takes off which bill. First off the bill that carried the changed rows,
 * as far as it asks for something still; what is left (a row that was corrected up before) off those that carried them earlier, and off the
 * others, the latest first. The rows are written by then, the bills are not. What was fined too much was never owed, because the fine is on what should have been paid: it goes back,
 * unless it was waived or written off.
 */
export async function layReductions(tx: Tx, month: Month): Promise<void> {
  await tx.run('drop table if exists pg_temp.new_reduction')
  await tx.run(
    `create temporary table new_reduction (payer_id bigint not null, bill_id bigint not null, difference_id bigint not null, amount bigint not null,
       written_off bigint not null, fined_months smallint not null, fine bigint not null) on commit drop`,
  )
  await tx.run(
    `insert into new_reduction
     with asked as (
       select s.payer_id, s.bill_id as difference_id, -(s.employer + s.worker) as amount, b.bill_id, (b.employer + b.worker - ${goneFrom})::bigint as rest, count(*) over (partition by s.bill_id) as bills
       from new_sums s join registry.payer p on p.payer_id = s.payer_id and p.settlement = 'receivable'
       join contributions.bill b on b.payer_id = s.payer_id and b.month = $1 and b.bill_id <> s.bill_id and b.state <> 'calculated'
         and b.kind in ('month', 'supplement', 'split', 'correction') and b.employer + b.worker > 0
       where s.employer + s.worker < 0
     ), named as (${namedRows}),
     line as (
       select a.*, d.bill_id is null as other, v.turn, v.room from asked a left join named d using (difference_id, bill_id)
       cross join lateral (select least(a.rest, greatest(0, coalesce(d.amount, 0)))::bigint as own) o
       cross join lateral (values (1, o.own), (2, a.rest - o.own)) v (turn, room) where v.room > 0
     ), taken as (
       select l.*, least(l.room, greatest(0, l.amount - coalesce(sum(l.room) over (partition by l.difference_id order by l.turn, l.other, l.bill_id desc rows between unbounded preceding and 1 preceding), 0)))::bigint as part
       from line l
     ), reduced as (
       select payer_id, bill_id, difference_id, rest, sum(part)::bigint as amount from taken where part > 0 group by payer_id, bill_id, difference_id, rest
     )
     select r.payer_id, r.bill_id, r.difference_id, r.amount,
       case when exists (select from contributions.counter_bill w where w.payer_id = r.payer_id and w.bill_id = r.bill_id and w.kind = 'write-off') then r.amount else 0 end,
       f.months, least(charged.amount, ${fineOn('r.rest', 'v.fine_rate', 'f.months')} - ${fineOn('(r.rest - r.amount)', 'v.fine_rate', 'f.months')})
     from reduced r left join contributions.bill_split s on s.payer_id = r.payer_id and s.split_bill_id = r.bill_id
     cross join lateral (select fine_rate from contributions.tariff_version t where t.month = $1 order by t.version desc limit 1) v
     cross join lateral (select greatest(coalesce(max(k.through_months), 0), coalesce(s.fined_months, 0)) as months from contributions.fine k where k.payer_id = r.payer_id and k.bill_id = r.bill_id) f
     cross join lateral (select coalesce(sum(k.amount), 0)::bigint as amount from contributions.fine k where k.payer_id = r.payer_id and k.bill_id in (r.bill_id, s.bill_id)
       and not exists (select from contributions.counter_bill w where w.payer_id = k.payer_id and w.bill_id = k.on_bill_id and w.kind in ('fine-waiver', 'write-off'))) charged`,
    [monthNumber(month)],
  )
}

/** What `new_reduction` comes to: the fine that goes back, and what is asked again because it had been written off. */
export const readReductions = async (tx: Tx): Promise<{ fine: bigint; writtenOff: bigint }> =>
  (
    await tx.query<{ fine: bigint; writtenOff: bigint }>(
      'select coalesce(sum(fine), 0)::bigint as fine, coalesce(sum(written_off), 0)::bigint as "writtenOff" from new_reduction',
    )
  )[0] ?? { fine: 0n, writtenOff: 0n }

/** Of the rows of `changed_row`: whether one lowers what was written off, one lowers what was not, and one that stands on nothing written off is raised. */
export type AboutWrittenOff = { readonly lowered: boolean; readonly others: boolean; readonly raised: boolean }

/**
 * A row comes down on each bill that asked more for it than it is to be, the latest and those before it: a wage that was raised after the write-off
 * comes down on the bill of the raise first. What a split took off a bill is asked by the bill it made.
 */
export const readAboutWrittenOff = async (tx: Tx, month: Month): Promise<AboutWrittenOff> =>
  (
    await tx.query<AboutWrittenOff>(
      `select coalesce(bool_or(v.comes < v.stood and e.off > v.comes), false) as lowered, coalesce(bool_or(v.comes < v.stood and e.kept > v.comes), false) as others,
         coalesce(bool_or(v.comes > v.stood and e.off is null), false) as raised
       from changed_row r
       cross join lateral (select coalesce(r.employer + r.worker, 0) as stood, coalesce(r.new_employer + r.new_worker, 0) as comes) v
       cross join lateral (
         select max(k.employer + k.worker) filter (where w.bill_id is not null) as off, max(k.employer + k.worker) filter (where w.bill_id is null) as kept
         from contributions.contribution k join contributions.bill b on b.payer_id = k.bill_id >> 20 and b.bill_id = k.bill_id and b.employer + b.worker > 0
         left join contributions.counter_bill w on w.payer_id = b.payer_id and w.bill_id = b.bill_id and w.kind = 'write-off'
         where k.month = $1 and k.person_id = r.person_id and k.ordinal = r.ordinal and k.entry <= r.entry and k.entry % 2 = 0 and not exists (
           select from contributions.contribution t join contributions.counter_bill s on s.payer_id = b.payer_id and s.counter_id = t.bill_id and s.kind = 'split'
           where t.month = $1 and t.person_id = k.person_id and t.ordinal = k.ordinal and t.entry = k.entry + 1)) e`,
      [monthNumber(month)],
    )
  )[0] ?? { lowered: false, others: false, raised: false }

/** By bill below nothing, as SQL: what of it had been written off, and the fine that goes back on it. */
export const reducedBy = `(select difference_id, sum(written_off)::bigint as written_off, sum(fine)::bigint as fine from new_reduction group by difference_id)`

/** Keeps `new_reduction`, and books what goes with it: fines back, and what had been written off into the funds again. Called when the differences are booked by fund. */
export async function bookReductions(tx: Tx, month: Month, day: Day): Promise<void> {
  const kept = await tx.run(
    'insert into contributions.reduction (payer_id, bill_id, difference_id, amount, written_off, fine) select payer_id, bill_id, difference_id, amount, written_off, fine from new_reduction',
  )
  if (kept === 0) return
  const fines = await tx.run(
    'insert into contributions.fine (payer_id, bill_id, through_months, amount, on_bill_id) select payer_id, bill_id, fined_months, -fine, difference_id from new_reduction where fine > 0',
  )
  if (fines > 0)
    await postSelectedTransfers(
      tx,
      `select payer_id, sum(fine)::bigint as amount, difference_id as source_id, $1::date as day, $2::smallint as month, 'fines' as debit, 'receivable' as credit, 'fine' as reason
       from new_reduction group by payer_id, difference_id`,
      [day, monthNumber(month)],
    )
  const [written] = await tx.query<{ any: boolean }>('select exists (select from new_reduction where written_off > 0) as any')
  if (written?.any) await takeBackWrittenOff(tx, month, day)
}

/**
 * The write-off took the funds' money back once; a difference must not take it a second time. Where only a part of a difference concerns
 * what was written off, its transfers go back in proportion, summed up before they are rounded so that the parts add up to it.
 */
const takeBackWrittenOff = (tx: Tx, month: Month, day: Day): Promise<number> =>
  postSelectedTransfers(
    tx,
    `with back as (
       select t.payer_id, t.source_id, t.reason, d.code as debit, c.code as credit, s.sign,
         s.sign * (floor(sum(s.sign * t.amount) over line * w.written_off / w.whole) - floor((sum(s.sign * t.amount) over line - s.sign * t.amount) * w.written_off / w.whole))::bigint as amount
       from (select r.payer_id, r.difference_id, r.written_off, -(n.employer + n.worker) as whole
         from (select payer_id, difference_id, sum(written_off) as written_off from new_reduction group by payer_id, difference_id having sum(written_off) > 0) r
         join new_sums n on n.bill_id = r.difference_id) w
       join ledger.transfer t on t.payer_id = w.payer_id and t.source_id = w.difference_id and t.reason in ('correction', 'split')
       join ledger.account d on d.account = t.debit join ledger.account c on c.account = t.credit
       cross join lateral (select case when t.reason = 'split' or c.code = 'receivable' then 1 else -1 end as sign) s
       window line as (partition by t.source_id, t.reason order by t.transfer_id)
     )
     select payer_id, abs(amount) as amount, source_id, $1::date as day, $2::smallint as month, case when amount > 0 then credit else debit end as debit,
       case when amount > 0 then debit else credit end as credit, reason from back`,
    [day, monthNumber(month)],
  )
