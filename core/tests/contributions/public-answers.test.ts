// What anybody is told about a number without cover, and why: never that a contribution is owed where there is no membership. And the
// control as anybody reads it: the latest check of each month, however often it was made.
import type { Day, Month } from '@payung/values'
import { memberNumber } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandOn } from '../../../tests/command.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, openMonth, publicCover, readControls, roomWith } from '../../src/contributions/index.ts'
import { readAs, systemActor } from '../../src/platform/index.ts'
import { endMemberships, paymentCode } from '../../src/registry/index.ts'

let scheme: TestScheme
const numbers: Record<string, string> = { nobody: memberNumber(9_999_999_998) }
const anybody = { role: 'public', actor: systemActor } as const

async function told(who: string, on: string): Promise<string> {
  const { answer, reason, since, begins, restore } = await readAs(scheme.platform, anybody, (tx) =>
    publicCover(tx, scheme.law, numbers[who] ?? '', on as Day),
  )
  return [answer, reason, since, begins, restore?.amount.amount].map((part) => part ?? '–').join(' | ')
}

async function payTwoMonths(): Promise<void> {
  const { rows } = await scheme.admin.query<{ payer_id: bigint }>(
    'select f.payer_id from contributions.membership_fact f join registry.person p using (person_id) where p.member_number = $1',
    [numbers.payer],
  )
  const code = paymentCode(rows[0]?.payer_id ?? 0n)
  await scheme.pay([{ channel: 'counter', day: '2026-09-05', externalId: 'two', code, amount: '16800' }])
}

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-08-01')
  const { organisationId } = await scheme.organisation({ kind: 'employer', facts: { employer_size: 'small', risk_class: 'I' } })
  const people = await scheme.persons(6)
  const names = ['nothing', 'later', 'unpaid', 'gone', 'employed', 'payer']
  for (const [place, name] of names.entries()) numbers[name] = people[place]?.memberNumber ?? ''
  const own = { segment: 'BPU', base: '1000000', facts: { occupation: 'fisher' } }
  await scheme.memberships([
    { memberNumber: numbers.later ?? '', from: '2026-10-01', ...own },
    { memberNumber: numbers.unpaid ?? '', from: '2026-08-01', ...own },
    { memberNumber: numbers.payer ?? '', from: '2026-08-01', ...own },
    { memberNumber: numbers.gone ?? '', from: '2026-08-01', ...own },
    { memberNumber: numbers.employed ?? '', from: '2026-08-01', segment: 'PU', organisationId, base: '5000000' },
  ])
})
afterAll(() => scheme.close())

it('before the first month is opened nothing is claimed about what somebody paid', async () => {
  expect(await told('unpaid', '2026-08-10')).toBe('not covered | month-not-open | – | – | –')
})

describe('a number without cover', () => {
  beforeAll(async () => {
    await scheme.run((tx) => openMonth(tx, scheme.law, '2026-08' as Month))
    await scheme.run((tx) => openMonth(tx, scheme.law, '2026-09' as Month))
    scheme.at('2026-09-05')
    const left = { memberNumber: numbers.gone ?? '', ordinal: 1, lastDay: '2026-08-31', reason: 'left' }
    await scheme.run((tx) => endMemberships(tx, scheme.law.pack, [left]))
    await payTwoMonths()
    scheme.at('2026-09-10')
  })

  it.each`
    who           | on              | answer
    ${'nobody'}   | ${'2026-09-10'} | ${'unknown number | – | – | – | –'}
    ${'nothing'}  | ${'2026-09-10'} | ${'not covered | no-membership | – | – | –'}
    ${'later'}    | ${'2026-09-10'} | ${'not covered | membership-not-begun | – | 2026-10-01 | –'}
    ${'unpaid'}   | ${'2026-09-10'} | ${'not covered | never-paid | 2026-08-01 | – | 8400'}
    ${'unpaid'}   | ${'2026-07-31'} | ${'not covered | membership-not-begun | – | 2026-08-01 | –'}
    ${'gone'}     | ${'2026-09-10'} | ${'not covered | left | 2026-09-01 | – | –'}
    ${'employed'} | ${'2026-09-10'} | ${'not covered | employer-unpaid | 2026-08-01 | – | –'}
    ${'unpaid'}   | ${'2026-09-20'} | ${'not covered | never-paid | 2026-08-01 | – | –'}
    ${'payer'}    | ${'2026-09-10'} | ${'covered | – | 2026-09-05 | – | –'}
    ${'payer'}    | ${'2026-12-10'} | ${'outstanding | not-yet-paid | – | – | –'}
    ${'payer'}    | ${'2027-02-10'} | ${'not covered | not-yet-paid | 2027-02-01 | – | –'}
  `('$who on $on: $answer', async ({ who, on, answer }: Record<'who' | 'on' | 'answer', string>) => {
    expect(await told(who, on)).toBe(answer)
  })

  it('is told why at the desk too', async () => {
    const run = commandOn(scheme.platform, roomWith(scheme.law).commands ?? [])
    const done = await run('cover', numbers.unpaid ?? '', '--on', '2026-09-10')
    const [head, , line] = done.ok ? [...done.value.lines, ...done.value.lines] : []
    expect(`${head}`).toMatch(/ why +rule/)
    expect(`${line}`).toMatch(/ never-paid +/)
  })
})

it('of several checks of a month only the latest is told', async () => {
  for (const [step, month] of [
    ['run 2026-08', '2026-08'],
    ['command', null],
    ['run 2026-09', '2026-09'],
    ['correction 7', '2026-08'],
    ['command', null],
  ] as const)
    await scheme.run((tx) => checkControl(tx, step, month as Month | null))
  const rows = await readAs(scheme.platform, anybody, (tx) => readControls(tx, 24))
  expect(rows.map(({ step, difference }) => `${step}: ${difference}`)).toEqual(['command: 0', 'correction 7: 0', 'run 2026-09: 0'])
})
