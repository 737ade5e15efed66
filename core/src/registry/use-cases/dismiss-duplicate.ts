// Says that two who were proposed as one person are two: the pair is not proposed again.
import type { Pack } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { refuseNumber } from '../domain/membership.ts'
import { dismissProposal } from '../merge-store.ts'
import { findByNumber } from '../person-store.ts'
import { serveMember } from './find-member.ts'
import { plainNumber } from './read-surroundings.ts'

export async function dismissDuplicate(tx: Tx, pack: Pack, number: string, other: string, reason: string): Promise<Result<undefined>> {
  const [one, two] = [plainNumber(number), plainNumber(other)]
  const found = await findByNumber(tx, [one, two])
  const [a, b] = [found.get(one)?.personId, found.get(two)?.personId]
  if (a === undefined) return refuse(refuseNumber(number))
  if (b === undefined) return refuse(refuseNumber(other))
  const served = await serveMember(tx, a)
  if (!served.ok) return served
  if (reason.trim() === '')
    return refuse({
      code: 'reason-missing',
      rule: 'Dismissing has a reason.',
      data: {},
      next: 'Say how it is known that they are two persons.',
    })
  if (!(await dismissProposal(tx, a, b, reason.trim(), tx.today(pack.timeZone))))
    return refuse({
      code: 'proposal-unknown',
      rule: 'Only a pair that was proposed is dismissed, and once.',
      data: { number: one, other: two },
      next: 'Look at the duplicates of the member.',
    })
  await tx.emit({ kind: 'duplicate-dismissed', room: 'registry', subject: `person:${a}`, payload: { reason: reason.trim() } })
  return ok(undefined)
}
