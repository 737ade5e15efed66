// Who decides about a payment does so alone: allocating, parting, sending back, taking back and taking from the queue hold it first and read
// then who has it. Without this, two who act at the same moment would give the same money to a payer and to its sender.
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { lockPayment } from '../queue-store.ts'
import { findHolders, findPayment, type Holder, type PaymentRow } from '../store.ts'

export type Held = { readonly payment: PaymentRow; readonly holder: Holder }

/** A payment and who has it, as it stands: for showing. */
export async function findHeld(tx: Tx, paymentId: bigint): Promise<Held | undefined> {
  const payment = await findPayment(tx, paymentId)
  const holder = (await findHolders(tx, [paymentId])).get(paymentId)
  return payment && holder && { payment, holder }
}

/** The same for deciding: nobody else decides about it until the transaction ends. Held after a request and before any payer, always in this order. */
export async function holdPayment(tx: Tx, paymentId: bigint): Promise<Held | undefined> {
  await lockPayment(tx, paymentId)
  return findHeld(tx, paymentId)
}

/** Only what nobody has waits in the queue. */
export const waits = ({ holder }: Held): boolean => holder.heldBy === null && !holder.recalled

function queuedOf(held: Held | undefined, paymentId: bigint): Result<Held> {
  if (held && waits(held)) return ok(held)
  return refuse({
    code: held ? 'payment-not-queued' : 'payment-unknown',
    rule: 'Only money that nobody holds waits in the queue.',
    data: { paymentId: paymentId.toString() },
    next: held ? 'To give it to another it must be taken back first.' : 'Look at the queue: payung queue.',
  })
}

/** The payment, if nobody has it now: for showing. */
export const findQueued = async (tx: Tx, paymentId: bigint): Promise<Result<Held>> => queuedOf(await findHeld(tx, paymentId), paymentId)

/** The same for deciding. */
export const holdQueued = async (tx: Tx, paymentId: bigint): Promise<Result<Held>> => queuedOf(await holdPayment(tx, paymentId), paymentId)
