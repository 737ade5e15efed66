// A membership's profile: the discrete facts that classes are made of, in canonical form, so that equal memberships share one row.
import { monthOf } from '@payung/values'
import { completeFacts, inOrder, segmentOf } from './facts.ts'
import { monthLaw } from './month-law.ts'
import { holds } from './predicate.ts'
import type { FactInfo, Facts, LawView, MonthLaw, Pack } from './types.ts'

/** The lower end of the bucket that a count falls into: with cuts [50], 49 is "0" and 70 is "50". */
export const bucketOf = (count: string, cuts: readonly number[]): string =>
  String(Math.max(0, ...cuts.filter((cut) => Number(count) >= cut)))

/** The programmes that the law makes compulsory for complete facts, in the order of the pack. */
export function compulsoryProgrammes(pack: Pack, law: MonthLaw, facts: Facts): string[] {
  return inOrder(
    pack,
    law.compulsory.filter(({ where }) => holds(where, facts)).map(({ programme }) => programme),
  )
}

const absent = (fact: FactInfo): string => fact.default ?? (fact.type === 'count' ? '0' : '')

/**
 * The profile of a membership on the view's day and its key. Facts that do not matter in the segment stand at their default;
 * counts stand as the lower end of their bucket. Without `programmes` the compulsory ones of the view's month are taken.
 * @throws RangeError when a fact is wrong: check them first with `checkFacts`.
 */
export function profileOf(pack: Pack, view: LawView, given: Facts): { profile: Record<string, string>; key: string } {
  const complete = completeFacts(view, given)
  if (!complete.ok) throw new RangeError(complete.refusal.rule)
  const facts = complete.value
  const profile: Record<string, string> = { segment: facts.segment ?? '' }
  for (const fact of pack.facts) {
    if (!fact.profile || fact.code === 'programmes') continue
    const matters = fact.segments === undefined || fact.segments.includes(profile.segment ?? '')
    const value = matters ? (facts[fact.code] ?? absent(fact)) : absent(fact)
    profile[fact.code] = fact.cuts ? bucketOf(value, fact.cuts) : value
  }
  profile.programmes = facts.programmes ?? programmesByLaw(pack, view, facts)
  const key = Object.entries(profile)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, value]) => `${code}=${value}`)
    .join(';')
  return { profile, key }
}

function programmesByLaw(pack: Pack, view: LawView, facts: Facts): string {
  if (segmentOf(pack, facts.segment)?.assessed === 'contract') return ''
  const law = monthLaw(view, monthOf(view.day))
  return law.ok ? compulsoryProgrammes(pack, law.value, facts).join(',') : ''
}
