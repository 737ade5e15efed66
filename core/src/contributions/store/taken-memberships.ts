// SQL of memberships taken over from another system. Needs `taken_membership`, which the registry lays out for a chunk.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

export type TakenRow = {
  readonly place: bigint
  readonly segment: string
  readonly payer_kind: string
  readonly settlement: 'receivable' | 'offer'
  readonly programmes: string
  readonly facts: string
  readonly organisation_facts: string
  readonly born: Day
  readonly sex: 'female' | 'male'
  readonly from_day: Day
}

export const readTaken = (tx: Tx): Promise<TakenRow[]> =>
  tx.query<TakenRow>(
    `select place, segment, payer_kind, settlement, programmes, facts::text as facts, organisation_facts::text as organisation_facts, born, sex, from_day from taken_membership`,
  )

/**
 * Facts, the present base as the report of the running month, and the cover and paid months that the record tells: what lies before
 * is known by the record only, and no month before the takeover is billed.
 */
export async function addTakenFacts(tx: Tx, places: readonly bigint[], profiles: readonly number[], on: Day): Promise<void> {
  await tx.run(
    `insert into contributions.membership_fact (person_id, ordinal, payer_id, base, base_month, from_day, until_day, joined, born, profile_id)
     select t.person_id, t.ordinal, t.payer_id, t.base, contributions.month_number(greatest(t.from_day, least(t.until_day, $3::date))), t.from_day, t.until_day, t.from_day, t.born, n.profile_id
     from taken_membership t join unnest($1::bigint[], $2::integer[]) as n (place, profile_id) using (place) order by t.person_id, t.ordinal`,
    [places, profiles, on],
  )
  await tx.run(
    `insert into contributions.wage_report (person_id, ordinal, month, version, base, payer_id, reported_on)
     select person_id, ordinal, contributions.month_number(greatest(from_day, $1::date)), 0, base, payer_id, $1::date
     from taken_membership where settlement = 'receivable' and until_day is null order by person_id, ordinal`,
    [on],
  )
  await tx.run(
    `insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month)
     select person_id, ordinal, covered_since, 'opening-record', contributions.month_number(covered_since) from taken_membership where covered_since is not null order by person_id, ordinal`,
  )
  await tx.run(
    `insert into contributions.paid_span (person_id, ordinal, from_month, to_month, paid_on, bill_id)
     select person_id, ordinal, contributions.month_number(covered_since), paid_to, covered_since, 0 from taken_membership
     where paid_to is not null and settlement = 'offer' order by person_id, ordinal`,
  )
}
