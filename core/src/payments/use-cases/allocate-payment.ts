// Gives money that named nobody to a payer. It counts from the day on which it came, not from the day on which somebody found its payer.
import { monthOf, ok, type Result, refuse } from '@payung/values'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { lockPayers, moneyAccount, readPayers, servePayers } from '../../registry/index.ts'
import { addAllocation } from '../store.ts'
import { applyCredit } from './apply-credit.ts'
import { holdPayment, waits } from './hold-payment.ts'
import { readAccounts } from './read-accounts.ts'
import type { PaymentOutcome, Recording } from './record-payments.ts'
import { ownQueued } from './take-queued.ts'

export type AllocationRequest = { readonly paymentId: bigint; readonly payerId: bigint; readonly reason: string }

export async function allocatePayment(
  tx: Tx,
  recording: Recording,
  { paymentId, payerId, reason }: AllocationRequest,
): Promise<Result<PaymentOutcome>> {
  const { pack, billing } = recording
  const data = { paymentId: paymentId.toString(), payerId: payerId.toString() }
  const held = await holdPayment(tx, paymentId)
  if (!held)
    return refuse({
      code: 'payment-unknown',
      rule: 'Only a recorded payment is allocated.',
      data,
      next: 'Look at the queue: payung queue.',
    })
  const payer = (await readPayers(tx, [payerId])).get(payerId)
  if (!payer)
    return refuse({
      code: 'payer-unknown',
      rule: 'A payer is registered before it is given money.',
      data,
      next: 'Check the number of the payer.',
    })
  const served = await servePayers(tx, [payerId])
  if (!served.ok) return served
  if (reason.trim() === '')
    return refuse({ code: 'reason-missing', rule: 'An allocation has a reason.', data, next: 'Say how it is known whose money this is.' })
  const today = tx.today(pack.timeZone)
  const { payment, holder } = held
  const own = waits(held) ? await ownQueued(tx, recording, paymentId) : ok(null)
  if (!own.ok) return own
  if (!waits(held) || !(await addAllocation(tx, paymentId, holder.turn, payerId, today, reason.trim()))) {
    return refuse({
      code: 'payment-not-queued',
      rule: 'Money is allocated once, and only when its code named nobody.',
      data,
      next: 'To give it to another payer it must be taken back first.',
    })
  }
  await lockPayers(tx, [payerId])
  const transfer = {
    payerId,
    debit: 'unallocated',
    credit: moneyAccount(payer),
    amount: payment.amount,
    day: today,
    month: monthOf(today),
    reason: 'allocation',
    sourceId: paymentId,
  }
  const posted = await postTransfers(tx, [transfer])
  if (!posted.ok) return posted
  const { settled, left } = await applyCredit(tx, billing, [payer], {
    on: payment.day,
    brought: new Map([[payerId, payment.amount]]),
  })
  await tx.emit({
    kind: 'payment-allocated',
    room: 'payments',
    subject: `payment:${paymentId}`,
    payload: { amount: payment.amount, payerId, settled: settled.length },
    detail: [{ paymentId, payerId, amount: payment.amount, day: payment.day, ...(left.get(payerId) ?? { credit: 0n, missing: 0n }) }],
  })
  const account = (await readAccounts(tx, billing, [payer], (credit) => credit > 0n)).get(payerId)
  return ok({
    row: 1,
    outcome: 'booked',
    paymentId,
    settled,
    credit: account?.credit ?? 0n,
    missing: account?.missing ?? 0n,
    refusal: null,
  })
}
