// A profile of discrete facts compiled to the lines that hold for each range of birth days: the rows of the database's tariff.
import { addDays, type Day, firstDay } from '@payung/values'
import { holds } from './predicate.ts'
import type { ClassRange, Facts, Line, MonthLaw, Predicate } from './types.ts'

/** Before the first and after the last day on which anybody in a register was born. */
const earliest = '1000-01-01' as Day
const latest = '9999-12-31' as Day

/** Someone has completed `years` on the first day of the month if born on this day or before. */
const lastBirthday = (month: Day, years: number): Day =>
  `${String(Number(month.slice(0, 4)) - years).padStart(4, '0')}${month.slice(4)}` as Day

const ageOf = (where: readonly Predicate[]): readonly Predicate[] => where.filter(({ fact }) => fact === 'age')

/** The first birth day (exclusive end) at which an age condition changes. */
function cut(month: Day, { is, value }: Predicate): Day {
  if (is !== '<' && is !== '>=') throw new RangeError('a condition on age is a limit: "<" or ">="')
  return addDays(lastBirthday(month, Number(value)), 1)
}

const sameLines = (a: readonly Line[], b: readonly Line[]): boolean => a.length === b.length && a.every((line, index) => line === b[index])

/**
 * The lines that hold for a profile (as `profileOf` makes it), by range of birth days [bornFrom, bornUntil), in order of birth
 * and without gaps. Only programmes of the profile that have a line in the range are named.
 */
export function classRanges(law: MonthLaw, profile: Facts): ClassRange[] {
  const first = firstDay(law.month)
  const chosen = (profile.programmes ?? '').split(',')
  const candidates = law.lines.filter(
    ({ programme, where }) =>
      chosen.includes(programme) &&
      holds(
        where.filter(({ fact }) => fact !== 'age'),
        profile,
      ),
  )
  const cuts = [...new Set(candidates.flatMap(({ where }) => ageOf(where).map((predicate) => cut(first, predicate))))].sort()
  const ranges: ClassRange[] = []
  ;[earliest, ...cuts].forEach((bornFrom, index) => {
    const bornUntil = cuts[index] ?? latest
    const lines = candidates.filter(({ where }) =>
      ageOf(where).every((predicate) => (predicate.is === '>=' ? bornUntil <= cut(first, predicate) : bornFrom >= cut(first, predicate))),
    )
    const last = ranges.at(-1)
    const range = {
      bornFrom: last && sameLines(last.lines, lines) ? last.bornFrom : bornFrom,
      bornUntil,
      lines,
      programmes: [...new Set(lines.map(({ programme }) => programme))],
    }
    if (last && sameLines(last.lines, lines)) ranges[ranges.length - 1] = range
    else ranges.push(range)
  })
  return ranges
}
