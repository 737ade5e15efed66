// Whether a payer's money is paid back: by the rule of its kind (parameter `refund-rules`), never while it owes something, and never more
// than there is.
import { type Law, textAt, valueAt } from '@payung/law'
import { type Day, isDay, type Refusal } from '@payung/values'

export type RefundFacts = {
  readonly payerId: bigint
  readonly payerKind: string
  readonly amount: bigint
  readonly ground: string
  readonly detail: Readonly<Record<string, string>>
  /** What the payer owes. */
  readonly outstanding: bigint
  /** The money there is: what waits, and for whom the rule says so months that are taken back for it. */
  readonly there: bigint
  /** Since when the payer is closed as an employer; null: it is not. */
  readonly closedOn: Day | null
  /** The day on which the payer was told that this surplus is set off against the next months; null: not yet. */
  readonly offeredOn: Day | null
  /** The day of the person's last claim, where there is one. */
  readonly claimedOn: Day | null
}

/** Where a refund goes: all of them are told with the request. */
const account = ['bank', 'account', 'holder'] as const

/** A surplus is first offered for the next months, by a letter that was told, and then refused by the payer (PP 44/2015 art 23). */
function refuseOffset(today: Day, { offeredOn, detail }: RefundFacts): [string, string, Record<string, string>, string] | undefined {
  const refusedOn = detail.offset_refused_on ?? ''
  if (offeredOn === null)
    return [
      'offset-not-offered',
      'A surplus is paid back after the payer was told of it and offered to set it off against the next months.',
      { offset_refused_on: refusedOn },
      'Tell the payer the letter about the surplus (payung letter told); where there is none, write it: payung letter offer.',
    ]
  if (!isDay(refusedOn) || refusedOn < offeredOn || refusedOn > today)
    return [
      'offset-not-refused',
      'A surplus is set off against the next months; it is paid back when the payer, who was told of the offer, has refused that.',
      { offset_refused_on: refusedOn, offeredOn },
      `Write the day on which the payer refused the offset: from ${offeredOn} on, and not in the future.`,
    ]
  return undefined
}

/** The first thing that forbids a refund, in a fixed order. */
export function refuseRefund(law: Law, today: Day, facts: RefundFacts): Refusal | undefined {
  const data = { payerId: facts.payerId.toString(), payerKind: facts.payerKind, amount: facts.amount.toString() }
  const no = (code: string, rule: string, more: Record<string, string>, next: string): Refusal => ({
    code,
    rule,
    data: { ...data, ...more },
    next,
  })
  const entry = law.asPublishedBy(today).on(today).entry('refund-rules')
  if (!entry || valueAt(entry, facts.payerKind) === undefined)
    return no(
      'no-source',
      'No source says when such a payer is paid back.',
      { parameter: 'refund-rules' },
      'Add a dated entry with its source to the pack.',
    )
  const basis = textAt(entry, facts.payerKind, 'basis')
  if (facts.ground !== basis)
    return no(
      'ground-not-allowed',
      'Each kind of payer is paid back on the ground that its rule names.',
      { ground: facts.ground, needed: basis },
      `Ask with the ground "${basis}", if it holds.`,
    )
  if (facts.closedOn !== null)
    return no(
      'payer-closed',
      'What is left of a closed employer’s money is moved after it was opened again.',
      { closedOn: facts.closedOn },
      'Ask that it is opened again: payung requests reopen.',
    )
  const missing = account.find((field) => (facts.detail[field] ?? '').trim() === '')
  if (missing !== undefined)
    return no('field-missing', 'A refund names bank, account and holder.', { field: missing }, 'Name the account to which it is paid.')
  const offset = basis === 'offset-refused' ? refuseOffset(today, facts) : undefined
  if (offset) return no(...offset)
  if (basis === 'after-claim' && facts.claimedOn === null)
    return no('no-claim', 'Contributions are paid back only for months after the month of a claim.', {}, 'Record the claim first.')
  if (facts.outstanding > 0n)
    return no(
      'debt-first',
      'Money pays what is owed before it is paid back.',
      { outstanding: facts.outstanding.toString() },
      'Let it pay the open bills.',
    )
  if (facts.amount <= 0n) return no('wrong-amount', 'An amount is above zero.', {}, 'Correct the amount.')
  if (facts.amount > facts.there)
    return no('not-enough-money', 'No more is paid back than there is.', { there: facts.there.toString() }, 'Ask for less.')
  return undefined
}
