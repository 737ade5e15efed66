// A month of one employer through the API alone: register, report, calculate, issue, run, pay, cover, close, and what each step shows.
import type { Bill } from '@payung/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorker } from '../../src/platform/jobs.ts'
import { type Served, serve } from './served.ts'

type Rows = {
  results: { row: number; id: string | null; existing: boolean; refusal: { code: string; data: Record<string, string> } | null }[]
}
type Page<Item> = { items: Item[]; next: string | null }
type Payments = {
  results: {
    outcome: string
    paymentId: string
    settled: { month: string; amount: { amount: string } }[]
    credit: { amount: string }
    missing: { amount: string }
  }[]
}

let served: Served
let officer: string
let [payerId, code] = ['', '']
let numbers: string[] = []
beforeAll(async () => {
  served = await serve('2026-07-01')
  officer = await served.actor({ kind: 'staff', role: 'officer', officeId: 1n })
})
afterAll(() => served.close())

const rupiah = (amount: number) => ({ amount: String(amount), currency: 'IDR' })
const bills = async (query = '') => (await served.get<Page<Bill>>(officer, `/v1/payers/${payerId}/bills${query}`)).body
const report = (rows: { memberNumber: string; base: string }[], month = '2026-07') =>
  served.post<Rows>(officer, '/v1/wage-reports', { payerId, month, rows })
const deed = (what: 'calculate' | 'issue', month = '2026-07') => served.post<Bill>(officer, `/v1/payers/${payerId}/months/${month}/${what}`)

describe('registration', () => {
  it('answers each row by itself, and gives what it made', async () => {
    const { regionCode } =
      (
        await served.admin.query<{ regionCode: string }>(
          `select region_code as "regionCode" from registry.region where level = 'district' order by 1 limit 1`,
        )
      ).rows[0] ?? {}
    const person = (name: string, nationalNumber?: string) => ({
      name,
      born: '1990-05-17',
      sex: 'female',
      regionCode,
      ...(nationalNumber === undefined ? {} : { nationalNumber }),
    })
    const { status, body } = await served.post<Rows>(officer, '/v1/persons', {
      persons: [person('Ayu Lestari'), person('Budi Santoso'), { ...person('Citra Dewi'), born: '2030-01-01' }],
    })
    expect(status).toBe(200)
    expect(body.results.map(({ row, refusal }) => [row, refusal?.data.field ?? null])).toEqual([
      [1, null],
      [2, null],
      [3, 'born'],
    ])
    numbers = body.results.flatMap(({ id }) => id ?? [])
    expect(numbers.map((number) => /^\d{11}$/.test(number))).toEqual([true, true])
    const organisation = {
      kind: 'employer',
      name: 'PT Uji',
      regionCode,
      facts: { employer_size: 'large', risk_class: 'III', active_workers: '100' },
    }
    const made = await served.post<Rows>(officer, '/v1/organisations', {
      organisations: [organisation, { ...organisation, kind: 'circus' }],
    })
    expect(made.body.results.map(({ refusal }) => refusal?.data.field ?? null)).toEqual([null, 'kind'])
    const organisationId = made.body.results[0]?.id
    const opened = await served.post<Rows>(officer, '/v1/memberships', {
      memberships: numbers.map((memberNumber) => ({ memberNumber, segment: 'PU', organisationId, base: '10000000', from: '2026-07-01' })),
    })
    expect(opened.body.results).toEqual([
      { row: 1, id: '1', existing: false, refusal: null },
      { row: 2, id: '1', existing: false, refusal: null },
    ])
    const payers = await served.get<Page<{ payerId: string; organisationId: string; code: string; kind: string }>>(
      officer,
      '/v1/payers?limit=500',
    )
    const payer = payers.body.items.find((each) => each.organisationId === organisationId)
    payerId = payer?.payerId ?? ''
    code = payer?.code ?? ''
    expect([payer?.kind, code]).toEqual(['employer', expect.stringMatching(/^8\d{11}$/)])
    const member = await served.get<{ name: string; memberships: unknown[] }>(officer, `/v1/members/${numbers[0]}?why=test`)
    expect(member.body).toMatchObject({
      name: 'Ayu Lestari',
      memberships: [{ segment: 'PU', organisationId, payerId, from: '2026-07-01' }],
    })
  })
})

