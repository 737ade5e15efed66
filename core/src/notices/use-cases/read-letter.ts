// Reads one letter in a language: by its number, as far as the caller may see it, or by the code that is printed on it. A look by
// anybody but the addressee is noted before the words leave.
import type { LetterText } from '@payung/api'
import type { Law } from '@payung/law'
import { type Month, ok, type Refused, type Result, refuse } from '@payung/values'
import { showInstalments, splitAmounts } from '../../contributions/index.ts'
import type { Tx } from '../../platform/index.ts'
import { ownAmong, readPayers } from '../../registry/index.ts'
import { hashOf, parseCode } from '../domain/code.ts'
import { composeLetter, type LetterSurroundings, tellsInstalments } from '../domain/compose-letter.ts'
import type { Letter } from '../domain/letter.ts'
import { findAddressee, findLetter, findLetterOfCode } from '../store/read-letters.ts'
import { wordsIn } from '../words/words.ts'

const unknownLetter = (letterId: bigint): Refused =>
  refuse({
    code: 'letter-unknown',
    rule: 'A letter is read by whom it is to, and by staff who serve him.',
    data: { letter: letterId.toString() },
    next: 'Check the number of the letter.',
  })

/** The person a letter is about, if it is about one: a payer may be a person too. */
async function personOf(tx: Tx, { personId, payerId }: Letter): Promise<bigint | null> {
  if (payerId === null) return personId
  return (await readPayers(tx, [payerId])).get(payerId)?.personId ?? null
}

/** Runs as the caller: row security says whether there is such a letter. */
export async function openLetter(tx: Tx, letterId: bigint, view: string, why: string): Promise<Result<Letter>> {
  const letter = await findLetter(tx, letterId)
  if (!letter) return unknownLetter(letterId)
  const person = await personOf(tx, letter)
  const own = tx.actor.kind === 'organisation' || (person !== null && (await ownAmong(tx, [person])).has(person))
  if (!own) tx.look(person, view, why, { letter: letterId.toString(), payer: letter.payerId?.toString() ?? null })
  return ok(letter)
}

/** The letter of a printed code. Undefined where it is wrong or was ended by a newer one: whoever asks learns nothing else. */
export async function openByCode(tx: Tx, typed: string): Promise<Letter | undefined> {
  const code = parseCode(typed)
  const letter = code === undefined ? undefined : await findLetterOfCode(tx, hashOf(code))
  if (letter) tx.look(await personOf(tx, letter), 'letter by its code', '', { letter: letter.letterId.toString() })
  return letter
}

/** What each programme cost before and after, in the pack's order; both sides sum to the letter's own totals. */
async function partsOf(tx: Tx, law: Law, { kind, facts }: Letter): Promise<LetterSurroundings['parts']> {
  if (kind !== 'month-corrected') return []
  const side = async (ofClass: unknown, base: unknown): Promise<ReadonlyMap<string, bigint> | null> =>
    ofClass === undefined || base === undefined
      ? null
      : splitAmounts(tx, facts.month as Month, Number(ofClass as number), BigInt(base as string))
  const [before, after] = [await side(facts.classBefore, facts.baseBefore), await side(facts.classAfter, facts.baseAfter)]
  return law.pack.programmes.flatMap(({ code, labels }) =>
    before?.has(code) || after?.has(code)
      ? [{ label: labels, before: before && (before.get(code) ?? 0n), after: after && (after.get(code) ?? 0n) }]
      : [],
  )
}

/** Runs with full sight: whether the caller may have the letter was decided before. */
export async function wordLetter(tx: Tx, law: Law, letter: Letter, language: string): Promise<LetterText> {
  const surroundings = {
    to: await findAddressee(tx, letter),
    currency: law.pack.currency,
    parts: await partsOf(tx, law, letter),
    instalments: tellsInstalments(letter) && letter.payerId !== null ? await showInstalments(tx, law, letter.payerId) : null,
  }
  return composeLetter(letter, surroundings, wordsIn(language), language)
}

/** The language that is asked for where the pack has it, else the pack's first. */
export const languageFor = ({ pack }: Law, asked: string | undefined): string =>
  asked !== undefined && pack.languages.includes(asked) ? asked : (pack.languages[0] ?? 'en')
