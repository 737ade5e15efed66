// Notes that a member has died: every membership of his ends on that day, also those registered under a number that was merged, whichever
// office serves it. So it runs as the role `run`: the office of the one who acts serves the member, and needs not see all that ends.
import type { Pack } from '@payung/law'
import { addDays, type Day, ok, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { addDeeds } from '../deed-store.ts'
import { decideDeath } from '../domain/leaving.ts'
import type { MembershipsEnded, PersonDied } from '../events.ts'
import { endMembershipRows } from '../membership-store.ts'
import { holdMerges, personsOfOne } from '../merge-store.ts'
import { markDeath, readEntryFacts } from '../person-store.ts'
import { findMember } from './find-member.ts'

export type DeathReport = { readonly memberNumber: string; readonly diedOn: string; readonly evidence: string }
export type Death = { readonly personId: bigint; readonly diedOn: Day; readonly ended: number }

export async function reportDeath(tx: Tx, pack: Pack, { memberNumber, diedOn, evidence }: DeathReport): Promise<Result<Death>> {
  await holdMerges(tx)
  const found = await findMember(tx, memberNumber, { view: 'death', why: evidence })
  if (!found.ok) return found
  const { person, memberships } = found.value
  const lives = memberships.filter(({ until }) => until === null || until > diedOn)
  const lastBegan = lives.map(({ from }) => from).sort()
  const today = tx.today(pack.timeZone)
  const known = (await readEntryFacts(tx, [person.personId])).get(person.personId)?.diedOn ?? null
  const day = decideDeath(diedOn, evidence, { born: person.born, diedOn: known, today, lastBegan: lastBegan.at(-1) ?? null })
  if (!day.ok) return day
  await markDeath(tx, await personsOfOne(tx, person.personId), day.value)
  const until = addDays(day.value, 1)
  const reason = `died ${day.value}`
  const ended = lives
    .filter((each) => each.until === null || each.until > until)
    .map(({ personId, ordinal }) => ({ personId, ordinal, until, reason }))
  await endMembershipRows(tx, ended)
  await addDeeds(
    tx,
    ended.map(({ personId, ordinal }) => ({ personId, ordinal, deed: 'died', day: until, reason: evidence.trim() })),
    today,
  )
  const detail: PersonDied = { personId: person.personId, diedOn: day.value }
  await tx.emit({ kind: 'person-died', room: 'registry', subject: `person:${person.personId}`, payload: { ended: ended.length }, detail })
  const told: MembershipsEnded = ended.map(({ personId, ordinal }) => ({ personId, ordinal, until }))
  if (told.length > 0)
    await tx.emit({
      kind: 'memberships-ended',
      room: 'registry',
      subject: 'memberships',
      payload: { ended: told.length },
      detail: told,
    })
  return ok({ personId: person.personId, diedOn: day.value, ended: ended.length })
}
