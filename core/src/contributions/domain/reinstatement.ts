// Whether a lapse caused by late money may be undone (Perdir 22/2022): who may ask, with what, who approves, and in which order.
import { type Law, type LawView, listAt, textsAt } from '@payung/law'
import { type Day, type Month, ok, type Refusal, type Result, refuse } from '@payung/values'

export type LateMoney = { readonly payers: readonly string[]; readonly levels: readonly string[]; readonly warnIn: readonly number[] }

/** What the pack says about late money on a day; undefined where it says nothing. */
export function lateMoneyOn(law: Law, day: Day): LateMoney | undefined {
  const view: LawView = law.asPublishedBy(day).on(day)
  const entry = view.entry('late-public-money')
  return (
    entry && { payers: textsAt(entry, 'payers'), levels: textsAt(entry, 'levels'), warnIn: listAt(entry, 'warn_in_months').map(Number) }
  )
}

export type Opening = { readonly from: Month; readonly reason: string; readonly evidence: readonly string[] }
type PayerKnown = {
  readonly kind: string | undefined
  /** Another case of this payer that is not decided. */
  readonly openCase: bigint | null
  /** Members whose last month paid by this payer is the one before `from`, and who have lapsed since. */
  readonly lapsed: number
}

const no = (code: string, rule: string, data: Refusal['data'], next: string): Result<never> => refuse({ code, rule, data, next })

/** Undefined when a case may be opened, or the first reason why not. */
export function refuseOpening(rule: LateMoney | undefined, asked: Opening, { kind, openCase, lapsed }: PayerKnown): Result<LateMoney> {
  if (kind === undefined)
    return no(
      'payer-unknown',
      'A case is about a registered payer.',
      { field: 'payerId' },
      'It stands in the list of payers: GET /v1/payers.',
    )
  if (!rule?.payers.includes(kind))
    return no(
      'reinstatement-not-for-payer',
      `A lapse is undone only where the money of ${rule?.payers.join(', ') ?? 'nobody'} was late; this payer is ${kind}.`,
      { field: 'payerId', kind },
      'A payment opens a new period.',
    )
  if (asked.reason.trim() === '')
    return no('reason-missing', 'A case has a reason.', { field: 'reason' }, 'Say why the money was late, and since when it was released.')
  if (!asked.evidence.some((each) => each.trim() !== ''))
    return no(
      'evidence-missing',
      'A case rests on papers.',
      { field: 'evidence' },
      'Name them: the budget’s release, the letter of the payer, its date and number.',
    )
  if (openCase !== null)
    return no(
      'case-open',
      'A payer has one open case at a time.',
      { field: 'payerId', case: openCase.toString() },
      'Decide or withdraw that case first.',
    )
  if (lapsed === 0)
    return no(
      'nothing-lapsed',
      'A case is about members whose cover has lapsed, whose last paid month is the one before, and who did not begin anew since.',
      { field: 'from', given: asked.from },
      'Look at the members’ cover: within the grace a payment is enough, and after a new period nothing is to be undone.',
    )
  return ok(rule)
}

export type Verdict = { readonly verdict: 'approved' | 'refused' | 'withdrawn'; readonly reason: string }
type CaseKnown = {
  readonly state: string
  readonly levels: readonly string[]
  readonly approvals: number
  readonly openedBy: bigint
  readonly approvedBy: readonly bigint[]
}
type Judge = { readonly actorId: bigint; readonly officeKind: string | null }

/** Offices from below. A higher one may speak for a lower: not every scheme has one of each kind. */
const ranks = ['branch', 'regional', 'head']

/** The level at which the verdict is given, from 1, or the first reason why it is not. */
export function decideVerdict(given: Verdict, known: CaseKnown | undefined, { actorId, officeKind }: Judge): Result<number> {
  if (!known) return no('case-unknown', 'A verdict is about a case that was opened.', {}, 'Look at the list of cases.')
  if (known.state !== 'open')
    return no('case-decided', 'A case is decided once.', { state: known.state }, 'Open a new case if there is something new.')
  if (given.reason.trim() === '') return no('reason-missing', 'A verdict has a reason.', { field: 'reason' }, 'Say what it rests on.')
  const level = known.approvals + 1
  if (given.verdict === 'withdrawn')
    return actorId === known.openedBy
      ? ok(level)
      : no('not-yours', 'A case is withdrawn by who opened it.', {}, 'Refuse it instead, if you are the one to decide.')
  const wanted = known.levels[level - 1] ?? ''
  if (ranks.indexOf(officeKind ?? '') < ranks.indexOf(wanted))
    return no(
      'wrong-level',
      `This step is decided by a ${wanted} office, or one above it.`,
      { level: String(level), wanted, yours: officeKind ?? '' },
      `Ask the ${wanted} office.`,
    )
  if (actorId === known.openedBy || known.approvedBy.includes(actorId))
    return no('second-person-needed', 'Nobody decides on what he opened or approved himself.', { level: String(level) }, 'Ask a colleague.')
  return ok(level)
}
