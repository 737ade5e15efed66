// SQL of the months that offers paid, where they change after they were paid: a correction gives a month to another membership, or to one that
// had been ended by mistake. Cover is derived from these spans, so they move in the transaction that pays the correction.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { waitsForMoney } from './corrections.ts'

/**
 * Whether the payer of a membership's facts (`f`) paid the span `l`: by a bill of his, or, where an opening record tells of it, by being who paid
 * for the membership at the end of its last month.
 */
export const paidByPayer = `(l.bill_id >> 20 = f.payer_id or (l.bill_id = 0 and exists (select from contributions.membership_fact o
  where o.person_id = f.person_id and o.ordinal = f.ordinal and o.payer_id = f.payer_id and o.from_day <= greatest(contributions.first_day((l.to_month + 1)::smallint) - 1, o.joined)
    and (o.until_day is null or o.until_day >= contributions.first_day((l.to_month + 1)::smallint)))))`

/** How many months the members of a segment who pay by offer keep their cover after the last paid one, by the rule of a day, as SQL. */
const graceOn = (segment: string, day: string): string =>
  `(select c.grace_months from contributions.cover_rule c where c.segment = ${segment} and c.settlement = 'offer' and c.from_day <= ${day} order by c.from_day desc, c.grace_months desc limit 1)`

/** A month of a membership that a paid correction of an offer payer takes away or gives, with the bill and the day that pay it. */
export type MovedMonth = {
  readonly person_id: bigint
  readonly ordinal: number
  readonly month: number
  readonly bill_id: bigint
  /** The entry of the month's row that is taken away, or that is given. */
  readonly entry: number
  readonly paid_on: Day
}

/**
 * The months that corrections of who pays by offer move, by the numbers of their bills: those given are paid by the correction's bill, those
 * taken away were paid by the bill whose entry is reversed. Wages that are put right move nothing.
 */
export async function movesOfCorrections(tx: Tx, bills: readonly bigint[]): Promise<{ given: MovedMonth[]; taken: MovedMonth[] }> {
  const rows = await tx.query<MovedMonth & { gives: boolean }>(
    `select r.person_id, r.ordinal, k.month, r.base is not null as gives, b.bill_id, c.entry, coalesce(b.paid_on, b.issued_on) as paid_on
     from contributions.correction k join registry.payer p on p.payer_id = k.payer_id and p.settlement = 'offer'
     join contributions.correction_row r using (correction_id)
     left join lateral (select e.bill_id, e.entry from contributions.contribution e
       where e.month = k.month and e.person_id = r.person_id and e.ordinal = r.ordinal
         and case when r.base is null then e.entry = r.replaces else e.bill_id = k.bill_id and e.entry % 2 = 0 end limit 1) c on true
     join contributions.bill b on b.payer_id = k.payer_id and b.bill_id = case when r.base is null then c.bill_id else k.bill_id end
     where k.payer_id = any (select unnest($1::bigint[]) >> 20) and k.bill_id = any ($1::bigint[]) and (r.base is null) <> (r.replaces is null)
     order by k.month, r.person_id, r.ordinal`,
    [bills],
  )
  return { given: rows.filter(({ gives }) => gives), taken: rows.filter(({ gives }) => !gives) }
}

/**
 * The first of the memberships for which months would stay unpaid between the last one paid (or asked for by a correction) and a month that is given: the next
 * offer is the month after the last, so nobody would ask for those again. Not after a lapse, where an offer leaves them out as well.
 */
export const skippedBefore = async (
  tx: Tx,
  payer: bigint,
  month: number,
  memberships: readonly { readonly personId: bigint; readonly ordinal: number }[],
  running: { readonly month: number; readonly today: Day },
): Promise<{ place: number; paid_month: number } | undefined> =>
  (
    await tx.query<{ place: number; paid_month: number }>(
      `select t.place::integer, l.paid_month from unnest($3::bigint[], $4::smallint[]) with ordinality as t (person_id, ordinal, place)
       cross join lateral (select greatest(
         (select max(s.to_month) from contributions.paid_span s where s.person_id = t.person_id and s.ordinal = t.ordinal),
         (select max(k.month) from contributions.correction k join contributions.correction_row r using (correction_id)
          where k.payer_id = $1 and ${waitsForMoney} and r.person_id = t.person_id and r.ordinal = t.ordinal and r.base is not null)) as paid_month) l
       cross join lateral (select p.segment from contributions.membership_fact m join contributions.profile p using (profile_id)
         where m.person_id = t.person_id and m.ordinal = t.ordinal order by m.from_day desc limit 1) f
       where $2::smallint > l.paid_month + 1 and l.paid_month + coalesce(${graceOn('f.segment', '$6::date')}, 0) >= $5::smallint
       order by t.place limit 1`,
      [payer, month, memberships.map(({ personId }) => personId), memberships.map(({ ordinal }) => ordinal), running.month, running.today],
    )
  )[0]

