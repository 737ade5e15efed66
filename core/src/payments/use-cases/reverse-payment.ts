// Takes a payment back that a bank recalled or that was another payer's, also when it has paid bills or months: its transfers are reversed,
// what it paid is open again, and what cannot be undone is owed. Books and bank must agree whatever the money has done since.
import { type Day, monthOf, ok, type Result, refuse } from '@payung/values'
import { type Moved, moneyMoved, payerBalances, postTransfers, reverseTransfers, transfersFrom } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { lockPayers, moneyAccount, type Payer, readPayers } from '../../registry/index.ts'
import { settleAgain } from '../domain/settle-again.ts'
import type { SettledMonth } from '../events.ts'
import { partedAmong } from '../request-store.ts'
import { addRecallPayable, addReversal, changeSettledDays, paymentDays, type ReversalKind, settledPayables } from '../reversal-store.ts'
import { addPayablesOfBills, type Holder, openPayables, type Payable, type PaymentRow } from '../store.ts'
import { type Held, holdPayment } from './hold-payment.ts'
import type { Recording } from './record-payments.ts'
import { spendReturned } from './spend-returned.ts'
import { freeQueued } from './take-queued.ts'

export type Reversed = {
  readonly paymentId: bigint
  readonly kind: ReversalKind
  readonly payerId: bigint | null
  readonly amount: bigint
  readonly reopened: readonly Payable[]
  readonly movedDays: number
  readonly takenBack: readonly SettledMonth[]
  /** What could not be undone and is owed by the payer now. */
  readonly owed: bigint
}

const no = (code: string, rule: string, paymentId: bigint, next: string) =>
  refuse({ code, rule, data: { paymentId: paymentId.toString() }, next })

/** Who holds the payment, or why it cannot be taken back. Nobody else decides about it until the transaction ends. */
export async function reversible(tx: Tx, paymentId: bigint, kind: ReversalKind): Promise<Result<Held>> {
  const held = await holdPayment(tx, paymentId)
  if (!held) return no('payment-unknown', 'Only a recorded payment is taken back.', paymentId, 'Check the number of the payment.')
  const { holder } = held
  if (holder.recalled)
    return no(
      'already-reversed',
      'A payment is recalled once, and a reversal is not reversed.',
      paymentId,
      'Money that comes again is a payment of its own.',
    )
  if (kind === 'wrong-payer' && holder.heldBy === null)
    return no('payment-queued', 'Nobody holds this money: it waits in the queue.', paymentId, 'Allocate it to the right payer.')
  return ok(held)
}

/** Whose a payment was when somebody asked to take it back: the request keeps it, since what is approved is what was looked at. */
export const whoseIs = ({ heldBy, turn }: Holder): Readonly<Record<string, string>> => ({
  heldBy: heldBy === null ? 'nobody' : heldBy === 0n ? 'parts' : heldBy.toString(),
  turn: turn.toString(),
})

function refuseMoved(holder: Holder, asked: Readonly<Record<string, string>>): Result<undefined> {
  const [now, then] = [whoseIs(holder), asked]
  if (now.heldBy === then.heldBy && now.turn === then.turn) return ok(undefined)
  return refuse({
    code: 'holder-changed',
    rule: 'Money is taken back from whoever held it when that was asked.',
    data: { paymentId: holder.paymentId.toString(), heldBy: now.heldBy ?? '', askedOf: then.heldBy ?? '' },
    next: 'Refuse this request, and ask again: it is another’s money now.',
  })
}

async function reverseAll(tx: Tx, payerId: bigint, paymentId: bigint, reasons: readonly string[], day: Day, reason: string): Promise<void> {
  const booked = await transfersFrom(tx, payerId, [paymentId], reasons)
  const transfers = booked.filter(({ reversed, reverses }) => !reversed && reverses === undefined)
  const done = await reverseTransfers(tx, { transfers, day, reason })
  if (!done.ok) throw new Error(done.refusal.rule)
}

