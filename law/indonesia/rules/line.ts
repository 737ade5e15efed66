// Lines with what nearly all of them share, the relief of a month, and the rounding; used by every wording of the rules.
import type { Month } from '@payung/values'
import { amountAt, listAt, partOf, rateAt, reduced, textAt, textsAt, valueAt } from '../../src/entry-value.ts'
import { otherwise } from '../../src/predicate.ts'
import type { Entry, LawView, Line, Predicate, Rounding } from '../../src/types.ts'

type Gap = { readonly programme: string; readonly parameter: string }
export type Built = { readonly lines: readonly Line[]; readonly missing: readonly Gap[] }

/** The entries of a month that a programme cannot do without; a gap is named instead of guessed. */
export function entriesFor(
  view: LawView,
  month: Month,
  programme: string,
  parameters: readonly string[],
): { found: Entry[] } | { missing: Gap[] } {
  const read = parameters.map((parameter) => ({ parameter, entry: view.entryForMonth(parameter, month) }))
  const missing = read.flatMap(({ parameter, entry }) => (entry ? [] : [{ programme, parameter }]))
  return missing.length > 0 ? { missing } : { found: read.flatMap(({ entry }) => (entry ? [entry] : [])) }
}

export function roundingOf(view: LawView, month: Month): Rounding {
  const entry = view.entryForMonth('rounding', month)
  if (!entry) return { mode: 'half-up', unit: 1n }
  const mode = textAt(entry, 'mode')
  return { mode: mode === 'down' || mode === 'up' ? mode : 'half-up', unit: amountAt(entry, 'unit') }
}

/** A line with open band, no nominal base, floor or ceiling, and no fixed amount unless given. */
export const line = (parts: Pick<Line, 'programme' | 'kind' | 'where' | 'rounding' | 'entries'> & Partial<Line>): Line => ({
  bandFrom: 0n,
  bandTo: null,
  nominal: null,
  floor: null,
  ceiling: null,
  rate: 0n,
  fixed: 0n,
  ...parts,
})

export const is = (fact: string, value: string): Predicate => ({ fact, is: '=', value })
/** The conditions as set by an entry, so that a refusal can name its article. */
export const setBy = (entry: Entry, ...conditions: readonly Predicate[]): Predicate[] =>
  conditions.map((condition) => ({ ...condition, entry: entry.digest }))
export const has = (programme: string): Predicate => ({ fact: 'programmes', is: 'has', value: programme })

export type Relief = { readonly entry: Entry; readonly where: readonly Predicate[]; readonly pays: bigint; readonly deferred: boolean }

const reliefs = ['relief-2020', 'relief-2020-pension', 'relief-labour-intensive', 'relief-self-employed']

function readPredicate(view: LawView, entry: Entry): Predicate {
  const kind = textAt(entry, 'is')
  const fact = textAt(entry, 'fact')
  if (valueAt(entry, 'group') !== undefined) {
    // A group is read with the relief that names it, not on the first day of the month: both come from one act.
    const groups = view.series('occupation-groups').at(-1)
    return { fact, is: 'in', value: groups ? textsAt(groups, textAt(entry, 'group')) : [] }
  }
  const value = valueAt(entry, 'value')
  switch (kind) {
    case 'in':
    case 'not-in':
      return { fact, is: kind, value: textsAt(entry, 'value') }
    case '<':
    case '>=':
      return { fact, is: kind, value: Number(value) }
    case '!=':
      return { fact, is: kind, value: String(value) }
    default:
      return { fact, is: '=', value: String(value) }
  }
}

/** The relief of a segment's programme in a month, if there is one. Two at once would need a rule that no act gives. */
export function reliefOf(view: LawView, month: Month, segment: string, programme: string): Relief | undefined {
  const found = reliefs.flatMap((parameter) => {
    const entry = view.entryForMonth(parameter, month)
    return entry && textsAt(entry, 'segments').includes(segment) && textsAt(entry, 'programmes').includes(programme) ? [entry] : []
  })
  if (found.length > 1) throw new RangeError(`${programme} of ${segment} has two reliefs in ${month}`)
  const entry = found[0]
  if (!entry) return undefined
  return {
    entry,
    where: listAt(entry, 'where').map((part) => readPredicate(view, partOf(entry, part))),
    pays: rateAt(entry, 'pays'),
    deferred: valueAt(entry, 'deferred') === true,
  }
}

/** A line as it is outside the relief's conditions, and as the relief makes it inside: the cases exclude each other. */
export function withRelief(full: Line, relief: Relief | undefined): Line[] {
  if (!relief) return [full]
  const { entry, pays } = relief
  const inside: Line = {
    ...full,
    where: [...full.where, ...relief.where],
    rate: reduced(full.rate, pays, entry),
    fixed: reduced(full.fixed, pays, entry),
    entries: [...full.entries, entry.digest],
  }
  const rest: Line[] = relief.deferred
    ? [{ ...inside, kind: 'deferred', rate: full.rate - inside.rate, fixed: full.fixed - inside.fixed }]
    : []
  return [inside, ...rest, ...otherwise(relief.where).map((where) => ({ ...full, where: [...full.where, ...where] }))]
}
