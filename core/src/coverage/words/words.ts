// What every language of the public figures must say, and how the parts are put together.
import type { Words } from '@payung/law'
import { en } from './en.ts'
import { id } from './id.ts'

export const figureIds = ['active-members', 'members-by-segment', 'members-by-programme', 'coverage-by-province', 'contributions-by-month', 'control', 'registered-persons', 'groups'] as const
export type FigureId = (typeof figureIds)[number]
export type ColumnCode =
  | 'day' | 'members' | 'segment' | 'programme' | 'province' | 'name' | 'people' | 'eligible' | 'rate' | 'registered' | 'group' | 'month' | 'state' | 'computed' | 'billed' | 'booked' | 'difference'
  | 'collected' | 'at' | 'step' | 'contributions' | 'premiums' | 'fines' | 'stateShare' | 'bank' | 'statement'

export type CoverageWords = {
  readonly synthetic: string
  readonly syntheticSource: string
  readonly source: string
  readonly citation: string
  readonly citationSynthetic: string
  /** The group of everybody for whom a sponsor or a public line pays. */
  readonly sponsored: string
  readonly memberNumber: string
  readonly suppressed: string
  readonly figures: Readonly<Record<FigureId, { readonly title: string; readonly definition: string; readonly doesNotSay: string }>>
  readonly columns: Readonly<Record<ColumnCode, string>>
}

const languages: Readonly<Record<string, CoverageWords>> = { en, id }

export const isFigure = (text: string): text is FigureId => figureIds.some((known) => known === text)

/** One text in each language; `{name}` is replaced by the value of that name, which may itself differ by language. */
export function inWords(of: (words: CoverageWords) => string, values: Readonly<Record<string, string | Words>> = {}): Words {
  return Object.fromEntries(
    Object.entries(languages).map(([language, words]) => {
      const filled = of(words).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
        const value = values[name]
        return typeof value === 'string' ? value : (value?.[language] ?? '')
      })
      return [language, filled]
    }),
  )
}
