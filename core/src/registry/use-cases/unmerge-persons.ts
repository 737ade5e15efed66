// Undoes a merge: the numbers lead again to whom they led before. Since no row had moved, nothing else is to be put back. Rooms above that
// kept something of both together refuse it where that cannot be told apart (savings).
import type { Pack } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { PersonsUnmerged } from '../events.ts'
import { findMerge, giveBack, lockMerges } from '../merge-store.ts'
import { serveMember } from './find-member.ts'

/** Gives the numbers that were given back. */
export async function unmergePersons(tx: Tx, pack: Pack, mergeId: bigint, reason: string): Promise<Result<readonly string[]>> {
  const no = (code: string, rule: string, next: string) => refuse({ code, rule, data: { merge: mergeId.toString() }, next })
  await lockMerges(tx)
  const merge = await findMerge(tx, mergeId)
  if (!merge) return no('merge-unknown', 'A merge is undone by its number.', 'It was told when the numbers were merged.')
  const served = await serveMember(tx, merge.person_id)
  if (!served.ok) return served
  if (merge.undone) return no('merge-undone', 'A merge is undone once.', 'Nothing is to be done.')
  if (reason.trim() === '') return no('reason-missing', 'Undoing a merge has a reason.', 'Say how it is known that they are two persons.')
  if (!(await giveBack(tx, merge, reason.trim(), tx.today(pack.timeZone))))
    return no('merged-further', 'The person who stayed was merged into another since.', 'Undo that later merge first.')
  await tx.emit({
    kind: 'persons-unmerged',
    room: 'registry',
    subject: `person:${merge.person_id}`,
    payload: { reason: reason.trim(), merge: mergeId.toString() },
    detail: { personId: merge.person_id, mergedId: merge.merged_id } satisfies PersonsUnmerged,
  })
  return ok(merge.numbers)
}
