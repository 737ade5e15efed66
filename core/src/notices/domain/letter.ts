// A letter as it is kept: to whom, of which kind, with which facts, and until when it is to be told.
import type { Day } from '@payung/values'
import type { LetterKey, LetterKind, Whom } from './kinds.ts'

/** Months as YYYY-MM, days as YYYY-MM-DD, amounts as text of minor units, counts as numbers. */
export type LetterFacts = Readonly<Record<string, string | number | readonly string[] | undefined>>

export type Letter = {
  readonly letterId: bigint
  readonly personId: bigint | null
  readonly payerId: bigint | null
  readonly kind: LetterKind
  readonly amount: bigint | null
  readonly facts: LetterFacts
  readonly writtenOn: Day
  /** By the agency's own aim, and by law; null where no source says. */
  readonly tellBy: Day | null
  readonly tellByLaw: Day | null
  readonly toldOn: Day | null
  readonly how: string | null
}

export const whomOf = ({ personId }: Pick<Letter, 'personId'>): Whom => (personId === null ? 'payer' : 'person')
export const keyOf = (letter: Letter): LetterKey => `${whomOf(letter)} ${letter.kind}` as LetterKey
