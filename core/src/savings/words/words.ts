// What a statement says in each language that we have words for.
import { en } from './en.ts'
import { id } from './id.ts'

export type StatementWords = {
  readonly locale: string
  readonly title: string
  readonly member: string
  readonly number: string
  readonly year: string
  readonly opening: string
  readonly contributed: string
  readonly entered: string
  readonly returned: string
  readonly closing: string
  readonly monthsTitle: string
  readonly bookedIn: string
  readonly paidFor: string
  readonly amount: string
  readonly kinds: Readonly<Record<string, string>>
  readonly ratesTitle: string
  readonly rateOf: string
  readonly source: string
  readonly statuses: Readonly<Record<string, string>>
  readonly provisional: string
  readonly exact: string
  readonly closedOn: string
  readonly question: string
  readonly page: string
}

const languages: Readonly<Record<string, StatementWords>> = { en, id }

/** The words of a language; those of English where we have none. */
export const wordsIn = (language: string): StatementWords => languages[language] ?? en

/** A sentence with its gaps filled. */
export const fill = (sentence: string, gaps: Readonly<Record<string, string>>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => gaps[name] ?? '')
