// Facts that follow from birth and joining: the age on the day of joining, and whether that was early enough for the pension.
import { addMonths, type Day, isDay, monthOf, yearsBetween } from '@payung/values'
import { numberAt } from '../../src/entry-value.ts'
import type { Facts, LawView } from '../../src/types.ts'

const shiftYears = (day: Day, years: number): Day => {
  const moved = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`
  // Someone born on 29 February completes a year on 1 March.
  return isDay(moved) ? moved : (`${moved.slice(0, 4)}-03-01` as Day)
}

/** The day on which somebody reaches pension age: the age rises by the calendar, so the first step that is met counts. */
export function pensionDay(view: LawView, born: Day): Day | undefined {
  const steps = view.series('pension-age')
  for (const [index, step] of steps.entries()) {
    const reached = shiftYears(born, numberAt(step))
    const until = steps[index + 1]?.from
    if (until === undefined || reached < until) return reached > step.from ? reached : step.from
  }
  return undefined
}

/** Without a day of joining the person is taken to join on the first day of the month. */
export function deriveFacts(view: LawView, facts: Facts): Facts {
  const age = Number(facts.age ?? 0)
  const born = facts.born !== undefined && isDay(facts.born) ? facts.born : shiftYears(view.day, -age)
  const joined = facts.joined !== undefined && isDay(facts.joined) ? facts.joined : view.day
  const reached = pensionDay(view, born)
  const early = reached === undefined || monthOf(joined) <= addMonths(monthOf(reached), -1)
  return { age_joined: String(Math.max(0, yearsBetween(born, joined))), pension_entry: early ? 'yes' : 'no' }
}
