// Letters to a payer about debts that end without money, and about the end of an employer.
import type { LetterKind } from '../domain/kinds.ts'
import { addLetters } from '../store/write-letters.ts'
import { bigOf, type LetterWriter, textOf, today } from './letter-writer.ts'

/** A fine that was waived, or what was written off: of which month's bill, and how much. */
export const debtEnded =
  (kind: LetterKind): LetterWriter =>
  (tx, law, { payload: { payer, bill, counterBill, month, amount } }) => {
    const letter = {
      payerId: bigOf(payer),
      kind,
      cause: `bill ${bigOf(counterBill)}`,
      amount: bigOf(amount),
      facts: { month: textOf(month), bill: bigOf(bill).toString() },
    }
    return addLetters(tx, [letter], today(tx, law))
  }

export const employerClosed: LetterWriter = (tx, law, { payload }) => {
  const on = today(tx, law)
  return addLetters(tx, [{ payerId: bigOf(payload.payer), kind: 'employer-closed', cause: `closing ${on}`, facts: { closedOn: on } }], on)
}
