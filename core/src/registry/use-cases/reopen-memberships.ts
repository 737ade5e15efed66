// Takes back the end of memberships that were ended by mistake: they go on as if it had never been told, or up to the day on which the
// same organisation registered the person again.
import type { Tx } from '../../platform/index.ts'
import type { MembershipsReopened } from '../events.ts'
import { reopenMembershipRows } from '../membership-store.ts'

/** Memberships that have no end stay as they are. */
export async function reopenMemberships(
  tx: Tx,
  memberships: readonly { readonly personId: bigint; readonly ordinal: number }[],
): Promise<void> {
  const detail: MembershipsReopened = await reopenMembershipRows(tx, memberships)
  if (detail.length > 0)
    await tx.emit({ kind: 'memberships-reopened', room: 'registry', subject: 'memberships', payload: { reopened: detail.length }, detail })
}
