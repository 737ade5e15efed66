// Makes a number lead to a person as an old one: a duplicate registration, or a number from before. No row moves: what was registered
// under the duplicate stays where it is and is read together with the person's own. The person agrees, and it can be undone.
import type { Pack } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { refuseNumber } from '../domain/membership.ts'
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
  const no = (code: string, rule: string, next: string, more: Record<string, string> = {}) =>
    refuse({ code, rule, data: { alias: old, into: stays, ...more }, next })
  await lockMerges(tx)
  const found = await findByNumber(tx, [old, stays])
  const personId = found.get(stays)?.personId
  if (personId === undefined) return refuse(refuseNumber(into))
  // The one who stays is theirs; his double may live in any district.
  const served = await serveMember(tx, personId)
  if (!served.ok) return served
  const mergedId = found.get(old)?.personId ?? null
  if (old === stays || mergedId === personId)
    return no('same-person', 'Both numbers lead to the same person already.', 'Nothing is to be done.')
  if (!/^[0-9A-Za-z]{4,20}$/.test(old))
    return no('wrong-alias', 'An old number has 4 to 20 digits or letters.', 'Copy it from the old card.')
  if (reason.trim() === '') return no('reason-missing', 'A merge has a reason.', 'Say how it is known that both are one person.')
  if (consent.trim() === '')
    return no(
      'consent-missing',
      'Numbers are merged with the consent of the person.',
      'Ask, and say how the person agreed: at the desk, by a letter.',
    )
  const persons = await readEntryFacts(tx, mergedId === null ? [personId] : [personId, mergedId])
  const [own, other] = [persons.get(personId)?.born, mergedId === null ? undefined : persons.get(mergedId)?.born]
  if (other !== undefined && own !== other)
    return no(
      'births-differ',
      'Two persons who were born on different days are not one; or one of the two days is wrong.',
      'Compare both with the identity card. If they are two persons, dismiss the proposal; if one day is wrong, have it corrected by its papers first.',
      { born: own ?? '', otherBorn: other },
    )
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
