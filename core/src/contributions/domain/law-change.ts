// What late law changes in a month, read from its classes alone: which ranges of profiles are computed otherwise, which class takes the
// place of which, and which programmes' amounts can differ at all. What cannot differ needs no sum over a million rows.
import type { ClassOfRange, WideRow, WideTariff } from './wide-tariff.ts'

export type LawChange = {
  /** Ranges of the version known now whose profiles another version computes otherwise: only their rows can differ. */
  readonly ranges: readonly ClassOfRange[]
  /** The classes that other versions gave to a range. Rows of another class were assessed on facts that were other facts then. */
  readonly before: ReadonlyMap<ClassOfRange, readonly number[]>
}

const asText = (value: unknown): string => JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? each.toString() : each))
const computed = ({ lines }: ClassOfRange): string => asText(lines.map((line) => ({ ...line, entries: undefined })))

/** The ranges of a version whose profiles are computed otherwise under another version, and what they were. */
export function lawChange(now: readonly ClassOfRange[], all: readonly ClassOfRange[]): LawChange {
  const texts = new Map<number, string>()
  const textOf = (range: ClassOfRange): string => {
    const text = texts.get(range.class) ?? computed(range)
    texts.set(range.class, text)
    return text
  }
  const byProfile = Map.groupBy(all, ({ profile_id }) => profile_id)
  const differs = (ranges: readonly ClassOfRange[]): boolean => {
    const spans = Map.groupBy(ranges, ({ born_from, born_until }) => `${born_from} ${born_until}`)
    const versions = Math.max(...[...spans.values()].map(({ length }) => length))
    return [...spans.values()].some((span) => span.length < versions || new Set(span.map(textOf)).size > 1)
  }
  const changed = new Set([...byProfile].flatMap(([profile, ranges]) => (differs(ranges) ? [profile] : [])))
  const ranges = now.filter(({ profile_id }) => changed.has(profile_id))
  const classesBefore = (range: ClassOfRange): number[] =>
    (byProfile.get(range.profile_id) ?? [])
      .filter((each) => each.class !== range.class && each.born_from < range.born_until && range.born_from < each.born_until)
      .map((each) => each.class)
  return { ranges, before: new Map(ranges.map((range) => [range, classesBefore(range)])) }
}

/** What a class moves besides what it bills (the State's share, splits between funds), as a number for each class: equal numbers move the same. */
export function besidesOf(ranges: readonly ClassOfRange[]): ReadonlyMap<number, number> {
  const numbers = new Map<string, number>()
  const numberOf = ({ lines }: ClassOfRange): number => {
    const text = asText(
      lines
        .filter(({ kind }) => kind !== 'employer' && kind !== 'worker')
        .map((line) => asText({ ...line, entries: undefined }))
        .sort(),
    )
    if (!numbers.has(text)) numbers.set(text, numbers.size)
    return numbers.get(text) ?? 0
  }
  return new Map([...new Map(ranges.map((range) => [range.class, range])).values()].map((range) => [range.class, numberOf(range)]))
}

/**
 * For each slot of a tariff of classes, whether its amount can differ where one class takes the place of another on the same base. Classes
 * whose bands are cut otherwise may differ in every slot.
 */
export function slotsThatDiffer({ before }: LawChange, { slots, rows }: WideTariff): boolean[] {
  const byClass = Map.groupBy(rows, (row) => row.class)
  const bandsOf = (bands: readonly WideRow[]): string => bands.map(({ bandFrom, bandTo }) => `${bandFrom} ${bandTo}`).join(', ')
  const differing = slots.map(() => false)
  const pairs = new Map([...before].flatMap(([range, classes]) => classes.map((each) => [`${each} ${range.class}`, [each, range.class]])))
  for (const [was = 0, is = 0] of pairs.values()) {
    const [old, known] = [byClass.get(was) ?? [], byClass.get(is) ?? []]
    const cut = bandsOf(old) !== bandsOf(known)
    for (const [index] of slots.entries())
      differing[index] ||= cut || old.some(({ cells }, band) => asText(cells[index]) !== asText(known[band]?.cells[index]))
  }
  return differing
}
