// One payment for several payables, by proof: a code was used for several employers or divisions (staff handbook, page 42). Together the parts
// are the payment, to the last unit, and none is more than what is owed on its bill.
import type { Refusal } from '@payung/values'

export type AskedPart = { readonly payerId: bigint; readonly billId: bigint; readonly amount: bigint }

/** The first thing that forbids it. `owed`: by bill, what is owed on open payables of those payers. */
export function refuseParts(amount: bigint, parts: readonly AskedPart[], owed: ReadonlyMap<bigint, bigint>): Refusal | undefined {
  const no = (code: string, rule: string, data: Record<string, string>, next: string): Refusal => ({ code, rule, data, next })
  if (parts.length < 2)
    return no(
      'too-few-parts',
      'A payment is parted among two bills or more.',
      { parts: String(parts.length) },
      'Allocate it to its one payer.',
    )
  const seen = new Set<bigint>()
  for (const [index, part] of parts.entries()) {
    const data = { row: String(index + 1), bill: part.billId.toString(), payer: part.payerId.toString(), amount: part.amount.toString() }
    if (part.amount <= 0n) return no('wrong-amount', 'A part is above zero.', data, 'Correct the amount.')
    if (part.billId >> 20n !== part.payerId)
      return no('bill-of-another', 'A part names a bill of its payer.', data, 'Correct the bill or the payer.')
    if (seen.has(part.billId)) return no('named-twice', 'Each bill is named once.', data, 'Put the two parts together.')
    seen.add(part.billId)
    const open = owed.get(part.billId)
    if (open === undefined) return no('bill-not-open', 'A part pays a bill that is open.', data, 'Look at the bills of the payer.')
    if (part.amount > open)
      return no(
        'more-than-owed',
        'No part is more than what is owed on its bill.',
        { ...data, owed: open.toString() },
        'Give the rest to another bill.',
      )
  }
  const sum = parts.reduce((total, part) => total + part.amount, 0n)
  if (sum !== amount)
    return no(
      'sums-differ',
      'The parts together are the payment.',
      { payment: amount.toString(), parts: sum.toString() },
      'Correct the amounts.',
    )
  return undefined
}
