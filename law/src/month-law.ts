// The law of one contribution month, resolved to lines: what the monthly run and an assessment both compute from.
import { type Day, firstDay, type Month, ok, type Refusal, type Result, refuse } from '@payung/values'
import { digestOf } from './digest.ts'
import { lawOf } from './law-of.ts'
import { PackError } from './pack-error.ts'
import type { Law, LawView, Line, MonthLaw, Pack, Predicate } from './types.ts'

const known = new WeakMap<Pack, Map<string, MonthLaw>>()

/** Facts of each segment that are no facts of the pack, but of every pack. */
const builtIn = ['segment', 'age', 'programmes']

function checkPredicate(pack: Pack, { fact, value }: Predicate, where: string): void {
  const fail = (message: string): never => {
    throw new PackError(message, { file: `${pack.code}/rules`, parameter: where })
  }
  if (builtIn.includes(fact)) return
  const info = pack.facts.find(({ code }) => code === fact)
  if (!info?.profile) fail(`"${fact}" is no fact of the profile`)
  const values = (Array.isArray(value) ? value : [value]).map(String)
  if (info?.type === 'count' && !values.every((text) => info.cuts?.includes(Number(text))))
    fail(`"${fact}" is cut at ${info.cuts?.join(', ')}, not at ${values.join(', ')}`)
  const stranger = values.find((text) => info?.type === 'choice' && !info.choices?.includes(text))
  if (stranger !== undefined) fail(`"${stranger}" is no choice of "${fact}"`)
}

function checkLine(pack: Pack, line: Line): void {
  const where = `line ${line.programme} ${line.kind}`
  const fail = (message: string): never => {
    throw new PackError(message, { file: `${pack.code}/rules`, parameter: where })
  }
  if (!pack.programmes.some(({ code }) => code === line.programme)) fail('names no programme of the pack')
  if (line.rate < 0n || line.fixed < 0n) fail('is negative')
  if (line.entries.length === 0) fail('names no entry')
  if ((line.kind === 'split') !== (line.from !== undefined)) fail('a split, and only a split, names where it is taken from')
  for (const predicate of line.where) checkPredicate(pack, predicate, where)
}

function compile(pack: Pack, month: Month, publishedBy: Day | null): MonthLaw {
  const { lines, compulsory, missing } = pack.rules.monthLines(lawOf(pack, publishedBy).on(firstDay(month)), month)
  for (const line of lines) checkLine(pack, line)
  for (const { programme, where } of compulsory) for (const predicate of where) checkPredicate(pack, predicate, `compulsory ${programme}`)
  return { month, publishedBy, lines, compulsory, missing, digest: digestOf({ month, lines, compulsory, missing }) }
}

/**
 * The last month that is computed. It stands in no act: the values in force are carried on as they stand, and what that gives for a month
 * in which nobody of today works is taken for a mistake of typing.
 */
const lastMonth = '2099-12'

/** Why nothing is computed for a month: before the pack's first, or beyond what anybody can know. Undefined for all between. */
export function monthFault(pack: Pack, month: Month): Refusal | undefined {
  if (month > lastMonth)
    return {
      code: 'too-far-ahead',
      rule: `Months are computed up to ${lastMonth}. No act looks so far ahead: the limit is of this program, not of the law.`,
      data: { flag: '--month', month, last: lastMonth },
      next: 'Correct the month.',
    }
  if (firstDay(month) >= pack.start) return undefined
  return {
    code: 'before-the-law',
    rule: `The law of "${pack.code}" is known here from ${pack.start}.`,
    data: { flag: '--month', month, start: pack.start },
    next: `Ask for a month from ${pack.start.slice(0, 7)} on.`,
  }
}

/**
 * The law of a month as the given law (or view) knows it; a month before the pack's first, or far beyond all of them, is a refusal.
 * @throws PackError when the pack's rules cannot be compiled.
 */
export function monthLaw(law: Law | LawView, month: Month): Result<MonthLaw> {
  const { pack } = law
  const publishedBy = 'publishedBy' in law ? law.publishedBy : law.on(firstDay(month)).publishedBy
  const fault = monthFault(pack, month)
  if (fault) return refuse(fault)
  const key = `${month} ${publishedBy ?? ''}`
  const months = known.get(pack) ?? new Map<string, MonthLaw>()
  known.set(pack, months)
  const compiled = months.get(key) ?? compile(pack, month, publishedBy)
  months.set(key, compiled)
  return ok(compiled)
}
