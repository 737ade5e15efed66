// Closes an employer, after another person than who asked for it has decided: nobody is registered with it any more.
import type { Law } from '@payung/law'
import { type Month, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { addClosing, lastClosing, membersOf } from '../closing-store.ts'
import { refuseClosing } from '../domain/closing.ts'
import { lockAgainstHolders, type Payer, readPayers } from '../organisation-store.ts'

export type Closing = {
  readonly payerId: bigint
  readonly ground: string
  readonly papers: readonly string[]
  readonly witnesses: readonly string[]
  /** A month that is not billed yet, and money of the payer that has no place: whoever bills, and whoever keeps the money, says so. */
  readonly unbilled: Month | null
  readonly money: bigint
}

/** The employer, and which of its closings this is. */
export async function closable(tx: Tx, law: Law, closing: Closing): Promise<Result<{ readonly payer: Payer; readonly nth: number }>> {
  const { payerId } = closing
  await lockAgainstHolders(tx, payerId)
  const payer = (await readPayers(tx, [payerId])).get(payerId)
  const today = tx.today(law.pack.timeZone)
  const organisationId = payer?.organisationId ?? null
  const last = await lastClosing(tx, payerId)
  const refusal = refuseClosing(law, today, {
    ...closing,
    employer: payer ? payer.settlement === 'receivable' && organisationId !== null : null,
    closedOn: last && last.reopenedOn === null ? last.closedOn : null,
    members: organisationId === null ? 0 : await membersOf(tx, organisationId, today),
  })
  if (refusal || !payer)
    return refusal
      ? refuse(refusal)
      : refuse({ code: 'payer-unknown', rule: 'An employer that is registered is closed.', data: {}, next: '' })
  return ok({ payer, nth: (last?.nth ?? 0) + 1 })
}

export async function closeEmployer(tx: Tx, law: Law, closing: Closing & { readonly evidence: string }): Promise<Result<Payer>> {
  const found = await closable(tx, law, closing)
  if (!found.ok) return found
  const { payer, nth } = found.value
  const { payerId, ground, papers, evidence } = closing
  await addClosing(tx, { payerId, nth, ground, evidence, day: tx.today(law.pack.timeZone) })
  await tx.emit({
    kind: 'employer-closed',
    room: 'registry',
    subject: `payer:${payerId}`,
    payload: { payer: payerId.toString(), nth, ground, papers: papers.join(', ') },
  })
  return ok(payer)
}
