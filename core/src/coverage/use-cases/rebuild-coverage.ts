// Throws the roll-ups away and makes them again from the rows of the rooms below; the result is the same.
import type { Pack } from '@payung/law'
import { monthFromNumber, ok, type Result } from '@payung/values'
import type { Progress, Tx } from '../../platform/index.ts'
import { countedDays, countedMonths, forgetAll } from '../store.ts'
import { countCover } from './count-cover.ts'
import { countMonths } from './count-months.ts'

/** Work for inTransaction, as role `run`: readers see the old roll-ups until the new ones stand. */
export async function rebuildCoverage(tx: Tx, pack: Pack, progress: Progress): Promise<Result<{ days: number; months: number }>> {
  const days = await countedDays(tx)
  const months = await countedMonths(tx)
  await forgetAll(tx)
  for (const [index, { day }] of days.entries()) {
    await countCover(tx, pack, day)
    progress.step('days of cover', index + 1, days.length)
  }
  for (const [index, { month, as_of }] of months.entries()) {
    await countMonths(tx, as_of, [monthFromNumber(month)])
    progress.step('months', index + 1, months.length)
  }
  return ok({ days: days.length, months: months.length })
}
