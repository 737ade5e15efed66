// Proposes a correction of an issued month, with its reason and the paper it rests on. Nothing changes before another person approves it.

import type { Law } from '@payung/law'
import { isMonth, type Month, ok, type Refusal, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { findNamedByNumber } from '../../registry/index.ts'
import { type AskedRow, type CorrectionKind, decideRows } from '../domain/correction.ts'
import { addCorrection, isBeingReassessed, issuedMonth, readRowFacts } from '../store/corrections.ts'
import { findMonth } from '../store/months.ts'
import { knowPayers } from './know-payers.ts'
import { refuseSkipped } from './refuse-skipped.ts'
import { wrongWage } from './report-wages.ts'

export type NewCorrectionRow = {
  readonly memberNumber: string
  readonly ordinal?: number
  /** As typed: whole minor units. Not for exchanged wages and wrong members, whose wages stand already. */
  readonly base?: string
  /** The entry that is replaced; needed where the month was corrected before. */
  readonly replaces?: number
}
export type ProposedCorrection = {
  readonly payerId: bigint
  readonly month: Month
  readonly kind: CorrectionKind
  readonly rows: readonly NewCorrectionRow[]
  readonly reason: string
  readonly evidence: { readonly digest: string; readonly description: string }
}

function refuseText({ month, reason, evidence, rows }: ProposedCorrection): Refusal | undefined {
  const no = (code: string, field: string, rule: string, next: string): Refusal => ({ code, rule, data: { field }, next })
  if (!isMonth(month)) return no('not-a-month', 'month', 'A month is written YYYY-MM.', 'Write for instance 2026-10.')
  if (reason.trim() === '') return no('reason-missing', 'reason', 'A correction says why.', 'Write the reason of the letter.')
  if (!/^[0-9a-f]{64}$/.test(evidence.digest))
    return no(
      'evidence-missing',
      'evidence.digest',
      'A correction rests on a paper, named by the SHA-256 of its file.',
      'Attach the letter: 64 hexadecimal digits.',
    )
  if (evidence.description.trim() === '')
    return no(
      'evidence-missing',
      'evidence.description',
      'A correction says what paper it rests on.',
      'Describe it, with its number and day.',
    )
  for (const [index, { base }] of rows.entries()) {
    const wrong = base === undefined ? undefined : wrongWage(index + 1, base)
    if (wrong) return wrong
  }
  return undefined
}

export async function proposeCorrection(tx: Tx, law: Law, given: ProposedCorrection): Promise<Result<bigint>> {
  const wrong = refuseText(given)
  if (wrong) return refuse(wrong)
  const { payerId, month, kind } = given
  const registered = await knowPayers(tx, [payerId])
  if (!registered.ok) return registered
  const known = await findMonth(tx, month)
  const issued = await issuedMonth(tx, payerId, month)
  if (!known || !issued)
    return refuse({
      code: 'month-not-issued',
      rule: 'Only what was issued is corrected.',
      data: { month, payer: payerId.toString() },
      next: 'Before the bill is issued, report the wage anew.',
    })
  if (await isBeingReassessed(tx, month)) return refuse(beingReassessed(month))
  const persons = await findNamedByNumber(
    tx,
    given.rows.map(({ memberNumber }) => memberNumber),
  )
  const asked = given.rows.map(
    ({ memberNumber, base, replaces }): AskedRow => ({
      memberNumber,
      ...(base === undefined ? {} : { base: BigInt(base) }),
      ...(replaces === undefined ? {} : { replaces }),
    }),
  )
  const named = given.rows.map(({ ordinal }, index) => ({
    persons: persons[index] ?? [],
    ...(ordinal === undefined ? {} : { ordinal }),
  }))
  const rows = decideRows(kind, payerId, asked, await readRowFacts(tx, payerId, month, named))
  if (!rows.ok) return rows
  const skipped = await refuseSkipped(tx, law, payerId, month, rows.value)
  if (skipped) return refuse(skipped)
  const { reason, evidence } = given
  const id = await addCorrection(
    tx,
    { payer_id: payerId, kind, reason: reason.trim(), evidence_digest: evidence.digest, evidence: evidence.description.trim() },
    month,
    rows.value,
    tx.today(law.pack.timeZone),
  )
  await tx.emit({
    kind: 'correction-proposed',
    room: 'contributions',
    subject: `correction:${id}`,
    payload: { correction: id.toString(), payer: payerId.toString(), month, kind, rows: rows.value.length },
  })
  return ok(id)
}

export const beingReassessed = (month: Month): Refusal => ({
  code: 'month-being-reassessed',
  rule: 'A month that is being assessed anew is not changed in any other way.',
  data: { month },
  next: `Let it end, or finish it: payung month reassess ${month}.`,
})
