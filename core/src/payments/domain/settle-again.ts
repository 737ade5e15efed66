// What payables would have been paid, and when, had some money never come: the payer's other money in the order of its days, and the
// payables in the order in which they were paid. Taking money away can only make a payable paid later, or not at all.
import type { Day } from '@payung/values'

export type PaidPayable = { readonly id: bigint; readonly amount: bigint; readonly settledOn: Day }
/** Money that came (above zero) or went (below) on a day. */
export type Moved = { readonly day: Day; readonly amount: bigint }
/** Null: not paid any more. */
export type PaidOtherwise<Payable> = { readonly payable: Payable; readonly settledOn: Day | null }

/** Only those whose day is another, or that are open again. */
export function settleAgain<Payable extends PaidPayable>(moved: readonly Moved[], paid: readonly Payable[]): PaidOtherwise<Payable>[] {
  const days = new Map<Day, bigint>()
  for (const { day, amount } of moved) days.set(day, (days.get(day) ?? 0n) + amount)
  const settled = new Map<bigint, Day>()
  const line = [...paid].sort((a, b) => (a.settledOn < b.settledOn ? -1 : a.settledOn > b.settledOn ? 1 : 0))
  let [money, next] = [0n, 0]
  for (const [day, amount] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    money += amount
    for (let payable = line[next]; payable && payable.amount <= money; payable = line[next]) {
      money -= payable.amount
      settled.set(payable.id, day > payable.settledOn ? day : payable.settledOn)
      next++
    }
  }
  return line.flatMap((payable) => {
    const settledOn = settled.get(payable.id) ?? null
    return settledOn === payable.settledOn ? [] : [{ payable, settledOn }]
  })
}
