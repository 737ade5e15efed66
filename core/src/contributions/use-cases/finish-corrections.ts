// Finishes corrections whose bill is paid: what was wrongly ended goes on again, and everybody is told that the month stands corrected.
import { type Day, monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { reopenMemberships } from '../../registry/index.ts'
import { finish, rowsOfCorrection } from '../store/corrections.ts'
import { openReopenedCover } from '../store/paid-bills.ts'

export async function finishCorrections(tx: Tx, bills: readonly bigint[], day: Day): Promise<void> {
  for (const correction of await finish(tx, bills, day)) {
    if (correction.kind === 'deactivation') {
      const rows = await rowsOfCorrection(tx, correction.correction_id)
      await reopenMemberships(tx, rows)
      await openReopenedCover(
        tx,
        correction.payer_id,
        rows.map(({ personId }) => personId),
      )
    }
    await tx.emit({
      kind: 'correction-done',
      room: 'contributions',
      subject: `correction:${correction.correction_id}`,
      payload: {
        correction: correction.correction_id.toString(),
        payer: correction.payer_id.toString(),
        month: monthFromNumber(correction.month),
      },
    })
  }
}
