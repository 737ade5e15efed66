// Corrections over HTTP: one officer proposes, another looks at the difference and approves; each request sent twice is done once.
import type { Month } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openMonth, runMonth } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { mergePersons } from '../../src/registry/index.ts'
import { type Served, serve } from './served.ts'

type Correction = { correctionId: string; state: string; level: string | null; billId: string | null }
type Shown = {
  correction: Correction
  difference: {
    bill: { total: { amount: string } }
    savings: { amount: string }
    cover: string
    benefits: { noted: object[]; says: { en: string } }
  } | null
}

let served: Served
let [officer, head, branch] = ['', '', '']
let bearer = ''
let body: { rows: { memberNumber: string; base: string }[]; [field: string]: unknown }
beforeAll(async () => {
  served = await serve('2026-06-01')
  officer = await served.actor({ kind: 'staff', role: 'officer', officeId: 2n })
  branch = await served.actor({ kind: 'staff', role: 'administrator', officeId: 2n })
  head = await served.actor({ kind: 'staff', role: 'administrator', officeId: 1n })
  const firm = await served.organisation({ kind: 'employer', facts: { employer_size: 'large', risk_class: 'III', active_workers: '80' } })
  const [worker, stays] = await served.persons(2)
  bearer = stays?.memberNumber ?? ''
  const memberNumber = worker?.memberNumber ?? ''
  await served.memberships([{ memberNumber, segment: 'PU', organisationId: firm.organisationId, base: '5000000', from: '2026-06-01' }])
  served.at('2026-06-30')
  await served.run((tx) => openMonth(tx, served.law, '2026-06' as Month))
  expect((await runMonth(served.platform, served.law, '2026-06' as Month, { actor: systemActor })).ok).toBe(true)
  const merge = { alias: memberNumber, into: bearer, reason: 'one card', consent: 'at the desk' }
  expect((await served.run((tx) => mergePersons(tx, served.law.pack, merge))).ok).toBe(true)
  body = {
    payerId: firm.payerId.toString(),
    month: '2026-06',
    kind: 'wage',
    rows: [{ memberNumber, base: '6000000' }],
    reason: 'typed wrongly',
    evidence: { digest: 'b'.repeat(64), description: 'letter 7' },
  }
})
afterAll(() => served.close())

it('is proposed once, weighed, and approved once by another', async () => {
  const [first, again] = [
    await served.post<Correction>(officer, '/v1/corrections', body, 'propose-1'),
    await served.post<Correction>(officer, '/v1/corrections', body, 'propose-1'),
  ]
  expect([first.status, first.body]).toEqual([again.status, again.body])
  const address = `/v1/corrections/${first.body.correctionId}`
  expect((await served.get<Shown>(branch, address)).body.difference?.benefits).toMatchObject({
    noted: [],
    says: { en: 'No claim of these members is noted in this month or after it.' },
  })
  // A claim of before the month is none of its wage; one of the month is, also under another number of the same human being.
  for (const claimedOn of ['2026-05-31', '2026-06-20'])
    expect((await served.post(head, `/v1/members/${bearer}/claims`, { programme: 'JKM', claimedOn, evidence: 'order 7' })).status).toBe(200)
  const shown = await served.get<Shown>(branch, address)
  expect(shown.body).toMatchObject({
    correction: { state: 'proposed' },
    difference: { bill: { total: { amount: '98900' } }, savings: { amount: '57000' }, cover: 'unchanged' },
  })
  expect(shown.body.difference?.benefits).toMatchObject({
    noted: [{ memberNumber: body.rows[0]?.memberNumber, programme: 'JKM', claimedOn: '2026-06-20', evidence: 'order 7' }],
    says: { en: expect.stringContaining('it is to be looked at again') },
  })
  const seen = { seen: '98900', why: 'the letter is clear' }
  expect((await served.post(officer, `${address}/approve`, seen)).body.refusal?.code).toBe('same-person')
  const approved = await served.post<Correction>(branch, `${address}/approve`, seen, 'approve-1')
  // Unpaid yet, it is the branch's to decide.
  expect(approved.body).toMatchObject({ state: 'approved', level: 'branch' })
  expect((await served.post<Correction>(branch, `${address}/approve`, seen, 'approve-1')).body).toEqual(approved.body)
  expect((await served.get<Shown>(head, address)).body.difference).toBeNull()
  const { rows } = await served.admin.query<{ n: bigint }>('select count(*) as n from contributions.contribution')
  expect(rows).toEqual([{ n: 3n }])
  const list = await served.get<{ items: Correction[] }>(officer, '/v1/corrections?state=approved')
  expect(list.body.items.map(({ correctionId }) => correctionId)).toEqual([first.body.correctionId])
})

it('is nobody else’s to read or to propose', async () => {
  const [somebody] = await served.persons(1)
  const member = await served.actor({ kind: 'member', role: 'member', personId: somebody?.personId ?? 0n })
  expect((await served.post(member, '/v1/corrections', body)).status).toBe(403)
  expect((await served.get(null, '/v1/corrections')).status).toBe(401)
  const { rows } = await served.admin.query<{ n: bigint }>(`select count(*) as n from platform.access_trail where view = 'correction'`)
  expect(rows).toEqual([{ n: 2n }])
})

it('refuses to assess anew what was never issued, before a job is made of it', async () => {
  const asked = await Promise.all(['2030-01', '2026-06'].map((month) => served.post(head, `/v1/months/${month}/reassess`, {})))
  expect(asked.map(({ status, body: { refusal } }) => [status, refusal?.code])).toEqual([
    [422, 'month-not-open'],
    [200, undefined],
  ])
  const { rows } = await served.admin.query<object>(`select key from graphile_worker.jobs where task_identifier = 'reassess-month'`)
  expect(rows).toEqual([{ key: 'reassess-month:2026-06' }])
})
