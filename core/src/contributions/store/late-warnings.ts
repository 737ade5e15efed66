// SQL of warnings to who pays for others: which of them have months unpaid after the due day, and what was told.
import { type Day, type Month, monthFromNumber, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { paidByPayer } from './paid-spans.ts'

export type LatePayer = {
  readonly payerId: bigint
  readonly paidMonth: Month
  readonly unpaid: number
  readonly members: number
  readonly coveredUntil: Day
}

/** Payers of some kinds with members who still have cover, by the last month they paid for them, where so many months are due and unpaid and nobody has told them. */
export async function latePayers(
  tx: Tx,
  kinds: readonly string[],
  months: readonly number[],
  today: Day,
  running: Month,
): Promise<LatePayer[]> {
  const rows = await tx.query<{ payer_id: bigint; paid_month: number; unpaid: number; members: number; covered_until: Day }>(
    `with late as (
       select f.payer_id, l.to_month as paid_month, contributions.first_day((l.to_month + r.grace_months + 1)::smallint) - 1 as covered_until,
         (select count(*) from contributions.month_due d where d.segment = p.segment and d.month > l.to_month and d.month <= $4::smallint and d.due < $3::date)::smallint as unpaid
       from contributions.membership_fact f
       join contributions.profile p on p.profile_id = f.profile_id and p.settlement = 'offer' and p.payer_kind = any ($1::text[])
       join lateral (select s.to_month, s.bill_id from contributions.paid_span s where s.person_id = f.person_id and s.ordinal = f.ordinal order by s.to_month desc limit 1) l
         on l.to_month < $4::smallint and ${paidByPayer}
       join lateral (select c.grace_months from contributions.cover_rule c where c.segment = p.segment and c.settlement = 'offer' and c.from_day <= $3::date
         order by c.from_day desc, c.grace_months desc limit 1) r on l.to_month + r.grace_months >= $4::smallint
       where f.from_day <= $3::date and (f.until_day is null or f.until_day > $3::date)
     )
     select payer_id, paid_month, unpaid, count(*)::integer as members, min(covered_until) as covered_until from late
     where unpaid = any ($2::smallint[])
       and not exists (select from contributions.late_warning w where w.payer_id = late.payer_id and w.paid_month = late.paid_month and w.unpaid = late.unpaid)
     group by payer_id, paid_month, unpaid order by payer_id, paid_month`,
    [kinds, months, today, monthNumber(running)],
  )
  return rows.map((row) => ({
    payerId: row.payer_id,
    paidMonth: monthFromNumber(row.paid_month),
    unpaid: row.unpaid,
    members: row.members,
    coveredUntil: row.covered_until,
  }))
}

export type Warning = LatePayer & { readonly amount: bigint; readonly toldOn: Day }

export const addWarnings = (tx: Tx, warnings: readonly Warning[]): Promise<number> =>
  tx.run(
    `insert into contributions.late_warning (payer_id, paid_month, unpaid, members, amount, covered_until, told_on)
     select * from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::integer[], $5::bigint[], $6::date[], $7::date[]) on conflict do nothing`,
    [
      warnings.map(({ payerId }) => payerId),
      warnings.map(({ paidMonth }) => monthNumber(paidMonth)),
      warnings.map(({ unpaid }) => unpaid),
      warnings.map(({ members }) => members),
      warnings.map(({ amount }) => amount),
      warnings.map(({ coveredUntil }) => coveredUntil),
      warnings.map(({ toldOn }) => toldOn),
    ],
  )

/** What a payer was told, latest first, as far as the actor may see it. */
export async function readWarnings(tx: Tx, payer: bigint): Promise<Warning[]> {
  const rows = await tx.query<{
    payer_id: bigint
    paid_month: number
    unpaid: number
    members: number
    amount: bigint
    covered_until: Day
    told_on: Day
  }>('select * from contributions.late_warning where payer_id = $1 order by told_on desc, paid_month desc, unpaid desc limit 500', [payer])
  return rows.map((row) => ({
    payerId: row.payer_id,
    paidMonth: monthFromNumber(row.paid_month),
    unpaid: row.unpaid,
    members: row.members,
    amount: row.amount,
    coveredUntil: row.covered_until,
    toldOn: row.told_on,
  }))
}
