// Makes a number lead to a person as an old one: a duplicate registration, or a number from before. No row moves: what was registered
// under the duplicate stays where it is and is read together with the person's own. The person agrees, and it can be undone.
import type { Pack } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { refuseNumber } from '../domain/membership.ts'
import { refuseMerge } from '../domain/merge.ts'
import { addMerge, lockMerges, pointNumber } from '../merge-store.ts'
import { findByNumber, readEntryFacts } from '../person-store.ts'
import { serveMember } from './find-member.ts'
import { plainNumber } from './read-surroundings.ts'

export type Merge = {
  /** The number that becomes an alias. */ readonly alias: string /** The number of the person who stays. */
  readonly into: string
  readonly reason: string
  /** How the person agreed: at the desk, by a letter. */
  readonly consent: string
}

/** Gives the person who stays and the number of the merge. Only set work may do it: the directories are not open to online roles. */
export async function mergePersons(
  tx: Tx,
  pack: Pack,
  { alias, into, reason, consent }: Merge,
): Promise<Result<{ personId: bigint; mergeId: bigint }>> {
  const [old, stays] = [plainNumber(alias), plainNumber(into)]
  await lockMerges(tx)
  const found = await findByNumber(tx, [old, stays])
  const personId = found.get(stays)?.personId
  if (personId === undefined) return refuse(refuseNumber(into))
  // The one who stays is theirs; his double may live in any district.
  const served = await serveMember(tx, personId)
  if (!served.ok) return served
  const mergedId = found.get(old)?.personId ?? null
  const persons = await readEntryFacts(tx, mergedId === null ? [personId] : [personId, mergedId])
  const [known, other] = [persons.get(personId), mergedId === null ? undefined : persons.get(mergedId)]
  const days = { born: known?.born, otherBorn: other?.born, diedOn: known?.diedOn ?? null, otherDiedOn: other?.diedOn ?? null }
  const forbidden = refuseMerge({ alias: old, into: stays, reason, consent, personId, mergedId, ...days })
  if (forbidden) return refuse(forbidden)
  const moved = await pointNumber(tx, old, mergedId, personId)
  const mergeId = await addMerge(
    tx,
    { ...moved, personId, mergedId, reason: reason.trim(), consent: consent.trim() },
    tx.today(pack.timeZone),
  )
  await tx.emit({
    kind: 'persons-merged',
    room: 'registry',
    subject: `person:${personId}`,
    payload: { reason: reason.trim(), consent: consent.trim(), duplicate: mergedId !== null, merge: mergeId.toString() },
  })
  return ok({ personId, mergeId })
}
