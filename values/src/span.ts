// A span of days [from, until): `until` is the first day outside it; null means open.
import type { Day } from './day.ts'

export type Span = { readonly from: Day; readonly until: Day | null }

export function span(from: Day, until: Day | null): Span {
  if (until !== null && until < from) throw new RangeError(`a span cannot end (${until}) before it begins (${from})`)
  return { from, until }
}

export const contains = ({ from, until }: Span, day: Day): boolean => from <= day && (until === null || day < until)

export const overlaps = (a: Span, b: Span): boolean => (a.until === null || b.from < a.until) && (b.until === null || a.from < b.until)
