// Leaving and returning: what is refused and in which order, what is told, and that nothing of a mistake is hidden.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandOn } from '../../../tests/command.ts'
import { type Event, makeSubscribers } from '../../src/platform/index.ts'
import { type EndsTakenBack, registerMemberships, roomWith } from '../../src/registry/index.ts'
import { freshLand, type Land } from './land.ts'

let land: Land
let run: ReturnType<typeof commandOn>
let firm: { organisationId: bigint; payerId: bigint }
let rival: typeof firm
const told: Event[] = []

beforeAll(async () => {
  const subscribers = makeSubscribers()
  for (const kind of ['memberships-ended', 'ends-taken-back', 'person-died', 'death-taken-back', 'memberships-opened'])
    subscribers.on(kind, async (_tx, event) => void told.push(event))
  land = await freshLand({ subscribers })
  run = commandOn(land.platform, roomWith(land.pack).commands ?? [])
  firm = await land.organisation('firm', { night_work: 'no' })
  rival = await land.organisation('firm', { night_work: 'no' })
})
afterAll(() => land.close())

const takenBack = () => (told.at(-1)?.detail ?? []) as EndsTakenBack

type Row = { segment?: string; organisationId?: bigint; from?: string }
async function member(...rows: Row[]): Promise<{ memberNumber: string; personId: bigint }> {
  const [made] = await land.persons([{}])
  const memberNumber = made?.memberNumber ?? ''
  const opened = await land.run((tx) =>
    registerMemberships(
      tx,
      { pack: land.pack },
      rows.map((row) => ({
        memberNumber,
        segment: 'employee',
        organisationId: firm.organisationId,
        from: '2026-02-01',
        base: '100',
        ...row,
      })),
    ),
  )
  for (const { refusal } of opened) if (refusal) throw new Error(refusal.rule)
  return { memberNumber, personId: made?.personId ?? 0n }
}
const tell = async (...line: string[]): Promise<string> => {
  const done = await run(...line)
  return done.ok ? done.value.lines.join('\n') : done.refusal.code
}
const end = (number: string, lastDay: string, ordinal = '1') =>
  tell('member', 'end', number, '--last-day', lastDay, '--reason', 'left', '--membership', ordinal)
const back = (number: string, reason = 'swapped with another', ordinal = '1') =>
  tell('member', 'return', number, '--reason', reason, '--membership', ordinal)
const died = (number: string, on: string, paper = 'certificate 7') => tell('member', 'died', number, '--on', on, '--reason', paper)
const memberships = async (personId: bigint) =>
  (
    await land.admin.query<{ row: string }>(
      `select concat_ws(' ', m.ordinal, m.segment, m.from_day, m.until_day, '|', a.payer_id, a.from_day, a.until_day) as row
       from registry.membership m join registry.arrangement a using (person_id, ordinal) where m.person_id = $1 order by m.ordinal, a.from_day`,
      [personId],
    )
  ).rows.map(({ row }) => row)
const deeds = async (personId: bigint) =>
  (
    await land.admin.query<{ row: string }>(
      `select concat_ws(' ', ordinal, deed, day, reason) as row from registry.membership_deed where person_id = $1 order by deed_id`,
      [personId],
    )
  ).rows.map(({ row }) => row)

