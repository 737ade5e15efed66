// SQL that writes what was taken over from another system: set statements from the staged rows of the room `takeover`, which were
// checked before. `$1` and `$2` are the first and last place of a chunk.
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'

type Places = readonly [first: number, last: number]
const within = 'place between $1 and $2'

/** Persons with their numbers. One who is known by the identity number is not made; the old numbers then lead to him. */
export async function takePersons(tx: Tx, places: Places, on: Day): Promise<{ taken: number; known: number }> {
  const hashed = (await tx.query<{ n: bigint }>(`select count(number_hash) as n from staging.takeover_persons where ${within}`, places))[0]
    ?.n
  const claimed = await tx.run(
    `insert into registry.number_directory (number_hash, person_id)
     select number_hash, person_id from staging.takeover_persons where ${within} and number_hash is not null order by number_hash on conflict (number_hash) do nothing`,
    places,
  )
  const known =
    BigInt(claimed) === hashed
      ? 0
      : await tx.run(
          `update staging.takeover_persons p set person_id = d.person_id, known = true from registry.number_directory d
           where p.${within} and d.number_hash = p.number_hash and d.person_id <> p.person_id`,
          places,
        )
  const taken = await tx.run(
    `insert into registry.person (person_id, member_number, name, born, sex, region_code, number_cipher, registered_on)
     select person_id, member_number, name, born, sex, region_code, number_cipher, $3::date from staging.takeover_persons where ${within} and not known order by person_id`,
    [...places, on],
  )
  await tx.run(
    `insert into registry.member_directory (member_number, person_id, alias)
     select member_number, person_id, false from staging.takeover_persons where ${within} and not known
     union all select old_number, person_id, true from staging.takeover_persons where ${within} on conflict (member_number) do nothing`,
    places,
  )
  return { taken, known }
}

/** Further old numbers of persons who were taken. */
export const takeNumbers = (tx: Tx, places: Places): Promise<number> =>
  tx.run(
    `insert into registry.member_directory (member_number, person_id, alias)
     select n.other_number, d.person_id, true from staging.takeover_numbers n join registry.member_directory d on d.member_number = n.old_number
     where n.${within} on conflict (member_number) do nothing`,
    places,
  )

/** Organisations with their facts from the takeover on, and the payer that each is. Lays out `taken_organisation` with their ids. */
export async function takeOrganisations(tx: Tx, on: Day): Promise<number> {
  await tx.run(
    `create temporary table taken_organisation on commit drop as
     select o.*, nextval('registry.organisation_id') as organisation_id, nextval('registry.payer_id') as payer_id from staging.takeover_organisations o order by place`,
  )
  const taken = await tx.run(
    `insert into registry.organisation (organisation_id, kind, name, region_code, registered_on) select organisation_id, kind, name, region_code, $1::date from taken_organisation`,
    [on],
  )
  await tx.run(
    'insert into registry.organisation_fact (organisation_id, from_day, facts) select organisation_id, $1::date, facts from taken_organisation',
    [on],
  )
  await tx.run(
    'insert into registry.payer (payer_id, kind, settlement, organisation_id, funding_code) select payer_id, kind, settlement, organisation_id, funding_code from taken_organisation',
  )
  return taken
}

/**
 * Memberships with who pays and their opening record. Lays out `taken_membership` for the rooms above: each with its person, ordinal,
 * payer and the employer's facts. `selfKind` is the kind of payer that a person is for himself.
 */
export async function takeMemberships(
  tx: Tx,
  places: Places,
  on: Day,
  selfKind: { readonly code: string; readonly settlement: string },
): Promise<number> {
  await tx.run(
    `insert into registry.payer (kind, settlement, person_id)
     select distinct $3, $4, d.person_id from staging.takeover_memberships m join registry.member_directory d on d.member_number = m.old_number
     where m.${within} and m.payer is null and m.organisation is null
     on conflict (person_id, kind) where person_id is not null do nothing`,
    [...places, selfKind.code, selfKind.settlement],
  )
  await tx.run(
    `create temporary table taken_membership on commit drop as
     with employer as (
       select o.old_number, o.organisation_id, (select min(y.payer_id) from registry.payer y where y.organisation_id = o.organisation_id) as payer_id,
         (select f.facts from registry.organisation_fact f where f.organisation_id = o.organisation_id order by f.from_day <= $3::date desc, f.from_day desc limit 1) as facts
       from takeover.organisation_number o
     )
     select m.*, d.person_id, p.born, p.sex, e.organisation_id, coalesce(e.facts, '{}') as organisation_facts, y.payer_id, y.kind as payer_kind, y.settlement,
       (coalesce((select max(k.ordinal) from registry.membership k where k.person_id = d.person_id), 0)
         + row_number() over (partition by d.person_id order by m.from_day, m.place))::smallint as ordinal,
       coalesce((select sum(b.amount) from staging.takeover_balances b where b.old_number = m.old_number and b.membership = m.membership), 0)::bigint as savings
     from staging.takeover_memberships m
     join registry.member_directory d on d.member_number = m.old_number
     join registry.person p using (person_id)
     left join employer e on e.old_number = m.organisation
     left join employer o on o.old_number = m.payer
     join registry.payer y on y.payer_id = coalesce(o.payer_id, e.payer_id, (select s.payer_id from registry.payer s where s.person_id = d.person_id and s.kind = $4))
     where m.${within}`,
    [...places, on, selfKind.code],
  )
  await tx.run('analyze taken_membership')
  const taken = await tx.run(
    `insert into registry.membership (person_id, ordinal, segment, organisation_id, programmes, facts, from_day, until_day, end_reason, accepted_on, opening_months, opening_savings, opening_act)
     select person_id, ordinal, segment, organisation_id, programmes, facts, from_day, until_day, end_reason, $1::date, months, savings, act from taken_membership order by person_id, ordinal`,
    [on],
  )
  await tx.run(
    `insert into registry.arrangement (person_id, ordinal, from_day, payer_id, until_day)
     select person_id, ordinal, from_day, payer_id, until_day from taken_membership order by person_id, ordinal`,
  )
  return taken
}
