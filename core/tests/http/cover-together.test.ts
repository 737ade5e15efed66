// Questions about cover that arrive together are answered together: each gets its own answer, each look is noted, and a wrong one harms no other.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMonth } from '../../src/contributions/index.ts'
import { type Served, serve } from './served.ts'

let served: Served
let numbers: string[] = []
let officer = ''
let firm = ''
beforeAll(async () => {
  served = await serve('2026-09-01')
  const { organisationId } = await served.organisation({ kind: 'employer', facts: { employer_size: 'small', risk_class: 'I' } })
  numbers = (await served.persons(12)).map(({ memberNumber }) => memberNumber)
  await served.memberships(
    numbers.map((memberNumber, place) => ({
      memberNumber,
      segment: 'PU',
      organisationId,
      base: String(5_000_000 + place),
      from: '2026-09-01',
    })),
  )
  await served.run((tx) => openMonth(tx, served.law, '2026-09' as never))
  officer = await served.actor({ kind: 'staff', role: 'officer', officeId: 1n })
  firm = await served.actor({
    kind: 'organisation',
    role: 'organisation',
    organisationId: (await served.organisation({ kind: 'employer' })).organisationId,
  })
})
afterAll(() => served.close())

type Body = { on: string; memberships: { memberNumber: string; reason: string | null }[]; refusal?: { code: string } }

it('each question has its own answer and its own look, and who may not see learns nothing', async () => {
  const asked = [...numbers, '1', ...numbers, '10000000017']
  const replies = await Promise.all([
    ...asked.map((number, place) => served.get<Body>(officer, `/v1/members/${number}/cover?why=desk${place % 2 ? '&on=2026-09-20' : ''}`)),
    served.get<Body>(firm, `/v1/members/${numbers[0]}/cover?why=payroll`),
  ])
  for (const [place, number] of asked.entries()) {
    const reply = replies[place]
    if (!numbers.includes(number)) expect(reply?.body.refusal?.code).toMatch(/^(member-number-mistyped|number-unknown)$/)
    else
      expect(reply).toMatchObject({
        status: 200,
        body: { on: place % 2 ? '2026-09-20' : '2026-09-01', memberships: [{ memberNumber: number, reason: 'employer-unpaid' }] },
      })
  }
  expect(replies.at(-1)?.body.refusal?.code).toBe('number-unknown')
  const { rows } = await served.admin.query(
    `select count(*)::integer as looks, count(distinct person_id)::integer as people from platform.access_trail where view = 'cover' and why = 'desk'`,
  )
  expect(rows).toEqual([{ looks: 24, people: 12 }])
})