const named = (months: readonly MovedMonth[]) => [
  months.map(({ person_id }) => person_id),
  months.map(({ ordinal }) => ordinal),
  months.map(({ month }) => month),
]

/**
 * Months are paid no more: a span of several months is parted around the one that goes. What another bill paid since, with a later entry, stays
 * paid. Gives the months that went.
 */
export async function takePaidMonths(tx: Tx, months: readonly MovedMonth[]): Promise<MovedMonth[]> {
  if (months.length === 0) return []
  const gone = await tx.query<Pick<MovedMonth, 'person_id' | 'ordinal' | 'month'>>(
    `with told as (select * from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::smallint[]) as t (person_id, ordinal, month, entry)),
     gone as (
       delete from contributions.paid_span s using told t where s.person_id = t.person_id and s.ordinal = t.ordinal and t.month between s.from_month and s.to_month
         and not exists (select from contributions.contribution e
           where e.month = t.month and e.person_id = t.person_id and e.ordinal = t.ordinal and e.bill_id = s.bill_id and e.entry > t.entry and e.entry % 2 = 0)
       returning s.*, t.month
     ), parted as (insert into contributions.paid_span (person_id, ordinal, from_month, to_month, paid_on, bill_id)
     select g.person_id, g.ordinal, v.from_month, v.to_month, g.paid_on, g.bill_id
     from gone g cross join lateral (values (g.from_month, (g.month - 1)::smallint), ((g.month + 1)::smallint, g.to_month)) v (from_month, to_month) where v.from_month <= v.to_month)
     select person_id, ordinal, month from gone`,
    [...named(months), months.map(({ entry }) => entry)],
  )
  await beginPeriodsAnew(tx, months)
  const keyOf = ({ person_id, ordinal, month }: Pick<MovedMonth, 'person_id' | 'ordinal' | 'month'>) => `${person_id} ${ordinal} ${month}`
  const went = new Set(gone.map(keyOf))
  return months.filter((each) => went.has(keyOf(each)))
}

/**
 * A period of cover that an offer opened with a month that is paid no more begins with the first of its months that still is: on the day of that
 * payment, or on the first day of that month if later. One without any paid month is gone.
 */
export async function beginPeriodsAnew(tx: Tx, months: readonly Pick<MovedMonth, 'person_id' | 'ordinal' | 'month'>[]): Promise<void> {
  await tx.run(
    `with told as (select distinct * from unnest($1::bigint[], $2::smallint[], $3::smallint[]) as t (person_id, ordinal, month)),
     gone as (
       delete from contributions.cover_period o using told t where o.person_id = t.person_id and o.ordinal = t.ordinal and o.from_month = t.month and o.opened_by in ('first-payment', 're-entry')
         and not exists (select from contributions.paid_span s where s.person_id = o.person_id and s.ordinal = o.ordinal and o.from_month between s.from_month and s.to_month)
       returning o.*
     )
     insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month)
     select g.person_id, g.ordinal, greatest(g.opened_on, f.paid_on, contributions.first_day(f.month)), g.opened_by, f.month
     from gone g cross join lateral (
       select greatest(s.from_month, g.from_month) as month, s.paid_on from contributions.paid_span s
       where s.person_id = g.person_id and s.ordinal = g.ordinal and s.to_month > g.from_month
         and not exists (select from contributions.cover_period n where n.person_id = g.person_id and n.ordinal = g.ordinal and n.from_month > g.from_month and n.from_month <= greatest(s.from_month, g.from_month))
       order by s.to_month limit 1) f
     on conflict do nothing`,
    [months.map(({ person_id }) => person_id), months.map(({ ordinal }) => ordinal), months.map(({ month }) => month)],
  )
}