describe('the month', () => {
  it('opens, and its wages are reported', async () => {
    expect((await served.post(officer, '/v1/months/2026-07/open')).body).toMatchObject({ month: '2026-07', state: 'open', bills: 0 })
    const { body } = await report([
      { memberNumber: numbers[0] ?? '', base: '10000000' },
      { memberNumber: numbers[1] ?? '', base: '5000000' },
    ])
    expect(body.results.map(({ refusal }) => refusal)).toEqual([null, null])
  })

  it('is calculated; a wage that changes makes the calculation stale until it is made anew', async () => {
    expect(await deed('calculate')).toMatchObject({
      status: 200,
      body: { state: 'calculated', stale: false, members: 2, total: rupiah(989_000 + 494_500) },
    })
    await report([{ memberNumber: numbers[1] ?? '', base: '10000000' }])
    expect((await bills()).items).toMatchObject([{ state: 'calculated', stale: true, total: rupiah(1_483_500) }])
    expect((await deed('calculate')).body).toMatchObject({ stale: false, total: rupiah(2 * 989_000) })
  })

  it('is issued once, and its wages are not reported again', async () => {
    expect((await deed('issue')).body).toMatchObject({ state: 'issued', stale: false, total: rupiah(1_978_000), issuedOn: '2026-07-01' })
    expect((await deed('issue')).body).toMatchObject({ state: 'issued', total: rupiah(1_978_000) })
    expect(await deed('calculate')).toMatchObject({ status: 422, body: { refusal: { code: 'bill-issued' } } })
    const { body } = await report([{ memberNumber: numbers[1] ?? '', base: '1' }])
    expect(body.results[0]?.refusal).toMatchObject({ code: 'month-issued', data: { row: '1' } })
  })

  it('shows a contribution split by programme and share: PP 44, 45 and 46/2015 on 10,000,000, job loss on its ceiling of 5,000,000', async () => {
    const { body } = await served.get<
      Page<{ month: string; split: { programme: string; kind: string; from: string; amount: { amount: string } }[] }>
    >(officer, `/v1/members/${numbers[0]}/contributions?why=test`)
    const [row] = body.items
    expect([body.items.length, row?.month]).toEqual([1, '2026-07'])
    expect(row?.split.map(({ programme, kind, amount }) => `${programme} ${kind} ${amount.amount}`).sort()).toEqual([
      'JHT employer 370000',
      'JHT worker 200000',
      'JKK employer 89000',
      'JKM employer 30000',
      'JKP split 7000',
      'JKP state 11000',
      'JP employer 200000',
      'JP worker 100000',
    ])
  })
})

describe('money', () => {
  const pay = async (externalId: string, amount: string, to = code) =>
    (
      await served.post<Payments>(
        officer,
        '/v1/payments',
        { payments: [{ channel: 'bank', day: '2026-07-02', externalId, code: to, amount, sender: 'PT Laut Biru' }] },
        null,
      )
    ).body.results[0]

  it('told twice is booked once; too little says what is missing', async () => {
    served.at('2026-07-02')
    expect(await pay('a', '1000000')).toMatchObject({ outcome: 'booked', settled: [], credit: rupiah(1_000_000), missing: rupiah(978_000) })
    expect(await pay('a', '1000000')).toMatchObject({ outcome: 'already booked', credit: rupiah(1_000_000) })
    const account = await served.get(officer, `/v1/payers/${payerId}/account`)
    expect(account.body).toEqual({
      payerId,
      code,
      credit: rupiah(1_000_000),
      outstanding: rupiah(1_978_000),
      missing: rupiah(978_000),
      oldest: '2026-07',
    })
  })

  it('whose code names nobody waits in the queue until it is allocated, and then pays', async () => {
    const queued = await pay('b', '978000', '999')
    expect(queued).toMatchObject({ outcome: 'queued' })
    const queue = await served.get<Page<{ paymentId: string; amount: unknown }>>(officer, '/v1/payments/queue')
    expect(queue.body.items).toMatchObject([{ paymentId: queued?.paymentId, code: '999', amount: rupiah(978_000), sender: 'PT Laut Biru' }])
    const { rows: looks } = await served.admin.query(`select detail from platform.access_trail where view = 'payment queue'`)
    expect(looks).toEqual([{ detail: { payments: [queued?.paymentId] } }])
    const given = await served.post(officer, `/v1/payments/queue/${queued?.paymentId}/allocate`, { payerId, reason: 'Letter of the bank' })
    expect(given.body).toMatchObject({
      outcome: 'booked',
      settled: [{ month: '2026-07', amount: rupiah(1_978_000) }],
      credit: rupiah(0),
      missing: rupiah(0),
    })
    expect((await served.get<Page<unknown>>(officer, '/v1/payments/queue')).body.items).toEqual([])
    expect((await bills()).items[0]).toMatchObject({ state: 'paid', paidOn: '2026-07-02' })
  })

  it('opens cover on the day it came', async () => {
    type Cover = { memberships: { programmes: { programme: string; state: string; since: string | null }[] }[] }
    const cover = async (on: string) =>
      (await served.get<Cover>(officer, `/v1/members/${numbers[0]}/cover?on=${on}&why=test`)).body.memberships[0]?.programmes.find(
        ({ programme }) => programme === 'JKK',
      )
    expect(await cover('2026-07-01')).toMatchObject({ state: 'not covered' })
    expect(await cover('2026-07-02')).toMatchObject({ state: 'covered', since: '2026-07-02' })
  })

  it('stands in the ledger: each account, and the payer’s statement page by page', async () => {
    const balances = await served.get<{ account: string; balance: { amount: string } }[]>(officer, '/v1/ledger/balances')
    const of = (account: string) => Number(balances.body.find((each) => each.account === account)?.balance.amount)
    expect([of('bank'), of('receivable'), of('credit'), of('unallocated'), of('fund:JKM')]).toEqual([1_978_000, 0, 0, 0, 60_000])
    const before = await served.get<{ account: string; balance: { amount: string } }[]>(officer, '/v1/ledger/balances?on=2026-07-01')
    expect(Number(before.body.find(({ account }) => account === 'bank')?.balance.amount)).toBe(0)
    const seen: string[] = []
    let cursor = ''
    do {
      const page: Page<{ transferId: string }> = (
        await served.get<Page<{ transferId: string }>>(officer, `/v1/payers/${payerId}/transfers?limit=3${cursor}`)
      ).body
      expect(page.items.length).toBeLessThanOrEqual(3)
      seen.push(...page.items.map(({ transferId }) => transferId))
      cursor = page.next === null ? '' : `&cursor=${page.next}`
    } while (cursor !== '')
    const { rows } = await served.admin.query<{ id: string }>(
      'select transfer_id::text as id from ledger.transfer where payer_id = $1 order by transfer_id desc',
      [payerId],
    )
    expect(seen).toEqual(rows.map(({ id }) => id))
  })
})

