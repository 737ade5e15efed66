// SQL of months that offers have paid: which of them a later law makes cheaper, and the correction that gives the difference back.
import { type Day, type Month, monthFromNumber, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { classJoin, factHolds, type Tariff, tariffJoin } from './assess-rows.ts'
import { makeSumsTable } from './book-bills.ts'

/** The step under which a month is noted as looked at, by the day of the latest publication that was known then. */
export const prepaidStep = 'prepaid'

/** Months of which some law as rows is older than a publication, and that were not looked at since. */
export const monthsBefore = async (tx: Tx, publication: Day): Promise<Month[]> =>
  (
    await tx.query<{ month: number }>(
      `select v.month from contributions.tariff_version v group by v.month having min(v.published_by) < $1::date
         and not exists (select from contributions.run_step r where r.month = v.month and r.step = '${prepaidStep}' and r.chunk = to_char($1::date, 'YYYYMMDD')::bigint)
       order by v.month`,
      [publication],
    )
  ).map(({ month }) => monthFromNumber(month))

/** The memberships for which the bill of a correction asks for a month and waits, as SQL: nobody has paid their rows, but they are asked for at the old price. */
const asked = (month: number): string => `
  select r.person_id, r.ordinal from contributions.correction k join registry.payer p on p.payer_id = k.payer_id and p.settlement = 'offer'
  join contributions.correction_row r on r.correction_id = k.correction_id and r.base is not null
  join contributions.bill b on b.payer_id = k.payer_id and b.bill_id = k.bill_id and b.state = 'issued'
  where k.month = ${month} and not exists (select from contributions.counter_bill w where w.payer_id = b.payer_id and w.bill_id = b.bill_id and w.kind = 'write-off')`

/**
 * Puts the rows of a month, paid or asked for by a correction, that today's law makes cheaper into `lower_price`: the row that stands, and the amounts and class that
 * replace it. The base is that of the row: only the law changed. `tariff` is that of the month's newest version, for offers. Who is asked for may have been ended by mistake:
 * his last facts of the month hold, as they did for the correction.
 */
export async function layOutLowerPrices(tx: Tx, tariff: Tariff, month: Month): Promise<number> {
  await tx.run('drop table if exists pg_temp.lower_price')
  const number = monthNumber(month)
  const [first, last] = [`contributions.first_day(${number}::smallint)`, `(contributions.first_day(${number + 1}::smallint) - 1)`]
  const laid = await tx.run(
    `create temporary table lower_price on commit drop as
     with asked as materialized (${asked(number)}),
     standing as (
       select distinct on (c.person_id, c.ordinal) c.* from contributions.contribution c
       join (select person_id, ordinal from contributions.paid_span where from_month <= ${number} and to_month >= ${number} union all select person_id, ordinal from asked) s
         on s.person_id = c.person_id and s.ordinal = c.ordinal
       where c.month = ${number} order by c.person_id, c.ordinal, c.entry desc
     ), held as (
       select c.person_id, c.ordinal, c.bill_id >> 20 as payer_id, c.base, c.employer as old_employer, c.worker as old_worker, c.class as old_class, c.entry, f.born, f.profile_id
       from standing c join contributions.membership_fact f on f.person_id = c.person_id and f.ordinal = c.ordinal and f.payer_id = c.bill_id >> 20
       where c.entry % 2 = 0 and (${factHolds(first, last)} or (f.joined <= ${last} and f.from_day = (
         select max(g.from_day) from asked a join contributions.membership_fact g on g.person_id = a.person_id and g.ordinal = a.ordinal
         where a.person_id = f.person_id and a.ordinal = f.ordinal and g.from_day <= greatest(${first}, g.joined))))
     ), priced as (
       select f.*, ${tariff.sql.sumOf('employer', 'f.base', 'w')} as employer, ${tariff.sql.sumOf('worker', 'f.base', 'w')} as worker, w.class from held f ${tariffJoin(tariff)}
     ), lower as materialized (
       select p.* from priced p where p.class <> p.old_class and p.employer + p.worker < p.old_employer + p.old_worker
     ), number as materialized (
       select k.payer_id, k.n from contributions.next_of_month((select array_agg(distinct payer_id) from lower), ${number}::smallint) k
     )
     select p.*, (p.payer_id << 20) | k.n as bill_id from lower p join number k using (payer_id)`,
  )
  await tx.run('analyze lower_price')
  return laid
}

export const payersWithLowerPrices = async (tx: Tx): Promise<{ payers: bigint[]; classes: number[] }> =>
  (
    await tx.query<{ payers: bigint[] | null; classes: number[] | null }>(
      `select (select array_agg(distinct payer_id order by payer_id) from lower_price) as payers,
         (select array_agg(distinct class) from (select class from lower_price union select old_class from lower_price) c) as classes`,
    )
  ).map(({ payers, classes }) => ({ payers: payers ?? [], classes: classes ?? [] }))[0] ?? { payers: [], classes: [] }

/** Writes for each row of `lower_price` its reversal and what replaces it, on the payer's new bill. */
export const writeLowerRows = (tx: Tx, month: Month): Promise<number> =>
  tx.run(
    `insert into contributions.entry (person_id, bill_id, base, employer, worker, month, class, ordinal, entry)
     select person_id, bill_id, base, old_employer, old_worker, $1::smallint, old_class, ordinal, (entry + 1)::smallint from lower_price
     union all select person_id, bill_id, base, employer, worker, $1::smallint, class, ordinal, (entry + 2)::smallint from lower_price`,
    [monthNumber(month)],
  )

/** Sums the new bills by slot, reversals against replacements, into `new_sums`. `tariff` has every class in question. */
export async function sumLowerBills(tx: Tx, tariff: Tariff, month: Month): Promise<void> {
  const { wide, sql } = tariff
  await makeSumsTable(tx, wide.slots)
  const signed = (amount: string): string => `sum(case when c.entry % 2 = 0 then ${amount} else -(${amount}) end)`
  const slots = wide.slots.map((_, index) => `, ${signed(sql.slot(index, 'c.base', 'w'))}`).join('')
  await tx.run(
    `insert into new_sums
     select l.payer_id, l.bill_id, count(*) / 2, ${signed('c.employer')}, ${signed('c.worker')}${slots}
     from lower_price l join contributions.contribution c on c.month = $1 and c.person_id = l.person_id and c.ordinal = l.ordinal and c.bill_id = l.bill_id
     ${classJoin(tariff)}
     group by l.payer_id, l.bill_id`,
    [monthNumber(month)],
  )
}

/** The bills of `new_sums`: below nothing, and settled on the day they are made, because what they give back is the payer's money at once. */
export const writeReturningBills = (tx: Tx, month: Month, day: Day): Promise<{ payer_id: bigint; bill_id: bigint; total: bigint }[]> =>
  tx.query(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, worker, members, made_on, issued_on, paid_on)
     select s.payer_id, s.bill_id, $1, 'supplement', 'paid', s.employer, s.worker, s.members, $2, $2, $2 from new_sums s order by s.bill_id
     returning payer_id, bill_id, total`,
    [monthNumber(month), day],
  )
