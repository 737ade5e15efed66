// Counts who is covered on a day. A lapse writes no row anywhere, so this cannot be kept by deltas: it is counted anew each day.
import type { Pack } from '@payung/law'
import { type Day, ok, type Result } from '@payung/values'
import { isDemonstration, type Tx } from '../../platform/index.ts'
import { groupFact, ungrouped } from '../domain/groups.ts'
import { readExamples, readNation } from '../read-store.ts'
import { countDay, forgetDay, keepExamples } from '../store.ts'

/** How many members of a demonstration are looked at for numbers to try, and how many different answers there are to find. */
const examplesAmong = 3_000
const answers = 4

export type CoverCount = { readonly day: Day; readonly registered: bigint; readonly active: bigint }

/** Work for inTransaction, as role `run`; a day counted again is replaced. */
export async function countCover(tx: Tx, pack: Pack, day: Day): Promise<Result<CoverCount>> {
  await forgetDay(tx, day)
  const { registered, active } = await countDay(tx, day, groupFact, ungrouped(pack))
  if (await isDemonstration(tx)) await chooseExamples(tx, day)
  await tx.emit({ kind: 'cover-counted', room: 'coverage', subject: `day:${day}`, payload: { registered, active } })
  return ok({ day, registered, active })
}

/** The numbers to try are looked for once a month, and while an answer has none; on other days those that are kept get the answer of the day. */
async function chooseExamples(tx: Tx, day: Day): Promise<void> {
  const wished = (await readNation(tx))?.examples?.map(({ number }) => number) ?? []
  const kept = (await readExamples(tx)).map(({ number }) => number)
  const search = kept.length < answers || day.endsWith('-01')
  await keepExamples(tx, day, [...wished, ...kept], search ? examplesAmong : 0)
}
