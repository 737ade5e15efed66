// Whether a closed employer is opened again: on a ground that the pack names (parameter `reopenings`; staff handbook, page 39). It is closed
// again as any employer is (`domain/closing.ts`): with nobody working there, and none of its money left.
import { type Law, textAt } from '@payung/law'
import type { Day, Refusal } from '@payung/values'

export type ReopeningFacts = {
  readonly payerId: bigint
  /** Whether the payer is an organisation that owes; null: there is no such payer. */
  readonly employer: boolean | null
  /** Its last closing; null: it was never closed. */
  readonly closedOn: Day | null
  /** When it was opened again after that; null: it is closed. */
  readonly reopenedOn: Day | null
  readonly ground: string
  /** Money of the payer that waits. */
  readonly money: bigint
}

/** The first thing that forbids it, in a fixed order. */
export function refuseReopening(law: Law, today: Day, facts: ReopeningFacts): Refusal | undefined {
  const { payerId, ground, employer, closedOn, reopenedOn, money } = facts
  const no = (code: string, rule: string, more: Record<string, string>, next: string): Refusal => ({
    code,
    rule,
    data: { payer: payerId.toString(), ground, ...more },
    next,
  })
  const entry = law.asPublishedBy(today).on(today).entry('reopenings')
  if (!entry)
    return no('no-source', 'No source says why a closed employer is opened again.', { parameter: 'reopenings' }, 'Add a dated entry.')
  if (employer !== true) return no('payer-unknown', 'An employer that is registered is opened again.', {}, 'Check the number of the payer.')
  if (closedOn === null) return no('not-closed', 'Only an employer that was closed is opened again.', {}, 'Nothing has to be done.')
  if (reopenedOn !== null)
    return no('open-already', 'A closing is undone once, until the next one.', { closedOn, reopenedOn }, 'Go on, and close it again.')
  const grounds = Object.keys(entry.value as object)
  if (!grounds.includes(ground))
    return no(
      'ground-not-allowed',
      'An employer is opened again on a ground that the rule names.',
      { needed: grounds.join(', ') },
      'Name one of these.',
    )
  if (textAt(entry, ground, 'needs') === 'money' && money <= 0n)
    return no(
      'no-money-left',
      'On this ground some of its money is left without a place.',
      { money: money.toString() },
      'Name another ground, or leave it closed.',
    )
  return undefined
}
