// What can be asked for: how a request of each kind is checked when it is asked, and what is done when it is approved.
import type { Law } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import { endableDebt, endDebt, findUnbilled } from '../../contributions/index.ts'
import { payerBalances } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { closable, closeEmployer, lockAgainstHolders, reopenable, reopenEmployer } from '../../registry/index.ts'
import type { NewRequest, RequestKind, RequestRow } from '../request-store.ts'
import type { ReversalKind } from '../reversal-store.ts'
import { closePayable } from '../store.ts'
import type { AskedRequest } from './ask-request.ts'
import { returnPayment } from './clear-queue.ts'
import { holdQueued } from './hold-payment.ts'
import { partable, partPayment } from './part-payment.ts'
import type { Recording } from './record-payments.ts'
import { refundable, refundMoney } from './refund-money.ts'
import { reversePayment, reversible, whoseIs } from './reverse-payment.ts'
import { spendReturned } from './spend-returned.ts'
import { ownQueued } from './take-queued.ts'

/** What was done, in figures that an answer and an event may show. */
export type Performed = Readonly<Record<string, bigint | number>>
type Kind = {
  prepare(tx: Tx, law: Law, recording: Recording, asked: AskedRequest): Promise<Result<NewRequest>>
  perform(tx: Tx, law: Law, recording: Recording, request: RequestRow): Promise<Result<Performed>>
}

export const fieldMissing = (field: string, rule: string, next: string) => refuse({ code: 'field-missing', rule, data: { field }, next })

/** The word of the ground by which money is taken back. */
const reversalKind = (ground: string): ReversalKind | undefined => (ground === 'recall' || ground === 'wrong-payer' ? ground : undefined)

const reversal: Kind = {
  prepare: async (tx, _law, _recording, { paymentId, ground, evidence }) => {
    const kind = reversalKind(ground)
    if (kind === undefined)
      return refuse({
        code: 'unknown-ground',
        rule: 'A payment is taken back because a bank recalled it, or because it was another payer’s.',
        data: { ground },
        next: 'Write recall or wrong-payer.',
      })
    if (paymentId === undefined) return fieldMissing('paymentId', 'A reversal names a payment.', 'Name the payment.')
    const found = await reversible(tx, paymentId, kind)
    if (!found.ok) return found
    const { payment, holder } = found.value
    return ok({
      kind: 'reversal',
      payerId: holder.heldBy ?? 0n,
      paymentId,
      billId: null,
      amount: payment.amount,
      ground,
      evidence: evidence.trim(),
      detail: whoseIs(holder),
    })
  },
  perform: async (tx, _law, recording, { paymentId, ground, requestId, detail }) => {
    const kind = reversalKind(ground)
    if (paymentId === null || kind === undefined) throw new Error(`request ${requestId} names no payment`)
    const done = await reversePayment(tx, recording, { paymentId, kind, requestId, asked: detail })
    if (!done.ok) return done
    const { reopened, movedDays, takenBack, owed } = done.value
    return ok({ reopened: reopened.length, movedDays, months: takenBack.length, owed })
  },
}

const refund: Kind = {
  prepare: async (tx, law, recording, { payerId, amount, ground, evidence, detail = {} }) => {
    if (payerId === undefined) return fieldMissing('payerId', 'A refund names a payer.', 'Name the payer.')
    if (amount === undefined) return fieldMissing('amount', 'A refund names an amount.', 'Name the amount.')
    const found = await refundable(tx, law, recording, { payerId, amount, ground, detail })
    if (!found.ok) return found
    return ok({ kind: 'refund', payerId, paymentId: null, billId: null, amount, ground, evidence: evidence.trim(), detail })
  },
  perform: async (tx, law, recording, request) => {
    const done = await refundMoney(tx, law, recording, request)
    return done.ok ? ok({ orderId: done.value.orderId }) : done
  },
}

/** Money that names nobody, sent back to whoever sent it. */
const giveBack: Kind = {
  prepare: async (tx, _law, recording, { paymentId, ground, evidence, detail = {} }) => {
    if (paymentId === undefined) return fieldMissing('paymentId', 'What is sent back is a payment.', 'Name the payment.')
    const found = await holdQueued(tx, paymentId)
    if (!found.ok) return found
    const missing = ['bank', 'account', 'holder'].find((field) => (detail[field] ?? '').trim() === '')
    if (missing) return fieldMissing(missing, 'Money is sent back to the account that it came from.', 'Name bank, account and holder.')
    const own = await ownQueued(tx, recording, paymentId)
    if (!own.ok) return own
    const { amount } = found.value.payment
    return ok({ kind: 'return', payerId: 0n, paymentId, billId: null, amount, ground, evidence: evidence.trim(), detail })
  },
  perform: async (tx, _law, recording, request) => {
    const done = await returnPayment(tx, recording, request)
    return done.ok ? ok({ orderId: done.value.orderId }) : done
  },
}

