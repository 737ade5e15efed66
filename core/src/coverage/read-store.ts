// All SQL that reads the roll-ups for anybody: nothing here touches a row about a person.
import type { Words } from '@payung/law'
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'

export type ProvinceRow = {
  readonly code: string
  readonly name: string
  readonly short_name: string
  readonly tile_column: number | null
  readonly tile_row: number | null
  readonly people: bigint
  readonly eligible: bigint
  readonly registered: bigint
}
export type DistrictRow = {
  readonly code: string
  readonly province: string
  readonly name: string
  readonly kind: string
  readonly people: bigint
  readonly eligible: bigint
  readonly registered: bigint
  readonly active: bigint
}
export type CountRow = {
  readonly province: string
  readonly segment: string
  readonly payer_kind: string
  readonly employer_group: string
  readonly programme: string
  readonly state: string
  readonly members: bigint
}
export type MonthRow = {
  readonly month: number
  readonly state: 'open' | 'closed'
  readonly segment: string
  readonly computed: bigint
  readonly billed: bigint
  readonly booked: bigint
  readonly collected: bigint
  readonly as_of: Day
}
/** All bills of a month by their parts. */
export type MonthBillsRow = {
  readonly month: number
  readonly contributions: bigint
  readonly premiums: bigint
  readonly fines: bigint
  readonly state_share: bigint
  readonly billed: bigint
  readonly booked: bigint
  readonly collected: bigint
  readonly as_of: Day
}
export type PopulationInfo = { readonly source: string; readonly as_of: Day }

/** The latest day counted up to a day; undefined before the first count. */
export async function latestDay(tx: Tx, until: Day): Promise<Day | undefined> {
  const [row] = await tx.query<{ day: Day | null }>('select max(day) as day from coverage.registered where day <= $1', [until])
  return row?.day ?? undefined
}

export const readProvinces = (tx: Tx, day: Day): Promise<ProvinceRow[]> =>
  tx.query(
    `select p.region_code as code, p.name, p.short_name, p.tile_column, p.tile_row, coalesce(sum(n.people), 0)::bigint as people, coalesce(sum(n.eligible), 0)::bigint as eligible, coalesce(sum(g.persons), 0)::bigint as registered
     from registry.region p left join registry.region d on d.parent_code = p.region_code
     left join coverage.population n on n.region_code = d.region_code left join coverage.registered g on g.region_code = d.region_code and g.day = $1
     where p.level = 'province' group by p.region_code order by p.region_code`,
    [day],
  )

export const readDistrictsOf = (tx: Tx, day: Day, province: string): Promise<DistrictRow[]> =>
  tx.query(
    `select d.region_code as code, d.parent_code as province, d.name, d.kind, coalesce(n.people, 0) as people, coalesce(n.eligible, 0) as eligible, coalesce(g.persons, 0) as registered, coalesce(g.active, 0) as active
     from registry.region d left join coverage.population n using (region_code) left join coverage.registered g on g.region_code = d.region_code and g.day = $1
     where d.parent_code = $2 order by d.region_code`,
    [day, province],
  )

/** The counts of a day, without the persons who have no active cover. */
export const readCounts = (tx: Tx, day: Day): Promise<CountRow[]> =>
  tx.query(
    'select region_code as province, segment, payer_kind, employer_group, programme, state, members from coverage.daily_count where day = $1',
    [day],
  )

export const readMonths = (tx: Tx): Promise<MonthRow[]> =>
  tx.query(
    `select f.month, m.state, f.segment, f.computed, f.billed, f.booked, f.collected, f.as_of
     from coverage.month_figure f join contributions.month m using (month) where f.programme = '' order by f.month desc, f.segment`,
  )

export const readMonthBills = (tx: Tx): Promise<MonthBillsRow[]> =>
  tx.query(
    'select month, contributions, premiums, fines, state_share, billed, booked, collected, as_of from coverage.month_bills order by month desc',
  )

/** The scale of a demonstration: each of its persons stands for so many. */
export async function readPopulationInfo(tx: Tx): Promise<PopulationInfo | undefined> {
  const [row] = await tx.query<PopulationInfo>('select source, as_of from coverage.population limit 1')
  return row
}

export type Nation = {
  readonly asOf: Day
  readonly scale: number
  readonly active: number
  readonly registered: number
  readonly segments: readonly { readonly segment: string; readonly members: number }[]
  readonly groups: readonly { readonly group: string; readonly members: number }[]
  /** Whose month the front page prices, by the pack's fact codes. */
  readonly price: Readonly<Record<string, string>>
  /** Where the counts of people come from, in each language, and the address of the source. */
  readonly source: Words
  readonly link: string | null
  /** Member numbers worth trying, with the answer they had on that day; the daily count asks them first and keeps their answers. */
  readonly examples?: readonly Example[]
}

/** What is kept of a demonstration nation as it was created; undefined outside a demonstration. */
export async function readNation(tx: Tx): Promise<Nation | undefined> {
  const [row] = await tx.query<{ value: Nation }>(`select value from platform.setting where key = 'nation'`)
  return row?.value
}

export type Example = { readonly number: string; readonly answer: string }

/** Member numbers of a demonstration to try, each with its answer on the day counted last. */
export async function readExamples(tx: Tx): Promise<readonly Example[]> {
  const [row] = await tx.query<{ value: readonly Example[] }>(`select value from platform.setting where key = 'examples'`)
  return row?.value ?? (await readNation(tx))?.examples ?? []
}
