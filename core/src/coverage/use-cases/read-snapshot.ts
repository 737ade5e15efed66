// Loads the roll-ups of the latest counted day, as the role `public` may read them.
import { type Day, ok, refuse, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { Snapshot } from '../domain/snapshot.ts'
import { isDemonstration, latestDay, readCounts, readNation, readPopulationInfo, readProvinces } from '../read-store.ts'

export async function readSnapshot(tx: Tx, today: Day): Promise<Result<Snapshot>> {
  const day = await latestDay(tx, today)
  if (!day) return refuse({ code: 'not-counted', rule: 'Public figures are counted once a day.', data: { today }, next: 'Count the day: payung coverage count.' })
  return ok({
    day,
    provinces: await readProvinces(tx, day), counts: await readCounts(tx, day), population: await readPopulationInfo(tx), nation: await readNation(tx), demonstration: await isDemonstration(tx),
  })
}