describe('an ending that was a mistake', () => {
  it('is taken back: membership and payer go on, and both deeds stay to be read', async () => {
    const { memberNumber, personId } = await member({})
    expect(await end(memberNumber, '2026-08-15')).toBe('Membership 1 ends on 2026-08-15.')
    expect(await memberships(personId)).toEqual([`1 employee 2026-02-01 2026-08-16 | ${firm.payerId} 2026-02-01 2026-08-16`])
    expect(await back(memberNumber)).toBe('Membership 1 goes on as if it had never ended.')
    expect(await memberships(personId)).toEqual([`1 employee 2026-02-01 | ${firm.payerId} 2026-02-01`])
    expect(await deeds(personId)).toEqual(['1 ended 2026-08-16 left', '1 taken-back 2026-08-16 swapped with another'])
    expect(told.at(-1)?.kind).toBe('ends-taken-back')
    expect(told.at(-1)?.detail as EndsTakenBack).toMatchObject([{ personId, from: '2026-08-16', until: null, payerId: firm.payerId }])
  })

  it('may be reported and taken back again and again', async () => {
    const { memberNumber, personId } = await member({})
    for (const day of ['2026-08-15', '2026-06-30', '2026-09-01']) {
      await end(memberNumber, day)
      await back(memberNumber)
    }
    expect(await memberships(personId)).toEqual([`1 employee 2026-02-01 | ${firm.payerId} 2026-02-01`])
    expect(await deeds(personId)).toHaveLength(6)
  })

  it('gives back each payer of the days on which he paid', async () => {
    const { memberNumber, personId } = await member({ segment: 'solo', organisationId: undefined as never })
    const sponsor = await land.organisation('sponsor')
    await tell('payer', 'change', memberNumber, '--to', String(sponsor.payerId), '--from', '2026-07-01')
    await end(memberNumber, '2026-05-31')
    await back(memberNumber)
    const [first, second] = await memberships(personId)
    expect(first).toMatch(/^1 solo 2026-02-01 \| \d+ 2026-02-01 2026-07-01$/)
    expect(second).toBe(`1 solo 2026-02-01 | ${sponsor.payerId} 2026-07-01`)
    expect(takenBack().map(({ from, until }) => [from, until])).toEqual([
      ['2026-06-01', '2026-07-01'],
      ['2026-07-01', null],
    ])
  })

  it.each`
    case                                   | ended    | again    | dead     | reason   | ordinal | code
    ${'nobody has this number'}            | ${true}  | ${false} | ${false} | ${'why'} | ${'1'}  | ${'member-number-mistyped'}
    ${'no such membership'}                | ${true}  | ${false} | ${false} | ${'why'} | ${'9'}  | ${'membership-unknown'}
    ${'it never ended'}                    | ${false} | ${false} | ${false} | ${''}    | ${'1'}  | ${'membership-not-ended'}
    ${'no reason'}                         | ${true}  | ${true}  | ${true}  | ${'  '}  | ${'1'}  | ${'reason-missing'}
    ${'the member died since'}             | ${true}  | ${true}  | ${true}  | ${'why'} | ${'1'}  | ${'person-died'}
    ${'returned under a newer membership'} | ${true}  | ${true}  | ${false} | ${'why'} | ${'1'}  | ${'membership-overlaps'}
    ${'all is well'}                       | ${true}  | ${false} | ${false} | ${'why'} | ${'1'}  | ${'Membership 1 goes on as if it had never ended.'}
  `('is not taken back when $case', async ({ case: name, ended, again, dead, reason, ordinal, code }) => {
    const { memberNumber } = await member({})
    if (ended) await end(memberNumber, '2026-05-31')
    if (again)
      await land.run((tx) =>
        registerMemberships(tx, { pack: land.pack }, [
          { memberNumber, segment: 'employee', organisationId: firm.organisationId, from: '2026-07-01', base: '1' },
        ]),
      )
    if (dead) await died(memberNumber, '2026-10-01')
    expect(await back(name === 'nobody has this number' ? '1' : memberNumber, reason, ordinal)).toBe(code)
  })
})

