// SQL that reads the population of every district with its source and day.
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'
import type { PopulationRow } from './store.ts'

/** The population as it stands, in the order of the districts. */
export async function readPopulation(tx: Tx): Promise<PopulationRow[]> {
  const rows = await tx.query<{ region_code: string; people: bigint; eligible: bigint; source: string; as_of: Day }>(
    'select region_code, people, eligible, source, as_of from coverage.population order by region_code collate "C"',
  )
  return rows.map(({ region_code, people, eligible, source, as_of }) => ({
    regionCode: region_code,
    people: Number(people),
    eligible: Number(eligible),
    source,
    asOf: as_of,
  }))
}
