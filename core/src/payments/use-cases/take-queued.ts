// Who clears up a queued payment: one person at a time. Only he allocates it, or asks that it is sent back or parted; somebody of a higher
// level may take it over, and every taking is a line of its own. A recall asks nobody's desk: the bank has the money back already.
import { ok, type Result, refuse } from '@payung/values'
import { officeOf, type Tx } from '../../platform/index.ts'
import { type Level, levelOf, levels } from '../domain/approval.ts'
import { addTaking, type Taking, takings } from '../queue-store.ts'
import { officeKind } from '../request-store.ts'
import { holdQueued } from './hold-payment.ts'
import type { Recording } from './record-payments.ts'

export type TakeRequest = {
  readonly paymentId: bigint
  readonly letGo: boolean
  /** Take it from whoever has it; for a higher level than theirs. */
  readonly takeOver?: boolean
}

const takenByAnother = (paymentId: bigint, owner: bigint, next: string) =>
  refuse({
    code: 'taken-by-another',
    rule: 'One person clears up a payment: whoever took it, until it is let go or somebody of a higher level takes it over.',
    data: { paymentId: paymentId.toString(), owner: owner.toString() },
    next,
  })
const askOwner = 'Ask its owner to let it go, or let somebody of a higher level take it over.'

const levelOfActor = async (tx: Tx): Promise<Level | null> =>
  levelOf(await officeKind(tx, officeOf(tx.actor)), tx.actor.kind, tx.actor.role)

const isAbove = (level: Level | null, other: Level | null): boolean =>
  level !== null && levels.indexOf(level) > (other === null ? -1 : levels.indexOf(other))

/** The next line of a payment; refused where somebody else was faster. */
async function note(
  tx: Tx,
  { pack }: Recording,
  paymentId: bigint,
  last: Taking | undefined,
  owner: bigint | null,
): Promise<Result<bigint | null>> {
  const level = owner === null ? null : await levelOfActor(tx)
  const taking = { nth: (last?.nth ?? 0) + 1, owner, takenOn: tx.today(pack.timeZone), level }
  if (!(await addTaking(tx, paymentId, taking))) return takenByAnother(paymentId, last?.owner ?? 0n, 'Look at the queue again.')
  const from = last?.owner ?? null
  await tx.emit({
    kind: owner === null ? 'queued-payment-let-go' : 'queued-payment-taken',
    room: 'payments',
    subject: `payment:${paymentId}`,
    payload: { owner: tx.actor.actorId, ...(from !== null && from !== tx.actor.actorId ? { from } : {}) },
  })
  return ok(owner)
}

/** Takes a queued payment, lets it go, or takes it over. Gives the owner afterwards. */
export async function takeQueued(
  tx: Tx,
  recording: Recording,
  { paymentId, letGo, takeOver = false }: TakeRequest,
): Promise<Result<bigint | null>> {
  const found = await holdQueued(tx, paymentId)
  if (!found.ok) return found
  const last = (await takings(tx, [paymentId])).get(paymentId)
  const { actorId } = tx.actor
  if (last?.owner != null && last.owner !== actorId) {
    if (!takeOver || letGo) return takenByAnother(paymentId, last.owner, askOwner)
    if (!isAbove(await levelOfActor(tx), last.level))
      return takenByAnother(paymentId, last.owner, 'Only a higher level than the owner takes it over: ask the owner to let it go.')
  }
  const owner = letGo ? null : actorId
  return (last?.owner ?? null) === owner ? ok(owner) : note(tx, recording, paymentId, last, owner)
}

/** Who allocates a payment, or asks something about it, has it: what nobody has taken is taken by it, what somebody else has is refused. The payment is held by the caller. */
export async function ownQueued(tx: Tx, recording: Recording, paymentId: bigint): Promise<Result<bigint | null>> {
  const last = (await takings(tx, [paymentId])).get(paymentId)
  const { actorId } = tx.actor
  if (last?.owner === actorId) return ok(actorId)
  return last?.owner == null ? note(tx, recording, paymentId, last, actorId) : takenByAnother(paymentId, last.owner, askOwner)
}

/** What was asked about a payment is done as long as its asker has it, or nobody: whoever took it since decides what becomes of it. */
export async function stillAskers(tx: Tx, paymentId: bigint, askedBy: bigint): Promise<Result<undefined>> {
  const owner = (await takings(tx, [paymentId])).get(paymentId)?.owner ?? askedBy
  return owner === askedBy ? ok(undefined) : takenByAnother(paymentId, owner, 'Let its owner let it go, or refuse this request.')
}

/** Money that goes back to the queue belongs to nobody's desk again. */
export async function freeQueued(tx: Tx, { pack }: Recording, paymentId: bigint): Promise<void> {
  const last = (await takings(tx, [paymentId])).get(paymentId)
  if (last?.owner == null) return
  await addTaking(tx, paymentId, { nth: last.nth + 1, owner: null, takenOn: tx.today(pack.timeZone), level: null })
}
