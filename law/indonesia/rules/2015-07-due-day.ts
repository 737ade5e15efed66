// Due days: PP 44/2015 art 21 and 24, PP 46/2015 art 19 and 21, PP 45/2015 art 30; moved off weekends and holidays.
import { addMonths, type Day, firstDay, lastDay, type Month, monthOf } from '@payung/values'
import { workingDay, workingDaysAfter } from '../../src/due-day.ts'
import { listAt, numberAt, partOf, textAt, valueAt } from '../../src/entry-value.ts'
import { stepFrom, warning } from '../../src/trace.ts'
import type { Entry, Facts, LawView, TraceStep } from '../../src/types.ts'

type Due = { readonly due: Day | null; readonly trace: readonly TraceStep[] }

/** A day of the month, or its last day where the month is shorter. */
function dayIn(month: Month, day: number): Day {
  const last = lastDay(month)
  return day > Number(last.slice(8)) ? last : (`${month}-${String(day).padStart(2, '0')}` as Day)
}

/** The published holidays of the day's year; collective leave counts only where a rule says that it moves due days. */
export function holidaysAround(view: LawView, month: Month): { days: ReadonlySet<string>; entry: Entry | undefined } {
  const entry = view.entryForMonth('public-holidays', month)
  if (!entry) return { days: new Set(), entry: undefined }
  const leave = view.entryForMonth('collective-leave-moves-due-days', month)
  const moves = leave !== undefined && valueAt(leave, 'moves') === true
  const days = listAt(entry)
    .map((row) => partOf(entry, row))
    .filter((row) => moves || textAt(row, 'kind') === 'national')
    .map((row) => textAt(row, 'date'))
  return { days: new Set(days), entry }
}

/** So many working days after a day. A year without a published list of holidays counts weekends only. */
export const workingDaysFrom = (view: LawView, from: Day, count: number): Day =>
  workingDaysAfter(from, count, (day) => holidaysAround(view, monthOf(day)).days)

function moved(view: LawView, rule: Entry, label: string, plain: Day, direction: 1 | -1): { day: Day; trace: TraceStep[] } {
  const { days, entry } = holidaysAround(view, monthOf(plain))
  const day = workingDay(plain, days, direction)
  const why = day === plain ? '' : `; ${plain} is a weekend or holiday, so ${direction === 1 ? 'the next' : 'the previous'} working day`
  const known = entry ? [] : [warning(`No list of holidays is known for ${plain.slice(0, 4)}: only weekends move the day.`)]
  return {
    day,
    trace: [
      stepFrom(rule, `${label} due ${day}${why}`),
      ...(entry && day !== plain && days.has(plain) ? [stepFrom(entry, `${plain} is a public holiday`)] : []),
      ...known,
    ],
  }
}

const monthFor = (month: Month, which: string): Month => (which === 'following' ? addMonths(month, 1) : month)
const directionOf = (rule: Entry): 1 | -1 => (textAt(rule, 'moves') === 'previous' ? -1 : 1)

function dueOfEmployers(view: LawView, month: Month): Due {
  const rule = view.entryForMonth('due-wage-earners', month)
  if (!rule) return { due: null, trace: [warning(`No source gives the due day of employers for ${month}.`)] }
  const { day, trace } = moved(
    view,
    rule,
    `${month}:`,
    dayIn(monthFor(month, textAt(rule, 'month')), numberAt(rule, 'day')),
    directionOf(rule),
  )
  return { due: day, trace }
}

/** The self-employed owe accident and death insurance in the month itself and savings in the next: the earlier is `due`. Without programmes: of all. */
function dueOfSelfEmployed(view: LawView, month: Month, facts: Facts): Due {
  const rule = view.entryForMonth('due-self-employed', month)
  if (!rule) return { due: null, trace: [warning(`No source gives the due day of the self-employed for ${month}.`)] }
  const byDay = new Map<Day, string[]>()
  const open = view.pack.segments.find(({ code }) => code === facts.segment)?.programmes ?? []
  for (const programme of facts.programmes?.split(',') ?? open) {
    if (valueAt(rule, programme) === undefined) continue
    const plain = dayIn(monthFor(month, textAt(rule, programme, 'month')), numberAt(rule, programme, 'day'))
    byDay.set(plain, [...(byDay.get(plain) ?? []), programme])
  }
  const days = [...byDay]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([plain, programmes]) => moved(view, rule, `${programmes.join(', ')} of ${month}:`, plain, directionOf(rule)))
  return { due: days[0]?.day ?? null, trace: days.flatMap(({ trace }) => trace) }
}

export function dueDay(view: LawView, month: Month, facts: Facts): Due {
  if (firstDay(month) < view.pack.start) return { due: null, trace: [] }
  switch (facts.segment) {
    case 'PU':
      return dueOfEmployers(view, month)
    case 'BPU':
      return dueOfSelfEmployed(view, month, facts)
    default:
      return { due: null, trace: [] }
  }
}
