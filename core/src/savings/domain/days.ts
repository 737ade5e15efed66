// Days of an account: which month is credited at the end of a day, and which days may be asked about.
import { addDays, addMonths, type Day, isDay, type Month, monthOf, ok, type Result, refuse } from '@payung/values'

/** A month earns when it has ended: on its last day it is credited, the day before not yet. */
export const creditedOn = (day: Day): Month => (monthOf(addDays(day, 1)) === monthOf(day) ? addMonths(monthOf(day), -1) : monthOf(day))

export const yearMonth = (year: number, month: number): Month =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}` as Month
export const yearEnd = (year: number): Day => `${String(year).padStart(4, '0')}-12-31` as Day
export const monthsOf = (year: number): Month[] => Array.from({ length: 12 }, (_, place) => yearMonth(year, place + 1))

/** A day up to today; today when none is named. */
export function dayAsked(text: string | undefined, today: Day): Result<Day> {
  if (text === undefined) return ok(today)
  if (!isDay(text))
    return refuse({
      code: 'wrong-day',
      rule: 'A day is an existing one, written YYYY-MM-DD.',
      data: { on: text },
      next: 'Write for instance 2026-10-31.',
    })
  if (text > today)
    return refuse({
      code: 'day-in-future',
      rule: 'What an account will hold is not known: it depends on contributions and rates to come.',
      data: { on: text, today },
      next: `Ask about a day up to ${today}.`,
    })
  return ok(text)
}
