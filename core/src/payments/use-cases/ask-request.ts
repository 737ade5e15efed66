// Asks that money goes back or a debt ends. What cannot be done is told now; doing it needs somebody else (decide-request.ts).
import type { Law } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { servePayers } from '../../registry/index.ts'
import { addRequest, type RequestKind, type RequestPart, type RequestRow, sameAsked } from '../request-store.ts'
import type { Recording } from './record-payments.ts'
import { fieldMissing, requestKinds } from './request-kinds.ts'

export type AskedRequest = {
  readonly kind: RequestKind
  readonly payerId?: bigint
  readonly paymentId?: bigint
  readonly billId?: bigint
  readonly amount?: bigint
  readonly ground: string
  readonly evidence: string
  readonly detail?: Readonly<Record<string, string>>
  /** The parts of a payment for several payers. */
  readonly parts?: readonly RequestPart[]
}

export async function askRequest(tx: Tx, law: Law, recording: Recording, asked: AskedRequest): Promise<Result<RequestRow>> {
  if (asked.ground.trim() === '') return fieldMissing('ground', 'A request says why.', 'Name the ground.')
  if (asked.evidence.trim() === '') return fieldMissing('evidence', 'A request rests on a paper.', 'Name the letter, proof or minutes.')
  const named = [
    asked.payerId,
    asked.billId === undefined ? undefined : asked.billId >> 20n,
    ...(asked.parts ?? []).map(({ payerId }) => payerId),
  ]
  const told = await servePayers(
    tx,
    named.filter((payerId) => payerId !== undefined),
  )
  if (!told.ok) return told
  const prepared = await requestKinds[asked.kind].prepare(tx, law, recording, asked)
  if (!prepared.ok) return prepared
  // A payment is somebody's whom the request did not name.
  const served = await servePayers(tx, [prepared.value.payerId])
  if (!served.ok) return served
  const open = await sameAsked(tx, prepared.value)
  if (open !== undefined)
    return refuse({
      code: 'already-asked',
      rule: 'The same thing is asked once.',
      data: { requestId: open.toString() },
      next: 'Let that request be decided.',
    })
  const request = await addRequest(tx, prepared.value, tx.actor.actorId, tx.today(law.pack.timeZone))
  const { requestId, kind, payerId, amount } = request
  await tx.emit({ kind: 'request-asked', room: 'payments', subject: `request:${requestId}`, payload: { kind, payerId, amount } })
  return ok(request)
}
