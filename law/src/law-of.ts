// The law of a pack in force on a day, and as it was known by a day.
import type { Day, Month } from '@payung/values'
import { firstDay } from '@payung/values'
import type { Entry, Law, LawView, Pack } from './types.ts'

/** The day from which we could know an entry: the day we entered a correction, else promulgation, else the day of effect. */
export const knownFrom = (entry: Entry): Day => entry.entered ?? (entry.published === 'unknown' ? entry.from : entry.published)

type Series = ReadonlyMap<string, readonly Entry[]>

function visible(pack: Pack, publishedBy: Day | null): Series {
  const known = pack.entries.filter((entry) => publishedBy === null || knownFrom(entry) <= publishedBy)
  const corrected = new Set(known.flatMap(({ corrects }) => (corrects === undefined ? [] : [corrects])))
  const series = new Map<string, Entry[]>()
  for (const entry of known) {
    if (corrected.has(entry.digest)) continue
    const list = series.get(entry.parameter)
    if (list) list.push(entry)
    else series.set(entry.parameter, [entry])
  }
  for (const list of series.values()) list.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  return series
}

const openOn = (entries: readonly Entry[], day: Day): Entry | undefined =>
  entries.findLast(({ months, from }) => months === undefined && from <= day)

function viewOf(pack: Pack, series: Series, day: Day, publishedBy: Day | null): LawView {
  const all = (parameter: string): readonly Entry[] => series.get(parameter) ?? []
  return {
    pack,
    day,
    publishedBy,
    series: all,
    entry: (parameter) => openOn(all(parameter), day),
    entryForMonth: (parameter, month: Month) => {
      const bound = all(parameter).find(({ months }) => months !== undefined && months.from <= month && month <= months.to)
      return bound ?? openOn(all(parameter), firstDay(month))
    },
  }
}

const laws = new WeakMap<Pack, Map<Day | null, Law>>()

/** The law of a pack, as known today unless a day of knowledge is given. Asked again it is the same object. */
export function lawOf(pack: Pack, publishedBy: Day | null = null): Law {
  const known = laws.get(pack) ?? new Map<Day | null, Law>()
  laws.set(pack, known)
  const law = known.get(publishedBy) ?? makeLaw(pack, publishedBy)
  known.set(publishedBy, law)
  return law
}

function makeLaw(pack: Pack, publishedBy: Day | null): Law {
  const series = visible(pack, publishedBy)
  return { pack, on: (day) => viewOf(pack, series, day, publishedBy), asPublishedBy: (day) => lawOf(pack, day) }
}
