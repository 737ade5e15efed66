// Notes that a member's savings were paid out: a membership that lapses afterwards is inactive instead of ended (Perdir 22/2022).
import type { Law } from '@payung/law'
import { type Day, ok, parseDay, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { addSavingsClaim } from '../store/savings-claims.ts'

export type SavingsClaimNote = { readonly personId: bigint; readonly claimedOn: string; readonly evidence: string }

export async function noteSavingsClaim(tx: Tx, law: Law, { personId, claimedOn, evidence }: SavingsClaimNote): Promise<Result<Day>> {
  const day = parseDay(claimedOn)
  const today = tx.today(law.pack.timeZone)
  const no = (code: string, field: string, rule: string, next: string) =>
    refuse({ code, rule, data: { field, given: field === 'claimedOn' ? claimedOn : evidence }, next })
  if (!day) return no('wrong-day', 'claimedOn', 'A day is written YYYY-MM-DD.', 'Write for instance 2026-10-31.')
  if (day > today) return no('wrong-day', 'claimedOn', 'A claim is noted when the savings were paid out.', 'Check the day.')
  if (evidence.trim() === '')
    return no('evidence-missing', 'evidence', 'A claim is noted by a paper.', 'Name the decision or the order of payment.')
  if (!(await addSavingsClaim(tx, { personId, claimedOn: day, evidence: evidence.trim(), toldOn: today })))
    return no('claim-known', 'claimedOn', 'A claim of this day is noted already.', 'Nothing is to be done.')
  await tx.emit({ kind: 'savings-claim-noted', room: 'contributions', subject: `person:${personId}`, payload: { claimedOn: day } })
  return ok(day)
}