describe('the months after', () => {
  it('are run as jobs; bills come page by page, latest first', async () => {
    const worker = await startWorker(served.platform, served.tasks, () => {})
    try {
      for (const month of ['2026-08', '2026-09']) {
        served.at(`${month}-28`)
        await served.post(officer, `/v1/months/${month}/open`)
        const done = new Promise<void>((resolve) => worker.events.once('job:success', () => resolve()))
        expect((await served.post(officer, `/v1/months/${month}/run`)).body).toEqual({ job: `run-month:${month}` })
        await done
      }
    } finally {
      await worker.stop()
    }
    const first = await bills('?limit=2')
    expect(first.items.map(({ month, state, total }) => [month, state, total.amount])).toEqual([
      // With the fine of 2 % for August, which is unpaid.
      ['2026-09', 'issued', String(1_978_000 + 39_560)],
      ['2026-08', 'issued', '1978000'],
    ])
    const second = await bills(`?limit=2&cursor=${first.next}`)
    expect([second.items.map(({ month }) => month), second.next]).toEqual([['2026-07'], null])
  })

  it('leave a control of 0 that anybody may read', async () => {
    const { status, body } = await served.get<{ step: string; billed: unknown; difference: unknown }[]>(null, '/v1/control')
    expect(status).toBe(200)
    expect(body[0]).toMatchObject({ step: 'run 2026-09', difference: rupiah(0) })
  })

  it('close the day after the due day, not before', async () => {
    served.at('2026-08-03')
    expect(await served.post(officer, '/v1/months/2026-07/close')).toMatchObject({
      status: 422,
      body: { refusal: { code: 'month-not-due' } },
    })
    served.at('2026-10-01')
    expect((await served.post(officer, '/v1/months/2026-07/close')).body).toMatchObject({
      month: '2026-07',
      state: 'closed',
      closedOn: '2026-10-01',
      bills: 1,
    })
    const months = await served.get<{ month: string; state: string }[]>(officer, '/v1/months')
    expect(months.body.map(({ month, state }) => `${month} ${state}`)).toEqual(['2026-09 open', '2026-08 open', '2026-07 closed'])
  })

  it('end a membership on its last day, after which nobody is covered by it', async () => {
    const ended = await served.post(officer, `/v1/members/${numbers[1]}/memberships/1/end`, { lastDay: '2026-10-10', reason: 'left' })
    expect(ended.body).toMatchObject({ ordinal: 1, until: '2026-10-11' })
    const after = await served.get<{ memberships: unknown[] }>(officer, `/v1/members/${numbers[1]}/cover?on=2026-10-11&why=test`)
    expect(after.body.memberships).toEqual([])
  })
})
