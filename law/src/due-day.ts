// Moving a due day off weekends and holidays, for the rules of packs.
import { addDays, type Day, weekday } from '@payung/values'

export const isWorkingDay = (day: Day, holidays: ReadonlySet<string>): boolean => weekday(day) < 6 && !holidays.has(day)

/** The day itself when it is a working day, else the next (1) or the previous (−1) one. */
export function workingDay(day: Day, holidays: ReadonlySet<string>, direction: 1 | -1): Day {
  let moved = day
  while (!isWorkingDay(moved, holidays)) moved = addDays(moved, direction)
  return moved
}

/** So many working days after a day. `holidaysOf` gives those around a day; where none are known, weekends alone are counted out. */
export function workingDaysAfter(from: Day, count: number, holidaysOf: (day: Day) => ReadonlySet<string> = () => new Set()): Day {
  let day = from
  for (let left = count; left > 0; ) {
    day = addDays(day, 1)
    if (isWorkingDay(day, holidaysOf(day))) left--
  }
  return day
}