/** The transfers of the payment itself. Taken from a payer it waits as money of nobody; recalled, it leaves the bank. */
async function moveMoney(
  tx: Tx,
  payment: PaymentRow,
  holder: Holder,
  payers: readonly bigint[],
  kind: ReversalKind,
  day: Day,
): Promise<void> {
  const reason = kind === 'recall' ? 'payment-recalled' : 'payment-released'
  for (const payerId of payers) await reverseAll(tx, payerId, payment.paymentId, ['payment', 'allocation'], day, reason)
  const direct = holder.turn === 0 && payment.payerId !== null
  if (kind === 'recall') {
    if (!direct) await reverseAll(tx, 0n, payment.paymentId, ['payment'], day, reason)
    return
  }
  if (!direct) return
  const posted = await postTransfers(tx, [
    {
      payerId: 0n,
      debit: 'bank',
      credit: 'unallocated',
      amount: payment.amount,
      day,
      month: monthOf(day),
      reason: 'payment',
      sourceId: payment.paymentId,
    },
  ])
  if (!posted.ok) throw new Error(posted.refusal.rule)
}

/** Money that was allocated counts from the day on which it came. */
async function moneyOf(tx: Tx, payer: Payer): Promise<Moved[]> {
  const moved = await moneyMoved(tx, payer.payerId, moneyAccount(payer), ['bill-settled'])
  const days = await paymentDays(
    tx,
    moved.flatMap(({ reason, sourceId }) => (reason === 'allocation' ? [sourceId] : [])),
  )
  return moved.map((each) => (each.reason === 'allocation' ? { ...each, day: days.get(each.sourceId) ?? each.day } : each))
}

/** Payables that the payer's other money did not pay are open again, or were paid later. `before`: the money before it went. */
async function reopen(
  tx: Tx,
  { billing }: Recording,
  payer: Payer,
  before: readonly Moved[],
  day: Day,
): Promise<{ reopened: Payable[]; movedDays: number }> {
  const paid = await settledPayables(tx, payer.payerId)
  const known = new Map(settleAgain(before, paid).map(({ payable, settledOn }) => [payable.id, settledOn]))
  const changes = settleAgain(await moneyOf(tx, payer), paid).filter(({ payable, settledOn }) => known.get(payable.id) !== settledOn)
  if (changes.length === 0) return { reopened: [], movedDays: 0 }
  const reopened = changes.flatMap(({ payable, settledOn }) => (settledOn === null ? [payable] : []))
  await changeSettledDays(tx, changes)
  for (const { id } of reopened) await reverseAll(tx, payer.payerId, id, ['bill-settled'], day, 'bill-settled')
  await billing.reopenBills(
    tx,
    changes.flatMap(({ payable: { kind, payerId, id }, settledOn }) =>
      kind === 'bill' ? [{ payerId, billId: id, paidOn: settledOn }] : [],
    ),
    day,
  )
  return { reopened, movedDays: changes.length - reopened.length }
}

/** What the payer's account is short of after all that can be undone is undone. */
async function owe(tx: Tx, payer: Payer, paymentId: bigint, day: Day, short: bigint): Promise<void> {
  const posted = await postTransfers(tx, [
    {
      payerId: payer.payerId,
      debit: 'receivable',
      credit: moneyAccount(payer),
      amount: short,
      day,
      month: monthOf(day),
      reason: 'used-money-recalled',
      sourceId: paymentId,
    },
  ])
  if (!posted.ok) throw new Error(posted.refusal.rule)
  await addRecallPayable(tx, payer.payerId, paymentId, monthOf(day), day, short)
}

const balanceOf = async (tx: Tx, payer: Payer): Promise<bigint> =>
  (await payerBalances(tx, [payer.payerId])).get(payer.payerId)?.[moneyAccount(payer)] ?? 0n

