// Who may pay for a segment, as data of the pack (parameter `who-may-pay`): what is not in it has no rule of cover, and money for it
// would buy nothing. A pack without the parameter lets each segment be paid by its own kind of payer only.
import type { Refusal } from '@payung/values'
import { textAt, textsAt, valueAt } from './entry-value.ts'
import { segmentOf } from './facts.ts'
import type { LawView, Pack } from './types.ts'

const parameter = 'who-may-pay'

/** The codes of the kinds that may pay for a segment on the view's day; empty for a segment that there is not. */
export function payerKindsOf(view: LawView, segment: string): readonly string[] {
  const known = segmentOf(view.pack, segment)
  const entry = view.entry(parameter)
  if (!known) return []
  return entry && valueAt(entry, segment) !== undefined ? textsAt(entry, segment, 'kinds') : [known.payer]
}

/** The ways in which money for a monthly segment comes: of every kind that may pay for it, each once. */
export const settlementsOf = (view: LawView, segment: string): readonly ('receivable' | 'offer')[] => [
  ...new Set(payerKindsOf(view, segment).flatMap((code) => view.pack.payerKinds.find((kind) => kind.code === code)?.settlement ?? [])),
]

const source = (view: LawView, segment: string): string => {
  const entry = view.entry(parameter)
  return entry && valueAt(entry, segment) !== undefined
    ? ` (${textAt(entry, segment, 'act')} art ${textAt(entry, segment, 'article')}, ${textAt(entry, segment, 'status')})`
    : ''
}

const named = (pack: Pack, codes: readonly string[]): string =>
  codes.map((code) => `${code} (${pack.payerKinds.find((kind) => kind.code === code)?.labels.en ?? code})`).join(', ')

/** Why a kind of payer may not pay for a segment on the view's day; undefined when it may, or when the segment is unknown. */
export function refusePayerKind(view: LawView, segment: string, kind: string): Refusal | undefined {
  const kinds = payerKindsOf(view, segment)
  if (kinds.length === 0 || kinds.includes(kind)) return undefined
  return {
    code: 'payer-not-of-segment',
    rule: `The segment ${segment} is paid for by ${named(view.pack, kinds)}${source(view, segment)}; this payer is ${named(view.pack, [kind])}.`,
    data: { segment, payer: kind, allowed: kinds.join(', ') },
    next: 'Name a payer of one of these kinds, or the segment to which this payer belongs.',
  }
}
