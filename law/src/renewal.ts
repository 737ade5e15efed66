// A value that the law renews every so many months is not known to hold beyond them: what was computed with it then says so.
import { addMonths, type Day, monthOf } from '@payung/values'
import { warning } from './trace.ts'
import type { Entry, LawView, Pack, ParameterInfo, TraceStep } from './types.ts'

export type Renewal = NonNullable<ParameterInfo['renewed']> & { readonly expected: Day; readonly title: string }

/** When the law expects the value after this one; undefined where it promises none, or the entry names its months itself. */
export function renewalOf(pack: Pack, { parameter, from, months }: Entry): Renewal | undefined {
  const info = pack.parameters.find(({ name }) => name === parameter)
  if (!info?.renewed || months !== undefined) return undefined
  const expected = `${addMonths(monthOf(from), info.renewed.months)}${from.slice(7)}` as Day
  return { ...info.renewed, expected, title: info.title.en ?? info.name }
}

/** The warning about an entry that is used on a day on which a newer value should be in force; none while it is known to hold. */
export function overdueStep(pack: Pack, entry: Entry, on: Day): TraceStep[] {
  const renewal = renewalOf(pack, entry)
  if (!renewal || on < renewal.expected) return []
  const { title, months, act, article, link, status, expected } = renewal
  return [
    warning(
      `"${title}": the last value known here is from ${entry.from}; the law renews it every ${months} months, and the one expected from ${expected} on is not known. The amount may change.`,
      { act, article, link, status },
    ),
  ]
}

export const overdueSteps = (view: LawView, digests: readonly string[]): TraceStep[] =>
  view.pack.entries.filter(({ digest }) => digests.includes(digest)).flatMap((entry) => overdueStep(view.pack, entry, view.day))
