// In which months a bill counts, case by case: paid, moved, open again, waiting for what it takes off, in open and in closed years.
import type { Day, Month } from '@payung/values'
import { describe, expect, it } from 'vitest'
import { bookingsAfter } from '../../src/savings/domain/booking.ts'

describe('the bookings of a bill', () => {
  const day = (text: string): Day => text as Day
  const at = (times: -1 | 0 | 1, text: string) => ({ times, day: day(text), month: text.slice(0, 7) as Month })
  it.each`
    what                                      | bookings                                                            | was             | paidOn          | counts          | added
    ${'paid in an open year'}                 | ${[]}                                                               | ${null}         | ${'2026-02-03'} | ${'2026-02-03'} | ${[]}
    ${'paid with money of a closed year'}     | ${[]}                                                               | ${null}         | ${'2025-12-30'} | ${'2025-12-30'} | ${[at(1, '2026-01-01')]}
    ${'open again, paid in an open year'}     | ${[]}                                                               | ${'2026-02-03'} | ${null}         | ${null}         | ${[]}
    ${'moved within the open year'}           | ${[]}                                                               | ${'2026-02-03'} | ${'2026-04-04'} | ${'2026-04-04'} | ${[]}
    ${'open again, paid in a closed year'}    | ${[]}                                                               | ${'2025-12-15'} | ${null}         | ${null}         | ${[at(1, '2025-12-15'), at(-1, '2026-06-06')]}
    ${'moved out of the closed year'}         | ${[]}                                                               | ${'2025-12-15'} | ${'2026-02-03'} | ${'2026-02-03'} | ${[at(1, '2025-12-15')]}
    ${'moved within the closed year'}         | ${[]}                                                               | ${'2025-11-15'} | ${'2025-12-03'} | ${'2025-12-03'} | ${[at(1, '2025-11-15')]}
    ${'moved again out of the closed year'}   | ${[at(1, '2025-12-15')]}                                            | ${'2026-02-03'} | ${'2026-04-04'} | ${'2026-04-04'} | ${[at(0, '2026-06-06')]}
    ${'paid again after that'}                | ${[at(1, '2025-12-15'), at(-1, '2026-02-10')]}                      | ${null}         | ${'2026-03-01'} | ${'2026-03-01'} | ${[at(1, '2026-03-01')]}
    ${'open again after that'}                | ${[at(1, '2025-12-15'), at(-1, '2026-02-10'), at(1, '2026-03-01')]} | ${'2026-03-01'} | ${null}         | ${null}         | ${[at(-1, '2026-03-01')]}
    ${'booked late, and open again'}          | ${[at(1, '2026-01-01')]}                                            | ${'2025-12-30'} | ${null}         | ${null}         | ${[at(-1, '2026-01-01')]}
    ${'a difference whose bill is unpaid'}    | ${[]}                                                               | ${'2026-02-03'} | ${'2026-02-03'} | ${null}         | ${[at(0, '2026-02-03')]}
    ${'a difference whose bill is paid'}      | ${[at(0, '2026-02-03')]}                                            | ${'2026-02-03'} | ${'2026-02-03'} | ${'2026-04-04'} | ${[at(1, '2026-04-04')]}
    ${'a difference whose bill was paid'}     | ${[]}                                                               | ${'2026-02-03'} | ${'2026-02-03'} | ${'2026-02-03'} | ${[]}
    ${'one that a closed year holds'}         | ${[]}                                                               | ${'2025-12-15'} | ${'2025-12-15'} | ${'2025-12-15'} | ${[]}
    ${'one that a closed year held, waiting'} | ${[]}                                                               | ${'2025-12-15'} | ${'2025-12-15'} | ${null}         | ${[at(1, '2025-12-15'), at(-1, '2026-06-06')]}
  `('$what', ({ added, what: _, ...bill }) => {
    expect(bookingsAfter(bill, 2025, day('2026-06-06'))).toEqual(added)
  })
})