/** Whether late money for the month after `month`, paid on `day`, continued the membership of `s`, because its lapse was undone; as SQL. */
const isReinstated = (month: string, day: string): string =>
  `exists (select from contributions.reinstatement_member m join contributions.reinstatement r using (payer_id, case_id) join contributions.reinstatement_state c using (payer_id, case_id)
     where m.person_id = s.person_id and m.ordinal = s.ordinal and c.state = 'approved' and ${month} + 1 between r.from_month and r.through_month
       and r.through_month + r.grace_months >= contributions.month_number(${day}))`
/** Whether a payment on `day` continues a membership of `s` that is paid until `month`, as SQL. */
const continues = (month: string, day: string): string =>
  `(${month} + coalesce(s.grace_months, 0) >= contributions.month_number(${day}) or ${isReinstated(month, day)})`
/** Months that are given, each with the rule of its segment on the day on which it was paid. */
const given = `told as (select * from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::date[], $5::bigint[]) as t (person_id, ordinal, month, paid_on, bill_id)),
     stood as (
       select t.*, f.joined, (select max(s.to_month) from contributions.paid_span s where s.person_id = t.person_id and s.ordinal = t.ordinal) as paid_month,
         ${graceOn('f.segment', 't.paid_on')} as grace_months
       from told t cross join lateral (
         select m.joined, p.segment from contributions.membership_fact m join contributions.profile p using (profile_id)
         where m.person_id = t.person_id and m.ordinal = t.ordinal order by m.from_day desc limit 1) f
     )`

/**
 * The inverse of `beginPeriodsAnew`: a period whose first month was paid before the month that is given had lapsed begins with that month, on the day
 * on which it was paid where that is earlier. Not where the month continues what was paid before it.
 */
const beginPeriodsWith = (tx: Tx, months: readonly MovedMonth[]): Promise<number> =>
  tx.run(
    `with ${given}, begun as (
       select distinct on (s.person_id, s.ordinal, n.opened_on) s.person_id, s.ordinal, s.month, n.opened_on as was_opened_on, least(n.opened_on, greatest(s.paid_on, s.joined)) as opened_on
       from stood s cross join lateral (
         select o.opened_on, o.from_month from contributions.cover_period o
         where o.person_id = s.person_id and o.ordinal = s.ordinal and o.from_month > s.month and o.opened_by in ('first-payment', 're-entry') order by o.from_month limit 1) n
       where exists (select from contributions.paid_span l where l.person_id = s.person_id and l.ordinal = s.ordinal and n.from_month between l.from_month and l.to_month and ${continues('s.month', 'l.paid_on')})
         and not exists (select from contributions.paid_span l where l.person_id = s.person_id and l.ordinal = s.ordinal and l.to_month < s.month and ${continues('l.to_month', 's.paid_on')})
       order by s.person_id, s.ordinal, n.opened_on, s.month
     ), gone as (
       delete from contributions.cover_period o using begun b where o.person_id = b.person_id and o.ordinal = b.ordinal and o.opened_on = b.was_opened_on
         and not exists (select from contributions.cover_period n where n.person_id = b.person_id and n.ordinal = b.ordinal and n.opened_on = b.opened_on and b.opened_on <> b.was_opened_on)
       returning o.person_id, o.ordinal, b.opened_on, o.opened_by, b.month
     )
     insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month) select person_id, ordinal, opened_on, opened_by, month from gone`,
    listed(months),
  )
const listed = (months: readonly MovedMonth[]) => [
  ...named(months),
  months.map(({ paid_on }) => paid_on),
  months.map(({ bill_id }) => bill_id),
]

/** Months are paid, each by its bill; a first payment, or one after a lapse, opens a period as a settled offer does. */
export async function givePaidMonths(tx: Tx, months: readonly MovedMonth[]): Promise<void> {
  if (months.length === 0) return
  await beginPeriodsWith(tx, months)
  await tx.run(
    `with ${given}, opened as (
       insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month)
       select s.person_id, s.ordinal, greatest(s.paid_on, s.joined), case when s.paid_month is null then 'first-payment' else 're-entry' end, s.month
       from stood s where s.paid_month is null or not exists (select from contributions.cover_period o where o.person_id = s.person_id and o.ordinal = s.ordinal)
         or (not ${continues('s.paid_month', 's.paid_on')}
           and not exists (select from contributions.cover_period o where o.person_id = s.person_id and o.ordinal = s.ordinal and o.from_month = s.month))
       on conflict do nothing
     )
     insert into contributions.paid_span (person_id, ordinal, from_month, to_month, paid_on, bill_id)
     select person_id, ordinal, month, month, paid_on, bill_id from stood on conflict do nothing`,
    listed(months),
  )
}
