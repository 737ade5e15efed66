// In which month the money of a bill is booked: that of its paid day, unless a year is closed, or the money goes back.
import { yearOf } from '@payung/law'
import { type Day, firstDay, type Month, monthOf } from '@payung/values'
import { yearMonth } from './days.ts'

/** A bill counts as often as its bookings sum to, which is once or not at all. Zero says only that its paid day does not count. */
export type Booking = { readonly times: -1 | 0 | 1; readonly month: Month; readonly day: Day }

export type ChangedBill = {
  /** Oldest first. Where there are none, the paid day is the booking. */
  readonly bookings: readonly Booking[]
  /** The paid day that counted until now. */
  readonly was: Day | null
  /** The paid day that the bill bears now. */
  readonly paidOn: Day | null
  /** The day from which it counts now. Null: not any more, or not yet. */
  readonly counts: Day | null
}

const later = <Value extends string>(a: Value, b: Value): Value => (a > b ? a : b)

/** What is closed stays: the first open month takes what bears an earlier day. */
function bookingOf(day: Day, closed: number | null): Booking {
  const month = closed === null ? monthOf(day) : later(monthOf(day), yearMonth(closed + 1, 1))
  return { times: 1, month, day: later(day, firstDay(month)) }
}

function heldBy({ bookings, was }: ChangedBill): Booking | undefined {
  if (bookings.length === 0) return was === null ? undefined : { times: 1, month: monthOf(was), day: was }
  return bookings.reduce((sum, { times }) => sum + times, 0) > 0 ? bookings.findLast(({ times }) => times === 1) : undefined
}

/**
 * The bookings to be added. `closed`: the last year to which nothing is added any more. What a closed year holds is said from now on, because the paid day does not say
 * it any more; it goes in the running month, so that it has earned while the money was there, and stays where other money pays instead.
 */
export function bookingsAfter(bill: ChangedBill, closed: number | null, today: Day): readonly Booking[] {
  const { bookings, was, paidOn, counts } = bill
  const held = heldBy(bill)
  const isNew = bookings.length === 0
  if (isNew && was === paidOn && counts === paidOn) return []
  if (held && closed !== null && yearOf(held.month) <= closed) {
    // Where it stays without a new row, one that counts nothing says again that the paid day does not count.
    const said = { times: counts === null ? -1 : 0, month: monthOf(today), day: today } as const
    return isNew ? [held, ...(counts === null ? [said] : [])] : [said]
  }
  const undone = held && !isNew ? [{ ...held, times: -1 } as const] : []
  if (counts === null) return isNew && paidOn !== null ? [{ times: 0, month: monthOf(paidOn), day: paidOn }] : undone
  const next = bookingOf(counts, closed)
  if (isNew ? paidOn !== null && monthOf(paidOn) === next.month : held?.month === next.month) return []
  return [...undone, next]
}
