// What a payer without a debt would pay for 1, 3, 6 or 12 months at once: each month at its own price by the law known today, and the
// day until which it would be paid. Nothing is written; a law that comes later gives back what it lowers (reassess-prepaid.ts).
import { type Law, listAt, numberAt, partOf } from '@payung/law'
import { addMonths, type Day, lastDay, type Month, monthFromNumber, monthOf, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { dueMonths, layOutDueOffers, layOutOffersOf, priceOffers } from '../store/offers.ts'
import { payersOf } from '../store/payers.ts'
import { layOutMonth } from './issue-bills.ts'
import { monthsAhead } from './next-offers.ts'

export type PricedMonth = { readonly month: Month; readonly amount: bigint }
export type PriceOfMonths = { readonly months: number; readonly amount: bigint; readonly paidUntil: Day }
export type Prices = { readonly months: readonly PricedMonth[]; readonly choices: readonly PriceOfMonths[] }

/** How many months are offered at once; a pack that does not say offers one. */
function choicesOf(law: Law, today: Day): number[] {
  const entry = law.asPublishedBy(today).on(today).entry('months-at-once')
  return entry ? listAt(entry).map((part) => numberAt(partOf(entry, part))) : [1]
}

/** Months from the one that is next, each priced, until one costs nothing any more or lies too far ahead. */
async function priceAhead(tx: Tx, law: Law, payer: bigint, first: Month, most: number): Promise<PricedMonth[]> {
  const today = tx.today(law.pack.timeZone)
  const furthest = addMonths(monthOf(today), monthsAhead(law, today))
  const priced: PricedMonth[] = []
  for (let month = first; month <= furthest && priced.length < most; month = addMonths(month, 1)) {
    await layOutOffersOf(tx, [payer], monthOf(today), today, month)
    const profiles = (await dueMonths(tx)).flatMap((due) => due.profiles)
    const laid = profiles.length > 0 ? await layOutMonth(tx, law, month, 'offer', profiles) : undefined
    const amount = laid ? ((await priceOffers(tx, laid.tariff, month))[0]?.amount ?? 0n) : 0n
    if (amount === 0n) break
    priced.push({ month, amount })
  }
  return priced
}

export async function priceMonths(tx: Tx, law: Law, payer: bigint): Promise<Result<Prices>> {
  const today = tx.today(law.pack.timeZone)
  const data = { payer: payer.toString() }
  const known = (await payersOf(tx, [payer])).get(payer)
  if (!known)
    return refuse({ code: 'payer-unknown', rule: 'A price is that of a registered payer.', data, next: 'Check the number of the payer.' })
  if (known.settlement !== 'offer')
    return refuse({
      code: 'payer-is-billed',
      rule: 'Who owes contributions is billed month by month; months ahead are paid by those whom nobody bills.',
      data,
      next: 'Look at the bills of this payer.',
    })
  await layOutDueOffers(tx, [payer], monthOf(today), today, monthsAhead(law, today))
  const [due] = await dueMonths(tx)
  if (!due)
    return refuse({
      code: 'nothing-to-pay',
      rule: 'Nobody is paid for by this payer, or all months that may be paid ahead are paid.',
      data,
      next: 'Register members for this payer, or wait for the next month.',
    })
  const choices = choicesOf(law, today)
  const months = await priceAhead(tx, law, payer, monthFromNumber(due.month), Math.max(...choices))
  const upTo = (count: number): PriceOfMonths => ({
    months: count,
    amount: months.slice(0, count).reduce((sum, { amount }) => sum + amount, 0n),
    paidUntil: lastDay(months[count - 1]?.month ?? monthFromNumber(due.month)),
  })
  return ok({ months, choices: choices.filter((count) => count <= months.length).map(upTo) })
}
