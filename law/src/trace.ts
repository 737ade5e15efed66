// Steps of a trace: what was computed from which entry, with article, link and status.
import type { Entry, TraceStep } from './types.ts'

/** The source of an entry as it stands in a trace. */
export const sourceOf = (entry: Entry): Pick<TraceStep, 'act' | 'article' | 'link' | 'status' | 'entry'> => ({
  act: entry.act,
  article: entry.article,
  link: entry.link,
  status: entry.status,
  entry: entry.digest,
})

export const stepFrom = (entry: Entry, text: string, more: Partial<TraceStep> = {}): TraceStep => ({ text, ...more, ...sourceOf(entry) })

export const warning = (text: string, more: Partial<TraceStep> = {}): TraceStep => ({ text, ...more, warning: true })

/** Millionths as a percentage: 2400n is "0.24 %". */
export function percent(rate: bigint): string {
  const digits = rate.toString().padStart(5, '0')
  const part = digits.slice(-4).replace(/0+$/, '')
  return `${digits.slice(0, -4)}${part ? `.${part}` : ''} %`
}
