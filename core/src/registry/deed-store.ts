// All SQL about what was done to memberships after they began: the deeds as they were told, and taking an ending back.
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'
import type { MembershipKey } from './membership-store.ts'

export type DeedKind = 'ended' | 'taken-back' | 'moved' | 'died'
export type Deed = MembershipKey & { readonly deed: DeedKind; readonly day: Day; readonly reason: string }

export const addDeeds = (tx: Tx, deeds: readonly Deed[], toldOn: Day): Promise<number> =>
  tx.run(
    `insert into registry.membership_deed (person_id, ordinal, deed, day, reason, told_on, actor)
     select d.*, $6::date, $7::bigint from unnest($1::bigint[], $2::smallint[], $3::text[], $4::date[], $5::text[]) as d`,
    [
      deeds.map(({ personId }) => personId),
      deeds.map(({ ordinal }) => ordinal),
      deeds.map(({ deed }) => deed),
      deeds.map(({ day }) => day),
      deeds.map(({ reason }) => reason),
      toldOn,
      tx.actor.actorId,
    ],
  )

/** The deed that was told last of each membership of some persons. */
export const lastDeeds = (
  tx: Tx,
  personIds: readonly bigint[],
): Promise<{ person_id: bigint; ordinal: number; deed: DeedKind; day: Day }[]> =>
  tx.query(
    `select distinct on (person_id, ordinal) person_id, ordinal, deed, day from registry.membership_deed
     where person_id = any ($1::bigint[]) order by person_id, ordinal, deed_id desc`,
    [personIds],
  )

/** Takes endings back: the memberships have no last day any more, and each arrangement lasts until the next one begins. */
export async function reopenMemberships(tx: Tx, keys: readonly MembershipKey[]): Promise<void> {
  const values = [keys.map(({ personId }) => personId), keys.map(({ ordinal }) => ordinal)]
  await tx.run(
    `update registry.membership m set until_day = null, end_reason = null
     from unnest($1::bigint[], $2::smallint[]) as e (person_id, ordinal) where m.person_id = e.person_id and m.ordinal = e.ordinal`,
    values,
  )
  await tx.run(
    `update registry.arrangement a set until_day =
       (select min(n.from_day) from registry.arrangement n where n.person_id = a.person_id and n.ordinal = a.ordinal and n.from_day > a.from_day)
     from unnest($1::bigint[], $2::smallint[]) as e (person_id, ordinal) where a.person_id = e.person_id and a.ordinal = e.ordinal`,
    values,
  )
}
