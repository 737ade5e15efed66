// Plants N memberships of wage earners straight into the tables that the monthly run reads: the run is measured, not registration.
import { profileOf } from '@payung/law'
import { firstDay, type Month, monthNumber } from '@payung/values'
import type { Laboratory } from './laboratory.ts'

/** Workers to an employer, on average, as in the published counts. */
const workersPerEmployer = 57

/** One profile for every combination of the facts that employers differ in. */
function profilesOf({ law }: Laboratory, month: Month) {
  const segment = law.pack.segments.find(
    ({ assessed, payer }) =>
      assessed === 'monthly' && law.pack.payerKinds.some(({ code, settlement }) => code === payer && settlement === 'receivable'),
  )
  if (!segment) throw new Error('the pack has no monthly segment whose bills are owed')
  const varied = law.pack.facts.filter(
    ({ profile, derived, segments, type, code }) =>
      profile && !derived && code !== 'payer' && type === 'choice' && segments?.includes(segment.code),
  )
  const combinations = varied.reduce<Record<string, string>[]>(
    (rows, fact) => rows.flatMap((row) => (fact.choices ?? []).map((choice) => ({ ...row, [fact.code]: choice }))),
    [{}],
  )
  // Employers are large enough for whatever the law counts: an act that speaks of large ones applies to them.
  const counted = law.pack.facts.filter(
    ({ profile, derived, cuts, segments }) => profile && !derived && cuts?.length && segments?.includes(segment.code),
  )
  const large = Object.fromEntries(counted.map(({ code, cuts }) => [code, String(Math.max(...(cuts ?? [])))]))
  const view = law.on(firstDay(month))
  return combinations.map((facts) => {
    const { profile, key } = profileOf(law.pack, view, {
      ...large,
      ...facts,
      segment: segment.code,
      payer: segment.payer,
      born: '1985-01-01',
      joined: '2020-01-01',
    })
    return { key: `receivable ${key}`, segment: segment.code, payerKind: segment.payer, facts: profile }
  })
}

export async function plantNation(laboratory: Laboratory, members: number, month: Month): Promise<void> {
  const profiles = profilesOf(laboratory, month)
  const { admin } = laboratory
  await admin.query(
    `insert into contributions.profile (key, segment, payer_kind, settlement, facts) select k, s, p, 'receivable', f from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) as n (k, s, p, f)`,
    [
      profiles.map(({ key }) => key),
      profiles.map(({ segment }) => segment),
      profiles.map(({ payerKind }) => payerKind),
      profiles.map(({ facts }) => JSON.stringify(facts)),
    ],
  )
  await admin.query(
    `insert into registry.region (region_code, level, kind, name, short_name) values ('00', 'province', 'province', 'Bench', 'Bench')`,
  )
  const employers = Math.ceil(members / workersPerEmployer)
  await admin.query(
    `insert into registry.organisation (organisation_id, kind, name, region_code, registered_on) select g, 'employer', 'Bench', '00', '2020-01-01' from generate_series(1, $1::bigint + 1) g`,
    [employers],
  )
  await admin.query(
    `insert into registry.payer (payer_id, kind, settlement, organisation_id) select g, case when g > $1::bigint then 'state' else 'employer' end, 'receivable', g from generate_series(1, $1::bigint + 1) g`,
    [employers],
  )
  await admin.query(
    `insert into contributions.membership_fact (person_id, ordinal, payer_id, base, base_month, from_day, joined, born, profile_id)
     select g, 1, 1 + g / $2::bigint, 2000000 + (hashint8(g) & 16777215), $3::smallint, '2020-01-01', '2020-01-01', date '1965-01-01' + (hashint8(g * 23) & 2147483647) % 14000,
       1 + (hashint8(1 + g / $2::bigint) & 2147483647) % $4::integer
     from generate_series(1, $1::bigint) g`,
    [members - 1, workersPerEmployer, monthNumber(month), profiles.length],
  )
  await admin.query(
    `insert into contributions.membership_fact (person_id, ordinal, payer_id, base, base_month, from_day, joined, born, profile_id) values ($1, 1, 1, 5000000, $2, '2020-01-01', '2020-01-01', '1990-01-01', 1)`,
    [members, monthNumber(month)],
  )
  await admin.query('vacuum analyze')
}
