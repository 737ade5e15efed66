// Takes back endings that were reported by mistake: the membership goes on as if nobody had said so (Perdir 22/2022 knows a wrong
// deactivation as a cause of correction). Nothing of it is hidden: the ending and what took it back both stay as deeds.
import type { Pack } from '@payung/law'
import { type Day, isRefusal, type Refusal } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { closings } from '../closing-store.ts'
import { addDeeds, reopenMemberships } from '../deed-store.ts'
import { decideTakeBack } from '../domain/leaving.ts'
import type { OtherMembership } from '../domain/membership.ts'
import { rowOf } from '../domain/row-fault.ts'
import type { EndsTakenBack } from '../events.ts'
import { type Membership, readOtherMemberships } from '../membership-store.ts'
import { holdPayers, payersOfOrganisations } from '../organisation-store.ts'
import { readEntryFacts } from '../person-store.ts'
import { nameMemberships } from './name-memberships.ts'
import { changesFrom, readMembershipDetails } from './read-membership-details.ts'
import type { MembershipResult } from './register-memberships.ts'

export type TakeBackRow = { readonly memberNumber: string; readonly ordinal: number; readonly reason: string }
type Back = { readonly membership: Membership; readonly from: Day; readonly reason: string }

const isSame = (other: OtherMembership, { segment, organisationId, from, until }: Membership): boolean =>
  other.segment === segment && other.organisationId === organisationId && other.from === from && other.until === until

/** Each row is answered by itself, in the order given. */
export async function takeBackEnds(tx: Tx, pack: Pack, rows: readonly TakeBackRow[]): Promise<MembershipResult[]> {
  const named = await nameMemberships(tx, rows)
  const found = named.flatMap((each) => ('membership' in each ? [each.membership] : []))
  const personIds = [...new Set(found.map(({ personId }) => personId))]
  const persons = await readEntryFacts(tx, personIds)
  const known = await readOtherMemberships(tx, personIds)
  const closedOn = await closedEmployers(tx, found)
  const decided = rows.map((row, index): Back | Refusal | null => {
    const each = named[index]
    if (!each || 'refusal' in each) return each?.refusal ?? null
    const { membership } = each
    const all = known.get(membership.personId) ?? []
    const others = all.toSpliced(
      all.findIndex((other) => isSame(other, membership)),
      1,
    )
    const diedOn = persons.get(membership.personId)?.diedOn ?? null
    const from = decideTakeBack(row.reason, { ...membership, others, diedOn, closedOn: closedOn(membership) })
    return from.ok ? { membership: { ...membership, until: null }, from: from.value, reason: row.reason.trim() } : from.refusal
  })
  await recordTakenBack(
    tx,
    pack,
    decided.filter((each): each is Back => each !== null && 'membership' in each),
  )
  return decided.map((outcome, index) => {
    const done = outcome !== null && 'membership' in outcome ? outcome.membership : null
    return {
      row: rowOf(index),
      personId: done?.personId ?? null,
      ordinal: done?.ordinal ?? null,
      refusal: isRefusal(outcome) ? outcome : null,
    }
  })
}

/** Since when the employer of a membership is closed. */
export async function closedEmployers(tx: Tx, memberships: readonly Membership[]): Promise<(membership: Membership) => Day | null> {
  const organisations = [...new Set(memberships.flatMap(({ organisationId }) => organisationId ?? []))]
  if (organisations.length === 0) return () => null
  const payers = await payersOfOrganisations(tx, organisations)
  const payerIds = [...payers.values()].map(({ payerId }) => payerId)
  await holdPayers(tx, payerIds)
  const closed = await closings(tx, payerIds)
  return ({ organisationId }) => {
    const payer = organisationId === null ? undefined : payers.get(organisationId)
    return (payer && closed.get(payer.payerId)) ?? null
  }
}

/** Writes what was decided, and tells the rooms above what holds again from the day of the ending on. */
export async function recordTakenBack(tx: Tx, pack: Pack, back: readonly Back[]): Promise<void> {
  if (back.length === 0) return
  const memberships = back.map(({ membership }) => membership)
  await reopenMemberships(tx, memberships)
  const deeds = back.map(({ membership: { personId, ordinal }, from, reason }) => ({ personId, ordinal, day: from, reason }))
  await addDeeds(
    tx,
    deeds.map((deed) => ({ ...deed, deed: 'taken-back' })),
    tx.today(pack.timeZone),
  )
  const detail: EndsTakenBack = await readMembershipDetails(tx, pack, await changesFrom(tx, back))
  await tx.emit({ kind: 'ends-taken-back', room: 'registry', subject: 'memberships', payload: { takenBack: back.length }, detail })
}
