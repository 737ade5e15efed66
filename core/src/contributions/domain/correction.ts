// A correction of a month that was issued: what each kind asks of its rows, which deed follows which state, and who may approve it.
// Wrong report, wrong deactivation, wages of two workers exchanged, wrong member (handbook 5.1); two persons, the shortage first (5.3, 5.4).
import { ok, type Refusal, type Result, refuse } from '@payung/values'

export const correctionKinds = ['wage', 'deactivation', 'swap', 'member'] as const
export type CorrectionKind = (typeof correctionKinds)[number]
export type CorrectionState = 'proposed' | 'approved' | 'done' | 'refused' | 'withdrawn'
export type CorrectionDeed = 'approve' | 'refuse' | 'withdraw' | 'finish'

type Step = { readonly from: CorrectionState; readonly deed: CorrectionDeed; readonly to: CorrectionState; readonly event: string }

/** Approved waits for its shortage to be paid; without one it is done in the same moment. */
export const correctionLife: readonly Step[] = [
  { from: 'proposed', deed: 'approve', to: 'approved', event: 'correction-approved' },
  { from: 'proposed', deed: 'refuse', to: 'refused', event: 'correction-refused' },
  { from: 'proposed', deed: 'withdraw', to: 'withdrawn', event: 'correction-withdrawn' },
  { from: 'approved', deed: 'finish', to: 'done', event: 'correction-done' },
]
export const correctionStep = (from: CorrectionState, deed: CorrectionDeed): Result<Step> => {
  const step = correctionLife.find((each) => each.from === from && each.deed === deed)
  return step
    ? ok(step)
    : refuse({
        code: 'correction-state',
        rule: `Only a correction that is ${correctionLife.find((each) => each.deed === deed)?.from} can be done this to.`,
        data: { state: from, deed },
        next: from === 'proposed' || from === 'approved' ? 'Look at its state.' : 'Propose a new correction.',
      })
}

/** What the month holds of a membership that a row names. */
export type RowFacts = {
  readonly personId: bigint | null
  readonly ordinal: number
  /** The payer of the membership in that month; null: it is no membership of that month. */
  readonly payerId: bigint | null
  /** The entry that stands, with its base and payer; null: nothing stands. */
  readonly entry: number | null
  readonly base: bigint | null
  readonly billedTo: bigint | null
  /** Another correction of this membership and month that is not decided, or not paid, or not paid any more. */
  readonly pending: bigint | null
}
export type AskedRow = { readonly memberNumber: string; readonly base?: bigint; readonly replaces?: number }
export type DecidedRow = {
  readonly personId: bigint
  readonly ordinal: number
  readonly replaces: number | null
  readonly base: bigint | null
}

const rowsOf: Record<CorrectionKind, string> = {
  wage: 'one or more workers with the right wage of each',
  deactivation: 'one or more workers with the wage of each',
  swap: 'the two workers whose wages were exchanged, without a wage',
  member: 'the wrong worker first, then the right one',
}

const at = (row: number, asked: AskedRow | undefined, more: Record<string, string> = {}) => ({
  row: String(row),
  memberNumber: asked?.memberNumber ?? '',
  ...more,
})

/** Whether a row stands on what must be there, in a fixed order of reasons. `stands`: something of the month must stand already. */
function refuseRow(row: number, asked: AskedRow, facts: RowFacts, payer: bigint, stands: boolean): Refusal | undefined {
  const no = (code: string, rule: string, next: string, more: Record<string, string> = {}): Refusal => ({
    code,
    rule,
    data: at(row, asked, more),
    next,
  })
  if (facts.personId === null) return no('number-unknown', 'A correction names registered members.', 'Check the number on the card.')
  if ((stands ? (facts.billedTo ?? facts.payerId) : facts.payerId) !== payer)
    return no('worker-unknown', 'A correction names memberships that this payer paid for in the month.', 'Name the payer of that month.')
  const waits = refusePending(row, asked, facts)
  if (waits) return waits
  if (stands && facts.entry === null)
    return no('nothing-stands', 'Nothing stands for this worker in the month that could be corrected.', 'Name the worker who was billed.')
  if (!stands && facts.entry !== null)
    return no('something-stands', 'A contribution stands for this worker in the month already.', 'Correct its wage instead.', {
      entry: String(facts.entry),
    })
  return refuseReplaced(row, asked, facts.entry)
}

