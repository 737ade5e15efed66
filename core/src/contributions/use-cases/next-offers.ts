// What payers without a receivable would pay next: the price of their oldest unpaid month (or contract), by the law known today.
import { type Law, numberAt } from '@payung/law'
import { type Day, type Month, monthFromNumber, monthOf } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { unpaidParts } from '../store/contract-parts.ts'
import { dueMonths, layOutDueOffers, priceOffers } from '../store/offers.ts'
import { openCases } from '../store/reinstatements.ts'
import { payersWithNumbers } from '../store/running-numbers.ts'
import { layOutMonth } from './issue-bills.ts'

/** One thing that a payer can pay now: a month of all memberships whose turn it is, or a part of a premium contract, by the number of its bill. */
export type Offer = { readonly payerId: bigint; readonly month: Month; readonly amount: bigint; readonly billId?: bigint }

/** How far ahead of the running month somebody may pay. A pack that does not say lets nobody: the money waits. */
export function monthsAhead(law: Law, today: Day): number {
  const entry = law.asPublishedBy(today).on(today).entry('months-ahead')
  return entry ? numberAt(entry) : 0
}

/** At most one offer for each payer: a contract first, then the oldest month; none while a case of late money is undecided, or for whom no number of a bill is left: the money waits. */
export async function nextOffers(tx: Tx, law: Law, payers: readonly bigint[]): Promise<Offer[]> {
  const today = tx.today(law.pack.timeZone)
  const contracts = await unpaidParts(tx, payers, today)
  const offers: Offer[] = contracts.map((contract) => ({
    payerId: contract.payer_id,
    month: monthFromNumber(contract.month),
    amount: contract.amount,
    billId: contract.bill_id,
  }))
  const waiting = await openCases(tx, payers)
  const without = payers.filter((payer) => !waiting.has(payer) && !contracts.some((contract) => contract.payer_id === payer))
  const others = without.length === 0 ? [] : await payersWithNumbers(tx, without)
  if (others.length === 0) return offers
  await layOutDueOffers(tx, others, monthOf(today), today, monthsAhead(law, today))
  const due = await dueMonths(tx)
  for (const number of new Set(due.map(({ month }) => month))) {
    const month = monthFromNumber(number)
    const profiles = due.flatMap((each) => (each.month === number ? each.profiles : []))
    const laid = await layOutMonth(tx, law, month, 'offer', [...new Set(profiles)])
    if (!laid) continue
    const prices = await priceOffers(tx, laid.tariff, month)
    offers.push(...prices.map(({ payer_id, amount }) => ({ payerId: payer_id, month, amount })))
  }
  return offers
}
