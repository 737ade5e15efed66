// Keeps true in which month the money of a bill is booked, in the transaction of whatever changes it: a payment, money that goes back, a
// bill of a difference. Where no year is closed and nothing waits, one look and no row.
import type { Law } from '@payung/law'
import type { Day } from '@payung/values'
import type { BillsIssued, BillsPaid, BillsReopened, OffersSettled } from '../../contributions/index.ts'
import type { Event, Tx } from '../../platform/index.ts'
import { bookingsAfter, type ChangedBill } from '../domain/booking.ts'
import { savingsProgrammes } from '../domain/programme.ts'
import { addBookings, type BillKey, bookingsOf, type NewBooking } from '../store/bookings.ts'
import { type Difference, differencesOf, differencesOn } from '../store/differences.ts'
import { lastYearBegun } from '../store/rates.ts'

type Changed = BillKey & Omit<ChangedBill, 'bookings'>

/** A difference at or below nothing counts when all that it takes off is paid, and not before it. */
const followed = ({ payerId, billId, paidOn, isOpen, latest }: Difference): Changed => {
  const counts = isOpen ? null : latest !== null && latest > paidOn ? latest : paidOn
  return { payerId, billId, was: paidOn, paidOn, counts }
}

async function book(tx: Tx, law: Law, changed: readonly Changed[], known?: ReadonlyMap<bigint, ChangedBill['bookings']>): Promise<void> {
  if (changed.length === 0) return
  const closed = await lastYearBegun(tx)
  const bookings =
    known ??
    (await bookingsOf(
      tx,
      changed.map(({ payerId }) => payerId),
    ))
  const today = tx.today(law.pack.timeZone)
  const added = changed.flatMap(({ payerId, billId, ...bill }) =>
    bookingsAfter({ ...bill, bookings: bookings.get(billId) ?? [] }, closed, today).map(
      (booking): NewBooking => ({ payerId, billId, ...booking }),
    ),
  )
  if (added.length > 0) await addBookings(tx, added, today)
}

/** Bills of kinds `bills-paid` and `offers-settled`. Offers are paid on the day on which they are settled. */
function paidBy(event: Event, today: Day): Changed[] {
  const paid =
    event.kind === 'bills-paid'
      ? (event.detail as BillsPaid).map(({ payer_id, bill_id, paid_on }) => ({ payerId: payer_id, billId: bill_id, paidOn: paid_on }))
      : (event.detail as OffersSettled).map(({ payerId, billId }) => ({ payerId, billId, paidOn: today }))
  return paid.map((bill) => ({ ...bill, was: null, counts: bill.paidOn }))
}

/** Money that came: what bears a day of a closed year is late, what was booked before is booked again, and what waited for it counts. */
export const bookPaid =
  (law: Law) =>
  async (tx: Tx, event: Event): Promise<void> => {
    if (savingsProgrammes(law.pack).length === 0) return
    const paid = paidBy(event, tx.today(law.pack.timeZone))
    const closed = await lastYearBegun(tx)
    const bookings = await bookingsOf(
      tx,
      paid.map(({ payerId }) => payerId),
    )
    const waiting = bookings.size === 0 ? [] : (await differencesOn(tx, paid)).filter(({ billId }) => bookings.has(billId))
    const late = paid.filter(({ billId, paidOn }) => bookings.has(billId) || (closed !== null && Number(paidOn?.slice(0, 4)) <= closed))
    await book(tx, law, [...late, ...waiting.map(followed)], bookings)
  }

/** Money that went back, with what countered its bills and what had been taken off them. */
export const bookReopened =
  (law: Law) =>
  async (tx: Tx, { detail }: Event): Promise<void> => {
    if (savingsProgrammes(law.pack).length === 0) return
    const reopened = (detail as BillsReopened).map(
      ({ payer_id, bill_id, was_paid_on, paid_on }): Changed => ({
        payerId: payer_id,
        billId: bill_id,
        was: was_paid_on,
        paidOn: paid_on,
        counts: paid_on,
      }),
    )
    const own = new Set(reopened.map(({ billId }) => billId))
    const taken = (await differencesOn(tx, reopened)).filter(({ billId }) => !own.has(billId))
    await book(tx, law, [...reopened, ...taken.map(followed)])
  }

/** Differences at or below nothing are done at once; in savings they wait for the bills that they take off. */
export const bookDifferences =
  (law: Law) =>
  async (tx: Tx, { detail }: Event): Promise<void> => {
    if (savingsProgrammes(law.pack).length === 0) return
    const { done = [] } = detail as BillsIssued
    if (done.length > 0) await book(tx, law, (await differencesOf(tx, done)).map(followed))
  }
