// The fine for paying late: rate × amount × months begun after the due day, by the law of the contribution's own month.
import {
  addMonths,
  type Day,
  daysBetween,
  lastDay,
  type Month,
  monthOf,
  monthsBetween,
  ok,
  type Result,
  refuse,
  roundRatio,
} from '@payung/values'
import { rateAt, valueAt } from './entry-value.ts'
import { percent, stepFrom } from './trace.ts'
import type { Law, TraceStep } from './types.ts'

/** Months begun after the due day: one from the next day on, two from a month later on. A month without that day ends on its last. */
export function monthsBegun(due: Day, paid: Day): number {
  if (paid <= due) return 0
  const whole = monthsBetween(monthOf(due), monthOf(paid))
  const anniversary = sameDayIn(due, addMonths(monthOf(due), whole))
  return paid > anniversary ? whole + 1 : whole
}

function sameDayIn(day: Day, month: Month): Day {
  const last = lastDay(month)
  return Number(day.slice(8)) > Number(last.slice(8)) ? last : (`${month}${day.slice(7)}` as Day)
}

export type Fine = {
  readonly amount: bigint
  readonly months: number
  readonly rate: bigint
  readonly trace: readonly TraceStep[]
  readonly entries: readonly string[]
}

/** The fine on `amount` of a contribution month that was due on `due` and paid (or is asked about) on `paid`. */
export function fineOf(
  law: Law,
  month: Month,
  late: { readonly segment: string; readonly amount: bigint; readonly due: Day; readonly paid: Day },
): Result<Fine> {
  const entry = law.on(late.paid).entryForMonth('late-fine', month)
  if (!entry || valueAt(entry, late.segment) === undefined) {
    return refuse({
      code: 'no-source',
      rule: `No source gives a fine for segment ${late.segment} in ${month}.`,
      data: { parameter: 'late-fine', segment: late.segment, month },
      next: 'Add a dated entry with its source to the pack.',
    })
  }
  const rate = rateAt(entry, late.segment)
  const months = monthsBegun(late.due, late.paid)
  const amount = roundRatio(late.amount * rate * BigInt(months), 1_000_000n)
  const text = `${percent(rate)} of ${late.amount} for each of ${months} months begun after ${late.due} (${daysBetween(late.due, late.paid)} days) = ${amount}`
  return ok({ amount, months, rate, trace: [stepFrom(entry, text, { amount: amount.toString() })], entries: [entry.digest] })
}
