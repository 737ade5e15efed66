// Listens to what the rooms below tell, and writes the letters of it in the same transaction. The table at the end says which event
// writes which letters; what a run has changed is written by one set statement, whatever its size.
import { type Law, textAt, valueAt } from '@payung/law'
import type { Day, Month } from '@payung/values'
import type { BillSplit, DeferredBilled, MonthReassessed, MonthsMissed, PrepaidReassessed } from '../../contributions/index.ts'
import type { PaymentsRecorded } from '../../payments/index.ts'
import { digestOf, type Tx } from '../../platform/index.ts'
import type { LetterKind, Why } from '../domain/kinds.ts'
import { type TellBy, tellBy } from '../domain/tell-by.ts'
import {
  addLetters,
  addLettersOfBills,
  addLettersOfCase,
  addLettersOfDeferred,
  addLettersOfMonth,
  billOfCorrection,
  findMergeFacts,
  findOrderFacts,
  type NewLetter,
  payersOfKinds,
} from '../store/write-letters.ts'
import { bigOf, idIn, type LetterWriter, textOf, today } from './letter-writer.ts'
import { certificatesRevoked, contractAmended, contractsCertified } from './write-contract-letters.ts'
import { debtEnded, employerClosed, employerReopened } from './write-debt-letters.ts'

const toPayersOf =
  (why: Why) =>
  (tx: Tx, law: Law, bills: readonly bigint[]): Promise<number> => {
    const on = today(tx, law)
    return addLettersOfBills(tx, bills, { why, on, tellBy: tellBy(law, on) })
  }

const correctionApproved: LetterWriter = (tx, law, { payload }) => toPayersOf('correction')(tx, law, [bigOf(payload.bill)])

const correctionDone: LetterWriter = async (tx, law, { payload }) => {
  const bill = await billOfCorrection(tx, bigOf(payload.correction))
  if (bill !== null) await addLettersOfMonth(tx, payload.month as Month, [bill], { why: 'correction', on: today(tx, law) })
}

const monthReassessed: LetterWriter = async (tx, law, { payload, detail }) => {
  const bills = detail as MonthReassessed
  await toPayersOf('late-law')(tx, law, bills)
  await addLettersOfMonth(tx, payload.month as Month, bills, { why: 'late-law', on: today(tx, law) })
}

const prepaidReassessed: LetterWriter = (tx, law, { detail }) => toPayersOf('price-fall')(tx, law, detail as PrepaidReassessed)

const caseTold: LetterWriter = (tx, law, event) =>
  addLettersOfCase(tx, idIn(event), textOf(event.payload.state) ?? 'opened', today(tx, law))

const latePayerWarned: LetterWriter = (tx, law, event) => {
  const { paidMonth, unpaid, members, amount, coveredUntil } = event.payload as Record<string, string | number>
  return addLetters(
    tx,
    [
      {
        payerId: idIn(event),
        kind: 'late-warning',
        cause: `warning ${paidMonth} ${unpaid}`,
        amount: bigOf(amount),
        facts: { paidMonth, unpaid, members, coveredUntil },
      },
    ],
    today(tx, law),
  )
}

/** Of which kinds of requests a step is told, and by which letter. */
const requestTold =
  (kinds: Readonly<Record<string, LetterKind>>): LetterWriter =>
  async (tx, law, event) => {
    const { kind: asked, payerId, amount } = event.payload
    const kind = kinds[textOf(asked) ?? '']
    if (kind === undefined) return
    const letter = {
      payerId: bigOf(payerId),
      kind,
      cause: event.subject,
      amount: bigOf(amount),
      facts: { request: idIn(event).toString() },
    }
    await addLetters(tx, [letter], today(tx, law))
  }

const orderTold =
  (kind: LetterKind): LetterWriter =>
  async (tx, law, event) => {
    const order = await findOrderFacts(tx, idIn(event))
    const { payerId, amount, day } = event.payload
    // Whoever holds the letter in his hand need not read the whole account number on it.
    const facts = {
      bank: order?.bank,
      account: order?.account.replaceAll(/\s/g, '').slice(-4),
      paidOn: textOf(day),
    }
    await addLetters(tx, [{ payerId: bigOf(payerId), kind, cause: event.subject, amount: bigOf(amount), facts }], today(tx, law))
  }

/** Kinds of payers to whom the law offers the next months first for what is too much. */
export function offsetFirst(law: Law, day: Day): string[] {
  const entry = law.asPublishedBy(day).on(day).entry('refund-rules')
  return law.pack.payerKinds.flatMap(({ code }) =>
    entry && valueAt(entry, code) !== undefined && textAt(entry, code, 'basis') === 'offset-refused' ? [code] : [],
  )
}

