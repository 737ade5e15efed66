// Counts who is covered on a day. A lapse writes no row anywhere, so this cannot be kept by deltas: it is counted anew each day.
import type { Pack } from '@payung/law'
import { type Day, ok, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { groupFact, ungrouped } from '../domain/groups.ts'
import { isDemonstration, readNation } from '../read-store.ts'
import { countDay, forgetDay, keepExamples } from '../store.ts'

export type CoverCount = { readonly day: Day; readonly registered: bigint; readonly active: bigint }

/** Work for inTransaction, as role `run`; a day counted again is replaced. */
export async function countCover(tx: Tx, pack: Pack, day: Day): Promise<Result<CoverCount>> {
  await forgetDay(tx, day)
  const { registered, active } = await countDay(tx, day, groupFact, ungrouped(pack))
  if (await isDemonstration(tx)) await keepExamples(tx, day, (await readNation(tx))?.examples?.map(({ number }) => number) ?? [])
  await tx.emit({ kind: 'cover-counted', room: 'coverage', subject: `day:${day}`, payload: { registered, active } })
  return ok({ day, registered, active })
}
