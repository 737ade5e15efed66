// The life of a bill in one table: which state follows which, by what deed, and the event that it emits.
export type BillState = 'draft' | 'calculated' | 'issued' | 'paid'
export type Deed = 'calculate' | 'recalculate' | 'issue' | 'pay' | 'reopen'

type Step = { readonly from: BillState; readonly deed: Deed; readonly to: BillState; readonly event: string }

/** A draft is what is owed but not computed yet: it has no row. A calculation may be made anew until it is issued; nothing issued is edited. */
export const billLife: readonly Step[] = [
  { from: 'draft', deed: 'calculate', to: 'calculated', event: 'bill-calculated' },
  { from: 'calculated', deed: 'recalculate', to: 'calculated', event: 'bill-calculated' },
  { from: 'draft', deed: 'issue', to: 'issued', event: 'bill-issued' },
  { from: 'calculated', deed: 'issue', to: 'issued', event: 'bill-issued' },
  { from: 'issued', deed: 'pay', to: 'paid', event: 'bill-paid' },
  // The money that paid it was recalled by the bank, or was another payer's.
  { from: 'paid', deed: 'reopen', to: 'issued', event: 'bills-reopened' },
]

export const stepOf = (from: BillState, deed: Deed): Step | undefined => billLife.find((step) => step.from === from && step.deed === deed)
