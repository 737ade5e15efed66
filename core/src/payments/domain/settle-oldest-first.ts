// Too little money pays nothing yet: credit settles whole payables, oldest first, and stops at the first that it does not cover
// (Perdir 22/2022: in full and in month order; older shortages are settled first).

export type Amount = { readonly amount: bigint }
export type Settlement<Payable> = {
  readonly settled: readonly Payable[] /** The credit that is left. */
  readonly left: bigint /** What the oldest open payable lacks; nothing when all are settled. */
  readonly missing: bigint
}

/** @param payables open ones of one payer, oldest first */
export function settleOldestFirst<Payable extends Amount>(credit: bigint, payables: readonly Payable[]): Settlement<Payable> {
  let left = credit
  let count = 0
  for (const { amount } of payables) {
    if (amount > left) break
    left -= amount
    count++
  }
  const next = payables[count]
  return { settled: payables.slice(0, count), left, missing: next ? next.amount - left : 0n }
}

/** Whether money that waits pays an offer. An offer of nothing pays nothing: it would be asked again for ever. */
export const pays = (money: bigint, { amount }: Amount): boolean => amount > 0n && money >= amount

type InLine = { readonly id: bigint; readonly orderDay: string; readonly month: string }

/** The line with bills that money names by their own code in front of the others of their day and month: a named bill jumps no older month. */
export const namedFirst = <Payable extends InLine>(line: readonly Payable[], named: ReadonlySet<bigint> | undefined): readonly Payable[] =>
  named === undefined
    ? line
    : [...line].sort((a, b) =>
        a.orderDay !== b.orderDay
          ? a.orderDay < b.orderDay
            ? -1
            : 1
          : a.month !== b.month
            ? a.month < b.month
              ? -1
              : 1
            : Number(named.has(b.id)) - Number(named.has(a.id)),
      )
