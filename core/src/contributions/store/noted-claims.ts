// SQL of claims that were noted, as far as cover and refunds ask: who, of which programme, and when.
import { type Day, firstDay, type Month } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

export type NotedClaim = { readonly personId: bigint; readonly programme: string; readonly claimedOn: Day; readonly evidence: string }

/** False when a claim of that programme and day was noted already, under whichever of the person's numbers. */
export const addNotedClaim = async (tx: Tx, { personId, programme, claimedOn, evidence }: NotedClaim, toldOn: Day): Promise<boolean> =>
  (await tx.run(
    `insert into contributions.noted_claim (person_id, programme, claimed_on, evidence, told_on, actor)
     select $1::bigint, $2::text, $3::date, $4, $5::date, $6::bigint
     where not exists (select from registry.persons_of_one($1) as o (person_id) join contributions.noted_claim n using (person_id) where n.programme = $2 and n.claimed_on = $3)
     on conflict do nothing`,
    [personId, programme, claimedOn, evidence, toldOn, tx.actor.actorId],
  )) === 1

/** Those of some persons who had claimed one of these programmes by the end of a day, under whichever of their numbers. */
export const claimedBy = async (tx: Tx, persons: readonly bigint[], programmes: readonly string[], day: Day): Promise<Set<bigint>> =>
  new Set(
    (
      await tx.query<{ person_id: bigint }>(
        `select a.person_id from unnest($1::bigint[]) as a (person_id)
         where exists (select from registry.persons_of_one(a.person_id) as o (person_id) join contributions.noted_claim n using (person_id)
           where n.programme = any ($2::text[]) and n.claimed_on <= $3)`,
        [persons, programmes, day],
      )
    ).map(({ person_id }) => person_id),
  )

/** The day of a person's last claim, of whatever programme and under whichever number, where there is one. */
export const claimOf = async (tx: Tx, personId: bigint): Promise<Day | null> =>
  (
    await tx.query<{ day: Day | null }>(
      'select max(claimed_on) as day from contributions.noted_claim where person_id in (select registry.persons_of_one($1))',
      [personId],
    )
  )[0]?.day ?? null

export type ClaimSince = {
  readonly memberNumber: string
  readonly programme: string
  readonly claimedOn: Day
  readonly evidence: string
}

/** Claims of some persons, under whichever of their numbers, of a day in a month or after it; each by the number its person was registered under. */
export const claimsSince = (tx: Tx, persons: readonly bigint[], month: Month): Promise<ClaimSince[]> =>
  tx.query<ClaimSince>(
    `select p.member_number as "memberNumber", n.programme, n.claimed_on as "claimedOn", n.evidence
     from (select distinct person_id from unnest($1::bigint[]) as u (person_id)) a join registry.person p using (person_id)
     cross join lateral registry.persons_of_one(a.person_id) as o (person_id) join contributions.noted_claim n on n.person_id = o.person_id
     where n.claimed_on >= $2 order by n.claimed_on, p.member_number, n.programme`,
    [persons, firstDay(month)],
  )
