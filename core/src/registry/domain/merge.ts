// Whether a number may lead to a person as an old one: the first thing that forbids it, in a fixed order. It is done only with consent.
import type { Day, Refusal } from '@payung/values'

export type MergeFacts = {
  /** The numbers in plain form: the one that becomes an alias, and that of the person who stays. */
  readonly alias: string
  readonly into: string
  readonly reason: string
  readonly consent: string
  readonly personId: bigint
  /** Whom the alias leads to now; null: to nobody. */
  readonly mergedId: bigint | null
  readonly born: Day | undefined
  /** Undefined where the alias leads to nobody. */
  readonly otherBorn: Day | undefined
  /** The days of death that are noted under either; null: none is. */
  readonly diedOn: Day | null
  readonly otherDiedOn: Day | null
}

/** Numbers of cards that other systems printed. */
const oldNumber = /^[0-9A-Za-z]{4,20}$/

export function refuseMerge(facts: MergeFacts): Refusal | undefined {
  const { alias, into, reason, consent, personId, mergedId, born, otherBorn, diedOn, otherDiedOn } = facts
  const no = (code: string, rule: string, next: string, more: Record<string, string> = {}): Refusal => ({
    code,
    rule,
    data: { alias, into, ...more },
    next,
  })
  if (alias === into || mergedId === personId)
    return no('same-person', 'Both numbers lead to the same person already.', 'Nothing is to be done.')
  if (!oldNumber.test(alias)) return no('wrong-alias', 'An old number has 4 to 20 digits or letters.', 'Copy it from the old card.')
  if (reason.trim() === '') return no('reason-missing', 'A merge has a reason.', 'Say how it is known that both are one person.')
  if (consent.trim() === '')
    return no(
      'consent-missing',
      'Numbers are merged with the consent of the person.',
      'Ask, and say how the person agreed: at the desk, by a letter.',
    )
  if (otherBorn !== undefined && born !== otherBorn)
    return no(
      'births-differ',
      'Two persons who were born on different days are not one; or one of the two days is wrong.',
      'Compare both with the identity card. If they are two persons, dismiss the proposal; if one day is wrong, have it corrected by its papers first.',
      { born: born ?? '', otherBorn },
    )
  if (otherBorn !== undefined && diedOn !== otherDiedOn)
    return no(
      'deaths-differ',
      'Whoever is one dies once: the same day of death is noted under both numbers, or under neither.',
      'Report the death under the other number first; if a report is wrong, take it back.',
      { diedOn: diedOn ?? '', otherDiedOn: otherDiedOn ?? '' },
    )
  return undefined
}
