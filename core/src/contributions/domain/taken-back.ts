// Which paid months and parts of contracts go when money that paid them goes: the latest first, and no more than are needed.
import type { Day } from '@payung/values'

export type PaidMonth = { readonly billId: bigint; readonly amount: bigint }

type PaidOn = { readonly paidOn: Day }

/** The order in which they go: months as they come, latest first, and before each the parts that were paid later than it. On one day a part was paid before any month. */
export function latestPaidFirst<Month extends PaidOn, Part extends PaidOn>(
  months: readonly Month[],
  parts: readonly Part[],
): readonly (Month | Part)[] {
  const left = [...parts].sort((a, b) => (a.paidOn < b.paidOn ? 1 : a.paidOn > b.paidOn ? -1 : 0))
  const line: (Month | Part)[] = []
  for (const month of months) {
    for (let part = left[0]; part && part.paidOn > month.paidOn; part = left[0]) line.push(...left.splice(0, 1))
    line.push(month)
  }
  return [...line, ...left]
}

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
