// What contributions tells, in the past tense. `detail` is handed to those who listen in the same transaction and is never stored.
import type { Day, Month } from '@payung/values'
import type { CorrectionKind, DecidedRow } from './domain/correction.ts'
import type { PaidRow } from './store/paid-bills.ts'
import type { Reopened } from './store/taken-back.ts'
import type { SettledBill } from './use-cases/settle-offers.ts'
import type { SplitDone } from './use-cases/split-bill.ts'

/** kind `bills-issued`: of a month for everybody (payers null) or for some payers; month null for contracts. Payables are made from it. `done`: bills of differences at or below nothing, for which nothing is asked. */
export type BillsIssued = {
  readonly month: Month | null
  readonly number: number | null
  readonly payers: readonly bigint[] | null
  readonly done?: readonly { readonly payerId: bigint; readonly billId: bigint }[]
}
/** kind `bills-paid`. */
export type BillsPaid = readonly PaidRow[]
/** kind `bills-reopened`: with what counters them. */
export type BillsReopened = readonly Reopened[]
/** kind `offers-settled`. */
export type OffersSettled = readonly SettledBill[]
/** kind `months-missed`: closed months of a receivable for which a membership has no row although it lived; a correction assesses them. */
export type MonthsMissed = readonly {
  readonly personId: bigint
  readonly ordinal: number
  readonly payerId: bigint
  readonly month: Month
}[]
/** kind `bill-split`: named workers were taken to a bill of their own; `left` are those who stay, unpaid, and are to be told. */
export type BillSplit = SplitDone
/** kinds `bill-split`, `fine-waived` and `receivable-written-off`: how much a bill does not ask any more. */
export type CounteredBill = { readonly payerId: bigint; readonly billId: bigint; readonly amount: bigint }
/** kinds `contracts-certified`, their first part that covers days is paid, and `certificates-revoked`, it is open again. `until` is the first day outside. */
export type ContractsCertified = readonly {
  readonly payerId: bigint
  readonly contractId: bigint
  readonly number: string
  readonly name: string
  readonly segment: string
  readonly from: Day
  readonly until: Day
}[]
/** kind `correction-done`: the bill of a correction is paid, or nothing was owed for it. */
export type CorrectionDone = {
  readonly correctionId: bigint
  readonly payerId: bigint
  readonly kind: CorrectionKind
  readonly reason: string
  readonly rows: readonly DecidedRow[]
}
/** kinds `surplus-credited` and `contract-amended`: the payers for whom something became cheaper, and who have the difference as their money now. */
export type MoneyReturned = readonly bigint[]
/** kind `prepaid-reassessed`: the bills that give back what became cheaper; each payer has it as his money now. */
export type PrepaidReassessed = readonly bigint[]
/** kind `month-reassessed`: the bills of the differences. */
export type MonthReassessed = readonly bigint[]
/** kind `deferred-billed`: the bills of instalments of what was deferred, also those that give back. */
export type DeferredBilled = readonly bigint[]
/** kind `reinstatement-decided`: the payers whose money waited for the decision. */
export type MoneyReleased = readonly bigint[]