async function undo(tx: Tx, recording: Recording, payer: Payer, before: readonly Moved[], paymentId: bigint, day: Day) {
  const { reopened, movedDays } = await reopen(tx, recording, payer, before, day)
  const after = await balanceOf(tx, payer)
  const takenBack = after < 0n ? await recording.billing.takeBackMonths(tx, payer.payerId, -after) : []
  const left = after + takenBack.reduce((sum, { amount }) => sum + amount, 0n)
  const owedAgain = await register(tx, payer, takenBack)
  if (left < 0n) await owe(tx, payer, paymentId, day, -left)
  // Months are taken back whole: what one of them frees beyond what was missing pays what is open.
  const settled = left > 0n ? await spendReturned(tx, recording, [payer.payerId], true) : []
  const again = new Set(settled.map(({ billId }) => billId))
  const open = [...reopened, ...owedAgain].filter(({ kind, id }) => kind !== 'bill' || !again.has(id))
  const months = takenBack.filter(({ owed }) => !owed)
  const paidLater = reopened.length + owedAgain.length - open.length
  return { reopened: open, movedDays: movedDays + paidLater, takenBack: months, owed: left < 0n ? -left : 0n }
}

/** Bills that offers had paid and that are owed now are payables as any other. */
async function register(
  tx: Tx,
  { payerId }: Payer,
  taken: readonly { readonly billId: bigint; readonly owed: boolean }[],
): Promise<Payable[]> {
  const bills = new Set(taken.flatMap(({ billId, owed }) => (owed ? [billId] : [])))
  if (bills.size === 0) return []
  await addPayablesOfBills(tx, { number: null, payers: [payerId] })
  return ((await openPayables(tx, [payerId])).get(payerId) ?? []).filter(({ kind, id }) => kind === 'bill' && bills.has(id))
}

/** Who holds a payment: one payer, the several among whom it was parted, or nobody. */
const holdersOf = async (tx: Tx, { heldBy, paymentId }: Holder): Promise<bigint[]> =>
  heldBy === null ? [] : heldBy === 0n ? partedAmong(tx, paymentId) : [heldBy]

type Undone = Pick<Reversed, 'reopened' | 'movedDays' | 'takenBack' | 'owed'>
const together = (all: readonly Undone[]): Undone => ({
  reopened: all.flatMap(({ reopened }) => reopened),
  movedDays: all.reduce((sum, { movedDays }) => sum + movedDays, 0),
  takenBack: all.flatMap(({ takenBack }) => takenBack),
  owed: all.reduce((sum, { owed }) => sum + owed, 0n),
})

export type AskedReversal = {
  readonly paymentId: bigint
  readonly kind: ReversalKind
  readonly requestId: bigint
  /** Whose it was when that was asked (`whoseIs`). */
  readonly asked: Readonly<Record<string, string>>
}

/** In the caller's transaction; the request that asked for it was approved by somebody else. */
export async function reversePayment(
  tx: Tx,
  recording: Recording,
  { paymentId, kind, requestId, asked }: AskedReversal,
): Promise<Result<Reversed>> {
  const found = await reversible(tx, paymentId, kind)
  if (!found.ok) return found
  const { payment, holder } = found.value
  const same = refuseMoved(holder, asked)
  if (!same.ok) return same
  const holders = await holdersOf(tx, holder)
  await lockPayers(tx, holders)
  const day = tx.today(recording.pack.timeZone)
  const { amount } = payment
  await addReversal(tx, { paymentId, turn: holder.turn, kind, payerId: holder.heldBy ?? 0n, amount, requestId }, day)
  if (kind === 'wrong-payer') await freeQueued(tx, recording, paymentId)
  const payers = [...(await readPayers(tx, holders)).values()]
  const before = new Map<bigint, Moved[]>()
  for (const payer of payers) before.set(payer.payerId, await moneyOf(tx, payer))
  await moveMoney(tx, payment, holder, holders, kind, day)
  const parts: Undone[] = []
  for (const payer of payers) parts.push(await undo(tx, recording, payer, before.get(payer.payerId) ?? [], paymentId, day))
  const undone = together(parts)
  const { reopened, movedDays, takenBack, owed } = undone
  await tx.emit({
    kind: 'payment-reversed',
    room: 'payments',
    subject: `payment:${paymentId}`,
    payload: { kind, payerId: holder.heldBy, amount, reopened: reopened.length, movedDays, months: takenBack.length, owed },
    detail: { payerId: holder.heldBy, reopened, takenBack },
  })
  return ok({ paymentId, kind, payerId: holder.heldBy, amount, ...undone })
}
