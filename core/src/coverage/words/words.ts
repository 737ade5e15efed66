// What every language of the public figures must say, and how the parts are put together.
import type { Words } from '@payung/law'
import type { Day, Month } from '@payung/values'
import { en } from './en.ts'
import { id } from './id.ts'

export const figureIds = [
  'active-members',
  'members-by-segment',
  'members-by-programme',
  'coverage-by-province',
  'contributions-by-month',
  'bills-by-month',
  'control',
  'registered-persons',
  'groups',
  'price',
  'created-counts',
] as const
export type FigureId = (typeof figureIds)[number]
export type ColumnCode =
  | 'day'
  | 'members'
  | 'segment'
  | 'programme'
  | 'province'
  | 'name'
  | 'people'
  | 'eligible'
  | 'rate'
  | 'registered'
  | 'group'
  | 'month'
  | 'state'
  | 'computed'
  | 'billed'
  | 'booked'
  | 'difference'
  | 'collected'
  | 'at'
  | 'step'
  | 'contributions'
  | 'premiums'
  | 'fines'
  | 'stateShare'
  | 'bank'
  | 'statement'
  | 'from'
  | 'price'
  | 'part'
  | 'created'
  | 'now'

export type CoverageWords = {
  readonly language: string
  /** How days are written, as a locale. */
  readonly locale: string
  /** The address of a figure's page in this language. It is cited, so it is never changed. */
  readonly figureAddress: string
  /** The row of everything together. */
  readonly all: string
  readonly monthStates: Readonly<Record<'open' | 'closed', string>>
  /** Steps after which the control runs, by the first word of their name. */
  readonly steps: Readonly<Record<string, string>>
  readonly synthetic: string
  readonly syntheticSource: string
  readonly source: string
  readonly citation: string
  readonly cited: string
  readonly citationSynthetic: string
  /** The group of everybody for whom a sponsor or a public line pays. */
  readonly sponsored: string
  readonly memberNumber: string
  readonly suppressed: string
  readonly figures: Readonly<Record<FigureId, { readonly title: string; readonly definition: string; readonly doesNotSay: string }>>
  readonly columns: Readonly<Record<ColumnCode, string>>
}

const languages: Readonly<Record<string, CoverageWords>> = { en, id }

export const wordsIn = (language: string): CoverageWords => languages[language] ?? en

/** A day as each language writes it. */
export const dayInWords = (day: Day): Words =>
  Object.fromEntries(
    Object.entries(languages).map(([language, { locale }]) => [
      language,
      new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`)),
    ]),
  )

/** A month as a locale writes it. */
export const monthIn = (locale: string, month: Month): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`))

/** A count as each language writes it. */
export const numberInWords = (count: number): Words =>
  Object.fromEntries(Object.entries(languages).map(([language, { locale }]) => [language, new Intl.NumberFormat(locale).format(count)]))

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
