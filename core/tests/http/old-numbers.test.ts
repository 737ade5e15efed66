// Old numbers of whatever form lead to their person wherever a number is asked for; a mistyped number of ours is still told.
import type { Month } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMonth } from '../../src/contributions/index.ts'
import { mergePersons } from '../../src/registry/index.ts'
import { type Served, serve } from './served.ts'

let served: Served
let officer = ''
let own = ''
beforeAll(async () => {
  served = await serve('2026-06-10')
  officer = await served.actor({ kind: 'staff', role: 'officer', officeId: 1n })
  own = (await served.persons(1))[0]?.memberNumber ?? ''
  await served.memberships([{ memberNumber: own, segment: 'BPU', base: '1000000', from: '2026-06-01' }])
  await served.run((tx) => openMonth(tx, served.law, '2026-06' as Month))
  for (const alias of ['bga-00001', '12345678', '10000000000']) {
    const merge = { alias, into: own, reason: 'from the system before', consent: 'at the desk' }
    expect((await served.run((tx) => mergePersons(tx, served.law.pack, merge))).ok).toBe(true)
  }
})
afterAll(() => served.close())

it.each`
  typed            | told
  ${'BGA00001'}    | ${'not covered'}
  ${'bga 00-001'}  | ${'not covered'}
  ${'BGA–00001'}   | ${'not covered'}
  ${'1234.5678'}   | ${'not covered'}
  ${'10000000000'} | ${'not covered'}
  ${'BGA00002'}    | ${'letters'}
  ${'12345679'}    | ${'length'}
  ${'10000000001'} | ${'check-digit'}
`('$typed is $told', async ({ typed, told }: { typed: string; told: string }) => {
  const address = encodeURIComponent(typed)
  const { body } = await served.get<{ answer: string; wrong: string | null }>(null, `/v1/public/cover/${address}`)
  expect(body.wrong ?? body.answer).toBe(told)
  for (const noun of ['cover', 'contributions', 'savings']) {
    const asked = await served.get(officer, `/v1/members/${address}/${noun}`)
    expect([noun, asked.status, asked.body.refusal?.code]).toEqual(
      told === 'not covered' ? [noun, 200, undefined] : [noun, 422, 'member-number-mistyped'],
    )
  }
})

it('two memberships of one ordinal are told apart by the number under which each was registered', async () => {
  const [older = '', newer = ''] = (await served.persons(2)).map(({ memberNumber }) => memberNumber)
  const firms = [await served.organisation({ kind: 'employer' }), await served.organisation({ kind: 'employer' })]
  const row = { segment: 'PU', base: '5000000', from: '2026-06-01' }
  await served.memberships(
    [older, newer].map((memberNumber, at) => ({ ...row, memberNumber, organisationId: firms[at]?.organisationId ?? 0n })),
  )
  const merge = { alias: older, into: newer, reason: 'one card', consent: 'at the desk' }
  expect((await served.run((tx) => mergePersons(tx, served.law.pack, merge))).ok).toBe(true)
  const ended = await served.post<object>(officer, `/v1/members/${older}/memberships/1/end`, { lastDay: '2026-06-30', reason: 'left' })
  expect(ended.body).toMatchObject({ memberNumber: older, ordinal: 1, until: '2026-07-01' })
  const { body } = await served.get<{ memberships: object[] }>(officer, `/v1/members/${newer}?why=test`)
  expect(body.memberships).toMatchObject([
    { memberNumber: older, ordinal: 1, until: '2026-07-01', organisationId: String(firms[0]?.organisationId) },
    { memberNumber: newer, ordinal: 1, until: null, organisationId: String(firms[1]?.organisationId) },
  ])
})
