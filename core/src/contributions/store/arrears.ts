// SQL of arrears on a day: the months billed to a payer as they stood by the end of it, and the wage that was reported by then.
import { type Day, monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { PayerMonth } from '../domain/cover.ts'

/** Each month by the bills issued by that day: one is unpaid while any of them is. */
export async function billedBy(tx: Tx, payer: bigint, day: Day): Promise<PayerMonth[]> {
  const rows = await tx.query<{ month: number; due: Day | null; issued_on: Day; paid_on: Day | null }>(
    `select month, min(due) as due, min(issued_on) as issued_on, case when bool_and(coalesce(paid_on <= $2, false)) then max(paid_on) end as paid_on
     from contributions.bill where payer_id = $1 and kind in ('month', 'supplement') and issued_on <= $2 and total > 0 group by month order by month`,
    [payer, day],
  )
  return rows.map(({ month, due, issued_on, paid_on }) => ({ month: monthFromNumber(month), due, issuedOn: issued_on, paidOn: paid_on }))
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
