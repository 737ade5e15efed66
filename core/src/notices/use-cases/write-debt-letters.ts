// Letters to a payer about debts that end without money, and about the end of an employer and its being opened again.
import type { LetterKind } from '../domain/kinds.ts'
import { addLetters } from '../store/write-letters.ts'
import { bigOf, type LetterWriter, textOf, today } from './letter-writer.ts'

/** A fine that was waived, or what was written off: of which month's bill, whether it was an instalment, and how much. */
export const debtEnded =
  (kind: LetterKind): LetterWriter =>
  (tx, law, { payload: { payer, bill, billKind, counterBill, month, amount } }) => {
    const letter = {
      payerId: bigOf(payer),
      kind,
      cause: `bill ${bigOf(counterBill)}`,
      amount: bigOf(amount),
      facts: { month: textOf(month), bill: bigOf(bill).toString(), ...(billKind === 'deferred' ? { deferred: 'yes' } : {}) },
    }
    return addLetters(tx, [letter], today(tx, law))
  }

export const employerClosed: LetterWriter = (tx, law, { payload: { payer, nth } }) => {
  const on = today(tx, law)
  return addLetters(tx, [{ payerId: bigOf(payer), kind: 'employer-closed', cause: `closing ${bigOf(nth)}`, facts: { closedOn: on } }], on)
}

/** Since when it is open again, and how much of its money is left; nothing is said of money where there is none. */
export const employerReopened: LetterWriter = (tx, law, { payload: { payer, nth, closedOn, money } }) => {
  const on = today(tx, law)
  const left = bigOf(money)
  const letter = {
    payerId: bigOf(payer),
    kind: 'employer-reopened',
    cause: `reopening ${bigOf(nth)}`,
    ...(left > 0n ? { amount: left } : {}),
    facts: { closedOn: textOf(closedOn), reopenedOn: on },
  } as const
  return addLetters(tx, [letter], on)
}
