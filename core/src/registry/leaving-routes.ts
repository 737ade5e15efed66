// Leaving and returning over HTTP: endings, what takes them back, moves between segments, deaths.
import type { Pack } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import { type Handlers, inTransaction, type Tx } from '../platform/index.ts'
import { membershipUnknown } from './domain/member-row.ts'
import { given, membershipJson, membershipRow } from './translate.ts'
import { endMemberships } from './use-cases/end-memberships.ts'
import { findMember } from './use-cases/find-member.ts'
import { moveMembership } from './use-cases/move-membership.ts'
import type { MembershipResult } from './use-cases/register-memberships.ts'
import { reportDeath } from './use-cases/report-death.ts'
import { takeBackDeath } from './use-cases/take-back-death.ts'
import { takeBackEnds } from './use-cases/take-back-ends.ts'

/** The membership as it is after a deed; looking at it is noted. */
async function shown(
  tx: Tx,
  number: string,
  { personId, ordinal }: { readonly personId: bigint | null; readonly ordinal: number },
  why: string,
): Promise<Result<ReturnType<typeof membershipJson>>> {
  const member = await findMember(tx, number, { view: 'membership', why })
  if (!member.ok) return member
  // Two numbers of one human being may each have a membership of this ordinal.
  const membership = member.value.memberships.find(
    (each) => each.ordinal === ordinal && each.personId === (personId ?? member.value.person.personId),
  )
  return membership ? ok(membershipJson(membership)) : refuse(membershipUnknown(number, ordinal))
}

const after = (tx: Tx, number: string, [result]: readonly MembershipResult[], why: string) =>
  result?.ordinal == null
    ? refuse(result?.refusal ?? membershipUnknown(number, 0))
    : shown(tx, number, { personId: result.personId, ordinal: result.ordinal }, why)

export const leavingHandlers = (pack: Pack) =>
  ({
    endMembership: async ({ params, body }, { platform, online, key }) => {
      const command = given({ name: 'endMembership', input: { ...params, ...body }, key })
      return inTransaction(platform, online, command, async (tx, { number, ordinal, lastDay, reason }) =>
        after(tx, number, await endMemberships(tx, pack, [{ memberNumber: number, ordinal: Number(ordinal), lastDay, reason }]), reason),
      )
    },
    takeBackEnd: async ({ params, body }, { platform, online, key }) => {
      const command = given({ name: 'takeBackEnd', input: { ...params, ...body }, key })
      return inTransaction(platform, online, command, async (tx, { number, ordinal, reason }) =>
        after(tx, number, await takeBackEnds(tx, pack, [{ memberNumber: number, ordinal: Number(ordinal), reason }]), reason),
      )
    },
    moveMembership: async ({ params, body }, { platform, online, key }) => {
      const command = given({ name: 'moveMembership', input: { ...params, ...body }, key })
      return inTransaction(platform, online, command, async (tx, { number, ordinal, reason, ...to }) => {
        const moved = await moveMembership(tx, pack, {
          ordinal: Number(ordinal),
          reason,
          to: membershipRow({ ...to, memberNumber: number }),
        })
        return moved.ok ? shown(tx, number, { personId: null, ordinal: moved.value }, reason) : moved
      })
    },
    reportDeath: async ({ params, body }, { platform, actor, key }) => {
      const command = given({ name: 'reportDeath', input: { ...params, ...body }, key })
      return inTransaction(platform, { role: 'run', actor }, command, async (tx, { number, diedOn, evidence }) => {
        const done = await reportDeath(tx, pack, { memberNumber: number, diedOn, evidence })
        return done.ok ? ok({ diedOn: done.value.diedOn, memberships: done.value.ended }) : done
      })
    },
    takeBackDeath: async ({ params, body }, { platform, actor, key }) => {
      const command = given({ name: 'takeBackDeath', input: { ...params, ...body }, key })
      return inTransaction(platform, { role: 'run', actor }, command, async (tx, { number, reason }) => {
        const done = await takeBackDeath(tx, pack, number, reason)
        return done.ok ? ok({ memberships: done.value }) : done
      })
    },
  }) satisfies Handlers
