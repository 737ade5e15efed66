// How a letter looks in a list: its title in a language, its money, and whether and when it was told.
import type { LetterHead } from '@payung/api'
import type { Law } from '@payung/law'
import { composeLetter } from './domain/compose-letter.ts'
import { type Letter, whomOf } from './domain/letter.ts'
import { wordsIn } from './words/words.ts'

export function headJson(law: Law, letter: Letter, language: string): LetterHead {
  const { currency } = law.pack
  const { title } = composeLetter(
    letter,
    { to: { name: '', number: '' }, currency, parts: [], instalments: null },
    wordsIn(language),
    language,
  )
  return {
    letterId: letter.letterId.toString(),
    to: whomOf(letter),
    kind: letter.kind,
    title,
    amount: letter.amount === null ? null : { amount: letter.amount.toString(), currency: currency.code },
    writtenOn: letter.writtenOn,
    tellBy: letter.tellBy,
    tellByLaw: letter.tellByLaw,
    toldOn: letter.toldOn,
    how: letter.how as LetterHead['how'],
  }
}
