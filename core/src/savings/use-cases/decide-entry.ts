// Decides an entry that somebody else asked for: approving books it in the same transaction, refusing says why not. Who may decide is
// data of the pack (`money-approvals`, by `savings-` and the kind).
import type { Law } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import { levelOf, officeKind, refuseDecider } from '../../payments/index.ts'
import type { Actor, Tx } from '../../platform/index.ts'
import { decideRequest, holdRequest, type RequestRow } from '../store/requests.ts'
import { bookEntry, type EntryBooked } from './add-entry.ts'

export type EntryDecision = {
  readonly requestId: bigint
  readonly decision: 'approved' | 'refused'
  readonly why: string
  readonly decider: Pick<Actor, 'actorId' | 'kind' | 'role' | 'officeId'>
}
export type EntryDecided = { readonly request: RequestRow; readonly booked: EntryBooked | null }

export async function decideEntry(tx: Tx, law: Law, asked: EntryDecision): Promise<Result<EntryDecided>> {
  const { requestId, decision, why, decider } = asked
  const request = await holdRequest(tx, requestId)
  const no = (code: string, rule: string, next: string, more: Record<string, string> = {}) =>
    refuse({ code, rule, data: { requestId: requestId.toString(), ...more }, next })
  if (!request) return no('request-not-found', 'Only what was asked is decided.', 'Look at the open requests: payung savings requests.')
  if (request.state !== 'asked')
    return no('request-decided', 'A request is decided once.', 'Nothing is to be done.', {
      state: request.state,
      decidedOn: request.decidedOn ?? '',
    })
  if (why.trim() === '') return no('reason-missing', 'A decision says why.', 'Say what was checked.')
  const today = tx.today(law.pack.timeZone)
  const level = levelOf(await officeKind(tx, decider.officeId), decider.kind, decider.role)
  const { kind, personId, programme, amount, day, reference, act, askedBy } = request
  const forbidden = refuseDecider(law, today, { kind: `savings-${kind}`, askedBy }, { actorId: decider.actorId, level })
  if (forbidden) return refuse(forbidden)
  let booked: EntryBooked | null = null
  if (decision === 'approved') {
    const done = await bookEntry(tx, law, { personId, programme, kind, amount: amount.toString(), day, reference, act })
    if (!done.ok) return done
    booked = done.value
  }
  await decideRequest(tx, requestId, decision, decider.actorId, today, why.trim())
  await tx.emit({
    kind: `savings-entry-${decision}`,
    room: 'savings',
    subject: `request:${requestId}`,
    payload: { programme, kind, amount: amount.toString(), day },
  })
  return ok({ request: { ...request, state: decision, decidedBy: decider.actorId, decidedOn: today, decidedWhy: why.trim() }, booked })
}
