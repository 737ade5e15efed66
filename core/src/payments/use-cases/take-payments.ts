// Takes a group of payments: one transaction for all; when it fails, each payment alone, so that one bad payment harms no other.
import { ok, type Refusal } from '@payung/values'
import { type Caller, inTransaction, type Platform } from '../../platform/index.ts'
import type { NewPayment } from '../domain/payment.ts'
import { type PaymentOutcome, type Recording, recordPayments } from './record-payments.ts'

const failed = ({ channel, day, externalId }: NewPayment): Refusal => ({
  code: 'payment-not-booked',
  rule: 'This payment alone met an error; nothing of it was booked.',
  data: { channel, day, externalId },
  next: 'Send it again with the same key; if it fails again, tell the operator.',
})

/** Each row is answered by itself, in the order given. `complain` hears of errors that should never happen. */
export async function takePayments(
  platform: Platform,
  caller: Caller,
  recording: Recording,
  rows: readonly NewPayment[],
  complain: (error: unknown) => void = () => {},
): Promise<PaymentOutcome[]> {
  const record = async (group: readonly NewPayment[]): Promise<PaymentOutcome[]> => {
    // The key of a payment is its own; the command needs none.
    const done = await inTransaction(platform, caller, { name: 'record-payments', input: group }, async (tx, input) =>
      ok(await recordPayments(tx, recording, input)),
    )
    return done.ok
      ? done.value
      : group.map((_, index) => ({
          row: index + 1,
          outcome: 'refused',
          paymentId: null,
          settled: [],
          credit: 0n,
          missing: 0n,
          refusal: done.refusal,
        }))
  }
  try {
    return await record(rows)
  } catch (error) {
    if (rows.length > 1) complain(error)
  }
  const outcomes: PaymentOutcome[] = []
  for (const [index, row] of rows.entries()) {
    const [outcome] = await record([row]).catch((error: unknown): PaymentOutcome[] => {
      complain(error)
      return [{ row: 1, outcome: 'refused', paymentId: null, settled: [], credit: 0n, missing: 0n, refusal: failed(row) }]
    })
    if (outcome) outcomes.push({ ...outcome, row: index + 1 })
  }
  return outcomes
}
