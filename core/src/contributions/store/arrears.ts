// SQL of arrears on a day: the months billed to a payer as they stood by the end of it, and the wage that was reported by then.
import { type Day, monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { MonthBill } from '../domain/cover.ts'

/**
 * The bills that a payer was sent by a day, and when they were paid: as was known by the end of it, or as is known now, after a bank took money
 * back. `persons`: the numbers of one worker, who was perhaps taken to another bill by then: where one of his memberships with this payer
 * was, the bills that carry it count.
 */
export async function billedBy(
  tx: Tx,
  payer: bigint,
  day: Day,
  persons: readonly bigint[] = [],
  known: 'then' | 'now' = 'then',
): Promise<MonthBill[]> {
  const rows = await tx.query<{ month: number; due: Day | null; issued_on: Day; paid_on: Day | null; left_on: Day | null }>(
    `with moved as (
       select m.bill_id, m.split_bill_id, m.split_on from contributions.split_member m where m.payer_id = $1 and m.split_on <= $2 and m.person_id = any ($3::bigint[])
     ), first_change as (
       select distinct on (bill_id) bill_id, was_paid_on from contributions.paid_change where payer_id = $1 and changed_on > $2 and $4 order by bill_id, change_id
     )
     select b.month, b.due, coalesce(t.split_on, b.issued_on) as issued_on, coalesce(c.was_paid_on, b.paid_on) as paid_on, f.split_on as left_on
     from contributions.bill b left join moved t on t.split_bill_id = b.bill_id left join moved f on f.bill_id = b.bill_id left join first_change c on c.bill_id = b.bill_id
     where b.payer_id = $1 and b.issued_on <= $2 and (t.bill_id is not null or (b.kind in ('month', 'supplement') and b.total > 0)) order by b.month, b.bill_id`,
    [payer, day, persons, known === 'then'],
  )
  return rows.map(({ month, due, issued_on, paid_on, left_on }) => ({
    month: monthFromNumber(month),
    due,
    issuedOn: issued_on,
    paidOn: paid_on,
    leftOn: left_on,
  }))
}

export type ReportedBase = { readonly base: bigint; readonly segment: string; readonly reportedOn: Day }

/** What a payer said that somebody earned, as SQL: its reports, and its corrections from the day on which they were done. `$1` persons, `$2` payer. */
const said = `(select person_id, ordinal, month, base, reported_on as said_on, version::integer as place from contributions.wage_report where person_id = any ($1::bigint[]) and payer_id = $2
  union all select c.person_id, c.ordinal, k.month, c.base, k.done_on, 32768 from contributions.correction_row c join contributions.correction k using (correction_id)
    where c.person_id = any ($1::bigint[]) and k.payer_id = $2 and k.state = 'done' and c.base is not null)`

/**
 * The wage of the latest month up to a day, by the payer's latest word. `said on or before` the day: what held on it; `after` it: what was said
 * of those months since, which changes nothing of who owes what (PP 44/2015 art 32 asks for the wage as reported when it happened).
 */
export const reportedBase = async (
  tx: Tx,
  persons: readonly bigint[],
  payer: bigint,
  day: Day,
  when: 'by' | 'after' = 'by',
): Promise<ReportedBase | undefined> =>
  (
    await tx.query<{ base: bigint; segment: string; said_on: Day }>(
      `select r.base, p.segment, r.said_on from ${said} r
       join lateral (select f.profile_id from contributions.membership_fact f where f.person_id = r.person_id and f.ordinal = r.ordinal and f.from_day <= $3
         order by f.from_day desc limit 1) f on true
       join contributions.profile p using (profile_id)
       where (r.said_on <= $3) = $4 and r.month <= contributions.month_number($3)
       order by r.month desc, r.said_on desc, r.place desc limit 1`,
      [persons, payer, day, when === 'by'],
    )
  ).map(({ base, segment, said_on }) => ({ base, segment, reportedOn: said_on }))[0]
