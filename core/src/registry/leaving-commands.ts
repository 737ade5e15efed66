// `payung member end | return | move | died`: leaving, returning, and what was reported by mistake.
import type { Pack } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import { type Answer, answer, type Command, type CommandContext, inTransaction, misuse, systemActor, type Tx } from '../platform/index.ts'
import { given } from './translate.ts'
import { endMemberships } from './use-cases/end-memberships.ts'
import { moveMembership } from './use-cases/move-membership.ts'
import type { MembershipResult } from './use-cases/register-memberships.ts'
import { reportDeath } from './use-cases/report-death.ts'
import { takeBackDeath } from './use-cases/take-back-death.ts'
import { takeBackEnds } from './use-cases/take-back-ends.ts'

const caller = { role: 'run', actor: systemActor } as const

/** One deed about one member: the number stands in the words, the rest in the options. */
async function act<Value>(
  context: CommandContext,
  name: string,
  work: (tx: Tx, memberNumber: string) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const memberNumber = context.words.join('')
  if (memberNumber === '')
    return misuse('A deed names the member.', {}, `Write the number after the options: payung member ${name} … 10000282348`)
  return inTransaction(await context.platform(), caller, { name: `member ${name}`, input: memberNumber }, work)
}

const ordinalOf = (context: CommandContext): number => Number(context.required('membership')) || 0
const one = ([result]: readonly MembershipResult[]): Result<number> =>
  result?.ordinal == null ? refuse(result?.refusal ?? { code: 'not-done', rule: '', data: {}, next: '' }) : ok(result.ordinal)

async function end(context: CommandContext, pack: Pack): Promise<Result<Answer>> {
  const [lastDay, reason] = [context.required('last-day'), context.required('reason')]
  const done = await act(context, 'end', async (tx, memberNumber) =>
    one(await endMemberships(tx, pack, [{ memberNumber, ordinal: ordinalOf(context), lastDay, reason }])),
  )
  return done.ok ? answer({ membership: done.value, lastDay }, `Membership ${done.value} ends on ${lastDay}.`) : done
}

async function comeBack(context: CommandContext, pack: Pack): Promise<Result<Answer>> {
  const reason = context.required('reason')
  const done = await act(context, 'return', async (tx, memberNumber) =>
    one(await takeBackEnds(tx, pack, [{ memberNumber, ordinal: ordinalOf(context), reason }])),
  )
  return done.ok ? answer({ membership: done.value }, `Membership ${done.value} goes on as if it had never ended.`) : done
}

async function move(context: CommandContext, pack: Pack): Promise<Result<Answer>> {
  const [organisation, base] = [context.text('organisation'), context.text('base')]
  if (organisation !== undefined && !/^\d{1,18}$/.test(organisation))
    return misuse('An organisation is named by its number.', { organisation }, 'Leave it out for somebody who works alone.')
  const [segment, from] = [context.required('to'), context.required('from')]
  const to = given({ segment, from, base, organisationId: organisation === undefined ? undefined : BigInt(organisation) })
  const done = await act(context, 'move', (tx, memberNumber) =>
    moveMembership(tx, pack, { ordinal: ordinalOf(context), reason: context.required('reason'), to: { ...to, memberNumber } }),
  )
  return done.ok ? answer({ membership: done.value, segment, from }, `Membership ${done.value} in ${segment} begins on ${from}.`) : done
}

async function died(context: CommandContext, pack: Pack): Promise<Result<Answer>> {
  const [on, reason] = [context.text('on'), context.required('reason')]
  if (on === undefined) {
    const back = await act(context, 'died', (tx, memberNumber) => takeBackDeath(tx, pack, memberNumber, reason))
    return back.ok ? answer({ memberships: back.value }, `The report is taken back; ${back.value} memberships go on.`) : back
  }
  const done = await act(context, 'died', (tx, memberNumber) => reportDeath(tx, pack, { memberNumber, diedOn: on, evidence: reason }))
  return done.ok
    ? answer({ diedOn: done.value.diedOn, memberships: done.value.ended }, `${done.value.ended} memberships ended on ${done.value.diedOn}.`)
    : done
}

const membership = { type: 'string', summary: 'which of the member’s memberships', value: 'no', default: '1' } as const
const reason = { type: 'string', summary: 'who told it, and by which paper', value: 'text', required: true } as const
const words = '<member number>'

export const leavingCommandsOf = (pack: Pack): readonly Command[] => [
  {
    name: 'member end',
    summary: 'end a membership on its last day',
    words,
    options: { 'last-day': { type: 'string', summary: 'the last day', value: 'day', required: true }, membership, reason },
    run: (context) => end(context, pack),
  },
  {
    name: 'member return',
    summary: 'take back an ending that was reported by mistake; the membership goes on',
    words,
    options: { membership, reason },
    run: (context) => comeBack(context, pack),
  },
  {
    name: 'member move',
    summary: 'move a member to another segment: one membership ends the day before, the next begins',
    words,
    options: {
      to: { type: 'string', summary: 'the segment', value: 'segment', required: true },
      from: { type: 'string', summary: 'the first day there', value: 'day', required: true },
      organisation: { type: 'string', summary: 'the employer there', value: 'no' },
      base: { type: 'string', summary: 'wage or income of a month', value: 'amount' },
      membership,
      reason,
    },
    run: (context) => move(context, pack),
  },
  {
    name: 'member died',
    summary: 'note a death, by which the memberships end; without --on: take a wrong report back',
    words,
    options: { on: { type: 'string', summary: 'the day of death', value: 'day' }, reason },
    run: (context) => died(context, pack),
  },
]
