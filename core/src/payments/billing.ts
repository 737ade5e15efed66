// The billing room as payments sees it: contributions, bound to the law.
import type { Law } from '@payung/law'
import { nextOffers, paidAfter, reopenBills, settleBills, settleOffers, takeBackMonths } from '../contributions/index.ts'
import type { Billing } from './events.ts'

export const billingBy = (law: Law): Billing => ({
  settleBills,
  nextOffers: (tx, payerIds) => nextOffers(tx, law, payerIds),
  settleOffers: (tx, offers) => settleOffers(tx, law, offers),
  reopenBills,
  takeBackMonths: (tx, payerId, needed, after) => takeBackMonths(tx, law, payerId, needed, after),
  paidAfter,
})
