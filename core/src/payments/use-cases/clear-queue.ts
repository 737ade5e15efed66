// Clearing up money that names nobody: whose it may be, how long it waits, and giving it back to whoever sent it.
import { type Day, monthOf, ok, type Result, refuse } from '@payung/values'
import { billOfCode, payerOfBill } from '../../contributions/index.ts'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { foreignPayers, payerOfCode, readPayers } from '../../registry/index.ts'
import { type Clue, daysBetween, nearCodes, type Proposal, propose } from '../domain/proposal.ts'
import { addOrder, type PayoutOrder } from '../payout-store.ts'
import { allocatedBefore, payablesOf, sentBefore, takings } from '../queue-store.ts'
import type { RequestRow } from '../request-store.ts'
import { addReversal } from '../reversal-store.ts'
import { findHolders, findPayment, type Holder, type PaymentRow } from '../store.ts'
import type { Recording } from './record-payments.ts'

/** The payment, if nobody holds it now. */
export async function findQueued(tx: Tx, paymentId: bigint): Promise<Result<{ payment: PaymentRow; holder: Holder }>> {
  const payment = await findPayment(tx, paymentId)
  const holder = (await findHolders(tx, [paymentId])).get(paymentId)
  if (!payment || !holder || holder.heldBy !== null || holder.recalled)
    return refuse({
      code: payment ? 'payment-not-queued' : 'payment-unknown',
      rule: 'Only money that nobody holds waits in the queue.',
      data: { paymentId: paymentId.toString() },
      next: payment ? 'To give it to another it must be taken back first.' : 'Look at the queue: payung queue.',
    })
  return ok({ payment, holder })
}

const payerNamed = (code: string): bigint | undefined => {
  const bill = billOfCode(code)
  return bill === undefined ? payerOfCode(code) : payerOfBill(bill)
}

/** Whose money it may be, of the payers whom the asking office serves, best first; a person decides. */
export async function proposePayers(tx: Tx, paymentId: bigint): Promise<Result<Proposal[]>> {
  const found = await findQueued(tx, paymentId)
  if (!found.ok) return found
  const { code, amount, sender } = found.value.payment
  const near = new Set(nearCodes(code).flatMap((each) => payerNamed(each) ?? []))
  const known = await readPayers(tx, [...near])
  const clues: Clue[] = [...known.keys()].map((payerId) => ({ payerId, reason: 'near code', billId: null }))
  const sent = sender ? await sentBefore(tx, sender.key, paymentId) : []
  const all = [...clues, ...(await payablesOf(tx, amount, 20)), ...(await allocatedBefore(tx, code, paymentId)), ...sent]
  const foreign = await foreignPayers(
    tx,
    all.map(({ payerId }) => payerId),
  )
  return ok(propose(all.filter(({ payerId }) => !foreign.has(payerId))))
}

export type QueueFacts = { readonly ageDays: number; readonly owner: bigint | null }

export async function queueFacts(tx: Tx, today: Day, payments: readonly PaymentRow[]): Promise<Map<bigint, QueueFacts>> {
  const taken = await takings(
    tx,
    payments.map(({ paymentId }) => paymentId),
  )
  return new Map(
    payments.map(({ paymentId, day }) => [
      paymentId,
      { ageDays: Math.max(0, daysBetween(day, today)), owner: taken.get(paymentId)?.owner ?? null },
    ]),
  )
}

/** Orders that a queued payment goes back to whoever sent it; from then on nobody can hold it. */
export async function returnPayment(
  tx: Tx,
  { pack }: Recording,
  { requestId, paymentId, detail }: RequestRow,
): Promise<Result<PayoutOrder>> {
  if (paymentId === null) throw new Error(`request ${requestId} names no payment`)
  const found = await findQueued(tx, paymentId)
  if (!found.ok) return found
  const { payment, holder } = found.value
  const [day, { amount }] = [tx.today(pack.timeZone), payment]
  await addReversal(tx, { paymentId, turn: holder.turn, kind: 'returned', payerId: 0n, amount, requestId }, day)
  const posted = await postTransfers(tx, [
    { payerId: 0n, debit: 'unallocated', credit: 'orders', amount, day, month: monthOf(day), reason: 'return', sourceId: paymentId },
  ])
  if (!posted.ok) return posted
  const { bank = '', account = '', holder: name = '' } = detail
  const order = await addOrder(tx, { payerId: 0n, requestId, amount, bank, account, holder: name }, day)
  await tx.emit({
    kind: 'payment-returned',
    room: 'payments',
    subject: `payment:${paymentId}`,
    payload: { amount, orderId: order.orderId, requestId },
  })
  return ok(order)
}
