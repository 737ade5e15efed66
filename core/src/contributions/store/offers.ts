// SQL of offers: the next unpaid month of memberships that pay by themselves or are paid by a sponsor, and writing it when money settles it.
import { type Day, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { monthlyNumber } from '../domain/bill-number.ts'
import { factHolds, type Tariff, tariffJoin } from './assess-rows.ts'

/**
 * The memberships of some payers with the month they would pay next: the month after the last paid one while grace lasts or where the
 * lapse was undone (reinstated, unless paying would leave a lapse all the same), else (first payment, or lapsed) the running month. `$1` payers, `$2` the running month, `$3` today, `$4` how many months
 * ahead of the running one may be paid. A month that the bill of a correction asks for is not offered as well, as long as that bill waits.
 */
const next = `
  rule as (
    select distinct on (r.segment) r.segment, r.grace_months from contributions.cover_rule r where r.settlement = 'offer' and r.from_day <= $3::date order by r.segment, r.from_day desc, r.grace_months desc
  ),
  reinstated as materialized (
    select m.person_id, m.ordinal, r.from_month, r.through_month from contributions.reinstatement r
    join contributions.reinstatement_state c on c.payer_id = r.payer_id and c.case_id = r.case_id and c.state = 'approved'
    join contributions.reinstatement_member m on m.payer_id = r.payer_id and m.case_id = r.case_id
    where r.payer_id = any ($1::bigint[]) and r.through_month + r.grace_months >= $2::smallint
  ),
  paid as materialized (
    select f.*, p.segment, r.grace_months, (select max(s.to_month) from contributions.paid_span s where s.person_id = f.person_id and s.ordinal = f.ordinal) as paid_month
    from contributions.membership_fact f join contributions.profile p using (profile_id) left join rule r on r.segment = p.segment
    where f.payer_id = any ($1::bigint[]) and p.settlement = 'offer'
  ),
  stood as materialized (
    select paid.*, paid_month is null as first_payment, paid_month + coalesce(grace_months, 0) < $2::smallint and not exists (
      select from reinstated i where i.person_id = paid.person_id and i.ordinal = paid.ordinal and paid.paid_month + 1 between i.from_month and i.through_month) as lapsed
    from paid
  ),
  pending as materialized (
    select r.person_id, r.ordinal, k.month from contributions.correction k join contributions.correction_row r using (correction_id)
    join contributions.bill b on b.payer_id = k.payer_id and b.bill_id = k.bill_id and b.paid_on is null
    where k.payer_id = any ($1::bigint[]) and r.base is not null
  ),
  next as materialized (
    select stood.*, (case when first_payment or lapsed then greatest($2::smallint, contributions.month_number(joined)) else paid_month + 1 end)::smallint as next_month
    from stood
  )`
const due = `${next},
  payable as (
    select f.* from next f
    where f.next_month <= $2::smallint + $4::smallint
      and not exists (select from pending k where k.person_id = f.person_id and k.ordinal = f.ordinal and k.month = f.next_month)
      and ${factHolds('contributions.first_day(f.next_month)', '(contributions.first_day((f.next_month + 1)::smallint) - 1)')}
  ),
  due as (select * from (select payable.*, min(next_month) over (partition by payer_id) as payer_month from payable) all_due where next_month = payer_month)`

/**
 * Puts what each payer would pay next where the statements of this transaction can join it, with statistics: prices and rows are
 * then made from one and the same list. The payers are locked by whoever will settle.
 */
export async function layOutDueOffers(tx: Tx, payers: readonly bigint[], running: Month, today: Day, ahead: number): Promise<void> {
  await makeDueOffers(tx)
  await tx.run(
    `insert into due_offer with ${due}
     select person_id, payer_id, base, born, joined, profile_id, ordinal, payer_month, first_payment, coalesce(lapsed, false) from due`,
    [payers, monthNumber(running), today, ahead],
  )
  await tx.run('analyze due_offer')
}

async function makeDueOffers(tx: Tx): Promise<void> {
  await tx.run('drop table if exists pg_temp.due_offer')
  await tx.run(
    `create temporary table due_offer (person_id bigint not null, payer_id bigint not null, base bigint not null, born date not null, joined date not null, profile_id integer not null,
       ordinal smallint not null, payer_month smallint not null, first_payment boolean not null, lapsed boolean not null) on commit drop`,
  )
}

/** As `layOutDueOffers`, for one month that is named: everybody whose turn has come by then, as if the months between had been paid. */
export async function layOutOffersOf(tx: Tx, payers: readonly bigint[], running: Month, today: Day, month: Month): Promise<void> {
  await makeDueOffers(tx)
  await tx.run(
    `insert into due_offer with ${next}
     select person_id, payer_id, base, born, joined, profile_id, ordinal, $4::smallint, first_payment, coalesce(lapsed, false) from next f
     where f.next_month <= $4::smallint and ${factHolds('contributions.first_day($4::smallint)', '(contributions.first_day(($4::smallint + 1)::smallint) - 1)')}`,
    [payers, monthNumber(running), today, monthNumber(month)],
  )
}

export type DueMonth = { readonly payer_id: bigint; readonly month: number; readonly profiles: number[] }

/** For each payer the month that is next, and the profiles that its price depends on. Needs `due_offer`. */
export const dueMonths = (tx: Tx): Promise<DueMonth[]> =>
  tx.query<DueMonth>(
    'select payer_id, payer_month as month, array_agg(distinct profile_id) as profiles from due_offer group by payer_id, payer_month order by payer_id',
  )

/** The price of one month of each payer whose turn it is. Needs `due_offer`. */
export const priceOffers = (tx: Tx, tariff: Tariff, month: Month): Promise<{ payer_id: bigint; amount: bigint }[]> =>
  tx.query(
    `select f.payer_id, sum(${tariff.sql.sumOf('employer', 'f.base', 'w')} + ${tariff.sql.sumOf('worker', 'f.base', 'w')})::bigint as amount
     from due_offer f ${tariffJoin(tariff)} where f.payer_month = $1 group by f.payer_id`,
    [monthNumber(month)],
  )

/** Writes the rows of one month of some payers, the months they pay, and the cover they open. Needs `due_offer`. */
export const writeOfferRows = (tx: Tx, tariff: Tariff, payers: readonly bigint[], month: Month, today: Day): Promise<number> =>
  tx.run(
    `with due as materialized (select * from due_offer where payer_month = $2 and payer_id = any ($1::bigint[])),
     number as materialized (select k.payer_id, k.n from contributions.next_of_month($1::bigint[], $2::smallint) k),
     rows as (
       insert into contributions.entry (person_id, bill_id, base, employer, worker, month, class, ordinal, entry)
       select f.person_id, (f.payer_id << 20) | k.n, f.base, ${tariff.sql.sumOf('employer', 'f.base', 'w')}, ${tariff.sql.sumOf('worker', 'f.base', 'w')}, $2, w.class, f.ordinal,
         coalesce((select (max(c.entry) / 2 + 1) * 2 from contributions.contribution c where c.person_id = f.person_id and c.month = $2 and c.ordinal = f.ordinal), 0)
       from due f ${tariffJoin(tariff)} join number k on k.payer_id = f.payer_id
       returning person_id, ordinal, bill_id
     ),
     opened as (
       insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month)
       select f.person_id, f.ordinal, greatest($3::date, f.joined), case when f.lapsed then 're-entry' else 'first-payment' end, $2
       from due f where f.first_payment or f.lapsed or not exists (select from contributions.cover_period o where o.person_id = f.person_id and o.ordinal = f.ordinal offset 0)
       on conflict do nothing
     )
     insert into contributions.paid_span (person_id, ordinal, from_month, to_month, paid_on, bill_id) select person_id, ordinal, $2, $2, $3::date, bill_id from rows`,
    [payers, monthNumber(month), today],
  )

/** The bills of `new_sums`, paid on the day they are written: an offer has no bill before somebody pays it. */
export const writePaidBills = (tx: Tx, month: Month, day: Day): Promise<{ payer_id: bigint; bill_id: bigint; total: bigint }[]> =>
  tx.query(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, worker, members, made_on, issued_on, paid_on)
     select s.payer_id, s.bill_id, $1, case when (s.bill_id & 1048575) = $3 then 'month' else 'supplement' end, 'paid', s.employer, s.worker, s.members, $2, $2, $2 from new_sums s
     returning payer_id, bill_id, total`,
    [monthNumber(month), day, monthlyNumber(month)],
  )
