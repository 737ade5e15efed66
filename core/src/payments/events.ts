// What payments tells, and what it needs of the room that makes bills and offers.
import type { Day, Month } from '@payung/values'
import type { Tx } from '../platform/index.ts'

export type SettledBill = { readonly payerId: bigint; readonly billId: bigint; readonly month: Month; readonly amount: bigint }
/** What money paid: a bill, or what a payer owed after a payment was taken back. That has no bill; it is known by the payment. */
export type SettledItem = Omit<SettledBill, 'billId'> &
  ({ readonly billId: bigint; readonly reversedPaymentId?: undefined } | { readonly billId: null; readonly reversedPaymentId: bigint })
/** The next thing that a payer by offer could pay. What else it carries is the other room's and goes back as it came. */
export type Offer = { readonly payerId: bigint; readonly month: Month; readonly amount: bigint; readonly billId?: bigint }

/** Whoever bills: told in the same transaction which bills are paid, and asked what could be paid next. */
export type Billing = {
  settleBills(tx: Tx, bills: readonly { readonly payerId: bigint; readonly billId: bigint }[], paidOn: Day): Promise<void>
  nextOffers(tx: Tx, payerIds: readonly bigint[]): Promise<readonly Offer[]>
  /** Writes rows and bills and moves the money of each payer to the funds. */
  settleOffers(tx: Tx, offers: readonly Offer[]): Promise<readonly SettledBill[]>
  /** Money that paid these bills is gone: they are open again (null), or were paid on a later day. */
  reopenBills(
    tx: Tx,
    bills: readonly { readonly payerId: bigint; readonly billId: bigint; readonly paidOn: Day | null }[],
    day: Day,
  ): Promise<void>
  /** Takes back months that offers settled, latest first, until so much money is free again or no month is left. `owed`: a bill that is open again instead, and whose money is free with that. */
  takeBackMonths(
    tx: Tx,
    payerId: bigint,
    needed: bigint,
    after?: Month | null,
  ): Promise<readonly (SettledMonth & { readonly owed: boolean })[]>
  /** What the months after a month that stand settled cost together. */
  paidAfter(tx: Tx, payerId: bigint, after: Month): Promise<bigint>
}
/** A month that was settled for a payer, and for how many members. */
export type SettledMonth = { readonly billId: bigint; readonly month: Month; readonly amount: bigint; readonly members: number }

/** kinds `payments-recorded`, `payment-allocated` and `payment-parted`: `detail` names each payment that was booked, of one that was parted each payer's share, and what its payer has left and lacks after all of them. */
export type PaymentsRecorded = readonly {
  readonly paymentId: bigint
  readonly payerId: bigint | null
  readonly amount: bigint
  readonly day: Day
  readonly credit: bigint
  readonly missing: bigint
}[]
