// Takes back a death that was reported by mistake: the memberships that it ended go on, except with an employer that is closed since. That one
// goes on once the employer is opened again and the ending is taken back. It runs as the role `run`, as the report did: for all his numbers.
import type { Pack } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { lastDeeds } from '../deed-store.ts'
import { reasonMissing } from '../domain/leaving.ts'
import { keyText } from '../membership-store.ts'
import { holdMerges, personsOfOne } from '../merge-store.ts'
import { markDeath, readEntryFacts } from '../person-store.ts'
import { findMember } from './find-member.ts'
import { closedEmployers, recordTakenBack } from './take-back-ends.ts'

/** Gives how many memberships go on. */
export async function takeBackDeath(tx: Tx, pack: Pack, memberNumber: string, reason: string): Promise<Result<number>> {
  await holdMerges(tx)
  const found = await findMember(tx, memberNumber, { view: 'death', why: reason })
  if (!found.ok) return found
  const { person, memberships } = found.value
  if ((await readEntryFacts(tx, [person.personId])).get(person.personId)?.diedOn == null)
    return refuse({
      code: 'death-unknown',
      rule: 'Only a death that was noted can be taken back.',
      data: { memberNumber: person.memberNumber },
      next: 'Nothing is to be done.',
    })
  if (reason.trim() === '') return refuse(reasonMissing('Taking a death back has a reason.'))
  const deeds = await lastDeeds(tx, [...new Set(memberships.map(({ personId }) => personId))])
  const died = new Map(
    deeds.filter(({ deed }) => deed === 'died').map((each) => [keyText({ personId: each.person_id, ordinal: each.ordinal }), each.day]),
  )
  await markDeath(tx, await personsOfOne(tx, person.personId), null)
  const closedOn = await closedEmployers(tx, memberships)
  const back = memberships.flatMap((membership) => {
    const from = died.get(keyText(membership))
    return from === undefined || closedOn(membership) !== null
      ? []
      : [{ membership: { ...membership, until: null }, from, reason: reason.trim() }]
  })
  await recordTakenBack(tx, pack, back)
  await tx.emit({
    kind: 'death-taken-back',
    room: 'registry',
    subject: `person:${person.personId}`,
    payload: { takenBack: back.length },
    detail: { personId: person.personId },
  })
  return ok(back.length)
}
