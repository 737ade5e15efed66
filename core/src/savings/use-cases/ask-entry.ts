// Asks that an account is changed by hand: an opening balance, a withdrawal or a correction. What cannot be booked is told now; booking
// it needs somebody else (decide-entry.ts). The same act asked again is the same request.
import type { Law } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { addRequest, type RequestRow, requestsOf } from '../store/requests.ts'
import { checkEntry, type EntryAsked } from './add-entry.ts'

export async function askEntry(tx: Tx, law: Law, asked: EntryAsked): Promise<Result<RequestRow>> {
  const checked = await checkEntry(tx, law, asked)
  if (!checked.ok) return checked
  const { persons, entry, already } = checked.value
  const { programme, kind, day, reference, act } = entry
  const amount = kind === 'withdrawal' ? -entry.amount : entry.amount
  const [known] = await requestsOf(tx, persons, programme, kind, reference)
  if (known && known.amount !== amount)
    return refuse({
      code: 'reference-used',
      rule: 'A reference belongs to one entry.',
      data: { reference, known: known.amount.toString(), amount: amount.toString() },
      next: 'Give this entry a reference of its own.',
    })
  if (known) return ok(known)
  if (already)
    return refuse({
      code: 'already-booked',
      rule: 'The same act is booked once.',
      data: { reference, amount: amount.toString() },
      next: 'Nothing is to be done.',
    })
  const today = tx.today(law.pack.timeZone)
  const request = await addRequest(tx, { personId: asked.personId, programme, kind, amount, day, reference, act }, tx.actor.actorId, today)
  await tx.emit({
    kind: 'savings-entry-asked',
    room: 'savings',
    subject: `request:${request.requestId}`,
    payload: { programme, kind, amount: amount.toString(), day },
  })
  return ok(request)
}
