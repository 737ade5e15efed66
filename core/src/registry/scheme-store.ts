// All SQL about regions and offices.
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'
import type { Office, Region } from './domain/scheme.ts'

export async function readRegionCodes(tx: Tx, level?: 'province' | 'district'): Promise<Set<string>> {
  const rows = await tx.query<{ region_code: string }>('select region_code from registry.region where $1::text is null or level = $1', [
    level ?? null,
  ])
  return new Set(rows.map(({ region_code }) => region_code))
}

/** Adds regions and brings those that are there up to date. Provinces come before their districts. */
export const putRegions = (tx: Tx, regions: readonly Region[]): Promise<number> =>
  tx.run(
    `insert into registry.region (region_code, parent_code, level, kind, name, short_name, population_male, population_female, tile_column, tile_row)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::smallint[], $10::smallint[])
     on conflict (region_code) do update set kind = excluded.kind, name = excluded.name, short_name = excluded.short_name,
       population_male = excluded.population_male, population_female = excluded.population_female, tile_column = excluded.tile_column, tile_row = excluded.tile_row`,
    [
      regions.map(({ code }) => code),
      regions.map(({ parent }) => parent),
      regions.map(({ level }) => level),
      regions.map(({ kind }) => kind),
      regions.map(({ name }) => name),
      regions.map(({ shortName }) => shortName),
      regions.map(({ male }) => male),
      regions.map(({ female }) => female),
      regions.map(({ tile }) => tile?.column ?? null),
      regions.map(({ tile }) => tile?.row ?? null),
    ],
  )

export async function addOffices(tx: Tx, offices: readonly Office[], from: Day): Promise<number> {
  const added = await tx.run(
    `insert into registry.office (office_id, kind, name, parent_id) select * from unnest($1::integer[], $2::text[], $3::text[], $4::integer[]) on conflict (office_id) do nothing`,
    [
      offices.map(({ officeId }) => officeId),
      offices.map(({ kind }) => kind),
      offices.map(({ name }) => name),
      offices.map(({ parentId }) => parentId),
    ],
  )
  const served = offices.flatMap(({ officeId, districts }) => districts.map((code) => ({ officeId, code })))
  await tx.run(
    `insert into registry.office_district (office_id, region_code, from_day)
     select office, code, $3::date from unnest($1::integer[], $2::text[]) as served (office, code)
     where not exists (select from registry.office_district d where d.region_code = code and d.until_day is null)`,
    [served.map(({ officeId }) => officeId), served.map(({ code }) => code), from],
  )
  return added
}

export type OfficeRow = {
  readonly office_id: number
  readonly kind: string
  readonly name: string
  readonly parent_id: number | null
  /** Districts that it serves today. */
  readonly districts: number
}

/** Every office, the head first, with how many districts it serves. */
export const readOffices = (tx: Tx): Promise<OfficeRow[]> =>
  tx.query<OfficeRow>(
    `select o.office_id, o.kind, o.name, o.parent_id, count(d.region_code)::integer as districts
     from registry.office o left join registry.office_district d on d.office_id = o.office_id and d.until_day is null
     group by o.office_id order by o.office_id`,
  )

type Asked = { readonly personId?: bigint; readonly organisationId?: bigint; readonly officeId?: bigint }

/** Which of those named are registered; who is not named counts as known. */
export async function askRegistered(
  tx: Tx,
  { personId, organisationId, officeId }: Asked,
): Promise<{ person: boolean; organisation: boolean; office: boolean }> {
  const [known] = await tx.query<{ person: boolean; organisation: boolean; office: boolean }>(
    `select $1::bigint is null or exists (select from registry.person where person_id = $1) as person,
       $2::bigint is null or exists (select from registry.organisation where organisation_id = $2) as organisation,
       $3::bigint is null or exists (select from registry.office where office_id = $3) as office`,
    [personId ?? null, organisationId ?? null, officeId ?? null],
  )
  return known ?? { person: false, organisation: false, office: false }
}
