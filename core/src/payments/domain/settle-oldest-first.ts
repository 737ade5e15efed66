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
