// Moves a member from one segment to another on a day: the old membership ends the day before and a new one begins, or neither.
import type { Pack } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { dayBefore } from '../domain/leaving.ts'
import type { NewMembership } from '../domain/membership.ts'
import { endMemberships } from './end-memberships.ts'
import { registerMemberships } from './register-memberships.ts'

export type Move = { readonly ordinal: number; readonly to: NewMembership; readonly reason: string }

/** Gives the ordinal of the new membership. The caller's transaction is rolled back by a refusal, so that nobody is left between two segments. */
export async function moveMembership(tx: Tx, pack: Pack, { ordinal, to, reason }: Move): Promise<Result<number>> {
  const lastDay = dayBefore(to.from)
  if (!lastDay.ok) return lastDay
  const [ended] = await endMemberships(tx, pack, [{ memberNumber: to.memberNumber, ordinal, lastDay: lastDay.value, reason }], 'moved')
  if (ended?.refusal) return refuse(ended.refusal)
  const [opened] = await registerMemberships(tx, { pack }, [to])
  return opened?.ordinal == null ? refuse(opened?.refusal ?? { code: 'not-opened', rule: '', data: {}, next: '' }) : ok(opened.ordinal)
}
