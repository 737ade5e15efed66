// SQL of bills whose money is booked otherwise than on their paid day, and of bills at or below nothing, which follow the bills they take off.
import { type Day, type Month, monthFromNumber, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { Booking } from '../domain/booking.ts'

export type BillKey = { readonly payerId: bigint; readonly billId: bigint }
type Row = { payer_id: bigint; bill_id: bigint; times: Booking['times']; day: Day; month: number }

const byBill = (rows: readonly Row[]): Map<bigint, Booking[]> => {
  const found = new Map<bigint, Booking[]>()
  for (const { bill_id, times, day, month } of rows) {
    const own = found.get(bill_id) ?? []
    own.push({ times, day, month: monthFromNumber(month) })
    found.set(bill_id, own)
  }
  return found
}

/** Bookings of some payers' bills, by bill, oldest first. */
export const bookingsOf = async (tx: Tx, payers: readonly bigint[]): Promise<Map<bigint, Booking[]>> =>
  byBill(
    await tx.query<Row>(
      'select payer_id, bill_id, times, day, month from savings.bill_booking where payer_id = any ($1::bigint[]) order by booking_id',
      [[...new Set(payers)]],
    ),
  )

/** All that was noted after a day, by bill: whatever counts in a month after it, and each bill whose paid day after it does not count. */
export const bookingsSince = async (tx: Tx, after: Day): Promise<Map<bigint, Booking[]>> =>
  byBill(
    await tx.query<Row>('select payer_id, bill_id, times, day, month from savings.bill_booking where noted_on > $1 order by booking_id', [
      after,
    ]),
  )

export type NewBooking = BillKey & Booking

export const addBookings = (tx: Tx, bookings: readonly NewBooking[], today: Day): Promise<number> =>
  tx.run(
    `insert into savings.bill_booking (payer_id, bill_id, times, day, month, noted_on)
     select b.payer_id, b.bill_id, b.times, b.day, b.month, $6 from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::date[], $5::smallint[]) with ordinality as b (payer_id, bill_id, times, day, month, place) order by b.place`,
    [
      bookings.map(({ payerId }) => payerId),
      bookings.map(({ billId }) => billId),
      bookings.map(({ times }) => times),
      bookings.map(({ day }) => day),
      bookings.map(({ month }) => monthNumber(month)),
      today,
    ],
  )

const ofBill = 'from savings.bill_booking k where k.payer_id = b.payer_id and k.bill_id = b.bill_id'

/** Conditions on a bill `b`, as SQL: booked by its paid day alone; booked otherwise in some months; and not booked by the end of a month. */
export const byPaidDay = `not exists (select ${ofBill})`
export const bookedWithin = (from: Month, to: Month): string =>
  `exists (select ${ofBill} and k.month between ${monthNumber(from)} and ${monthNumber(to)} and k.times <> 0)`
export const unbookedBy = (on: Day, month: Month): string =>
  `b.state <> 'calculated' and b.issued_on <= '${on}' and (select coalesce(sum(k.times) filter (where k.month <= ${monthNumber(month)}), 0) ${ofBill} having count(*) > 0) = 0`

/** How many bookings some months have: nothing is booked there otherwise than on its paid day where there are none. Numbers may be committed out of their order, so that the latest tells nothing. */
export const bookingsWithin = async (tx: Tx, from: Month, to: Month): Promise<bigint> =>
  (
    await tx.query<{ count: bigint }>('select count(*) as count from savings.bill_booking where month between $1 and $2 and times <> 0', [
      monthNumber(from),
      monthNumber(to),
    ])
  )[0]?.count ?? 0n

/**
 * A condition on a bill `b`, as SQL: it was not written off by the end of a day, with what a split took off it, nor takes off only what was written off.
 * The ledger took such amounts from the funds already. Null: nothing was written off by then. The list is made once, not for each bill.
 */
export async function notWrittenOff(tx: Tx, on: Day): Promise<string | null> {
  const writtenOff = `contributions.counter_bill w where w.kind = 'write-off' and w.made_on <= '${on}'`
  const [found] = await tx.query<{ any: boolean }>(`select exists (select from ${writtenOff}) as any`)
  if (!found?.any) return null
  return `b.bill_id not in (select w.bill_id from ${writtenOff}
    union all select s.counter_id from contributions.counter_bill s where s.kind = 'split' and s.bill_id in (select w.bill_id from ${writtenOff})
    union all select r.difference_id from contributions.reduction r where r.written_off > 0
      and not exists (select from contributions.reduction o where o.payer_id = r.payer_id and o.difference_id = r.difference_id and o.written_off < o.amount))`
}
