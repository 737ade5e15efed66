// Plants what a question about cover reads: N members with their numbers, a membership each, and a month that was run and paid.
import { openMonth, runMonth } from '@payung/core/contributions'
import { systemActor } from '@payung/core/platform'
import { firstDay, lastDay, type Month, memberNumber, monthNumber } from '@payung/values'
import type { Laboratory } from './laboratory.ts'
import { plantNation } from './plant-nation.ts'

/** Members 1 to `count`; their numbers are `memberNumber` of these. */
export async function plantMembers(laboratory: Laboratory, count: number, month: Month): Promise<void> {
  const { admin, law, platform } = laboratory
  await plantNation(laboratory, count, month)
  await admin.query(`insert into registry.office (office_id, kind, name) values (1, 'head', 'Bench')`)
  await admin.query('create temporary table number (person_id bigint, member_number text)')
  const block = 100_000
  for (let from = 1; from <= count; from += block) {
    const numbers = Array.from({ length: Math.min(block, count - from + 1) }, (_, place) => memberNumber(from + place))
    await admin.query(
      'insert into number select $1::bigint + place - 1, given from unnest($2::text[]) with ordinality as n (given, place)',
      [from, numbers],
    )
  }
  for (const statement of [
    `insert into registry.person (person_id, member_number, name, born, sex, region_code, registered_on)
     select n.person_id, n.member_number, 'Bench', f.born, 'female', '00', '2020-01-01' from number n join contributions.membership_fact f using (person_id)`,
    'insert into registry.member_directory (member_number, person_id) select member_number, person_id from number',
    `insert into registry.membership (person_id, ordinal, segment, organisation_id, from_day, accepted_on)
     select f.person_id, 1, p.segment, f.payer_id, '2020-01-01', '2020-01-01' from contributions.membership_fact f join contributions.profile p using (profile_id)`,
    `insert into registry.arrangement (person_id, ordinal, from_day, payer_id) select person_id, 1, '2020-01-01', payer_id from contributions.membership_fact`,
    `insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month) select person_id, 1, '2020-02-01', 'payment', ${monthNumber('2020-02' as Month)} from contributions.membership_fact`,
  ])
    await admin.query(statement)
  laboratory.at(firstDay(month))
  await laboratory.run((tx) => openMonth(tx, law, month))
  laboratory.at(lastDay(month))
  const done = await runMonth(platform, law, month, { actor: systemActor })
  if (!done.ok) throw new Error(done.refusal.rule)
  await admin.query(`update contributions.bill set state = 'paid', paid_on = issued_on where state = 'issued'`)
  await admin.query('vacuum analyze')
}
