// What may happen to a premium contract after it was assessed: in which parts it is paid, until when its workers may be reported, and what
// a change of its terms costs (Permenaker 5/2021 and Perdir 22/2022 for construction, Permenaker 4/2023 art 18 for migrants).
import { addMonths, type Day, lastDay, type Month, monthOf, type Result, refuse } from '@payung/values'
import type { ContractAmounts, ContractChange, ContractSpan, ContractTerms } from '../../src/contract-types.ts'
import { amountAt, listAt, numberAt, partOf, rateAt } from '../../src/entry-value.ts'
import { stepFrom } from '../../src/trace.ts'
import type { Assessment, Entry, Facts, LawView, ProgrammeAmount } from '../../src/types.ts'
import { assessConstruction } from './2015-07-construction.ts'
import { workingDaysFrom } from './2015-07-due-day.ts'
import { amountOf, contractAssessment, noSource } from './contract.ts'

/** The same day some months later; a month without that day ends on its last. */
export function monthsAfter(day: Day, months: number): Day {
  const month = addMonths(monthOf(day), months)
  const last = lastDay(month)
  return Number(day.slice(8)) > Number(last.slice(8)) ? last : (`${month}${day.slice(7)}` as Day)
}

const amountsOf = (programmes: Assessment['programmes']): ContractAmounts =>
  Object.fromEntries(Object.entries(programmes).map(([code, { employer, worker }]) => [code, { employer, worker }]))

function construction(view: LawView, assessed: Assessment, { from, until }: ContractSpan): ContractTerms {
  const instalments = view.entry('construction-instalments')
  const deadlines = view.entry('construction-deadlines')
  // Thousands of workers of a project begin on the same few days.
  const last = new Map<Day, Day>()
  const reportBy = (began: Day, entry: Entry): Day => {
    const known = last.get(began) ?? workingDaysFrom(view, began, numberAt(entry, 'worker_change_working_days'))
    last.set(began, known)
    return known
  }
  return {
    steps: [{ amounts: amountsOf(assessed.programmes), from, until }],
    instalments: instalments ? listAt(instalments).map((share) => rateAt(partOf(instalments, share))) : [],
    reportBy: (began) => (deadlines ? reportBy(began, deadlines) : null),
  }
}

/** Through a placement firm in two steps (art 18): before leaving, for some months at most, and for the contract. Alone at once. */
function migrant(
  view: LawView,
  facts: Facts,
  assessed: Assessment,
  { from, until, registered }: ContractSpan & { registered: Day },
): ContractTerms {
  const whole = amountsOf(assessed.programmes)
  const tariff = view.entry('migrant-tariff')
  const before = view.entry('migrant-cover-before-leaving')
  const none = { instalments: [], reportBy: () => null }
  const undivided = whole['JKK+JKM']
  if (facts.via !== 'placement' || !tariff || !before || !undivided || registered >= from)
    return { ...none, steps: [{ amounts: whole, from, until }] }
  const placement = amountAt(tariff, 'placement')
  const longest = monthsAfter(registered, numberAt(before))
  return {
    ...none,
    steps: [
      { amounts: { 'JKK+JKM': { employer: 0n, worker: placement } }, from: registered, until: longest < from ? longest : from },
      { amounts: { ...whole, 'JKK+JKM': { ...undivided, worker: undivided.worker - placement } }, from, until },
    ],
  }
}

export function contractTerms(view: LawView, facts: Facts, assessed: Assessment, span: ContractSpan & { registered: Day }): ContractTerms {
  return facts.segment === 'PMI' ? migrant(view, facts, assessed, span) : construction(view, assessed, span)
}

/** An addendum of a project: the premium by the new terms less the premium by the old ones, both by the law of the contract's month. */
function changeOfProject(view: LawView, before: Facts, after: Facts, month: Month): Result<Assessment> {
  const [old, next] = [assessConstruction(view, before, month), assessConstruction(view, after, month)]
  if (!old.ok) return old
  if (!next.ok) return next
  const codes = [...new Set([...Object.keys(old.value.programmes), ...Object.keys(next.value.programmes)])]
  const share = (assessment: Assessment, code: string): bigint => assessment.programmes[code]?.employer ?? 0n
  const programmes: Record<string, ProgrammeAmount> = Object.fromEntries(
    codes.map((code) => [
      code,
      amountOf(next.value.programmes[code]?.base ?? 0n, 'employer', share(next.value, code) - share(old.value, code)),
    ]),
  )
  return contractAssessment(programmes, next.value.trace)
}

const cannot = (code: string, rule: string, data: Readonly<Record<string, string>>, next: string): Result<Assessment> =>
  refuse({ code, rule, data, next })

/** A migrant pays further months at the amount of the article for a further month; nothing is given back, because no text says what. */
function changeOfMigrant(view: LawView, { before, after }: ContractChange, month: Month): Result<Assessment> {
  const tariff = view.entryForMonth('migrant-tariff', month)
  if (!tariff) return noSource(view, 'migrant-tariff', month)
  const moved = ['via', 'savings', 'programmes'].find((fact) => before.facts[fact] !== after.facts[fact])
  if (moved !== undefined)
    return cannot(
      'change-unknown',
      'Only the months and the dates of a migrant’s contract change.',
      { fact: moved },
      'Register a new contract.',
    )
  const [old, next] = [Number(before.facts.months), Number(after.facts.months)]
  if (next < old)
    return cannot(
      'nothing-given-back',
      'No text says what is given back of a contract that is shortened (Permenaker 4/2023 art 18).',
      { from: String(old), to: String(next) },
      'Leave the months as they are.',
    )
  const furthest = monthsAfter(after.from, next)
  if (after.until > furthest)
    return cannot(
      'beyond-the-months',
      'Cover lasts as many months as are paid.',
      { until: after.until, furthest },
      `Extend by further months, or end the contract by ${furthest}.`,
    )
  const further = BigInt(next - old)
  const each = amountAt(tariff, 'further_month')
  const savings = BigInt(before.facts.savings ?? 0) * further
  const step = stepFrom(tariff, `JKK+JKM: ${each} for each of ${further} further months = ${each * further}`, {
    programme: 'JKK+JKM',
    amount: (each * further).toString(),
    share: 'worker',
  })
  const programmes = { 'JKK+JKM': amountOf(0n, 'worker', each * further) }
  return contractAssessment(
    savings > 0n ? { ...programmes, JHT: amountOf(BigInt(before.facts.savings ?? 0), 'worker', savings) } : programmes,
    [step],
  )
}

export function assessChange(view: LawView, change: ContractChange, month: Month): Result<Assessment> {
  return change.after.facts.segment === 'PMI'
    ? changeOfMigrant(view, change, month)
    : changeOfProject(view, change.before.facts, change.after.facts, month)
}
