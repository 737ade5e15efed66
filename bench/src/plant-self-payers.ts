// Plants members who pay for themselves as they are in an ordinary month: each has paid the month before, and pays one month more. Straight
// into the tables: paying is measured, not registration.
import { openMonth } from '@payung/core/contributions'
import { assess, monthLaw, profileOf } from '@payung/law'
import { addMonths, firstDay, type Month, monthNumber } from '@payung/values'
import type { Laboratory } from './laboratory.ts'

const base = 1_000_000
const born = '1985-01-01'
const joined = '2020-01-01'

/** Payers from `first` on, who are persons of the same numbers; gives what a month costs each of them. The paid month is the one before `month`. */
export async function plantSelfPayers(laboratory: Laboratory, first: number, count: number, month: Month): Promise<bigint> {
  const { admin, law, run } = laboratory
  const offered = law.pack.payerKinds.filter(({ settlement }) => settlement === 'offer').map(({ code }) => code)
  const segment = law.pack.segments.find(({ assessed, payer }) => assessed === 'monthly' && offered.includes(payer))
  if (!segment) throw new Error('the pack has no monthly segment of those who pay for themselves')
  const facts = { segment: segment.code, payer: segment.payer, born, joined }
  const monthly = monthLaw(law, month)
  if (!monthly.ok) throw new Error(monthly.refusal.rule)
  const assessed = assess(monthly.value, law, { ...facts, [segment.base[0] ?? '']: String(base) })
  if (!assessed.ok) throw new Error(assessed.refusal.rule)
  const { profile, key } = profileOf(law.pack, law.on(firstDay(month)), facts)
  await admin.query(
    `insert into contributions.profile (key, segment, payer_kind, settlement, facts) values ($1, $2, $3, 'offer', $4::jsonb)`,
    [`offer ${key}`, segment.code, segment.payer, JSON.stringify(profile)],
  )
  // Whoever asks as the bank sees what the head office sees.
  await admin.query(`insert into registry.office (office_id, kind, name) values (1, 'head', 'Bench')`)
  const [of, through] = [BigInt(first), BigInt(first + count - 1)]
  await admin.query(
    `insert into registry.payer (payer_id, kind, settlement, person_id) select g, $3, 'offer', g from generate_series($1::bigint, $2::bigint) g`,
    [of, through, segment.payer],
  )
  await admin.query(
    `insert into contributions.membership_fact (person_id, ordinal, payer_id, base, base_month, from_day, joined, born, profile_id)
     select g, 1, g, $3::bigint, $4::smallint, $5::date, $5::date, $6::date, (select profile_id from contributions.profile where key = $7)
     from generate_series($1::bigint, $2::bigint) g`,
    [of, through, base, monthNumber(month), joined, born, `offer ${key}`],
  )
  const paid = addMonths(month, -1)
  await admin.query(
    `insert into contributions.paid_span (person_id, ordinal, from_month, to_month, paid_on, bill_id)
     select g, 1, $3::smallint, $3::smallint, $4::date, (g << 20) | (($3::bigint - 24000) * 32) from generate_series($1::bigint, $2::bigint) g`,
    [of, through, monthNumber(paid), firstDay(paid)],
  )
  await run((tx) => openMonth(tx, law, month))
  await admin.query('vacuum analyze')
  return assessed.value.totals.billed
}
