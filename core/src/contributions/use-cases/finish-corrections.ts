// Finishes corrections whose bill is paid. A membership that was ended by mistake goes on then, if nobody has taken the ending back yet; where
// the registry refuses it (a death, a newer membership), that is kept with the correction and told.
import type { Law } from '@payung/law'
import { type Day, monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { takeBackEnds } from '../../registry/index.ts'
import type { CorrectionDone } from '../events.ts'
import { finish, keepStaysEnded, rowsOfCorrection, type StaysEnded } from '../store/corrections.ts'
import { openReopenedCover } from '../store/paid-bills.ts'
import { numbersOf } from '../store/persons.ts'

export async function finishCorrections(tx: Tx, bills: readonly bigint[], day: Day): Promise<void> {
  for (const correction of await finish(tx, bills, day)) {
    const { correction_id, payer_id, kind, reason } = correction
    const detail: CorrectionDone = {
      correctionId: correction_id,
      payerId: payer_id,
      kind,
      reason,
      rows: await rowsOfCorrection(tx, correction_id),
    }
    await tx.emit({
      kind: 'correction-done',
      room: 'contributions',
      subject: `correction:${correction_id}`,
      payload: { correction: correction_id.toString(), payer: payer_id.toString(), month: monthFromNumber(correction.month) },
      detail,
    })
  }
}

/** Goes on already: somebody has taken the ending back, and nothing is to be told. */
const goesOn = 'membership-not-ended'

/** Listens to `correction-done`. What the registry refuses stays ended and is told: the month is corrected all the same. */
export async function continueDeactivated(tx: Tx, law: Law, { correctionId, payerId, kind, reason, rows }: CorrectionDone): Promise<void> {
  if (kind !== 'deactivation') return
  const persons = rows.map(({ personId }) => personId)
  // The number that each was registered under: it names his memberships also when it was merged into another since.
  const numbers = await numbersOf(tx, persons)
  const results = await takeBackEnds(
    tx,
    law.pack,
    rows.map(({ personId, ordinal }) => ({ memberNumber: numbers.get(personId) ?? '', ordinal, reason })),
  )
  await openReopenedCover(tx, payerId, persons)
  const stay = rows.flatMap(({ personId, ordinal }, index): StaysEnded[] => {
    const refusal = results[index]?.refusal
    return refusal && refusal.code !== goesOn ? [{ correctionId, personId, ordinal, refusal }] : []
  })
  if (stay.length === 0) return
  await keepStaysEnded(tx, stay)
  await tx.emit({
    kind: 'membership-stays-ended',
    room: 'contributions',
    subject: `correction:${correctionId}`,
    payload: { payer: payerId.toString(), members: stay.length, codes: [...new Set(stay.map(({ refusal }) => refusal.code))].sort() },
  })
}
