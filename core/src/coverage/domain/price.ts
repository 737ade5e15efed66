// What one month costs somebody who pays alone, today and from the next change on that is known.
import { assess, type Facts, type Law, monthLaw } from '@payung/law'
import { addMonths, type Day, type Month, monthOf } from '@payung/values'

export type Price = {
  readonly amount: bigint
  readonly from: Month
  readonly next: { readonly amount: bigint; readonly from: Month } | null
}
export const monthsAhead = 12

const priceOf = (law: Law, facts: Facts, month: Month): bigint | undefined => {
  const rules = monthLaw(law, month)
  const assessed = rules.ok ? assess(rules.value, law, facts) : rules
  return assessed.ok ? assessed.value.totals.billed : undefined
}

/** The price in the month of `today` by the law as published by then, and the first month of the next twelve that costs something else. */
export function priceAhead(law: Law, facts: Facts, today: Day): Price | null {
  const known = law.asPublishedBy(today)
  const from = monthOf(today)
  const amount = priceOf(known, facts, from)
  if (amount === undefined) return null
  for (let ahead = 1; ahead <= monthsAhead; ahead++) {
    const month = addMonths(from, ahead)
    const then = priceOf(known, facts, month)
    if (then !== undefined && then !== amount) return { amount, from, next: { amount: then, from: month } }
  }
  return { amount, from, next: null }
}
