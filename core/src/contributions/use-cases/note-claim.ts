// Notes that something was paid out to a member or his heirs. Of savings: a membership that lapses afterwards is inactive instead of ended. Of any
// programme: who pays for himself is given back the months after the month of the claim (Perdir 22/2022).
import type { Law } from '@payung/law'
import { type Day, ok, parseDay, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { addNotedClaim } from '../store/noted-claims.ts'

export type ClaimNote = { readonly personId: bigint; readonly programme: string; readonly claimedOn: string; readonly evidence: string }

export async function noteClaim(tx: Tx, law: Law, { personId, programme, claimedOn, evidence }: ClaimNote): Promise<Result<Day>> {
  const day = parseDay(claimedOn)
  const today = tx.today(law.pack.timeZone)
  const given = { programme, claimedOn, evidence }
  const no = (code: string, field: keyof typeof given, rule: string, next: string) =>
    refuse({ code, rule, data: { field, given: given[field] }, next })
  const known = law.pack.programmes.map(({ code }) => code)
  if (!known.includes(programme))
    return no('programme-unknown', 'programme', 'A claim is of a programme of the pack.', `Name one of ${known.join(', ')}.`)
  if (!day) return no('wrong-day', 'claimedOn', 'A day is written YYYY-MM-DD.', 'Write for instance 2026-10-31.')
  if (day > today) return no('wrong-day', 'claimedOn', 'A claim is noted when it was decided.', 'Check the day.')
  if (evidence.trim() === '')
    return no('evidence-missing', 'evidence', 'A claim is noted by a paper.', 'Name the decision or the order of payment.')
  if (!(await addNotedClaim(tx, { personId, programme, claimedOn: day, evidence: evidence.trim() }, today)))
    return no('claim-known', 'claimedOn', 'A claim of this programme and day is noted already.', 'Nothing is to be done.')
  await tx.emit({ kind: 'claim-noted', room: 'contributions', subject: `person:${personId}`, payload: { programme, claimedOn: day } })
  return ok(day)
}
