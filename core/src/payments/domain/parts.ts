// One payment for several payers, by proof: a code was used for several employers or divisions (staff handbook, page 42). Together the parts
// are the payment, to the last unit. A part for a bill is not more than what is owed on it; the rest, and the part of somebody who has no
// bill, is named as that payer's money, which pays his oldest debt or his next months as any money does.
import type { Refusal } from '@payung/values'

/** `billId` null: the payer's money, for no bill by name. */
export type AskedPart = { readonly payerId: bigint; readonly billId: bigint | null; readonly amount: bigint }
export type Partable = {
  /** By bill, what is owed on open payables of the payers named. */
  readonly owed: ReadonlyMap<bigint, bigint>
  /** Those of the payers named who exist. */
  readonly known: ReadonlySet<bigint>
}

const no = (code: string, rule: string, data: Record<string, string>, next: string): Refusal => ({ code, rule, data, next })

/** The first thing that forbids one part. */
function refusePart(part: AskedPart, { owed, known }: Partable, row: number, seen: ReadonlySet<string>): Refusal | undefined {
  const { payerId, billId, amount } = part
  const data = { row: row.toString(), bill: billId?.toString() ?? '', payer: payerId.toString(), amount: amount.toString() }
  if (amount <= 0n) return no('wrong-amount', 'A part is above zero.', data, 'Correct the amount.')
  if (!known.has(payerId))
    return no('payer-unknown', 'A payer is registered before it is given money.', data, 'Check the number of the payer.')
  if (billId !== null && billId >> 20n !== payerId)
    return no('bill-of-another', 'A part names a bill of its payer.', data, 'Correct the bill or the payer.')
  if (seen.has(nameOf(part)))
    return no('named-twice', 'Each bill is named once, and each payer once without a bill.', data, 'Put the two parts together.')
  if (billId === null) return undefined
  const open = owed.get(billId)
  if (open === undefined) return no('bill-not-open', 'A part pays a bill that is open.', data, 'Look at the bills of the payer.')
  return amount > open
    ? no(
        'more-than-owed',
        'No part is more than what is owed on its bill.',
        { ...data, owed: open.toString() },
        'Name the rest as a part of one of the payers without a bill, or for another bill.',
      )
    : undefined
}
const nameOf = ({ payerId, billId }: AskedPart): string => `${payerId} ${billId ?? ''}`

/** The first thing that forbids it. */
export function refuseParts(amount: bigint, parts: readonly AskedPart[], partable: Partable): Refusal | undefined {
  if (parts.length < 2)
    return no(
      'too-few-parts',
      'A payment is parted among two bills or payers, or more.',
      { parts: String(parts.length) },
      'Allocate it to its one payer.',
    )
  const seen = new Set<string>()
  for (const [index, part] of parts.entries()) {
    const refusal = refusePart(part, partable, index + 1, seen)
    if (refusal) return refusal
    seen.add(nameOf(part))
  }
  const sum = parts.reduce((total, part) => total + part.amount, 0n)
  if (sum === amount) return undefined
  return no(
    'sums-differ',
    'The parts together are the payment.',
    { payment: amount.toString(), parts: sum.toString() },
    sum < amount ? 'Name the rest as a part of one of the payers without a bill, or correct the amounts.' : 'Correct the amounts.',
  )
}
