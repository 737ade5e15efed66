// Clearing up money that names nobody: whose it may be, how long it waits, and giving it back to whoever sent it.
import { type Day, monthOf, ok, type Result } from '@payung/values'
import { billOfCode, payerOfBill } from '../../contributions/index.ts'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { foreignPayers, payerOfCode, readPayers } from '../../registry/index.ts'
import { type Clue, daysBetween, nearCodes, type Proposal, propose } from '../domain/proposal.ts'
import { addOrder, type PayoutOrder } from '../payout-store.ts'
import { allocatedBefore, payablesOf, sentBefore, takings } from '../queue-store.ts'
import type { RequestRow } from '../request-store.ts'
import { addReversal } from '../reversal-store.ts'
import type { PaymentRow } from '../store.ts'
import { findQueued, holdQueued } from './hold-payment.ts'
import type { Recording } from './record-payments.ts'
import { stillAskers } from './take-queued.ts'

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
  { requestId, paymentId, detail, askedBy }: RequestRow,
): Promise<Result<PayoutOrder>> {
  if (paymentId === null) throw new Error(`request ${requestId} names no payment`)
  const found = await holdQueued(tx, paymentId)
  if (!found.ok) return found
  const own = await stillAskers(tx, paymentId, askedBy)
  if (!own.ok) return own
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