describe('a death', () => {
  it('ends every membership on its day, and nobody is registered anew; taken back, they go on', async () => {
    const { memberNumber, personId } = await member({}, { organisationId: rival.organisationId, from: '2026-03-01' })
    await end(memberNumber, '2026-04-30', '2')
    expect(await died(memberNumber, '2026-09-10')).toBe('1 memberships ended on 2026-09-10.')
    expect(await memberships(personId)).toEqual([
      `1 employee 2026-02-01 2026-09-11 | ${firm.payerId} 2026-02-01 2026-09-11`,
      `2 employee 2026-03-01 2026-05-01 | ${rival.payerId} 2026-03-01 2026-05-01`,
    ])
    const [again] = await land.run((tx) =>
      registerMemberships(tx, { pack: land.pack }, [{ memberNumber, segment: 'solo', from: '2026-10-01' }]),
    )
    expect(again?.refusal?.code).toBe('person-died')
    expect(await tell('member', 'died', memberNumber, '--reason', 'another person of that name')).toBe(
      'The report is taken back; 1 memberships go on.',
    )
    expect((await memberships(personId))[0]).toBe(`1 employee 2026-02-01 | ${firm.payerId} 2026-02-01`)
    expect(await tell('member', 'died', memberNumber, '--reason', 'again')).toBe('death-unknown')
  })

  it('shortens a membership that would have ended later', async () => {
    const { memberNumber, personId } = await member({})
    await end(memberNumber, '2026-12-31')
    expect(await died(memberNumber, '2026-09-10')).toBe('1 memberships ended on 2026-09-10.')
    expect((await memberships(personId))[0]).toContain('2026-02-01 2026-09-11')
  })

  it.each`
    on              | paper     | before   | code
    ${'soon'}       | ${''}     | ${true}  | ${'wrong-day-of-death'}
    ${'1980-01-01'} | ${''}     | ${true}  | ${'wrong-day-of-death'}
    ${'2026-11-03'} | ${''}     | ${true}  | ${'wrong-day-of-death'}
    ${'2026-09-10'} | ${''}     | ${true}  | ${'death-known'}
    ${'2026-01-10'} | ${' '}    | ${false} | ${'evidence-missing'}
    ${'2026-01-10'} | ${'no 7'} | ${false} | ${'membership-after-death'}
    ${'2026-02-01'} | ${'no 7'} | ${false} | ${'1 memberships ended on 2026-02-01.'}
  `('on "$on" by "$paper" is answered with $code', async ({ on, paper, before, code }) => {
    const { memberNumber } = await member({})
    if (before) await died(memberNumber, '2026-09-01')
    expect(await died(memberNumber, on, paper)).toBe(code)
  })
})

describe('a move to another segment', () => {
  const move = (number: string, to: string, from: string, ...more: string[]) =>
    tell('member', 'move', number, '--to', to, '--from', from, '--reason', 'alone now', ...more)

  it('ends one membership and begins the other, without a day between', async () => {
    const { memberNumber, personId } = await member({})
    expect(await move(memberNumber, 'solo', '2026-06-01', '--base', '70')).toBe('Membership 2 in solo begins on 2026-06-01.')
    expect((await memberships(personId)).map((row) => row.replace(/ \|.*/, ''))).toEqual([
      '1 employee 2026-02-01 2026-06-01',
      '2 solo 2026-06-01',
    ])
    expect(await deeds(personId)).toEqual(['1 moved 2026-06-01 alone now'])
  })

  it.each`
    to          | from            | more                    | code
    ${'solo'}   | ${'2026-02-30'} | ${[]}                   | ${'wrong-first-day'}
    ${'solo'}   | ${'2026-01-31'} | ${[]}                   | ${'wrong-last-day'}
    ${'pirate'} | ${'2026-06-01'} | ${[]}                   | ${'segment-unknown'}
    ${'solo'}   | ${'2026-06-01'} | ${['--base=-1']}        | ${'wrong-base'}
    ${'solo'}   | ${'2026-06-01'} | ${['--organisation=x']} | ${'wrong-usage'}
  `('to $to on $from is refused with $code, and nothing has ended', async ({ to, from, more, code }) => {
    const { memberNumber, personId } = await member({})
    expect(await move(memberNumber, to, from, ...(more as string[]))).toBe(code)
    expect(await memberships(personId)).toEqual([`1 employee 2026-02-01 | ${firm.payerId} 2026-02-01`])
  })
})
