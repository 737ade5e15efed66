// What one month costs somebody who pays alone, today and from the next change on that is known.
import { type Assessment, assess, type Facts, type Law, monthLaw } from '@payung/law'
import { addMonths, type Day, type Month, monthOf } from '@payung/values'

export type Price = {
  readonly amount: bigint
  readonly from: Month
  /** The acts and articles that it follows from, where they were found, and where the first can be read. */
  readonly acts: readonly { readonly act: string; readonly article: string }[]
  readonly link: string | null
  readonly next: { readonly amount: bigint; readonly from: Month } | null
}
export const monthsAhead = 12

/** What a pack writes where nobody found the article. */
const unknown = 'unknown'

const assessedIn = (law: Law, facts: Facts, month: Month): Assessment | undefined => {
  const rules = monthLaw(law, month)
  const assessed = rules.ok ? assess(rules.value, law, facts) : rules
  return assessed.ok ? assessed.value : undefined
}
const priceOf = (law: Law, facts: Facts, month: Month): bigint | undefined => assessedIn(law, facts, month)?.totals.billed

function actsOf({ trace }: Assessment): Pick<Price, 'acts' | 'link'> {
  const cited = trace.flatMap(({ act, article, link }) =>
    act && article && article !== unknown ? [{ act, article, link: link ?? null }] : [],
  )
  const acts = [...new Map(cited.map(({ act, article }) => [`${act} ${article}`, { act, article }])).values()]
  return { acts, link: cited.find(({ link }) => link !== null)?.link ?? null }
}

/** The price in the month of `today` by the law as published by then, and the first month of the next twelve that costs something else. */
export function priceAhead(law: Law, facts: Facts, today: Day): Price | null {
  const known = law.asPublishedBy(today)
  const from = monthOf(today)
  const assessed = assessedIn(known, facts, from)
  if (!assessed) return null
  const amount = assessed.totals.billed
  const acts = actsOf(assessed)
  for (let ahead = 1; ahead <= monthsAhead; ahead++) {
    const month = addMonths(from, ahead)
    const then = priceOf(known, facts, month)
    if (then !== undefined && then !== amount) return { amount, from, ...acts, next: { amount: then, from: month } }
  }
  return { amount, from, ...acts, next: null }
}
