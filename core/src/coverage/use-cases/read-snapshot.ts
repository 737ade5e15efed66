// Loads the roll-ups of the latest counted day, as the role `public` may read them. Before the first count there is nothing to tell, and no failure.
import type { Day } from '@payung/values'
import { isDemonstration, type Tx } from '../../platform/index.ts'
import type { Snapshot } from '../domain/snapshot.ts'
import { latestDay, readCounts, readNation, readPopulationInfo, readProvinces } from '../read-store.ts'

export async function readSnapshot(tx: Tx, today: Day): Promise<Snapshot> {
  const counted = await latestDay(tx, today)
  const day = counted ?? today
  return {
    day,
    counted: counted !== undefined,
    provinces: await readProvinces(tx, day),
    counts: counted ? await readCounts(tx, day) : [],
    population: await readPopulationInfo(tx),
    nation: await readNation(tx),
    demonstration: await isDemonstration(tx),
  }
}
