// Decides a request that somebody else asked: approving does what was asked in the same transaction, refusing says why not.
import type { Law } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import type { Actor, Tx } from '../../platform/index.ts'
import { servePayers } from '../../registry/index.ts'
import { levelOf, refuseDecider } from '../domain/approval.ts'
import { decide, holdRequest, officeKind, payersOf, type RequestRow } from '../request-store.ts'
import type { Recording } from './record-payments.ts'
import { type Performed, requestKinds } from './request-kinds.ts'

export type Decision = {
  readonly requestId: bigint
  readonly decision: 'approved' | 'refused'
  readonly why: string
  /** Who decides, with the office that is really theirs: whoever moves money acts for the head office. */
  readonly decider: Pick<Actor, 'actorId' | 'kind' | 'role' | 'officeId'>
}
export type Decided = { readonly request: RequestRow; readonly done: Performed }

export async function decideRequest(tx: Tx, law: Law, recording: Recording, asked: Decision): Promise<Result<Decided>> {
  const { requestId, decision, why, decider } = asked
  const request = await holdRequest(tx, requestId)
  const data = { requestId: requestId.toString() }
  if (!request)
    return refuse({
      code: 'request-not-found',
      rule: 'Only what was asked is decided.',
      data,
      next: 'Look at the open requests: payung requests.',
    })
  const served = await servePayers(tx, await payersOf(tx, request))
  if (!served.ok) return served
  if (request.state !== 'asked')
    return refuse({
      code: 'request-decided',
      rule: 'A request is decided once.',
      data: { ...data, state: request.state, decidedOn: request.decidedOn ?? '' },
      next: 'Nothing is to be done.',
    })
  if (why.trim() === '') return refuse({ code: 'reason-missing', rule: 'A decision says why.', data, next: 'Say what was checked.' })
  const today = tx.today(law.pack.timeZone)
  const level = levelOf(await officeKind(tx, decider.officeId), decider.kind, decider.role)
  const forbidden = refuseDecider(law, today, request, { actorId: decider.actorId, level })
  if (forbidden) return refuse(forbidden)
  const performed: Result<Performed> =
    decision === 'approved' ? await requestKinds[request.kind].perform(tx, law, recording, request) : ok({})
  if (!performed.ok) return performed
  await decide(tx, requestId, decision, decider.actorId, today, why.trim())
  await tx.emit({
    kind: `request-${decision}`,
    room: 'payments',
    subject: `request:${requestId}`,
    payload: { kind: request.kind, payerId: request.payerId, amount: request.amount, ...performed.value },
  })
  return ok({
    request: { ...request, state: decision, decidedBy: decider.actorId, decidedOn: today, decidedWhy: why.trim() },
    done: performed.value,
  })
}
