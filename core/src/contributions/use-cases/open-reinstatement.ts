// Opens a case to undo a lapse that late money caused (Perdir 22/2022). While nobody has decided it the payer's money waits, so that
// no new period is opened by mistake.
import type { Law } from '@payung/law'
import { monthOf, ok, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { lockPayers, servePayers } from '../../registry/index.ts'
import { lateMoneyOn, type Opening, refuseOpening } from '../domain/reinstatement.ts'
import { payersOf } from '../store/payers.ts'
import { addCase, lapsedMembers, openCases } from '../store/reinstatements.ts'

export type ReinstatementRequest = Opening & { readonly payerId: bigint }

/** Gives the number of the case. */
export async function openReinstatement(tx: Tx, law: Law, { payerId, ...asked }: ReinstatementRequest): Promise<Result<bigint>> {
  const today = tx.today(law.pack.timeZone)
  const served = await servePayers(tx, [payerId])
  if (!served.ok) return served
  await lockPayers(tx, [payerId])
  const members = await lapsedMembers(tx, payerId, asked.from, monthOf(today), today)
  const rule = refuseOpening(lateMoneyOn(law, today), asked, {
    kind: (await payersOf(tx, [payerId])).get(payerId)?.kind,
    openCase: (await openCases(tx, [payerId])).get(payerId) ?? null,
    lapsed: members.length,
  })
  if (!rule.ok) return rule
  const caseId = await addCase(
    tx,
    {
      payerId,
      from: asked.from,
      through: monthOf(today),
      graceMonths: Math.min(...members.map(({ grace_months }) => grace_months)),
      levels: rule.value.levels,
      reason: asked.reason.trim(),
      evidence: asked.evidence.map((each) => each.trim()).filter((each) => each !== ''),
      members,
    },
    today,
  )
  await tx.emit({
    kind: 'reinstatement-opened',
    room: 'contributions',
    subject: `reinstatement:${caseId}`,
    payload: { payer: payerId.toString(), from: asked.from, through: monthOf(today), members: members.length },
  })
  return ok(caseId)
}
