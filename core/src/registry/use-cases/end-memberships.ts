// Ends memberships on their last day. A leaver is covered to the day of leaving; the months until then are still owed (PP 44/2015 art 9: reported within 7 working days).
import type { Pack } from '@payung/law'
import { type Day, isRefusal } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { addDeeds, type DeedKind } from '../deed-store.ts'
import { decideEnd, type EndRow } from '../domain/member-row.ts'
import { rowOf } from '../domain/row-fault.ts'
import type { MembershipsEnded } from '../events.ts'
import { endMembershipRows } from '../membership-store.ts'
import { nameMemberships } from './name-memberships.ts'
import type { MembershipResult } from './register-memberships.ts'

/** Each row is answered by itself, in the order given. */
export async function endMemberships(
  tx: Tx,
  pack: Pack,
  rows: readonly EndRow[],
  deed: Extract<DeedKind, 'ended' | 'moved'> = 'ended',
): Promise<MembershipResult[]> {
  const named = await nameMemberships(tx, rows)
  const decided = rows.map((row, index) => {
    const found = named[index]
    if (!found || 'refusal' in found) return found?.refusal ?? null
    const { membership } = found
    const until = decideEnd(row, membership)
    return until.ok
      ? { personId: membership.personId, ordinal: membership.ordinal, until: until.value, reason: row.reason.trim() }
      : until.refusal
  })
  const ended = decided.filter(
    (row): row is { personId: bigint; ordinal: number; until: Day; reason: string } => row !== null && 'until' in row,
  )
  if (ended.length > 0) {
    await endMembershipRows(tx, ended)
    await addDeeds(
      tx,
      ended.map(({ until, ...each }) => ({ ...each, deed, day: until })),
      tx.today(pack.timeZone),
    )
    const detail: MembershipsEnded = ended.map(({ personId, ordinal, until }) => ({ personId, ordinal, until }))
    await tx.emit({ kind: 'memberships-ended', room: 'registry', subject: 'memberships', payload: { ended: ended.length }, detail })
  }
  return decided.map((outcome, index) => {
    const refusal = isRefusal(outcome) ? outcome : null
    const done = outcome !== null && 'until' in outcome ? outcome : null
    return { row: rowOf(index), personId: done?.personId ?? null, ordinal: done?.ordinal ?? null, refusal }
  })
}
