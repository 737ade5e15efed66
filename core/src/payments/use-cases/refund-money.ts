// Pays a payer's money back as the rule of its kind says: checked when it is asked and again when it is approved; then the money stands
// on its way out, and a payout order names the account. For whom only months after a claim count, those months are taken back for it.
import type { Law } from '@payung/law'
import { monthOf, ok, type Result, refuse } from '@payung/values'
import { claimOf } from '../../contributions/index.ts'
import { payerBalances, postTransfers, waitsSince } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { closings, lockPayers, moneyAccount, type Payer, readPayers } from '../../registry/index.ts'
import { refuseRefund } from '../domain/refund.ts'
import { offsetOfferedOn } from '../offset-store.ts'
import { addOrder, type PayoutOrder } from '../payout-store.ts'
import { openPayables } from '../store.ts'
import type { Recording } from './record-payments.ts'

export type Refund = {
  readonly payerId: bigint
  readonly amount: bigint
  readonly ground: string
  readonly detail: Readonly<Record<string, string>>
}

export async function refundable(
  tx: Tx,
  law: Law,
  { billing }: Recording,
  refund: Refund,
): Promise<Result<{ payer: Payer; waiting: bigint; after: ReturnType<typeof monthOf> | null }>> {
  const { payerId } = refund
  const payer = (await readPayers(tx, [payerId])).get(payerId)
  if (!payer)
    return refuse({
      code: 'payer-unknown',
      rule: 'Money is paid back to a registered payer.',
      data: { payerId: payerId.toString() },
      next: 'Check the number of the payer.',
    })
  const claimedOn = payer.personId === null ? null : await claimOf(tx, payer.personId)
  const after = claimedOn === null ? null : monthOf(claimedOn)
  const waiting = (await payerBalances(tx, [payerId])).get(payerId)?.[moneyAccount(payer)] ?? 0n
  const outstanding = ((await openPayables(tx, [payerId])).get(payerId) ?? []).reduce((sum, { amount }) => sum + amount, 0n)
  const months = after === null ? 0n : await billing.paidAfter(tx, payerId, after)
  const today = tx.today(law.pack.timeZone)
  const since = await waitsSince(tx, payerId, moneyAccount(payer))
  const offeredOn = since === null ? null : await offsetOfferedOn(tx, payerId, since)
  const closedOn = (await closings(tx, [payerId])).get(payerId) ?? null
  const facts = { ...refund, payerKind: payer.kind, outstanding, there: waiting + months, closedOn, claimedOn, offeredOn }
  const forbidden = refuseRefund(law, today, facts)
  return forbidden ? refuse(forbidden) : ok({ payer, waiting, after })
}

export async function refundMoney(
  tx: Tx,
  law: Law,
  recording: Recording,
  refund: Refund & { readonly requestId: bigint },
): Promise<Result<PayoutOrder>> {
  const { payerId, amount, detail, requestId } = refund
  await lockPayers(tx, [payerId])
  const found = await refundable(tx, law, recording, refund)
  if (!found.ok) return found
  const { payer, waiting, after } = found.value
  if (amount > waiting && after !== null) await recording.billing.takeBackMonths(tx, payerId, amount - waiting, after)
  const day = tx.today(law.pack.timeZone)
  const posted = await postTransfers(tx, [
    { payerId, debit: moneyAccount(payer), credit: 'orders', amount, day, month: monthOf(day), reason: 'refund', sourceId: requestId },
  ])
  if (!posted.ok) return posted
  const order = await addOrder(
    tx,
    { payerId, requestId, amount, bank: detail.bank ?? '', account: detail.account ?? '', holder: detail.holder ?? '' },
    day,
  )
  await tx.emit({ kind: 'refund-ordered', room: 'payments', subject: `order:${order.orderId}`, payload: { payerId, amount, requestId } })
  return ok(order)
}
