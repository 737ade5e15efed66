// What contributions tells, in the past tense. `detail` is handed to those who listen in the same transaction and is never stored.
import type { Month } from '@payung/values'
import type { PaidRow } from './store/paid-bills.ts'
import type { SettledBill } from './use-cases/settle-offers.ts'

/** kind `bills-issued`: of a month for everybody (payers null) or for some payers; month null for contracts. Payables are made from it. */
export type BillsIssued = { readonly month: Month | null; readonly number: number | null; readonly payers: readonly bigint[] | null }
/** kind `bills-paid`. */
export type BillsPaid = readonly PaidRow[]
/** kind `offers-settled`. */
export type OffersSettled = readonly SettledBill[]
/** kinds `prepaid-reassessed` and `contract-amended`: the payers to whom a lower price gave money back. */
export type MoneyReturned = readonly bigint[]
