// Opens a closed employer again, after another person than who asked for it has decided: for the money that was left, or to put its last month
// right (staff handbook, page 39). Then it is closed again, under the next number; the closing before stays as it is.
import type { Law } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { addReopening, type LastClosing, lastClosing } from '../closing-store.ts'
import { refuseReopening } from '../domain/reopening.ts'
import { lockAgainstHolders, readPayers } from '../organisation-store.ts'

export type Reopening = {
  readonly payerId: bigint
  readonly ground: string
  /** Money of the payer that has no place; whoever keeps the money says so. */
  readonly money: bigint
}

/** The closing that is undone. */
export async function reopenable(tx: Tx, law: Law, reopening: Reopening): Promise<Result<LastClosing>> {
  const { payerId } = reopening
  await lockAgainstHolders(tx, payerId)
  const payer = (await readPayers(tx, [payerId])).get(payerId)
  const last = await lastClosing(tx, payerId)
  const refusal = refuseReopening(law, tx.today(law.pack.timeZone), {
    ...reopening,
    employer: payer ? payer.settlement === 'receivable' && payer.organisationId !== null : null,
    closedOn: last?.closedOn ?? null,
    reopenedOn: last?.reopenedOn ?? null,
  })
  if (refusal) return refuse(refusal)
  if (!last) throw new Error(`payer ${payerId} was never closed`)
  return ok(last)
}

export async function reopenEmployer(tx: Tx, law: Law, reopening: Reopening & { readonly evidence: string }): Promise<Result<LastClosing>> {
  const found = await reopenable(tx, law, reopening)
  if (!found.ok) return found
  const { nth, closedOn } = found.value
  const { payerId, ground, evidence, money } = reopening
  await addReopening(tx, { payerId, nth, ground, evidence, day: tx.today(law.pack.timeZone) })
  await tx.emit({
    kind: 'employer-reopened',
    room: 'registry',
    subject: `payer:${payerId}`,
    payload: { payer: payerId.toString(), nth, ground, closedOn, money: money.toString() },
  })
  return found
}
