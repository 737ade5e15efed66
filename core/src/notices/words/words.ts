// What letters say in each language that we have words for. A sentence whose gap nothing fills is left out; `{?name}` at its beginning
// asks for a fact without saying it, and `{!name}` for its absence.
import type { InstalmentState } from '../../contributions/index.ts'
import type { LetterKey, Why } from '../domain/kinds.ts'
import { en } from './en.ts'
import { id } from './id.ts'

export type KindWords = {
  readonly title: string
  /** What happened. */
  readonly what: readonly string[]
  /** What happens next, and what the reader can do. */
  readonly next: readonly string[]
}
export type LetterWords = {
  readonly locale: string
  readonly kinds: Readonly<Record<LetterKey, KindWords>>
  readonly whys: Readonly<Record<Why, string>>
  /** Labels of single figures, by the name of the fact. */
  readonly figures: Readonly<Record<'amount' | 'due' | 'bill' | 'certificate' | 'came' | 'missing' | 'members' | 'coveredUntil', string>>
  readonly table: {
    readonly caption: string
    readonly what: string
    readonly before: string
    readonly after: string
    readonly base: string
    readonly total: string
    readonly nothing: string
  }
  /** All instalments of what was deferred. `by` and `asOf` close the caption; `paid` has the day. */
  readonly instalments: {
    readonly caption: string
    readonly by: string
    readonly status: Readonly<Record<'verified' | 'one-source' | 'unverified', string>>
    readonly due: string
    readonly amount: string
    readonly state: string
    readonly total: string
    readonly states: Readonly<Record<InstalmentState, string>>
  }
  readonly to: string
  readonly memberNumber: string
  readonly payerNumber: string
  readonly writtenOn: string
  readonly letter: string
  readonly question: string
  readonly online: string
  readonly sender: string
  readonly synthetic: string
  readonly code: string
}

const languages: Readonly<Record<string, LetterWords>> = { en, id }

/** The words of a language; those of English where we have none. */
export const wordsIn = (language: string): LetterWords => languages[language] ?? en

/** A sentence with its gaps filled; undefined where one of them stays open. */
export function fill(sentence: string, gaps: Readonly<Record<string, string | undefined>>): string | undefined {
  const conditions = [...sentence.matchAll(/\{([?!])(\w+)\}/g)]
  if (conditions.some(([, sign, name]) => (gaps[name ?? ''] === undefined) === (sign === '?'))) return undefined
  const plain = sentence.replaceAll(/\{[?!]\w+\}/g, '')
  const open = [...plain.matchAll(/\{(\w+)\}/g)].some(([, name]) => gaps[name ?? ''] === undefined)
  return open ? undefined : plain.replaceAll(/\{(\w+)\}/g, (_, name: string) => gaps[name] ?? '')
}
