// Old numbers of whatever form lead to their person wherever a number is asked for; a mistyped number of ours is still told. Two numbers of
// one human being open and change what stands under both, and nothing of anybody else's.
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMonth } from '../../src/contributions/index.ts'
import { addLetters } from '../../src/notices/store/write-letters.ts'
import { mergePersons, unmergePersons } from '../../src/registry/index.ts'
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

it('who signed in under a number that was merged sees what stands under both, until that is undone, and never another', async () => {
  const [a, b, stranger] = await served.persons(3)
  if (!a || !b || !stranger) throw new Error('no persons')
  const both = [a, b]
  const row = { segment: 'BPU', base: '1000000', from: '2026-06-01' }
  await served.memberships([
    { ...row, memberNumber: a.memberNumber },
    { ...row, memberNumber: stranger.memberNumber },
  ])
  const payers = new Map(
    (await served.admin.query<{ person_id: bigint; payer_id: bigint }>('select person_id, payer_id from registry.payer')).rows.map(
      ({ person_id, payer_id }) => [person_id, payer_id],
    ),
  )
  // A letter to each number: the second has no membership.
  await served.run((tx) =>
    addLetters(
      tx,
      both.map(({ personId }) => ({ personId, kind: 'number-merged' as const, cause: 'test', facts: { numbers: ['1234'] } })),
      '2026-06-10' as Day,
    ),
  )
  const tokens = await Promise.all(both.map(({ personId }) => served.actor({ kind: 'member', role: 'member', personId })))
  const nouns = ['', '/cover', '/contributions', '/savings', '/letters']
  const get = async (token: string, url: string) => (await served.get(token, url)).status
  /** For each of the two tokens, whom it opens of both and the stranger: the statuses of all views, each once. */
  const seen = () =>
    Promise.all(
      tokens.map((token) =>
        Promise.all(
          [a, b, stranger].map(async ({ memberNumber, personId }) => {
            const payer = payers.get(personId)
            const urls = nouns.map((noun) => `/v1/members/${memberNumber}${noun}`)
            if (payer !== undefined) urls.push(`/v1/payers/${payer}/account`)
            return [...new Set(await Promise.all(urls.map((url) => get(token, url))))].join()
          }),
        ),
      ),
    )
  /** Letters told of a number, all of which open, and how many were written to these persons. */
  const letters = async (token: string, number: string, to: readonly { personId: bigint }[]) => {
    const { items } = (await served.get<{ items: { letterId: string }[] }>(token, `/v1/members/${number}/letters`)).body
    expect(new Set(await Promise.all(items.map(({ letterId }) => get(token, `/v1/letters/${letterId}`))))).toEqual(new Set([200]))
    const written = await served.admin.query('select from notices.letter where person_id = any ($1)', [to.map(({ personId }) => personId)])
    expect(items.length).toBe(written.rowCount)
  }
  const looks = async () => (await served.admin.query('select from platform.access_trail')).rowCount
  const before = await looks()
  const alone = [
    ['200', '422', '422'],
    ['422', '200', '422'],
  ]
  expect(await seen()).toEqual(alone)
  const merge = { alias: b.memberNumber, into: a.memberNumber, reason: 'two cards', consent: 'at the desk' }
  const merged = await served.run((tx) => mergePersons(tx, served.law.pack, merge))
  if (!merged.ok) throw new Error(merged.refusal.rule)
  expect(await seen()).toEqual([
    ['200', '200', '422'],
    ['200', '200', '422'],
  ])
  for (const token of tokens) for (const { memberNumber } of both) await letters(token, memberNumber, both)
  expect((await served.run((tx) => unmergePersons(tx, served.law.pack, merged.value.mergeId, 'two people'))).ok).toBe(true)
  expect(await seen()).toEqual(alone)
  for (const [at, person] of both.entries()) await letters(tokens[at] ?? '', person.memberNumber, [person])
  // All were looks at oneself.
  expect(await looks()).toBe(before)
})

