// A transfer: an amount from one account (credit) to another (debit). What is wrong with one, and what reversing one means.
import { type Day, type Month, ok, type Refusal, type Result, refuse } from '@payung/values'

export type NewTransfer = {
  /** 0 when the money belongs to no payer (yet). */
  readonly payerId: bigint
  readonly debit: string
  readonly credit: string
  readonly amount: bigint
  readonly day: Day
  readonly month: Month
  /** Kebab-case: `payment`, `bill-settled` … */
  readonly reason: string
  /** The payment, bill or contract it comes from, by reason. */
  readonly sourceId: bigint
  readonly reverses?: bigint
}

export type BookedTransfer = NewTransfer & {
  readonly transferId: bigint /** Another transfer has taken it back. */
  readonly reversed: boolean
}

const wrong = (transfer: NewTransfer, place: number, code: string, rule: string, next: string): Refusal => ({
  code,
  rule,
  next,
  data: { row: String(place), debit: transfer.debit, credit: transfer.credit, amount: transfer.amount.toString(), reason: transfer.reason },
})

/** The first thing that forbids a transfer, in a fixed order; undefined when it may be booked. */
export function refuseTransfer(transfer: NewTransfer, place: number, known: (account: string) => boolean): Refusal | undefined {
  const unknown = [transfer.debit, transfer.credit].find((account) => !known(account))
  if (unknown !== undefined)
    return wrong(
      transfer,
      place,
      'account-unknown',
      `The chart has no account "${unknown}".`,
      'Name an account of the chart: payung ledger balances.',
    )
  if (transfer.debit === transfer.credit)
    return wrong(transfer, place, 'same-account', 'A transfer moves money from one account to another.', 'Name two different accounts.')
  if (transfer.amount <= 0n)
    return wrong(
      transfer,
      place,
      'amount-not-positive',
      'A transfer has an amount above zero; the other way round is a transfer with debit and credit exchanged.',
      'Give an amount above zero.',
    )
  return undefined
}

/** The transfers that take others back: exchanged accounts, the same amount, naming the old one. */
export function decideReversals(
  asked: readonly bigint[],
  booked: ReadonlyMap<bigint, BookedTransfer>,
  day: Day,
  reason: string,
): Result<NewTransfer[]> {
  const reversals: NewTransfer[] = []
  const seen = new Set<bigint>()
  for (const transferId of asked) {
    const old = booked.get(transferId)
    const no = (code: string, rule: string, next: string) => refuse({ code, rule, next, data: { transfer: transferId.toString() } })
    if (!old) return no('transfer-unknown', 'Only a booked transfer can be reversed.', 'Look it up in the statement of its payer.')
    if (old.reverses !== undefined)
      return no('reversal-of-reversal', 'A reversal is not reversed; a new transfer is booked instead.', 'Book the transfer anew.')
    if (old.reversed || seen.has(transferId))
      return no('already-reversed', 'A transfer is reversed once.', 'Nothing is to be done: it has been taken back.')
    seen.add(transferId)
    reversals.push({
      payerId: old.payerId,
      debit: old.credit,
      credit: old.debit,
      amount: old.amount,
      day,
      month: old.month,
      reason,
      sourceId: old.sourceId,
      reverses: transferId,
    })
  }
  return ok(reversals)
}
