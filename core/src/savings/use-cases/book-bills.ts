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

/** A difference counts when all that it takes off is paid, and not before it. */
const countsFrom = ({ paidOn, isOpen, latest }: Difference): Day | null =>
  isOpen ? null : latest !== null && latest > paidOn ? latest : paidOn

const followed = (difference: Difference): Changed => {
  const { payerId, billId, paidOn } = difference
  return { payerId, billId, was: paidOn, paidOn, counts: countsFrom(difference) }
}

/** Notes what is booked otherwise now; gives the bills of which something was noted. */
async function book(
  tx: Tx,
  law: Law,
  changed: readonly Changed[],
  known?: ReadonlyMap<bigint, ChangedBill['bookings']>,
): Promise<readonly BillKey[]> {
  if (changed.length === 0) return []
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
  return added
}

/** A difference that is paid or moved may wait for what it takes off: `kinds` says which of the bills may be differences. */
async function judged(tx: Tx, changed: readonly Changed[], kinds: readonly string[]): Promise<Changed[]> {
  const asked = changed.filter(({ paidOn }, place) => paidOn !== null && ['correction', 'supplement'].includes(kinds[place] ?? ''))
  const differences = new Map((asked.length === 0 ? [] : await differencesOf(tx, asked)).map((each) => [each.billId, each]))
  return changed.map((bill) => {
    const difference = differences.get(bill.billId)
    return difference ? { ...bill, counts: countsFrom(difference) } : bill
  })
}

/** What takes rows off bills that changed follows them, and what takes rows off that follows it: corrections of one month stand on each other. */
async function follow(tx: Tx, law: Law, changed: readonly BillKey[], among: (difference: Difference) => boolean): Promise<void> {
  let bills = changed
  while (bills.length > 0) bills = await book(tx, law, (await differencesOn(tx, bills)).filter(among).map(followed))
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
    const kinds = event.kind === 'bills-paid' ? (event.detail as BillsPaid).map(({ kind }) => kind) : []
    const paid = await judged(tx, paidBy(event, tx.today(law.pack.timeZone)), kinds)
    const closed = await lastYearBegun(tx)
    const bookings = await bookingsOf(
      tx,
      paid.map(({ payerId }) => payerId),
    )
    const other = paid.filter(
      ({ billId, paidOn, counts }) =>
        counts !== paidOn || bookings.has(billId) || (closed !== null && Number(paidOn?.slice(0, 4)) <= closed),
    )
    await book(tx, law, other, bookings)
    // Only of payers with bookings can something wait: whoever else is paid in the same batch is asked nothing.
    const payers = new Set([...bookings.keys()].map((bill) => bill >> 20n))
    const followedBills = paid.filter(({ payerId }) => payers.has(payerId))
    await follow(tx, law, followedBills, ({ billId }) => bookings.has(billId))
  }

/** Money that went back, with what countered its bills and what had been taken off them. */
export const bookReopened =
  (law: Law) =>
  async (tx: Tx, { detail }: Event): Promise<void> => {
    if (savingsProgrammes(law.pack).length === 0) return
    const bills = detail as BillsReopened
    const reopened = bills.map(
      ({ payer_id, bill_id, was_paid_on, paid_on }): Changed => ({
        payerId: payer_id,
        billId: bill_id,
        was: was_paid_on,
        paidOn: paid_on,
        counts: paid_on,
      }),
    )
    const kinds = bills.map(({ kind }) => kind)
    await book(tx, law, await judged(tx, reopened, kinds))
    await follow(tx, law, reopened, () => true)
  }

/** Differences at or below nothing are done at once; in savings they wait for the bills that they take off. */
export const bookDifferences =
  (law: Law) =>
  async (tx: Tx, { detail }: Event): Promise<void> => {
    if (savingsProgrammes(law.pack).length === 0) return
    const { done = [] } = detail as BillsIssued
    if (done.length > 0) await book(tx, law, (await differencesOf(tx, done)).map(followed))
  }
