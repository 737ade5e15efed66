// What the house decides of the people and the money of a history, asked with the facts of the model: who returns, which numbers are one
// person, how long a self-payer is covered, and what goes back to whom.
import type { Law } from '@payung/law'
import { addDays, addMonths, type Day, lastDay, type Month, monthNumber } from '@payung/values'
import { type CoverFacts, decideCover } from '../../../src/contributions/domain/cover.ts'
import { refuseRefund } from '../../../src/payments/domain/refund.ts'
import { refuseOverlap } from '../../../src/registry/domain/membership.ts'
import { type MergeFacts, refuseMerge } from '../../../src/registry/domain/merge.ts'
import { type Ledger, mayRefund, owed, type Prices, type Worker } from './model.ts'

const expectCode = (what: string, found: string | undefined, wanted: string | undefined): void => {
  if (found !== wanted) throw new Error(`${what}: ${found ?? 'allowed'} instead of ${wanted ?? 'allowed'}`)
}

/** Whoever left may return the day after, and not a day before. */
export function decideReturn({ joined, lastDay: last }: Worker): void {
  if (last === null || last < joined) return
  const held = { segment: 'work', organisationId: 1n, programmes: [], from: joined, until: addDays(last, 1) }
  const again = (from: Day) => refuseOverlap({ ...held, from, until: null }, [held])?.code
  expectCode('a return', again(addDays(last, 1)), undefined)
  expectCode('a return too early', again(last), 'membership-overlaps')
}

/** A second number becomes an old one of the same person once, with consent and one day of birth. */
export function decideMergeOf(place: number, born: Day): void {
  const personId = BigInt(place + 1)
  const asked: MergeFacts = {
    alias: `2000000${place}`,
    into: `1000000${place}`,
    reason: 'two cards',
    consent: 'at the desk',
    personId,
    mergedId: personId + 1000n,
    born,
    otherBorn: born,
    diedOn: null,
    otherDiedOn: null,
  }
  const code = (more: Partial<MergeFacts>): string | undefined => refuseMerge({ ...asked, ...more })?.code
  expectCode('a merge', code({}), undefined)
  expectCode('a card of another system', code({ mergedId: null, otherBorn: undefined }), undefined)
  expectCode('a merge done before', code({ mergedId: personId }), 'same-person')
  expectCode('two births', code({ otherBorn: addDays(born, 1) }), 'births-differ')
  expectCode('one of them dead', code({ otherDiedOn: addDays(born, 1) }), 'deaths-differ')
  expectCode('no consent', code({ consent: ' ' }), 'consent-missing')
}

/** A self-payer is covered as long as the model lets him go on where he stopped; after that he has lapsed, and a payment begins anew. */
export function decideCoverOf({ offers, workers }: Ledger, { graceMonths }: Prices, month: Month): void {
  const [worker] = workers
  if (!worker) return
  const rule = { programme: 'p', graceMonths, beyond: 'not covered', arrearsLimit: 'late', waitingMonths: 0, waitingLimit: '' } as const
  const begun = offers.filter((offer, index) => {
    const before = offers[index - 1]
    return !before || offer.month > addMonths(before.month, 1)
  })
  const facts: CoverFacts = {
    settlement: 'offer',
    joined: worker.joined,
    openings: begun.map(({ paidOn }) => paidOn),
    billed: [],
    paid: offers,
    dueOf: (of) => `${of}-15` as Day,
    contracts: [],
  }
  const [found] = decideCover(lastDay(month), [rule], facts)
  const last = offers.at(-1)?.month
  const behind = last === undefined ? null : monthNumber(month) - monthNumber(last)
  const state = behind === null || behind > graceMonths ? 'not covered' : behind > 0 ? 'covered, contribution outstanding' : 'covered'
  const reason = behind === null ? 'never-paid' : behind > graceMonths ? 'lapsed' : behind > 0 ? 'contribution-outstanding' : null
  if (found?.state !== state || found.reason !== reason)
    throw new Error(`cover of ${month}: ${found?.state} (${found?.reason}) instead of ${state} (${reason})`)
}

/** What waits goes back where nothing is owed, and never more; where something is owed, that is paid first. */
export function decideRefundOf(law: Law, ledger: Ledger, day: Day): void {
  if (ledger.credit <= 0n) return
  const detail = { bank: 'Bank', account: '1', holder: 'History', offset_refused_on: day }
  const facts = { payerId: 7n, payerKind: 'employer', ground: 'offset-refused', detail, closedOn: null, offeredOn: day, claimedOn: null }
  const code = (amount: bigint): string | undefined =>
    refuseRefund(law, day, { ...facts, amount, outstanding: owed(ledger), there: ledger.credit })?.code
  expectCode('a refund', code(ledger.credit), mayRefund(ledger) ? undefined : 'debt-first')
  expectCode('too large a refund', code(ledger.credit + 1n), mayRefund(ledger) ? 'not-enough-money' : 'debt-first')
}

/** The law as it was published by a day and stands on it, looked up once for all histories. */
export function lawOfDay(law: Law, day: Day): Law {
  const view = law.asPublishedBy(day).on(day)
  const only: Law = { ...law, on: () => view, asPublishedBy: () => only }
  return only
}
