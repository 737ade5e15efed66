// Gives one queued payment to several payers, each part for a bill: a code was used for several employers or divisions, and a proof says whose
// money it is. It counts from the day on which it came. Taken back it is taken back whole.
import { monthOf, ok, type Result, refuse } from '@payung/values'
import { payerOfBill } from '../../contributions/index.ts'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { lockPayers, moneyAccount, readPayers } from '../../registry/index.ts'
import { type AskedPart, refuseParts } from '../domain/parts.ts'
import type { SettledBill } from '../events.ts'
import { partsOfRequest, type RequestRow } from '../request-store.ts'
import { addAllocation, openPayables } from '../store.ts'
import { applyCredit } from './apply-credit.ts'
import { type Held, holdQueued } from './hold-payment.ts'
import type { Recording } from './record-payments.ts'
import { stillAskers } from './take-queued.ts'

export async function partable(tx: Tx, paymentId: bigint, parts: readonly AskedPart[]): Promise<Result<Held>> {
  const found = await holdQueued(tx, paymentId)
  if (!found.ok) return found
  const payers = [...new Set(parts.map(({ payerId }) => payerId))].sort((a, b) => (a < b ? -1 : 1))
  await lockPayers(tx, payers)
  const open = [...(await openPayables(tx, payers)).values()].flat()
  const owed = new Map(open.flatMap(({ kind, id, amount }) => (kind === 'bill' ? [[id, amount] as const] : [])))
  const refusal = refuseParts(found.value.payment.amount, parts, owed)
  return refusal ? refuse(refusal) : found
}

export async function partPayment(
  tx: Tx,
  { pack, billing }: Recording,
  { requestId, paymentId, evidence, askedBy }: RequestRow,
): Promise<Result<readonly SettledBill[]>> {
  if (paymentId === null) throw new Error(`request ${requestId} names no payment`)
  const parts = await partsOfRequest(tx, requestId)
  const found = await partable(tx, paymentId, parts)
  if (!found.ok) return found
  const own = await stillAskers(tx, paymentId, askedBy)
  if (!own.ok) return own
  const { payment, holder } = found.value
  const today = tx.today(pack.timeZone)
  if (!(await addAllocation(tx, paymentId, holder.turn, 0n, today, evidence)))
    throw new Error(`payment ${paymentId} was allocated meanwhile`)
  const ofPayer = Map.groupBy(parts, ({ payerId }) => payerId)
  const payers = [...(await readPayers(tx, [...ofPayer.keys()])).values()]
  const brought = new Map([...ofPayer].map(([payerId, all]) => [payerId, all.reduce((sum, { amount }) => sum + amount, 0n)]))
  const posted = await postTransfers(
    tx,
    payers.map((payer) => ({
      payerId: payer.payerId,
      debit: 'unallocated',
      credit: moneyAccount(payer),
      amount: brought.get(payer.payerId) ?? 0n,
      day: today,
      month: monthOf(today),
      reason: 'allocation',
      sourceId: paymentId,
    })),
  )
  if (!posted.ok) return posted
  const named = new Map(
    [
      ...Map.groupBy(
        parts.map(({ billId }) => billId),
        payerOfBill,
      ),
    ].map(([payerId, bills]) => [payerId, new Set(bills)]),
  )
  const { bills } = await applyCredit(tx, billing, payers, { on: payment.day, brought, named })
  await tx.emit({
    kind: 'payment-parted',
    room: 'payments',
    subject: `payment:${paymentId}`,
    payload: { amount: payment.amount, parts: parts.length, payers: payers.length, settled: bills.length },
  })
  return ok(bills)
}