/** Asked again when a correction is approved: the money of another one may have gone back since it was proposed. */
export const refusePending = (row: number, asked: AskedRow | undefined, { pending }: Pick<RowFacts, 'pending'>): Refusal | undefined =>
  pending === null
    ? undefined
    : {
        code: 'correction-pending',
        rule: 'A month of a membership is corrected once at a time.',
        data: at(row, asked, { correction: pending.toString() }),
        next: 'Decide, pay or withdraw the other correction first.',
      }

/** A month that was corrected already is corrected again only by who knows it: the entry that is replaced is named. */
export function refuseReplaced(row: number, asked: AskedRow | undefined, entry: number | null): Refusal | undefined {
  if (asked?.replaces === undefined && (entry ?? 0) > 0)
    return {
      code: 'replaces-missing',
      rule: 'This month was corrected before: a new correction names the entry that it replaces.',
      data: at(row, asked, { entry: String(entry) }),
      next: `Look at what stands now, and name entry ${entry} if that is what is wrong.`,
    }
  if (asked?.replaces !== undefined && asked.replaces !== entry)
    return {
      code: 'corrected-in-between',
      rule: 'The entry that this correction replaces does not stand any more: the month was corrected in between.',
      data: at(row, asked, { replaces: String(asked.replaces), entry: String(entry ?? '') }),
      next: 'Look at what stands now and propose anew.',
    }
  return undefined
}

const wrongRows = (kind: CorrectionKind, given: number): Refusal => ({
  code: 'wrong-rows',
  rule: `A correction of this kind names ${rowsOf[kind]}.`,
  data: { kind, rows: String(given) },
  next: 'Name them, each once.',
})

/** What is to stand after the correction, row by row, or the first reason why it cannot be proposed. */
export function decideRows(
  kind: CorrectionKind,
  payer: bigint,
  asked: readonly AskedRow[],
  facts: readonly RowFacts[],
): Result<DecidedRow[]> {
  const pair = kind === 'swap' || kind === 'member'
  const named = new Set(facts.map(({ personId, ordinal }, index) => (personId === null ? `row ${index}` : `${personId} ${ordinal}`)))
  if (asked.length === 0 || named.size !== asked.length || (pair && asked.length !== 2)) return refuse(wrongRows(kind, asked.length))
  const withWage = kind === 'wage' || kind === 'deactivation'
  if (asked.some(({ base }) => (base === undefined) === withWage)) return refuse(wrongRows(kind, asked.length))
  for (const [index, row] of asked.entries()) {
    const fact = facts[index]
    const stands = kind === 'wage' || kind === 'swap' || (kind === 'member' && index === 0)
    const refusal = fact ? refuseRow(index + 1, row, fact, payer, stands) : wrongRows(kind, asked.length)
    if (refusal) return refuse(refusal)
  }
  const bases = basesOf(kind, asked, facts)
  const same = facts.findIndex(({ entry, base }, index) => entry !== null && base === bases[index])
  if (same >= 0)
    return refuse({
      code: 'same-wage',
      rule: 'What stands is what the correction asks for.',
      data: at(same + 1, asked[same]),
      next: 'Nothing has to be done.',
    })
  return ok(
    facts.map(({ personId, ordinal, entry }, index) => ({
      personId: personId ?? 0n,
      ordinal,
      replaces: entry,
      base: bases[index] ?? null,
    })),
  )
}

function basesOf(kind: CorrectionKind, asked: readonly AskedRow[], facts: readonly RowFacts[]): (bigint | null)[] {
  if (kind === 'swap') return [facts[1]?.base ?? null, facts[0]?.base ?? null]
  if (kind === 'member') return [null, facts[0]?.base ?? null]
  return asked.map(({ base }) => base ?? null)
}
