// A set about memberships that exist: how a row names one, and why it may not be ended or given another payer.
import { addDays, type Day, ok, parseDay, type Refusal, type Result, refuse } from '@payung/values'
import { rowFault } from './row-fault.ts'

export type EndRow = { readonly memberNumber: string; readonly ordinal: number; readonly lastDay: string; readonly reason: string }
/** `payerId` null: the member pays himself from that day on. */
export type ArrangementRow = {
  readonly memberNumber: string
  readonly ordinal: number
  readonly payerId: bigint | null
  readonly from: string
}
type Dated = { readonly from: Day; readonly until: Day | null }

export const membershipUnknown = (memberNumber: string, ordinal: number): Refusal => ({
  code: 'membership-unknown',
  rule: 'A membership is named by member number and ordinal, and is one that you may see.',
  data: { memberNumber: memberNumber.slice(0, 40), ordinal: String(ordinal) },
  next: 'Look at the member to see the memberships.',
})

const ended = (until: Day): Refusal => ({
  code: 'membership-ended',
  rule: 'An ended membership is not changed; a new one is opened.',
  data: { until },
  next: 'Open a new membership.',
})

/** The first day outside a membership whose last day is given. */
export function decideEnd(row: EndRow, membership: Dated): Result<Day> {
  const lastDay = parseDay(row.lastDay)
  if (!lastDay)
    return refuse(
      rowFault(
        'wrong-last-day',
        'lastDay',
        row.lastDay,
        'The last day is an existing day written YYYY-MM-DD.',
        'Write the last day as YYYY-MM-DD.',
      ),
    )
  if (membership.until !== null) return refuse(ended(membership.until))
  if (lastDay < membership.from)
    return refuse(
      rowFault(
        'wrong-last-day',
        'lastDay',
        row.lastDay,
        `The membership began on ${membership.from}.`,
        'Give a last day on or after the first.',
      ),
    )
  if (row.reason.trim() === '')
    return refuse(rowFault('reason-missing', 'reason', '', 'An ending has a reason.', 'Say why the membership ends.'))
  return ok(addDays(lastDay, 1))
}

/** The first day of a change, as it was written. */
export function readFirstDay(text: string): Result<Day> {
  const day = parseDay(text)
  const rule = 'The first day is an existing day written YYYY-MM-DD.'
  return day ? ok(day) : refuse(rowFault('wrong-first-day', 'from', text, rule, 'Write the first day as YYYY-MM-DD.'))
}

/** The day from which another payer pays; later than the day from which the present one does. */
export function decideArrangement(
  row: ArrangementRow,
  membership: Dated & { readonly paidFrom: Day | null; readonly payerId: bigint | null },
  payerId: bigint,
): Result<Day> {
  const first = readFirstDay(row.from)
  if (!first.ok) return first
  const from = first.value
  if (membership.until !== null && membership.until <= from) return refuse(ended(membership.until))
  if (membership.payerId === payerId)
    return refuse(rowFault('payer-unchanged', 'payerId', payerId.toString(), 'This payer pays already.', 'Nothing is to be done.'))
  if (from <= (membership.paidFrom ?? membership.from)) {
    return refuse(
      rowFault(
        'arrangement-too-early',
        'from',
        row.from,
        'Another payer begins after the present one did.',
        `Give a day after ${membership.paidFrom ?? membership.from}.`,
      ),
    )
  }
  return ok(from)
}
