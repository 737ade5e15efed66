// SQL of arrears on a day: the months billed to a payer as they stood by the end of it, and the wage that was reported by then.
import { type Day, monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { MonthBill } from '../domain/cover.ts'

/**
 * The bills that a payer was sent by a day. `persons`: the numbers of one worker, who was perhaps taken to another bill by then: where one
 * of his memberships with this payer was, the bills that carry it count.
 */
export async function billedBy(tx: Tx, payer: bigint, day: Day, persons: readonly bigint[] = []): Promise<MonthBill[]> {
  const rows = await tx.query<{ month: number; due: Day | null; issued_on: Day; paid_on: Day | null; left_on: Day | null }>(
    `with moved as (
       select m.bill_id, m.split_bill_id, m.split_on from contributions.split_member m where m.payer_id = $1 and m.split_on <= $2 and m.person_id = any ($3::bigint[])
     )
     select b.month, b.due, coalesce(t.split_on, b.issued_on) as issued_on, b.paid_on, f.split_on as left_on
     from contributions.bill b left join moved t on t.split_bill_id = b.bill_id left join moved f on f.bill_id = b.bill_id
     where b.payer_id = $1 and b.issued_on <= $2 and (t.bill_id is not null or (b.kind in ('month', 'supplement') and b.total > 0)) order by b.month, b.bill_id`,
    [payer, day, persons],
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

/** The wage that a payer had reported for somebody by that day: of the latest month up to it, its latest report. */
export const reportedBase = async (tx: Tx, persons: readonly bigint[], payer: bigint, day: Day): Promise<ReportedBase | undefined> =>
  (
    await tx.query<{ base: bigint; segment: string; reported_on: Day }>(
      `select r.base, p.segment, r.reported_on from contributions.wage_report r
       join lateral (select f.profile_id from contributions.membership_fact f where f.person_id = r.person_id and f.ordinal = r.ordinal and f.from_day <= $3
         order by f.from_day desc limit 1) f on true
       join contributions.profile p using (profile_id)
       where r.person_id = any ($1::bigint[]) and r.payer_id = $2 and r.reported_on <= $3 and r.month <= contributions.month_number($3)
       order by r.month desc, r.version desc limit 1`,
      [persons, payer, day],
    )
  ).map(({ base, segment, reported_on }) => ({ base, segment, reportedOn: reported_on }))[0]
