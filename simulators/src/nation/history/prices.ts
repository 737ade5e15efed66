// What somebody who pays alone, or for others, must pay for months to come: by the law as published on the day of paying.
import { assess, monthLaw } from '@payung/law'
import { addMonths, type Day, type Month } from '@payung/values'
import type { PlannedMembership } from '../plan/nouns.ts'
import type { World } from './world.ts'

/** A day of birth within every age limit: the price does not depend on age there. */
const born = '1990-01-01'

/** Prices by what they depend on; a few hundred are computed for a whole nation. */
export function priceList({ law, profile }: World): (membership: PlannedMembership, payerKind: string, month: Month, today: Day) => bigint {
  const known = new Map<string, bigint>()
  const base = law.pack.segments.find(({ code }) => code === profile.nation.segments.self)?.base[0] ?? ''
  return (membership, payerKind, month, today) => {
    const income = 'income' in membership.wage ? membership.wage.income : 0
    const published = today.slice(0, 7)
    const key = JSON.stringify([membership.facts, membership.programmes, income, payerKind, month, published])
    const found = known.get(key)
    if (found !== undefined) return found
    const facts = {
      ...membership.facts,
      segment: membership.segment,
      programmes: membership.programmes.join(','),
      payer: payerKind,
      born,
      [base]: String(income),
    }
    const asKnown = law.asPublishedBy(today)
    const rules = monthLaw(asKnown, month)
    const assessed = rules.ok ? assess(rules.value, asKnown, facts) : rules
    if (!assessed.ok) throw new Error(`no price for ${key}: ${assessed.refusal.rule}`)
    known.set(key, assessed.value.totals.billed)
    return assessed.value.totals.billed
  }
}

/** The sum of the months from one on. */
export function priceOf(
  price: ReturnType<typeof priceList>,
  membership: PlannedMembership,
  payerKind: string,
  from: Month,
  months: number,
  today: Day,
): bigint {
  let sum = 0n
  for (let ahead = 0; ahead < months; ahead++) sum += price(membership, payerKind, addMonths(from, ahead), today)
  return sum
}
