// Everything the law asks about one membership, merged into one set of facts: the organisation's, the membership's own, the person's and the payer's.
import type { Facts, Pack } from '@payung/law'
import type { Day } from '@payung/values'
import type { Sex } from './person.ts'

export type Sources = {
  readonly segment: string
  readonly organisationFacts: Facts
  readonly membershipFacts: Facts
  readonly born: Day
  readonly sex: Sex
  /** The first day of the membership. */
  readonly joined: Day
  readonly payerKind: string
  readonly programmes: readonly string[]
}

/** Later sources win. Facts that the pack does not declare, or computes itself, are left out. */
export function mergeFacts(pack: Pack, sources: Sources): Facts {
  const given = new Set(pack.facts.filter(({ derived }) => !derived).map(({ code }) => code))
  const ofPerson: Facts = {
    born: sources.born,
    sex: sources.sex,
    joined: sources.joined,
    payer: sources.payerKind,
    ...(sources.programmes.length === 0 ? {} : { programmes: sources.programmes.join(',') }),
  }
  const all = { ...sources.organisationFacts, ...sources.membershipFacts, ...ofPerson }
  return { ...Object.fromEntries(Object.entries(all).filter(([code]) => given.has(code))), segment: sources.segment }
}

export type DatedFacts = { readonly from: Day; readonly facts: Facts }

/** The facts that hold on a day; before the first row, those of the first: an organisation is registered after its workers began. */
export function factsOn(rows: readonly DatedFacts[], day: Day): Facts {
  const ordered = [...rows].sort((a, b) => (a.from < b.from ? -1 : 1))
  return (ordered.findLast(({ from }) => from <= day) ?? ordered[0])?.facts ?? {}
}

/** The days on which the facts change. The first row is no change: its facts hold before its day as well. */
export const changeDays = (rows: readonly DatedFacts[]): Day[] =>
  rows
    .map(({ from }) => from)
    .sort()
    .slice(1)

type Span = { readonly from: Day; readonly until: Day | null }

/** The spans from a day on, cut where other facts or another payer begin; none after `until`. */
export function spansFrom(from: Day, until: Day | null, cuts: readonly Day[]): Span[] {
  const days = [from, ...new Set(cuts.filter((day) => day > from && (until === null || day < until)))].sort()
  return days.map((day, index) => ({ from: day, until: days[index + 1] ?? until }))
}
