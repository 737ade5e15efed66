// Whether an employer is closed: on the papers that the pack names for the ground (parameter `closings`), when nobody works there any more
// and none of its money is left without a place (staff handbook, pages 30 and 39).
import { type Law, numberAt, textAt, textsAt, valueAt } from '@payung/law'
import type { Day, Month, Refusal } from '@payung/values'

export type ClosingFacts = {
  readonly payerId: bigint
  /** Whether the payer is an organisation that owes; null: there is no such payer. */
  readonly employer: boolean | null
  /** Since when it is closed; null: it is open, or open again. */
  readonly closedOn: Day | null
  readonly ground: string
  readonly papers: readonly string[]
  readonly witnesses: readonly string[]
  /** Memberships that go on. */
  readonly members: number
  /** A month in which somebody worked there and that was not billed yet; null: there is none. */
  readonly unbilled: Month | null
  /** Money of the payer that waits, and what it was given that has no place yet. */
  readonly money: bigint
}

/** Two spellings of one name are one witness: letters large or small, spaces and signs. */
const sameName = (name: string): string => name.toLocaleLowerCase('und').replaceAll(/[^\p{L}\p{N}]+/gu, '')

type No = (code: string, rule: string, more: Record<string, string>, next: string) => Refusal

/** What an employer leaves behind: workers, a month of theirs that is not billed, money. */
function refuseWhatIsLeft(facts: ClosingFacts, no: No): Refusal | undefined {
  if (facts.members > 0)
    return no(
      'members-left',
      'An employer is closed when nobody works there any more.',
      { members: String(facts.members) },
      'End the memberships first.',
    )
  if (facts.unbilled !== null)
    return no(
      'month-unbilled',
      'An employer is closed when the last month of its workers is billed.',
      { month: facts.unbilled },
      'Issue the bill of that month first: POST /v1/payers/{payerId}/months/{month}/issue.',
    )
  if (facts.money !== 0n)
    return no(
      'money-left',
      'An employer is closed when none of its money is left without a place.',
      { money: facts.money.toString() },
      'Let it pay what is owed, or pay it back.',
    )
  return undefined
}

/** The first thing that forbids it, in a fixed order. */
export function refuseClosing(law: Law, today: Day, facts: ClosingFacts): Refusal | undefined {
  const data = { payer: facts.payerId.toString(), ground: facts.ground }
  const no: No = (code, rule, more, next) => ({
    code,
    rule,
    data: { ...data, ...more },
    next,
  })
  const entry = law.asPublishedBy(today).on(today).entry('closings')
  if (!entry)
    return no('no-source', 'No source says on which papers an employer is closed.', { parameter: 'closings' }, 'Add a dated entry.')
  if (facts.employer !== true) return no('payer-unknown', 'An employer that is registered is closed.', {}, 'Check the number of the payer.')
  if (facts.closedOn !== null)
    return no('closed-already', 'A closed employer is closed again only when it was opened.', { closedOn: facts.closedOn }, 'Leave it so.')
  const grounds = Object.keys(entry.value as object)
  if (!grounds.includes(facts.ground))
    return no(
      'ground-not-allowed',
      'An employer is closed on a ground that its rule names.',
      { needed: grounds.join(', ') },
      'Name one of these.',
    )
  const { ground, papers, witnesses } = facts
  const named = textsAt(entry, ground, 'papers')
  const there = named.filter((paper) => papers.includes(paper))
  const instead = valueAt(entry, ground, 'instead') === undefined ? null : textAt(entry, ground, 'instead')
  const enough = textAt(entry, ground, 'need') === 'all' && !(instead !== null && papers.includes(instead)) ? named.length : 1
  if (there.length < enough)
    return no(
      'papers-missing',
      'An employer is closed on the papers that the ground asks for.',
      { papers: papers.join(', '), needed: named.join(', '), instead: instead ?? '' },
      'Bring what is missing.',
    )
  const needed = valueAt(entry, ground, 'witnesses') === undefined ? 0 : numberAt(entry, ground, 'witnesses')
  const persons = new Set(witnesses.map(sameName)).size
  if (persons < needed)
    return no(
      'witnesses-missing',
      'On this ground witnesses from outside are named.',
      { witnesses: String(persons), needed: String(needed) },
      'Name them.',
    )
  return refuseWhatIsLeft(facts, no)
}
