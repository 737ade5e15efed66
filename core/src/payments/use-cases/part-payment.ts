// Gives one queued payment to several payers, each part for a bill or for its payer: a code was used for several employers or divisions, and
// a proof says whose money it is. It counts from the day on which it came. Taken back it is taken back whole.
import { monthOf, ok, type Result, refuse } from '@payung/values'
import { payerOfBill } from '../../contributions/index.ts'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { lockPayers, moneyAccount, readPayers } from '../../registry/index.ts'
import { type AskedPart, refuseParts } from '../domain/parts.ts'
import type { PaymentsRecorded, SettledItem } from '../events.ts'
import type { RequestRow } from '../request-store.ts'
import { addAllocation, openPayables } from '../store.ts'
import { applyCredit } from './apply-credit.ts'
import { type Held, holdQueued } from './hold-payment.ts'
import { readAccounts } from './read-accounts.ts'
import type { Recording } from './record-payments.ts'
import { stillAskers } from './take-queued.ts'

export async function partable(tx: Tx, paymentId: bigint, parts: readonly AskedPart[]): Promise<Result<Held>> {
  const found = await holdQueued(tx, paymentId)
  if (!found.ok) return found
  const payers = [...new Set(parts.map(({ payerId }) => payerId))].sort((a, b) => (a < b ? -1 : 1))
  await lockPayers(tx, payers)
  const open = [...(await openPayables(tx, payers)).values()].flat()
  const owed = new Map(open.flatMap(({ kind, id, amount }) => (kind === 'bill' ? [[id, amount] as const] : [])))
  const known = new Set((await readPayers(tx, payers)).keys())
  const refusal = refuseParts(found.value.payment.amount, parts, { owed, known })
  return refusal ? refuse(refusal) : found
}

export type Parted = {
  readonly settled: readonly SettledItem[]
  /** What was given to payers for no bill by name. */
  readonly rest: bigint
  /** What its payers have left after all was paid. */
  readonly credit: bigint
}

const sumOf = (parts: readonly { readonly amount: bigint }[]): bigint => parts.reduce((sum, { amount }) => sum + amount, 0n)

/** The bills that are named, by payer. */
const namedBills = (parts: readonly AskedPart[]): ReadonlyMap<bigint, ReadonlySet<bigint>> => {
  const bills = parts.flatMap(({ billId }) => billId ?? [])
  return new Map([...Map.groupBy(bills, payerOfBill)].map(([payerId, own]) => [payerId, new Set(own)]))
}

export async function partPayment(
  tx: Tx,
  { pack, billing }: Recording,
  { requestId, paymentId, evidence, askedBy, parts }: RequestRow,
): Promise<Result<Parted>> {
  if (paymentId === null) throw new Error(`request ${requestId} names no payment`)
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
  const brought = new Map([...ofPayer].map(([payerId, all]) => [payerId, sumOf(all)]))
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
  const { settled, left } = await applyCredit(tx, billing, payers, { on: payment.day, brought, named: namedBills(parts) })
  await tx.emit({
    kind: 'payment-parted',
    room: 'payments',
    subject: `payment:${paymentId}`,
    payload: { amount: payment.amount, parts: parts.length, payers: payers.length, settled: settled.length },
    detail: payers.map(({ payerId }) => ({
      paymentId,
      payerId,
      amount: brought.get(payerId) ?? 0n,
      day: payment.day,
      ...(left.get(payerId) ?? { credit: 0n, missing: 0n }),
    })) satisfies PaymentsRecorded,
  })
  const accounts = await readAccounts(tx, billing, payers, () => false)
  const credit = [...accounts.values()].reduce((sum, account) => sum + account.credit, 0n)
  return ok({ settled, rest: sumOf(parts.filter(({ billId }) => billId === null)), credit })
}
