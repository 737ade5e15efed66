// Approves, refuses or withdraws a correction. Approval is another person's, of the level that the pack asks for, who has seen the
// difference; a shortage is billed and paid first, what is too much is the payer's money at once.
import type { Law } from '@payung/law'
import { monthFromNumber, ok, type Refusal, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { lockPayers, servePayers } from '../../registry/index.ts'
import { type CorrectionDeed, correctionStep } from '../domain/correction.ts'
import { atLeast, type Level, levelOf, neededLevel } from '../domain/correction-level.ts'
import { type CorrectionRow, decide, findCorrection, isBeingReassessed, issuedMonth, officeKind } from '../store/corrections.ts'
import { lockMonthRows } from '../store/months.ts'
import { payersOf } from '../store/payers.ts'
import { applyChanges } from './apply-changes.ts'
import { finishCorrections } from './finish-corrections.ts'
import { beingReassessed } from './propose-correction.ts'
import { weighCorrection } from './weigh-correction.ts'

const no = (code: string, rule: string, next: string, data: Record<string, string>): Refusal => ({ code, rule, data, next })

const reasonMissing = no('reason-missing', 'Whoever decides or withdraws a correction says why.', 'Write the reason.', { field: 'why' })

async function load(tx: Tx, id: bigint, deed: CorrectionDeed): Promise<Result<CorrectionRow>> {
  const correction = await findCorrection(tx, id, true)
  if (!correction)
    return refuse(
      no('correction-unknown', 'Only a correction that was proposed is decided.', 'Look it up: payung corrections.', {
        correction: id.toString(),
      }),
    )
  const served = await servePayers(tx, [correction.payer_id])
  if (!served.ok) return served
  const step = correctionStep(correction.state, deed)
  return step.ok ? ok(correction) : step
}

const anotherPerson = (tx: Tx, { proposed_by, correction_id }: CorrectionRow): Refusal | undefined =>
  proposed_by === tx.actor.actorId
    ? no(
        'same-person',
        'A correction is decided by another person than the one who proposed it.',
        'Ask a colleague of the level that it needs.',
        {
          correction: correction_id.toString(),
        },
      )
    : undefined

/** The level that the correction needs, where the one who acts has it. */
async function levelFor(tx: Tx, law: Law, correction: CorrectionRow): Promise<Result<Level>> {
  const month = monthFromNumber(correction.month)
  const issued = await issuedMonth(tx, correction.payer_id, month)
  if (!issued) throw new Error(`correction ${correction.correction_id} is of a month that was never issued`)
  const settlement = (await payersOf(tx, [correction.payer_id])).get(correction.payer_id)?.settlement ?? 'receivable'
  const { kind } = correction
  if (kind === 'member' && !issued.posted)
    return refuse(
      no('bill-unpaid', 'A contribution is given to another worker after its bill is paid.', 'Pay the bills of the month first.', {
        month,
        payer: correction.payer_id.toString(),
      }),
    )
  const needed = neededLevel(law, tx.today(law.pack.timeZone), { kind, settlement, posted: issued.posted, issuedOn: issued.issued_on })
  if (!needed.ok) return needed
  const level = levelOf(await officeKind(tx, tx.actor.officeId === null ? null : BigInt(tx.actor.officeId)), tx.actor.role)
  if (level === null || !atLeast(level, needed.value))
    return refuse(
      no('level-too-low', `This correction is approved at the level "${needed.value}" or above.`, 'Hand it to somebody of that level.', {
        needed: needed.value,
        level: level ?? '',
      }),
    )
  return needed
}

export type Approved = { readonly correctionId: bigint; readonly billId: bigint; readonly total: bigint; readonly done: boolean }

/** @param seen the difference that the one who approves has seen, in minor units; another one is refused. */
export async function approveCorrection(
  tx: Tx,
  law: Law,
  { id, seen, why }: { id: bigint; seen: bigint; why: string },
): Promise<Result<Approved>> {
  const correction = await load(tx, id, 'approve')
  if (!correction.ok) return correction
  const same = anotherPerson(tx, correction.value)
  if (same) return refuse(same)
  if (why.trim() === '') return refuse(reasonMissing)
  const level = await levelFor(tx, law, correction.value)
  if (!level.ok) return level
  const { payer_id } = correction.value
  const month = monthFromNumber(correction.value.month)
  await lockPayers(tx, [payer_id])
  await lockMonthRows(tx, month)
  if (await isBeingReassessed(tx, month)) return refuse(beingReassessed(month))
  const weighed = await weighCorrection(tx, law, correction.value)
  if (!weighed.ok) return weighed
  const { billId, difference, tariff } = weighed.value
  if (difference.total !== seen)
    return refuse(
      no('difference-changed', 'Whoever approves has seen the difference as it is now.', 'Look at the correction again.', {
        seen: seen.toString(),
        difference: difference.total.toString(),
      }),
    )
  await decide(tx, id, { state: 'approved', why: why.trim(), level: level.value, billId }, tx.today(law.pack.timeZone))
  const [bill] = await applyChanges(tx, law, month, tariff)
  if (!bill) throw new Error(`correction ${id} changed nothing`)
  await tell(tx, correction.value, 'approve', { bill: bill.bill_id.toString(), total: bill.total.toString(), level: level.value })
  // A shortage that waiting credit has paid was finished by its settlement already.
  if (bill.state === 'paid') await finishCorrections(tx, [bill.bill_id], tx.today(law.pack.timeZone))
  return ok({ correctionId: id, billId, total: bill.total, done: (await findCorrection(tx, id))?.state === 'done' })
}

export async function refuseCorrection(tx: Tx, law: Law, { id, why }: { id: bigint; why: string }): Promise<Result<bigint>> {
  const correction = await load(tx, id, 'refuse')
  if (!correction.ok) return correction
  const same = anotherPerson(tx, correction.value)
  if (same) return refuse(same)
  return end(tx, law, correction.value, 'refuse', why)
}

/** Only who proposed it takes it back. */
export async function withdrawCorrection(tx: Tx, law: Law, { id, why }: { id: bigint; why: string }): Promise<Result<bigint>> {
  const correction = await load(tx, id, 'withdraw')
  if (!correction.ok) return correction
  if (correction.value.proposed_by !== tx.actor.actorId)
    return refuse(no('not-yours', 'A correction is withdrawn by who proposed it.', 'Refuse it instead.', { correction: id.toString() }))
  return end(tx, law, correction.value, 'withdraw', why)
}

async function end(tx: Tx, law: Law, correction: CorrectionRow, deed: 'refuse' | 'withdraw', why: string): Promise<Result<bigint>> {
  if (why.trim() === '') return refuse(reasonMissing)
  const state = deed === 'refuse' ? 'refused' : 'withdrawn'
  await decide(tx, correction.correction_id, { state, why: why.trim(), level: null, billId: null }, tx.today(law.pack.timeZone))
  await tell(tx, correction, deed, {})
  return ok(correction.correction_id)
}

async function tell(tx: Tx, correction: CorrectionRow, deed: CorrectionDeed, more: Record<string, string>): Promise<void> {
  const step = correctionStep(correction.state, deed)
  if (!step.ok) throw new Error(step.refusal.rule)
  await tx.emit({
    kind: step.value.event,
    room: 'contributions',
    subject: `correction:${correction.correction_id}`,
    payload: {
      correction: correction.correction_id.toString(),
      payer: correction.payer_id.toString(),
      month: monthFromNumber(correction.month),
      ...more,
    },
  })
}
