// Why an ending cannot be taken back and why a death is not noted: each reason in its order, with what to do next.
import { addDays, type Day, ok, parseDay, type Refusal, type Result, refuse } from '@payung/values'
import { type OtherMembership, refuseOverlap } from './membership.ts'
import { rowFault } from './row-fault.ts'

export const personDied = (diedOn: Day): Refusal => ({
  code: 'person-died',
  rule: 'Nobody is a member after the day of death.',
  data: { field: 'memberNumber', diedOn },
  next: 'Check the number; if the death was reported by mistake, take that report back first.',
})

export const reasonMissing = (rule: string): Refusal =>
  rowFault('reason-missing', 'reason', '', rule, 'Say it in a few words: who told it, and by which paper.')

type Ended = OtherMembership & {
  readonly diedOn: Day | null
  /** Since when its employer is closed; null: it is not. */
  readonly closedOn: Day | null
  readonly others: readonly OtherMembership[]
}

/** The first day outside that is taken back. `others`: what else the person has, this membership left out. */
export function decideTakeBack(reason: string, { diedOn, closedOn, others, ...membership }: Ended): Result<Day> {
  if (membership.until === null)
    return refuse({
      code: 'membership-not-ended',
      rule: 'Only an ending that was reported can be taken back; this membership goes on.',
      data: { field: 'ordinal', from: membership.from },
      next: 'Nothing is to be done.',
    })
  if (reason.trim() === '') return refuse(reasonMissing('Taking an ending back has a reason.'))
  if (diedOn !== null) return refuse(personDied(diedOn))
  if (closedOn !== null)
    return refuse({
      code: 'payer-closed',
      rule: 'Nobody works for an employer that is closed.',
      data: { field: 'ordinal', closedOn },
      next: 'If the last month was wrong, have the employer opened again first: payung requests reopen.',
    })
  const overlap = refuseOverlap({ ...membership, until: null }, others)
  return overlap
    ? refuse({ ...overlap, next: 'The member returned under a newer membership; end that one before its first day counts, or keep it.' })
    : ok(membership.until)
}

type Known = { readonly born: Day; readonly diedOn: Day | null; readonly today: Day; readonly lastBegan: Day | null }

/** The day of death as it may be noted. `lastBegan`: the first day of the latest membership that has not ended by then. */
export function decideDeath(given: string, evidence: string, { born, diedOn, today, lastBegan }: Known): Result<Day> {
  const day = parseDay(given)
  const no = (rule: string, next: string) => refuse(rowFault('wrong-day-of-death', 'diedOn', given, rule, next))
  if (!day) return no('The day of death is an existing day written YYYY-MM-DD.', 'Write the day as YYYY-MM-DD.')
  if (day < born) return no('Nobody dies before birth.', 'Check the day and the member number.')
  if (day > today) return no('A death is reported when it has happened.', 'Check the day.')
  if (diedOn !== null)
    return refuse({
      code: 'death-known',
      rule: 'A death is noted once.',
      data: { field: 'diedOn', diedOn },
      next: 'If the day noted is wrong, take the report back and report it anew.',
    })
  if (evidence.trim() === '')
    return refuse(
      rowFault('evidence-missing', 'evidence', '', 'A death is noted by a paper.', 'Name the paper: its kind, number and who issued it.'),
    )
  if (lastBegan !== null && lastBegan > day)
    return refuse({
      code: 'membership-after-death',
      rule: 'A membership that began after the day of death belongs to somebody else, or the day is wrong.',
      data: { field: 'diedOn', given, began: lastBegan },
      next: 'Check the day and who that membership is for.',
    })
  return ok(day)
}

/** The last day of a membership that is left for another segment on a day: the day before. */
export const dayBefore = (text: string): Result<Day> => {
  const day = parseDay(text)
  const rule = 'The first day is an existing day written YYYY-MM-DD.'
  return day ? ok(addDays(day, -1)) : refuse(rowFault('wrong-first-day', 'from', text, rule, 'Write the first day as YYYY-MM-DD.'))
}
