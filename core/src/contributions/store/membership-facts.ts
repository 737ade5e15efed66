// SQL of membership facts, profiles, first bases and the opening of cover by an accepted entry.
import type { Facts } from '@payung/law'
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

export type NewProfile = {
  readonly key: string
  readonly segment: string
  readonly payerKind: string
  readonly settlement: string
  readonly facts: Facts
}
export type NewFact = {
  readonly personId: bigint
  readonly ordinal: number
  readonly payerId: bigint
  readonly base: bigint
  readonly baseMonth: number
  readonly from: Day
  readonly joined: Day
  readonly until: Day | null
  readonly born: Day
  readonly profileId: number
  readonly acceptedOn: Day
}

/** The numbers of profiles by key; new ones are added. */
export async function addProfiles(tx: Tx, profiles: readonly NewProfile[]): Promise<Map<string, number>> {
  const keys = profiles.map(({ key }) => key)
  await tx.run(
    `insert into contributions.profile (key, segment, payer_kind, settlement, facts)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[]) as n (key, segment, payer_kind, settlement, facts)
     where not exists (select from contributions.profile p where p.key = n.key) on conflict (key) do nothing`,
    [
      keys,
      profiles.map(({ segment }) => segment),
      profiles.map(({ payerKind }) => payerKind),
      profiles.map(({ settlement }) => settlement),
      profiles.map(({ facts }) => JSON.stringify(facts)),
    ],
  )
  const rows = await tx.query<{ key: string; profile_id: number }>(
    'select key, profile_id from contributions.profile where key = any ($1)',
    [keys],
  )
  return new Map(rows.map(({ key, profile_id }) => [key, profile_id]))
}

const arrays = (facts: readonly NewFact[]): unknown[] => [
  facts.map(({ personId }) => personId),
  facts.map(({ ordinal }) => ordinal),
  facts.map(({ payerId }) => payerId),
  facts.map(({ base }) => base),
  facts.map(({ baseMonth }) => baseMonth),
  facts.map(({ from }) => from),
  facts.map(({ joined }) => joined),
  facts.map(({ born }) => born),
  facts.map(({ profileId }) => profileId),
  facts.map(({ acceptedOn }) => acceptedOn),
  facts.map(({ until }) => until),
]
const told = `unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bigint[], $5::smallint[], $6::date[], $7::date[], $8::date[], $9::integer[], $10::date[], $11::date[])
  as n (person_id, ordinal, payer_id, base, base_month, from_day, joined, born, profile_id, accepted_on, until_day)`

export const addFacts = (tx: Tx, facts: readonly NewFact[]): Promise<number> =>
  tx.run(
    `insert into contributions.membership_fact (person_id, ordinal, payer_id, base, base_month, from_day, until_day, joined, born, profile_id)
     select person_id, ordinal, payer_id, base, base_month, from_day, until_day, joined, born, profile_id from ${told}
     on conflict (person_id, ordinal, from_day) do update set payer_id = excluded.payer_id, profile_id = excluded.profile_id, base = excluded.base, until_day = excluded.until_day`,
    arrays(facts),
  )

/** The base given with the entry counts as the report of its first month. */
export const reportFirstBases = (tx: Tx, facts: readonly NewFact[]): Promise<number> =>
  tx.run(
    `insert into contributions.wage_report (person_id, ordinal, month, version, base, payer_id, reported_on)
     select n.person_id, n.ordinal, n.base_month, 0, n.base, n.payer_id, n.accepted_on from ${told}
     join contributions.profile p using (profile_id) where p.settlement = 'receivable' on conflict do nothing`,
    arrays(facts),
  )

/** A worker added to a payer that has paid a bill is covered from the day the entry was accepted; others when the first bill is paid. */
export const openAcceptedCover = (tx: Tx, facts: readonly NewFact[]): Promise<number> =>
  tx.run(
    `insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month)
     select n.person_id, n.ordinal, greatest(n.accepted_on, n.joined), 'accepted-entry', contributions.month_number(greatest(n.accepted_on, n.joined))
     from ${told} join contributions.profile p using (profile_id)
     where p.settlement = 'receivable'
       and exists (select from contributions.bill b where b.payer_id = n.payer_id and b.kind in ('month', 'supplement') and b.paid_on is not null)
       and not exists (select from contributions.cover_period o where o.person_id = n.person_id and o.ordinal = n.ordinal)`,
    arrays(facts),
  )

type Change = {
  readonly personId: bigint
  readonly ordinal: number
  readonly payerId: bigint
  readonly from: Day
  readonly joined: Day
  readonly until: Day | null
  readonly born: Day
  readonly profileId: number
  readonly base: bigint | null
  readonly acceptedOn: Day
}

/** Ends the facts in force before the first change of each membership, and gives the changed facts with the base that stood. */
export async function closeFacts(tx: Tx, changes: readonly Change[]): Promise<NewFact[]> {
  const bases = await tx.query<{ place: bigint; base: bigint; base_month: number }>(
    `select c.place, f.base, f.base_month from unnest($1::bigint[], $2::smallint[], $3::date[]) with ordinality as c (person_id, ordinal, from_day, place)
     join lateral (select base, base_month from contributions.membership_fact f where f.person_id = c.person_id and f.ordinal = c.ordinal and f.from_day <= c.from_day order by f.from_day desc limit 1) f on true`,
    [changes.map(({ personId }) => personId), changes.map(({ ordinal }) => ordinal), changes.map(({ from }) => from)],
  )
  await tx.run(
    `update contributions.membership_fact f set until_day = c.from_day
     from (select person_id, ordinal, min(from_day) as from_day from unnest($1::bigint[], $2::smallint[], $3::date[]) as n (person_id, ordinal, from_day) group by 1, 2) c
     where f.person_id = c.person_id and f.ordinal = c.ordinal and f.from_day < c.from_day and (f.until_day is null or f.until_day > c.from_day)`,
    [changes.map(({ personId }) => personId), changes.map(({ ordinal }) => ordinal), changes.map(({ from }) => from)],
  )
  const byPlace = new Map(bases.map((row) => [Number(row.place) - 1, row]))
  return changes.map((change, place) => ({
    ...change,
    base: change.base ?? byPlace.get(place)?.base ?? 0n,
    baseMonth: byPlace.get(place)?.base_month ?? 0,
  }))
}

export async function endFacts(tx: Tx, ended: readonly { personId: bigint; ordinal: number; until: Day }[]): Promise<void> {
  await tx.run(
    `update contributions.membership_fact f set until_day = e.until_day
     from unnest($1::bigint[], $2::smallint[], $3::date[]) as e (person_id, ordinal, until_day)
     where f.person_id = e.person_id and f.ordinal = e.ordinal and (f.until_day is null or f.until_day > e.until_day)`,
    [ended.map(({ personId }) => personId), ended.map(({ ordinal }) => ordinal), ended.map(({ until }) => until)],
  )
}
