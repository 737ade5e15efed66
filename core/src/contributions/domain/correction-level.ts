// Who may approve a correction: the least level that the pack's table asks for, and the level of who acts.
import { type Law, listAt, numberAt, partOf, textAt, textsAt, valueAt } from '@payung/law'
import { type Day, monthNumber, monthOf, ok, type Result, refuse } from '@payung/values'
import type { CorrectionKind } from './correction.ts'

/** From the least to the most. */
export const levels = ['officer', 'branch', 'regional', 'head'] as const
export type Level = (typeof levels)[number]
export const isLevel = (text: string): text is Level => (levels as readonly string[]).includes(text)
export const atLeast = (level: Level, needed: Level): boolean => levels.indexOf(level) >= levels.indexOf(needed)

/** An office acts at its own level; in a branch, its administrator does, and its officers below it. Nobody without an office has one. */
export function levelOf(office: string | null, role: string): Level | null {
  if (office === 'head' || office === 'regional') return office
  if (office !== 'branch') return null
  return role === 'administrator' ? 'branch' : 'officer'
}

export type LevelFacts = {
  readonly kind: CorrectionKind
  readonly settlement: 'receivable' | 'offer'
  /** Whether the bill that is corrected was paid. */
  readonly posted: boolean
  readonly issuedOn: Day
}

/** The first row of the pack's table that fits. A pack without the table lets nobody correct. */
export function neededLevel(law: Law, today: Day, { kind, settlement, posted, issuedOn }: LevelFacts): Result<Level> {
  const entry = law.asPublishedBy(today).on(today).entry('correction-levels')
  const age = monthNumber(monthOf(today)) - monthNumber(monthOf(issuedOn))
  const fits = entry
    ? listAt(entry)
        .map((row) => partOf(entry, row))
        .find(
          (row) =>
            textsAt(row, 'kinds').includes(kind) &&
            textAt(row, 'settlement') === settlement &&
            (valueAt(row, 'posted') ?? (posted ? 'yes' : 'no')) === (posted ? 'yes' : 'no') &&
            (valueAt(row, 'months') === undefined || age <= numberAt(row, 'months')),
        )
    : undefined
  const level = fits ? textAt(fits, 'level') : undefined
  if (level === undefined || !isLevel(level))
    return refuse({
      code: 'no-level-known',
      rule: 'The law of this scheme does not say who may approve such a correction.',
      data: { parameter: 'correction-levels', kind, settlement, posted: posted ? 'yes' : 'no', months: String(age) },
      next: 'Add a row with its source to the parameter correction-levels.',
    })
  return ok(level)
}
