// The front door of payments.
import type { Law } from '@payung/law'
import { type CounteredBill, type MoneyReleased, type MoneyReturned, type PrepaidReassessed, payerOfBill } from '../contributions/index.ts'
import type { Room } from '../platform/index.ts'
import { billingBy } from './billing.ts'
import { commandsOf } from './commands.ts'
import { addOffsetOffers, type OffsetOffer } from './offset-store.ts'
import { handlersOf } from './routes.ts'
import { counterPayable, type IssuedBills } from './store.ts'
import { registerPayables } from './use-cases/register-payables.ts'
import { spendReturned } from './use-cases/spend-returned.ts'

export { billingBy } from './billing.ts'
export { levelOf, refuseDecider } from './domain/approval.ts'
export type { NewPayment } from './domain/payment.ts'
export { settleOldestFirst } from './domain/settle-oldest-first.ts'
export type { Billing, Offer, PaymentsRecorded, SettledBill, SettledItem } from './events.ts'
export { officeKind, type RequestKind, type RequestRow } from './request-store.ts'
export { sealSender } from './sender.ts'
export type { IssuedBills } from './store.ts'
export { type AllocationRequest, allocatePayment } from './use-cases/allocate-payment.ts'
export { type AskedRequest, askRequest } from './use-cases/ask-request.ts'
export { type Decided, type Decision, decideRequest } from './use-cases/decide-request.ts'
export { type Gatherer, gatherPayments } from './use-cases/gather-payments.ts'
export { markOrderPaid, type PaidOrder } from './use-cases/pay-order.ts'
export { type PayerAccount, readAccounts } from './use-cases/read-accounts.ts'
export { type PaymentOutcome, type Recording, recordPayments } from './use-cases/record-payments.ts'
export { registerPayables } from './use-cases/register-payables.ts'
export { type Reversed, reversePayment } from './use-cases/reverse-payment.ts'
export { takePayments } from './use-cases/take-payments.ts'
export { takeQueued } from './use-cases/take-queued.ts'

export function roomWith(law: Law): Room {
  const recording = { pack: law.pack, billing: billingBy(law) }
  return {
    name: 'payments',
    commands: commandsOf(law),
    handlers: handlersOf(law),
    subscribe: (subscribers) => {
      subscribers.on('bills-issued', async (tx, event) => void (await registerPayables(tx, recording, event.detail as IssuedBills)))
      for (const kind of ['bill-split', 'fine-waived', 'receivable-written-off'])
        subscribers.on(kind, (tx, event) => counterPayable(tx, event.detail as CounteredBill))
      for (const kind of ['surplus-credited', 'contract-amended'])
        subscribers.on(kind, async (tx, event) => void (await spendReturned(tx, recording, event.detail as MoneyReturned)))
      subscribers.on('prepaid-reassessed', async (tx, { detail }) => {
        await spendReturned(tx, recording, [...new Set((detail as PrepaidReassessed).map(payerOfBill))])
      })
      subscribers.on('offset-offered', (tx, event) => addOffsetOffers(tx, event.detail as readonly OffsetOffer[]))
      subscribers.on('reinstatement-decided', async (tx, event) => void (await spendReturned(tx, recording, event.detail as MoneyReleased)))
    },
  }
}