/** Too much or too little came: told to those who owe by bills. Most payments leave nothing, and cost no question here. */
const paymentsRecorded: LetterWriter = async (tx, law, { detail }) => {
  const last = new Map<bigint, PaymentsRecorded[number]>()
  for (const payment of detail as PaymentsRecorded) if (payment.payerId !== null && payment.credit > 0n) last.set(payment.payerId, payment)
  if (last.size === 0) return
  const on = today(tx, law)
  const due: TellBy = tellBy(law, on)
  const concerned = await payersOfKinds(tx, [...last.keys()], offsetFirst(law, on))
  const letters = concerned.flatMap((payerId): NewLetter[] => {
    const payment = last.get(payerId)
    if (!payment) return []
    const { paymentId, amount, day, credit, missing } = payment
    const facts = { paidOn: day, came: amount.toString(), ...(missing > 0n ? { missing: missing.toString() } : {}) }
    return [{ payerId, kind: missing > 0n ? 'shortage' : 'surplus', cause: `payment ${paymentId}`, amount: credit, facts, tellBy: due }]
  })
  await addLetters(tx, letters, on)
}

const numbersMerged: LetterWriter = async (tx, law, { payload }) => {
  const merge = await findMergeFacts(tx, bigOf(payload.merge))
  if (!merge) return
  const letter = {
    personId: merge.person_id,
    kind: 'number-merged',
    cause: `merge ${bigOf(payload.merge)}`,
    facts: { numbers: merge.numbers },
  }
  await addLetters(tx, [letter as NewLetter], today(tx, law))
}

/** Both are told whose number is whose again; an old number that nobody bore has no other person. */
const numbersUnmerged: LetterWriter = async (tx, law, { payload }) => {
  const merge = await findMergeFacts(tx, bigOf(payload.merge))
  if (!merge) return
  const persons = [merge.person_id, ...(merge.merged_id === null ? [] : [merge.merged_id])]
  const letters = persons.map((personId): NewLetter => {
    const own = personId === merge.merged_id ? { own: 'yes' } : { other: 'yes' }
    return { personId, kind: 'number-unmerged', cause: `merge ${bigOf(payload.merge)}`, facts: { numbers: merge.numbers, ...own } }
  })
  await addLetters(tx, letters, today(tx, law))
}

/** A letter to each member, and one to each payer with how many workers it concerns. */
const monthsMissed: LetterWriter = async (tx, law, { detail }) => {
  const rows = detail as MonthsMissed
  const monthsOf = (some: MonthsMissed): Month[] => [...new Set(some.map(({ month }) => month))].sort()
  const members = Map.groupBy(rows, ({ personId, ordinal }) => `${personId} ${ordinal}`)
  const payers = Map.groupBy(rows, ({ payerId }) => payerId)
  const letters = [
    ...[...members.values()].map((own): NewLetter => {
      const months = monthsOf(own)
      return {
        personId: own[0]?.personId ?? null,
        kind: 'months-missed',
        cause: `missed ${own[0]?.ordinal} ${months.join(' ')}`,
        facts: { months },
      }
    }),
    ...[...payers].map(([payerId, own]): NewLetter => {
      const cause = digestOf(own.map(({ personId, ordinal, month }) => `${personId} ${ordinal} ${month}`).sort()).toString('hex')
      const workers = new Set(own.map(({ personId }) => personId)).size
      return { payerId, kind: 'months-missed', cause: `missed ${cause}`, facts: { months: monthsOf(own), members: workers } }
    }),
  ]
  await addLetters(tx, letters, today(tx, law))
}

/** Whoever stays on a bill that was split is told that his month is not paid; split again, he is told nothing new. */
const billSplit: LetterWriter = (tx, law, { detail }) => {
  const { billId, month, left } = detail as BillSplit
  const letters = left.map(
    ({ personId, ordinal }): NewLetter => ({
      personId,
      kind: 'month-not-paid',
      cause: `unpaid ${billId} ${ordinal}`,
      facts: { month, bill: billId.toString() },
    }),
  )
  return addLetters(tx, letters, today(tx, law))
}

const deferredBilled: LetterWriter = (tx, law, { detail }) => addLettersOfDeferred(tx, detail as DeferredBilled, today(tx, law))

/**
 * Which event writes which letters. `request-approved` writes none: what was approved is done in the same transaction, and told by what
 * was done (`refund-ordered`, `fine-waived`, `employer-closed`).
 */
export const letterWriters: Readonly<Record<string, LetterWriter>> = {
  'correction-approved': correctionApproved,
  'correction-done': correctionDone,
  'month-reassessed': monthReassessed,
  'prepaid-reassessed': prepaidReassessed,
  'reinstatement-opened': caseTold,
  'reinstatement-decided': caseTold,
  'late-payer-warned': latePayerWarned,
  'request-asked': requestTold({ refund: 'refund-asked' }),
  'request-refused': requestTold({ refund: 'refund-refused', 'fine-waiver': 'fine-waiver-refused' }),
  'refund-ordered': orderTold('refund-ordered'),
  'order-paid': orderTold('refund-paid'),
  'payments-recorded': paymentsRecorded,
  'payment-allocated': paymentsRecorded,
  'payment-parted': paymentsRecorded,
  'persons-merged': numbersMerged,
  'persons-unmerged': numbersUnmerged,
  'months-missed': monthsMissed,
  'bill-split': billSplit,
  'contract-amended': contractAmended,
  'contracts-certified': contractsCertified,
  'certificates-revoked': certificatesRevoked,
  'fine-waived': debtEnded('fine-waived'),
  'receivable-written-off': debtEnded('written-off'),
  'employer-closed': employerClosed,
  'employer-reopened': employerReopened,
  'deferred-billed': deferredBilled,
}