describe('where an office serves one of two numbers', () => {
  const merge = (alias: string, into: string) =>
    served.run((tx) => mergePersons(tx, served.law.pack, { alias, into, reason: 'one card', consent: 'at the desk' }))
  let branch = ''
  beforeAll(async () => (branch = await served.actor({ kind: 'staff', role: 'administrator', officeId: 2n })))

  /** Two persons at home in different districts, of whom office 2 serves the first; and the ends of their memberships. */
  async function pair() {
    const [a, b] = await served.persons(2)
    if (!a || !b) throw new Error('no persons')
    const { rows } = await served.admin.query<{ region_code: string }>(
      `select region_code from registry.region r where level = 'district'
         and not exists (select from registry.served_district d where d.region_code = r.region_code and d.office_id = 2) order by 1 limit 1`,
    )
    await served.admin.query('update registry.person set region_code = $2 where person_id = $1', [b.personId, rows[0]?.region_code])
    for (const { memberNumber } of [a, b]) {
      const { organisationId } = await served.organisation({ kind: 'employer' })
      await served.memberships([{ segment: 'PU', base: '5000000', from: '2026-06-01', memberNumber, organisationId }])
    }
    const untils = async () =>
      (
        await served.admin.query<{ until_day: string | null }>(
          'select until_day from registry.membership where person_id = any ($1) order by person_id',
          [[a.personId, b.personId]],
        )
      ).rows.map(({ until_day }) => until_day)
    return { a: a.memberNumber, b: b.memberNumber, untils }
  }

  it('it ends no other membership than the one that the number names', async () => {
    const { a, b, untils } = await pair()
    expect((await merge(b, a)).ok).toBe(true)
    const end = (number: string) =>
      served.post(branch, `/v1/members/${number}/memberships/1/end`, { lastDay: '2026-06-20', reason: 'left' })
    expect(await end(b)).toMatchObject({ status: 422, body: { refusal: { code: 'member-not-yours' } } })
    expect(await untils()).toEqual([null, null])
    expect((await end(a)).status).toBe(200)
    expect(await untils()).toEqual(['2026-06-21', null])
  })

  it('a death is reported and taken back for both, also after they were parted', async () => {
    const { a, b, untils } = await pair()
    const merged = await merge(b, a)
    if (!merged.ok) throw new Error(merged.refusal.rule)
    const report = (number: string, by = branch) =>
      served.post<object>(by, `/v1/members/${number}/death`, { diedOn: '2026-06-05', evidence: 'certificate 1' })
    const takeBack = (number: string, by = branch) =>
      served.post<object>(by, `/v1/members/${number}/take-back-death`, { reason: 'somebody else' })
    expect((await report(b)).body).toEqual({ diedOn: '2026-06-05', memberships: 2 })
    expect(await untils()).toEqual(['2026-06-06', '2026-06-06'])
    expect((await takeBack(a)).body).toEqual({ memberships: 2 })
    expect(await untils()).toEqual([null, null])
    expect((await report(a)).status).toBe(200)
    expect((await served.run((tx) => unmergePersons(tx, served.law.pack, merged.value.mergeId, 'two people'))).ok).toBe(true)
    expect((await takeBack(b, officer)).body).toEqual({ memberships: 1 })
    expect(await untils()).toEqual(['2026-06-06', null])
    // The dead one and the living one are not one human being until both are told dead on one day.
    expect(await merge(b, a)).toMatchObject({
      ok: false,
      refusal: { code: 'deaths-differ', data: { diedOn: '2026-06-05', otherDiedOn: '' } },
    })
    expect((await report(b, officer)).status).toBe(200)
    expect((await merge(b, a)).ok).toBe(true)
    expect((await takeBack(b)).body).toEqual({ memberships: 2 })
    expect(await untils()).toEqual([null, null])
  })
})
