// Requests over HTTP: one asks, another of the right level decides, twice is once.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { paymentCode } from '../../src/registry/index.ts'
import { type Problem, type Served, serve } from './served.ts'

let served: Served
beforeAll(async () => {
  served = await serve('2026-11-02')
})
afterAll(() => served.close())

type Request = { requestId: string; state: string; kind: string; amount: { amount: string }; askedBy: string }

test('a payment is taken back over HTTP', async () => {
  const { payerId } = await served.organisation({ kind: 'employer' })
  const officer = await served.actor({ kind: 'staff', role: 'officer', officeId: 2n })
  const colleague = await served.actor({ kind: 'staff', role: 'officer', officeId: 2n })
  const head = await served.actor({ kind: 'staff', role: 'administrator', officeId: 2n })
  const partner = await served.actor({ kind: 'partner', role: 'partner' })
  const row = { channel: 'bank', day: '2026-11-02', externalId: 'http-1', code: paymentCode(payerId), amount: '500' }
  const paid = await served.post<{ results: { paymentId: string }[] }>(partner, '/v1/payments', { payments: [row] })
  const paymentId = paid.body.results[0]?.paymentId
  const body = { kind: 'reversal', paymentId, ground: 'recall', evidence: 'letter of the bank, 2 November' }
  expect((await served.post(partner, '/v1/requests', body)).status).toBe(403)
  const asked = await served.post<Request>(officer, '/v1/requests', body, 'ask-1')
  expect(asked).toMatchObject({ status: 200, body: { state: 'asked', kind: 'reversal', amount: { amount: '500', currency: 'IDR' } } })
  expect((await served.post<Request>(officer, '/v1/requests', body, 'ask-1')).body.requestId).toBe(asked.body.requestId)
  const url = `/v1/requests/${asked.body.requestId}/decide`
  const approve = { decision: 'approved', why: 'the bank was called' }
  const codes = []
  for (const token of [officer, colleague]) codes.push((await served.post<Problem>(token, url, approve)).body.refusal?.code)
  expect(codes).toEqual(['same-person', 'level-too-low'])
  const open = await served.get<{ items: Request[] }>(head, '/v1/requests?state=asked')
  expect(open.body.items.map(({ requestId }) => requestId)).toEqual([asked.body.requestId])
  const done = await served.post<{ request: Request; done: Record<string, string> }>(head, url, approve, 'decide-1')
  expect(done).toMatchObject({ status: 200, body: { request: { state: 'approved' }, done: { reopened: '0', months: '0', owed: '0' } } })
  expect((await served.post(head, url, approve, 'decide-1')).body).toEqual(done.body)
  expect((await served.post<Problem>(head, url, approve)).body.refusal?.code).toBe('request-decided')
  const account = await served.get<{ credit: { amount: string } }>(head, `/v1/payers/${payerId}/account`)
  expect(account.body.credit.amount).toBe('0')
})

test('a refund is asked, approved, and paid by the bank over HTTP; looking at the accounts leaves a line', async () => {
  const { payerId } = await served.organisation({ kind: 'employer' })
  const officer = await served.actor({ kind: 'staff', role: 'officer', officeId: 2n })
  const head = await served.actor({ kind: 'staff', role: 'administrator', officeId: 2n })
  const row = { channel: 'bank', day: '2026-11-02', externalId: 'http-2', code: paymentCode(payerId), amount: '5000' }
  await served.post(officer, '/v1/payments', { payments: [row] })
  const detail = { bank: 'BRI', account: '0012 34', holder: 'PT Jaya', offset_refused_on: '2026-11-02' }
  const body = { kind: 'refund', payerId: payerId.toString(), amount: '700', ground: 'offset-refused', evidence: 'letter', detail }
  expect((await served.post<Problem>(officer, '/v1/requests', body)).body.refusal?.code).toBe('offset-not-offered')
  const letters = await served.get<{ items: { letterId: string; kind: string }[] }>(officer, `/v1/payers/${payerId}/letters`)
  const offer = letters.body.items.find(({ kind }) => kind === 'surplus')
  await served.post(officer, `/v1/letters/${offer?.letterId}/told`, { how: 'desk' })
  const asked = await served.post<Request>(officer, '/v1/requests', body)
  const done = await served.post<{ done: { orderId: string } }>(head, `/v1/requests/${asked.body.requestId}/decide`, {
    decision: 'approved',
    why: 'checked',
  })
  const { orderId } = done.body.done
  const orders = await served.get<{ items: { orderId: string; holder: string }[] }>(head, '/v1/payouts?state=ordered')
  expect(orders.body.items).toMatchObject([{ orderId, holder: 'PT Jaya' }])
  expect((await served.admin.query(`select detail from platform.access_trail where view = 'payouts'`)).rows).toEqual([
    { detail: { orders: [orderId] } },
  ])
  const paid = await served.post(officer, `/v1/payouts/${orderId}/paid`, { day: '2026-11-02', reference: 'BRI-9' })
  expect(paid).toMatchObject({ status: 200, body: { state: 'paid', paidOn: '2026-11-02' } })
})

test('a closed employer is opened again by the head office over HTTP, and listed until it is closed', async () => {
  const { payerId } = await served.organisation({ kind: 'employer' })
  const officer = await served.actor({ kind: 'staff', role: 'officer', officeId: 2n })
  const branch = await served.actor({ kind: 'staff', role: 'administrator', officeId: 2n })
  const head = await served.actor({ kind: 'staff', role: 'administrator', officeId: 1n })
  const ask = async (body: object): Promise<string> =>
    (await served.post<Request>(officer, '/v1/requests', { payerId: payerId.toString(), evidence: 'letter', ...body })).body.requestId
  const decide = (token: string, requestId: string, key?: string) =>
    served.post<Problem & { done?: object }>(token, `/v1/requests/${requestId}/decide`, { decision: 'approved', why: 'checked' }, key)
  const list = async () => (await served.get<{ items: object[] }>(officer, '/v1/reopened-employers')).body.items
  const closing = { kind: 'closing', ground: 'idle', detail: { papers: 'employer-letter, nil-tax-return' } }
  expect((await decide(branch, await ask(closing))).status).toBe(200)
  const row = { channel: 'bank', day: '2026-11-02', externalId: 'http-3', code: paymentCode(payerId), amount: '3400000' }
  await served.post(officer, '/v1/payments', { payments: [row] })
  const opening = await ask({ kind: 'reopening', ground: 'money-left' })
  expect((await decide(branch, opening)).body.refusal?.code).toBe('level-too-low')
  expect(await list()).toEqual([])
  const done = await decide(head, opening, 'open-1')
  expect(done).toMatchObject({ status: 200, body: { done: { reopened: '1' } } })
  expect((await decide(head, opening, 'open-1')).body).toEqual(done.body)
  const open = { payerId: payerId.toString(), ground: 'money-left', closedOn: '2026-11-02', reopenedOn: '2026-11-02' }
  expect(await list()).toMatchObject([{ ...open, money: { amount: '3400000' } }])
  const asked = await served.post<Problem>(officer, '/v1/requests', { payerId: payerId.toString(), evidence: 'letter', ...closing })
  expect(asked.body.refusal?.code).toBe('money-left')
})