/** One payment for several payers, by proof. */
const parted: Kind = {
  prepare: async (tx, _law, recording, { paymentId, ground, evidence, parts = [] }) => {
    if (paymentId === undefined) return fieldMissing('paymentId', 'Parts are parts of a payment.', 'Name the payment.')
    const found = await partable(tx, paymentId, parts)
    if (!found.ok) return found
    const own = await ownQueued(tx, recording, paymentId)
    if (!own.ok) return own
    const { amount } = found.value.payment
    return ok({ kind: 'parts', payerId: 0n, paymentId, billId: null, amount, ground, evidence: evidence.trim(), detail: {}, parts })
  },
  perform: async (tx, _law, recording, request) => {
    const done = await partPayment(tx, recording, request)
    if (!done.ok) return done
    const { settled, rest, credit } = done.value
    return ok({ settled: settled.length, rest, credit })
  },
}

/** A debt that ends without money. A fine that is waived may leave so little that waiting money pays the rest; nothing is written off while money waits. */
const endOf = (kind: 'fine-waiver' | 'write-off'): Kind => ({
  prepare: async (tx, law, _recording, { billId, ground, evidence }) => {
    if (billId === undefined) return fieldMissing('billId', 'A debt stands on a bill.', 'Name the bill.')
    const found = await endableDebt(tx, law, kind, billId, ground)
    if (!found.ok) return found
    const { payerId, amount } = found.value
    return ok({ kind, payerId, paymentId: null, billId, amount, ground, evidence: evidence.trim(), detail: {} })
  },
  perform: async (tx, law, recording, { payerId, billId, ground, amount, requestId }) => {
    if (billId === null) throw new Error(`request ${requestId} names no bill`)
    const done = await endDebt(tx, law, { kind, bill: billId, ground, amount })
    if (!done.ok) return done
    if (kind === 'write-off') await closePayable(tx, payerId, billId, tx.today(law.pack.timeZone))
    const paid = await spendReturned(tx, recording, [payerId])
    return ok({ counterBill: done.value.counterId, amount: done.value.amount, paid: paid.length })
  },
})

const listOf = (text: string | undefined): string[] =>
  (text ?? '').split(/[,;]/).flatMap((each) => (each.trim() === '' ? [] : [each.trim()]))

/** An employer that ends, with its months billed and none of its money left. */
const closing: Kind = {
  prepare: async (tx, law, _recording, { payerId, ground, evidence, detail = {} }) => {
    if (payerId === undefined) return fieldMissing('payerId', 'A closing names an employer.', 'Name the payer.')
    await lockAgainstHolders(tx, payerId)
    const found = await closable(tx, law, await closingOf(tx, law, payerId, ground, detail))
    if (!found.ok) return found
    return ok({ kind: 'closing', payerId, paymentId: null, billId: null, amount: 0n, ground, evidence: evidence.trim(), detail })
  },
  // Locked before it is read what is billed and what money is left: a payment that is being taken comes before or after.
  perform: async (tx, law, _recording, { payerId, ground, evidence, detail }) => {
    await lockAgainstHolders(tx, payerId)
    const done = await closeEmployer(tx, law, { ...(await closingOf(tx, law, payerId, ground, detail)), evidence })
    return done.ok ? ok({ closed: 1 }) : done
  },
}

async function closingOf(tx: Tx, law: Law, payerId: bigint, ground: string, { papers, witnesses }: Readonly<Record<string, string>>) {
  const [unbilled, money] = [await findUnbilled(tx, law, payerId), await moneyLeft(tx, payerId)]
  return { payerId, ground, papers: listOf(papers), witnesses: listOf(witnesses), unbilled, money }
}

/** A closed employer that is opened again; the request shows the money that is left. */
const reopening: Kind = {
  prepare: async (tx, law, _recording, { payerId, ground, evidence }) => {
    if (payerId === undefined) return fieldMissing('payerId', 'Who is opened again is an employer.', 'Name the payer.')
    await lockAgainstHolders(tx, payerId)
    const amount = await moneyLeft(tx, payerId)
    const found = await reopenable(tx, law, { payerId, ground, money: amount })
    if (!found.ok) return found
    return ok({ kind: 'reopening', payerId, paymentId: null, billId: null, amount, ground, evidence: evidence.trim(), detail: {} })
  },
  perform: async (tx, law, _recording, { payerId, ground, evidence }) => {
    await lockAgainstHolders(tx, payerId)
    const done = await reopenEmployer(tx, law, { payerId, ground, evidence, money: await moneyLeft(tx, payerId) })
    return done.ok ? ok({ reopened: 1 }) : done
  },
}

async function moneyLeft(tx: Tx, payerId: bigint): Promise<bigint> {
  const balance = (await payerBalances(tx, [payerId])).get(payerId)
  return (balance?.credit ?? 0n) + (balance?.trust ?? 0n)
}

export const requestKinds: Readonly<Record<RequestKind, Kind>> = {
  reversal,
  refund,
  return: giveBack,
  parts: parted,
  'fine-waiver': endOf('fine-waiver'),
  'write-off': endOf('write-off'),
  closing,
  reopening,
}
export const isRequestKind = (text: string): text is RequestKind => Object.hasOwn(requestKinds, text)
