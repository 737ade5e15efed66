// Corrections as they are read: a page of them, and one with the difference that approving it would make now.
import type { Correction, CorrectionDifference } from '@payung/api'
import type { Law } from '@payung/law'
import { monthFromNumber, ok, type Result, refuse } from '@payung/values'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/index.ts'
import { servePayers } from '../../registry/index.ts'
import { type CorrectionRow, findCorrection, isBeingReassessed, pageOfCorrections, staysEndedOf } from '../store/corrections.ts'
import { lockMonthRows } from '../store/months.ts'
import { type ClaimSince, claimsSince } from '../store/noted-claims.ts'
import { moneyIn } from '../translate.ts'
import { benefitWords } from '../words/benefits.ts'
import { beingReassessed } from './propose-correction.ts'
import { type Difference, weighCorrection } from './weigh-correction.ts'

type Shown = Static<typeof Correction>
type ShownDifference = Static<typeof CorrectionDifference>

const text = (id: bigint | null): string | null => id?.toString() ?? null

/** Corrections as they are shown, in their order, and the persons whom they name: looks at them are the caller's to note. */
async function correctionsJson(tx: Tx, rows: readonly CorrectionRow[]): Promise<{ shown: Shown[]; persons: bigint[] }> {
  const ended = await staysEndedOf(
    tx,
    rows.map(({ correction_id }) => correction_id),
  )
  const persons = [...new Set([...ended.values()].flat().map(({ personId }) => personId))]
  const shown = rows.map((row) => ({
    ...correctionJson(row),
    staysEnded: (ended.get(row.correction_id) ?? []).map(({ memberNumber, ordinal, refusal: { code, rule, next } }) => ({
      memberNumber,
      ordinal,
      code,
      rule,
      next,
    })),
  }))
  return { shown, persons }
}

const correctionJson = (row: CorrectionRow): Omit<Shown, 'staysEnded'> => ({
  correctionId: row.correction_id.toString(),
  payerId: row.payer_id.toString(),
  month: monthFromNumber(row.month),
  kind: row.kind,
  state: row.state,
  reason: row.reason,
  evidence: { digest: row.evidence_digest, description: row.evidence },
  proposedBy: row.proposed_by.toString(),
  proposedOn: row.proposed_on,
  decidedBy: text(row.decided_by),
  decidedOn: row.decided_on,
  decidedWhy: row.decided_why,
  level: row.level,
  billId: text(row.bill_id),
  doneOn: row.done_on,
})

function differenceJson(law: Law, difference: Difference, claims: readonly ClaimSince[]): ShownDifference {
  const money = moneyIn(law)
  return {
    bill: { employer: money(difference.employer), worker: money(difference.worker), total: money(difference.total) },
    fine: money(difference.fine),
    writtenOff: money(difference.writtenOff),
    state: money(difference.state),
    programmes: Object.fromEntries(Object.entries(difference.programmes).map(([programme, amount]) => [programme, money(amount)])),
    savings: money(difference.savings),
    cover: difference.cover,
    benefits: { noted: [...claims], says: benefitWords(claims.length) },
  }
}

const unknown = (id: bigint) =>
  refuse({
    code: 'correction-unknown',
    rule: 'Only a correction that was proposed can be looked at.',
    data: { correction: id.toString() },
    next: 'Look it up in the list: GET /v1/corrections.',
  })

async function oneJson(tx: Tx, row: CorrectionRow, why: string): Promise<Shown> {
  const { shown, persons } = await correctionsJson(tx, [row])
  const [one] = shown
  if (!one) throw new Error('one correction was read and none is shown')
  for (const person of persons) tx.look(person, 'correction', why)
  return one
}

export async function showCorrection(tx: Tx, id: bigint): Promise<Result<Shown>> {
  const row = await findCorrection(tx, id)
  return row ? ok(await oneJson(tx, row, '')) : unknown(id)
}

/** Looks at the members that it names are noted in the access trail. Needs to write temporary tables: the role `run`. */
export async function showDifference(
  tx: Tx,
  law: Law,
  id: bigint,
  why: string,
): Promise<Result<{ correction: Shown; difference: ShownDifference | null }>> {
  const row = await findCorrection(tx, id)
  if (!row) return unknown(id)
  const served = await servePayers(tx, [row.payer_id])
  if (!served.ok) return served
  const correction = await oneJson(tx, row, why)
  if (row.state !== 'proposed') return ok({ correction, difference: null })
  const month = monthFromNumber(row.month)
  await lockMonthRows(tx, month)
  if (await isBeingReassessed(tx, month)) return refuse(beingReassessed(month))
  const weighed = await weighCorrection(tx, law, row)
  if (!weighed.ok) return weighed
  for (const person of weighed.value.persons) tx.look(person, 'correction', why)
  const { persons, difference } = weighed.value
  return ok({ correction, difference: differenceJson(law, difference, await claimsSince(tx, persons, month)) })
}

export async function showCorrections(
  tx: Tx,
  { state, cursor, limit }: { state?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Result<{ items: Shown[]; next: string | null }>> {
  if (cursor !== undefined && !/^\d{1,18}$/.test(cursor))
    return refuse({
      code: 'wrong-cursor',
      rule: 'A cursor is what the page before gave as next.',
      data: { cursor },
      next: 'Begin without a cursor.',
    })
  const rows = await pageOfCorrections(tx, state ?? null, cursor === undefined ? null : BigInt(cursor), limit + 1)
  const { shown: items, persons } = await correctionsJson(tx, rows.slice(0, limit))
  if (persons.length > 0)
    tx.look(null, 'corrections', '', { corrections: items.map(({ correctionId }) => correctionId), persons: persons.map(String) })
  return ok({ items, next: rows.length > limit ? (items.at(-1)?.correctionId ?? null) : null })
}
