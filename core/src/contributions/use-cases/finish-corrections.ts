// Finishes corrections whose bill is paid. A membership that was ended by mistake goes on then, if nobody has taken the ending back yet.
import type { Law } from '@payung/law'
import { type Day, monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { takeBackEnds } from '../../registry/index.ts'
import type { CorrectionDone } from '../events.ts'
import { finish, rowsOfCorrection } from '../store/corrections.ts'
import { openReopenedCover } from '../store/paid-bills.ts'
import { numbersOfPersons } from '../store/persons.ts'

export async function finishCorrections(tx: Tx, bills: readonly bigint[], day: Day): Promise<void> {
  for (const correction of await finish(tx, bills, day)) {
    const { correction_id, payer_id, kind, reason } = correction
    const detail: CorrectionDone = { payerId: payer_id, kind, reason, rows: await rowsOfCorrection(tx, correction_id) }
    await tx.emit({
      kind: 'correction-done',
      room: 'contributions',
      subject: `correction:${correction_id}`,
      payload: { correction: correction_id.toString(), payer: payer_id.toString(), month: monthFromNumber(correction.month) },
      detail,
    })
  }
}

/** Listens to `correction-done`. What the registry refuses (a death, a newer membership) stays ended: the month is corrected all the same. */
export async function continueDeactivated(tx: Tx, law: Law, { payerId, kind, reason, rows }: CorrectionDone): Promise<void> {
  if (kind !== 'deactivation') return
  const persons = rows.map(({ personId }) => personId)
  const numbers = await numbersOfPersons(tx, persons)
  await takeBackEnds(
    tx,
    law.pack,
    rows.map(({ personId, ordinal }) => ({ memberNumber: numbers.get(personId) ?? '', ordinal, reason })),
  )
  await openReopenedCover(tx, payerId, persons)
}
