// SQL of wage reports: each report is a row of its own; the newest is the current base of the membership.
import { type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

export type ReportRow = { readonly personId: bigint; readonly ordinal: number; readonly base: bigint }
export type ReportTarget = {
  readonly place: number
  readonly person_id: bigint | null
  readonly ordinal: number | null
  readonly payer_id: bigint | null
  readonly billed: boolean
}

/** For each row asked: the membership of this payer that it names, if there is one, and whether its month is billed already. */
export const findTargets = (
  tx: Tx,
  payer: bigint,
  month: Month,
  rows: readonly { personId: bigint; ordinal: number | null }[],
): Promise<ReportTarget[]> =>
  tx.query<ReportTarget>(
    `select a.place::integer as place, f.person_id, f.ordinal, f.payer_id,
       f.person_id is not null and exists (select from contributions.contribution c where c.person_id = f.person_id and c.month = $4 and c.ordinal = f.ordinal) as billed
     from unnest($1::bigint[], $2::smallint[]) with ordinality as a (person_id, ordinal, place)
     left join lateral (select f.* from contributions.membership_fact f where f.person_id = a.person_id and f.payer_id = $3 and (a.ordinal is null or f.ordinal = a.ordinal)
       and f.until_day is null order by f.ordinal limit 1) f on true order by a.place`,
    [rows.map(({ personId }) => personId), rows.map(({ ordinal }) => ordinal), payer, monthNumber(month)],
  )

export async function addReports(tx: Tx, payer: bigint, month: Month, rows: readonly ReportRow[], reportedOn: string): Promise<void> {
  const values = [
    rows.map(({ personId }) => personId),
    rows.map(({ ordinal }) => ordinal),
    rows.map(({ base }) => base),
    monthNumber(month),
  ]
  await tx.run(
    `insert into contributions.wage_report (person_id, ordinal, base, month, version, payer_id, reported_on)
     select n.person_id, n.ordinal, n.base, $4, coalesce((select max(r.version) + 1 from contributions.wage_report r where r.person_id = n.person_id and r.ordinal = n.ordinal and r.month = $4), 0), $5, $6
     from unnest($1::bigint[], $2::smallint[], $3::bigint[]) as n (person_id, ordinal, base)`,
    [...values, payer, reportedOn],
  )
  await tx.run(
    `update contributions.membership_fact f set base = n.base, base_month = $4
     from unnest($1::bigint[], $2::smallint[], $3::bigint[]) as n (person_id, ordinal, base)
     where f.person_id = n.person_id and f.ordinal = n.ordinal and f.until_day is null and f.base_month <= $4
       and exists (select from contributions.month m where m.month = $4)`,
    values,
  )
}
