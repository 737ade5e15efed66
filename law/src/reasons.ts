// Why a programme does not apply: the conditions that these facts do not meet, each with the entry that sets it.
import { ok, type Result, refuse } from '@payung/values'
import { meets, predicateText } from './predicate.ts'
import { sourceOf, warning } from './trace.ts'
import type { Facts, MonthLaw, Pack, Predicate, TraceStep } from './types.ts'

/** A choice such as the employer's size says which case of the law is meant; ages and programmes are what the case then asks for. */
const distance = (unmet: readonly Predicate[]): number =>
  unmet.reduce((sum, { is }) => sum + (is === '<' || is === '>=' || is === 'has' ? 1 : 2), 0)

/** The conditions that are missing to the nearest of several sets of them. */
export const nearestUnmet = (sets: readonly (readonly Predicate[])[], facts: Facts): readonly Predicate[] =>
  sets.map((where) => where.filter((predicate) => !meets(predicate, facts))).sort((a, b) => distance(a) - distance(b))[0] ?? []

export const inWords = (pack: Pack, predicates: readonly Predicate[]): string =>
  predicates.map((predicate) => predicateText(pack, predicate)).join(' and ')

/** One step for each entry that sets unmet conditions, so that each has its article. */
function stepsFor(pack: Pack, programme: string, unmet: readonly Predicate[]): TraceStep[] {
  const byEntry = new Map<string | undefined, Predicate[]>()
  for (const predicate of unmet) byEntry.set(predicate.entry, [...(byEntry.get(predicate.entry) ?? []), predicate])
  return [...byEntry].map(([digest, predicates]) => {
    const entry = pack.entries.find((each) => each.digest === digest)
    const text = `${programme} does not apply: it needs that ${inWords(pack, predicates)}.`
    return warning(text, { programme, ...(entry ? sourceOf(entry) : {}) })
  })
}

export const inSegment = <Conditional extends { readonly where: readonly Predicate[] }>(
  all: readonly Conditional[],
  facts: Facts,
): Conditional[] => all.filter(({ where }) => where.every((predicate) => predicate.fact !== 'segment' || meets(predicate, facts)))

/** Why a programme has no line: a condition is not met (steps), or the law does not know it in this segment and month (a refusal). */
export function withoutLine(pack: Pack, law: MonthLaw, facts: Facts, programme: string): Result<readonly TraceStep[]> {
  const lines = inSegment(law.lines, facts).filter((line) => line.programme === programme)
  if (lines.length > 0) {
    const unmet = nearestUnmet(
      lines.map(({ where }) => where),
      facts,
    )
    return ok(stepsFor(pack, programme, unmet))
  }
  const missing = law.missing.find((gap) => gap.programme === programme)
  return refuse({
    code: missing ? 'no-source' : 'programme-not-in-segment',
    rule: missing
      ? `No source gives "${missing.parameter}" for ${law.month}.`
      : `${programme} cannot be had in segment ${facts.segment} in ${law.month}.`,
    data: {
      flag: '--programmes',
      programme,
      segment: facts.segment ?? '',
      month: law.month,
      ...(missing ? { parameter: missing.parameter } : {}),
    },
    next: missing ? 'Add a dated entry with its source to the pack.' : 'Leave the programme out or name another segment or month.',
  })
}
