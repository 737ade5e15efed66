// Which paid months go when money that paid them goes: the latest first, and no more than are needed.
export type PaidMonth = { readonly billId: bigint; readonly amount: bigint }

/** @param paid months that still stand, latest first */
export function monthsToTakeBack<Month extends PaidMonth>(needed: bigint, paid: readonly Month[]): { taken: Month[]; freed: bigint } {
  const taken: Month[] = []
  let freed = 0n
  for (const month of paid) {
    if (freed >= needed) break
    taken.push(month)
    freed += month.amount
  }
  return { taken, freed }
}
