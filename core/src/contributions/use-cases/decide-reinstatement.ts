// One verdict on a case of late money: each level speaks once and in its order, a different person each time. After the last approval,
// and after a refusal, the money that waited pays what comes next: the months from the lapse on, or a new period.
import type { Law } from '@payung/law'
import { ok, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { lockPayers, servePayers } from '../../registry/index.ts'
import { decideVerdict, type Verdict } from '../domain/reinstatement.ts'
import type { MoneyReleased } from '../events.ts'
import { addVerdict, type CaseRow, officeKindOf, readCases } from '../store/reinstatements.ts'

/** Gives the case as it stands afterwards. */
export async function decideReinstatement(tx: Tx, law: Law, caseId: bigint, given: Verdict): Promise<Result<CaseRow>> {
  const [asked] = await readCases(tx, { caseId, limit: 1 })
  const served = await servePayers(tx, asked ? [asked.payerId] : [])
  if (!served.ok) return served
  if (asked) await lockPayers(tx, [asked.payerId])
  // Read again under the lock: somebody else may have spoken meanwhile.
  const [known] = await readCases(tx, { caseId, limit: 1 })
  const approved = known?.verdicts.filter(({ verdict }) => verdict === 'approved') ?? []
  const level = decideVerdict(given, known && { ...known, approvals: approved.length, approvedBy: approved.map(({ by }) => by) }, {
    actorId: tx.actor.actorId,
    officeKind: await officeKindOf(tx),
  })
  if (!level.ok) return level
  if (!known) throw new Error('a case that nobody knows was decided')
  await addVerdict(tx, known, { level: level.value, verdict: given.verdict, reason: given.reason.trim() }, tx.today(law.pack.timeZone))
  const [after] = await readCases(tx, { caseId, limit: 1 })
  if (!after) throw new Error('a case was decided and is not there')
  const detail: MoneyReleased = [after.payerId]
  await tx.emit({
    kind: after.state === 'open' ? 'reinstatement-passed-on' : 'reinstatement-decided',
    room: 'contributions',
    subject: `reinstatement:${caseId}`,
    payload: { state: after.state, level: level.value, payer: after.payerId.toString(), members: after.members },
    detail,
  })
  return ok(after)
}
