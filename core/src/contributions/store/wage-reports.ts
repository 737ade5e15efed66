// SQL of wage reports: each report is a row of its own; the newest is the current base of the membership.
import { type Day, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

export type ReportRow = { readonly personId: bigint; readonly ordinal: number; readonly payerId: bigint; readonly base: bigint }
export type ReportTarget = { readonly person_id: bigint | null; readonly ordinal: number | null; readonly billed: boolean }

/** For each row asked, in its order: the membership of that payer that it names, if there is one, and whether its month is billed already. */
export const findTargets = (
  tx: Tx,
  month: Month,
  rows: readonly { personId: bigint; ordinal?: number; payerId: bigint }[],
): Promise<ReportTarget[]> =>
  tx.query<ReportTarget>(
    `select f.person_id, f.ordinal,
       f.person_id is not null and exists (select from contributions.contribution c where c.person_id = f.person_id and c.month = $4 and c.ordinal = f.ordinal) as billed
     from unnest($1::bigint[], $2::smallint[], $3::bigint[]) with ordinality as a (person_id, ordinal, payer_id, place)
     left join lateral (select f.* from contributions.membership_fact f where f.person_id = a.person_id and f.payer_id = a.payer_id and (a.ordinal is null or f.ordinal = a.ordinal)
       and f.until_day is null order by f.ordinal limit 1) own on true
     left join lateral (select f.* from registry.persons_of_one(a.person_id) as s (person_id) join contributions.membership_fact f on f.person_id = s.person_id
       where own.person_id is null and f.payer_id = a.payer_id and (a.ordinal is null or f.ordinal = a.ordinal) and f.until_day is null order by f.person_id, f.ordinal limit 1) merged on true
     cross join lateral (select coalesce(own.person_id, merged.person_id) as person_id, coalesce(own.ordinal, merged.ordinal) as ordinal) f order by a.place`,
    [
      rows.map(({ personId }) => personId),
      rows.map(({ ordinal }) => ordinal ?? null),
      rows.map(({ payerId }) => payerId),
      monthNumber(month),
    ],
  )

/** Each report is a row of its own, and the current base from now on; one for a month that has not begun waits for its opening. */
export async function addReports(tx: Tx, month: Month, rows: readonly ReportRow[], reportedOn: Day): Promise<void> {
  const persons = rows.map(({ personId }) => personId)
  const ordinals = rows.map(({ ordinal }) => ordinal)
  const bases = rows.map(({ base }) => base)
  await tx.run(
    `insert into contributions.wage_report (person_id, ordinal, base, payer_id, month, version, reported_on)
     select n.person_id, n.ordinal, n.base, n.payer_id, $5, coalesce((select max(r.version) + 1 from contributions.wage_report r where r.person_id = n.person_id and r.ordinal = n.ordinal and r.month = $5), 0), $6
     from unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bigint[]) as n (person_id, ordinal, base, payer_id)`,
    [persons, ordinals, bases, rows.map(({ payerId }) => payerId), monthNumber(month), reportedOn],
  )
  await tx.run(
    `update contributions.membership_fact f set base = n.base, base_month = $4
     from unnest($1::bigint[], $2::smallint[], $3::bigint[]) as n (person_id, ordinal, base)
     where f.person_id = n.person_id and f.ordinal = n.ordinal and f.until_day is null and f.base_month <= $4
       and exists (select from contributions.month m where m.month = $4)`,
    [persons, ordinals, bases, monthNumber(month)],
  )
}
