// What a mistake is answered with: problem details that name the field, never a failure of ours, and nothing half done.

import type { Month } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMonth } from '../../src/contributions/index.ts'
import { type Problem, type Served, serve } from './served.ts'

let served: Served
let officer: string
let payerId: bigint
let number = ''
beforeAll(async () => {
  served = await serve('2026-07-01')
  officer = await served.actor({ kind: 'staff', role: 'officer', officeId: 1n })
  const firm = await served.organisation({ kind: 'employer' })
  payerId = firm.payerId
  const [worker] = await served.persons(1)
  number = worker?.memberNumber ?? ''
  await served.memberships([
    { memberNumber: number, segment: 'PU', organisationId: firm.organisationId, base: '5000000', from: '2026-07-01' },
  ])
  for (const month of ['2026-07', '2026-08']) {
    served.at(`${month}-05`)
    await served.run((tx) => openMonth(tx, served.law, month as Month))
  }
  served.at('2026-08-25')
  const closed = await served.post(officer, '/v1/months/2026-07/close')
  if (closed.status !== 200) throw new Error('the month did not close')
  served.at('2026-08-05')
})
afterAll(() => served.close())

type Rows = { results: { row: number; refusal: { code: string; data: Record<string, string>; next: string } | null }[] }
const wages = (rows: { memberNumber: string; base: string }[], month = '2026-08') => ({ payerId: String(payerId), month, rows })

describe('a wage', () => {
  it('that is wrong is refused with its row and field; the good row beside it is taken', async () => {
    const bases = ['-1', '5000000x', '5.000.000', '1e7', '', '9999999999999', '6000000']
    const { status, body } = await served.post<Rows>(
      officer,
      '/v1/wage-reports',
      wages(bases.map((base) => ({ memberNumber: number, base }))),
    )
    expect(status).toBe(200)
    expect(body.results.map(({ row, refusal }) => [row, refusal?.code ?? 'taken', refusal?.data.field ?? ''])).toEqual([
      [1, 'wage-below-zero', 'base'],
      [2, 'wage-not-a-number', 'base'],
      [3, 'wage-not-a-number', 'base'],
      [4, 'wage-not-a-number', 'base'],
      [5, 'wage-not-a-number', 'base'],
      [6, 'wage-too-large', 'base'],
      [7, 'taken', ''],
    ])
    const { rows } = await served.admin.query<{ base: bigint }>('select base from contributions.wage_report where month = 2026 * 12 + 7')
    expect(rows).toEqual([{ base: 6_000_000n }])
  })

  it('of a stranger is refused by row', async () => {
    const { body } = await served.post<Rows>(officer, '/v1/wage-reports', wages([{ memberNumber: '12345678901', base: '1' }]))
    expect(body.results[0]?.refusal).toMatchObject({ code: 'worker-unknown', data: { field: 'memberNumber' } })
  })

  it('of a closed month is a problem that says what to do', async () => {
    const reply = await served.post(officer, '/v1/wage-reports', wages([{ memberNumber: number, base: '1' }], '2026-07'))
    expect(reply).toMatchObject({
      status: 422,
      type: expect.stringContaining('application/problem+json'),
      body: { refusal: { code: 'month-closed', data: { month: '2026-07' }, next: expect.any(String) } },
    })
  })
})

const day = { born: '1990-01-01' }
const person = { name: 'A', sex: 'female', regionCode: '11.01' }
const money = { channel: 'bank', day: '2026-08-05', externalId: 'x', code: '1', amount: '1' }
const membership = { memberNumber: '1', segment: 'PU', from: '2026-08-01' }

describe('a text that no database keeps', () => {
  const nul = 'Ayu\u0000'
  it.each`
    what                        | url                               | body                                                           | at
    ${'a name'}                 | ${'/v1/persons'}                  | ${{ persons: [{ ...person, ...day, name: nul }] }}             | ${'body/persons/0/name'}
    ${'half of a character'}    | ${'/v1/persons'}                  | ${{ persons: [{ ...person, ...day, name: 'Ayu \ud83d' }] }}    | ${'body/persons/0/name'}
    ${'a channel'}              | ${'/v1/payments'}                 | ${{ payments: [{ ...money, channel: nul }] }}                  | ${'body/payments/0/channel'}
    ${'an external id'}         | ${'/v1/payments'}                 | ${{ payments: [{ ...money, externalId: nul }] }}               | ${'body/payments/0/externalId'}
    ${'the name of a fact'}     | ${'/v1/memberships'}              | ${{ memberships: [{ ...membership, facts: { [nul]: 'x' } }] }} | ${'body/memberships/0/facts'}
    ${'a member in an address'} | ${'/v1/members/1%00/cover'}       | ${null}                                                        | ${'params/number'}
    ${'a reason in a query'}    | ${'/v1/members/1/cover?why=a%00'} | ${null}                                                        | ${'querystring/why'}
  `('in $what is refused and the field is named', async ({ url, body, at }: { url: string; body: object | null; at: string }) => {
    const reply = body === null ? await served.get(officer, url) : await served.post(officer, url, body)
    expect(reply).toMatchObject({ status: 400, body: { title: expect.stringMatching(/cannot be kept/), errors: [{ at }] } })
  })
})

describe('a request without the shape of the contract', () => {
  it.each`
    url                                     | body                                                     | at
    ${'/v1/persons'}                        | ${{ persons: [{ ...person, ...day, name: undefined }] }} | ${'name'}
    ${'/v1/persons'}                        | ${{ persons: [{ ...person, born: '1/2/1990' }] }}        | ${'body/persons/0/born'}
    ${'/v1/persons'}                        | ${{ persons: [{ ...person, ...day, sex: 'none' }] }}     | ${'body/persons/0/sex'}
    ${'/v1/persons'}                        | ${{ persons: [] }}                                       | ${'body/persons'}
    ${'/v1/memberships'}                    | ${{ memberships: [{ ...membership, base: '-5' }] }}      | ${'body/memberships/0/base'}
    ${'/v1/memberships'}                    | ${{ memberships: [{ ...membership, base: '5 juta' }] }}  | ${'body/memberships/0/base'}
    ${'/v1/payments'}                       | ${{ payments: [{ ...money, amount: '12.50' }] }}         | ${'body/payments/0/amount'}
    ${'/v1/payments'}                       | ${{ payments: [{ ...money, day: '5 Aug' }] }}            | ${'body/payments/0/day'}
    ${'/v1/months/2026-13/open'}            | ${{}}                                                    | ${'params/month'}
    ${'/v1/payers/me/months/2026-08/issue'} | ${{}}                                                    | ${'params/payerId'}
  `('$url names $at', async ({ url, body, at }: { url: string; body: object; at: string }) => {
    const reply = await served.post<Problem>(officer, url, body)
    expect([reply.status, reply.type]).toEqual([400, expect.stringContaining('application/problem+json')])
    expect(JSON.stringify(reply.body.errors)).toContain(at)
  })
})

describe('a day that does not exist', () => {
  const contract = {
    segment: 'JAKON',
    name: 'Bridge',
    from: '2026-08-01',
    until: '2026-12-01',
    facts: { contract_value: '1000000000' },
    members: [],
  }
  it.each`
    where                        | url                                       | body
    ${'the day of cover'}        | ${'/v1/members/NUMBER/cover?on='}         | ${null}
    ${'the day of balances'}     | ${'/v1/ledger/balances?on='}              | ${null}
    ${'the start of a contract'} | ${'/v1/contracts'}                        | ${{ from: 'DAY' }}
    ${'the end of a contract'}   | ${'/v1/contracts'}                        | ${{ until: 'DAY' }}
    ${'a member of a contract'}  | ${'/v1/contracts'}                        | ${{ members: [{ memberNumber: 'NUMBER', from: 'DAY' }] }}
    ${'the last day'}            | ${'/v1/members/NUMBER/memberships/1/end'} | ${{ lastDay: 'DAY', reason: 'left' }}
  `('is refused as $where', async ({ url, body }: { url: string; body: object | null }) => {
    const filled = url.replace('NUMBER', number)
    const payload = JSON.parse(
      JSON.stringify({ ...(url.includes('contracts') ? { ...contract, payerId: String(payerId) } : {}), ...body })
        .replaceAll('DAY', '2026-02-30')
        .replaceAll('NUMBER', number),
    ) as object
    const reply = body === null ? await served.get(officer, `${filled}2026-02-30`) : await served.post(officer, filled, payload)
    expect(reply).toMatchObject({ status: 422, type: expect.stringContaining('problem+json') })
    expect(JSON.stringify(reply.body.refusal?.data)).toContain('2026-02-30')
  })
})

describe('a member number that is mistyped', () => {
  it.each`
    given            | wrong            | says
    ${'12x45678901'} | ${'letters'}     | ${'digits only'}
    ${'1234567890'}  | ${'length'}      | ${'11 digits; this one has 10'}
    ${'12345678901'} | ${'check-digit'} | ${'one digit here is mistyped'}
  `('is told from an unknown one: $wrong', async ({ given, wrong, says }: { given: string; wrong: string; says: string }) => {
    const { body } = await served.get<Problem>(officer, `/v1/members/${given}/cover`)
    expect(body.refusal).toMatchObject({ code: 'member-number-mistyped', rule: expect.stringContaining(says), data: { wrong } })
  })
})

describe('a cursor that no page gave', () => {
  it.each(['/v1/payers', '/v1/payments/queue', '/v1/payers/PAYER/bills', '/v1/payers/PAYER/transfers'])('is refused by %s', async (url) => {
    const reply = await served.get<Problem>(officer, `${url.replace('PAYER', String(payerId))}?cursor=nonsense`)
    expect([reply.status, reply.body.refusal?.code]).toEqual([422, 'wrong-cursor'])
  })
})

describe('a payer that does not exist', () => {
  it.each(['bills', 'transfers', 'account'])('is unknown, and not one without %s', async (view) => {
    const reply = await served.get<Problem>(officer, `/v1/payers/999999999/${view}`)
    expect([reply.status, reply.body.refusal?.code]).toEqual([422, 'payer-unknown'])
  })
})

describe('a method that an address does not take', () => {
  it.each`
    method      | url                           | allow
    ${'DELETE'} | ${'/v1/months'}               | ${'GET, HEAD'}
    ${'PUT'}    | ${'/v1/months/2026-08/close'} | ${'POST'}
    ${'POST'}   | ${'/v1/members/1/cover?on=x'} | ${'GET, HEAD'}
  `(
    '$method $url is told what it takes',
    async ({ method, url, allow }: { method: 'DELETE' | 'PUT' | 'POST'; url: string; allow: string }) => {
      const reply = await served.server.inject({ method, url })
      expect([reply.statusCode, reply.headers.allow, String(reply.headers['content-type'])]).toEqual([
        405,
        allow,
        expect.stringContaining('problem+json'),
      ])
      expect((await served.server.inject({ method, url: '/v1/nowhere' })).statusCode).toBe(404)
    },
  )
})

it('as many months are told as are asked for', async () => {
  expect((await served.get<unknown[]>(officer, '/v1/months?limit=1')).body).toHaveLength(1)
})

describe('facts that are wrong over HTTP', () => {
  it.each`
    month        | facts                                                          | field               | next
    ${'2026-08'} | ${{ segment: 'none' }}                                         | ${'segment'}        | ${/Name one/}
    ${'2026-08'} | ${{ segment: 'PU' }}                                           | ${'wage'}           | ${/^Give wage\.$/}
    ${'2026-08'} | ${{ segment: 'JAKON' }}                                        | ${'contract_value'} | ${/contract_value, or wage/}
    ${'2026-08'} | ${{ segment: 'PU', wage: '1', born: '1990-01-01', age: '70' }} | ${'age'}            | ${/born and age/}
    ${'9999-12'} | ${{ segment: 'PMI', months: '12' }}                            | ${'month'}          | ${/Correct the month/}
  `(
    'are named by their field: $field',
    async ({ month, facts, field, next }: { month: string; facts: object; field: string; next: RegExp }) => {
      const { status, body } = await served.post<Problem>(null, '/v1/assessments', { month, facts })
      expect([status, body.refusal?.data.field, body.refusal?.next]).toEqual([422, field, expect.stringMatching(next)])
      expect(JSON.stringify(body)).not.toContain('--')
    },
  )
})

describe('a number that is nobody’s', () => {
  const largest = '9'.repeat(18)
  it.each`
    method    | url
    ${'get'}  | ${`/v1/payers/${largest}/bills`}
    ${'get'}  | ${`/v1/payers/${largest}/transfers`}
    ${'get'}  | ${`/v1/payers/${largest}/account`}
    ${'get'}  | ${`/v1/payers?cursor=${largest}`}
    ${'get'}  | ${'/v1/payers?cursor=abc'}
    ${'get'}  | ${'/v1/payments/queue?cursor=abc'}
    ${'get'}  | ${'/v1/members/x/cover'}
    ${'get'}  | ${'/v1/members/NUMBER/contributions?cursor=a.b.c'}
    ${'get'}  | ${'/v1/members/NUMBER/contributions?cursor=99999.99999.99999.1'}
    ${'get'}  | ${'/v1/payers/1/bills?cursor=abc'}
    ${'post'} | ${`/v1/payers/${largest}/months/2026-08/calculate`}
    ${'post'} | ${`/v1/payers/${largest}/months/2026-08/issue`}
    ${'post'} | ${'/v1/payers/1/months/9999-12/calculate'}
    ${'post'} | ${'/v1/payers/1/months/9999-12/issue'}
    ${'post'} | ${'/v1/months/0001-01/open'}
    ${'post'} | ${'/v1/months/9999-12/close'}
  `('$method $url is answered, not failed', async ({ method, url }: { method: 'get' | 'post'; url: string }) => {
    const reply = method === 'get' ? await served.get(officer, url.replace('NUMBER', number)) : await served.post(officer, url)
    expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(500)
  })
})

describe('an idempotency key', () => {
  it('gives the same reply to the same request, and refuses another', async () => {
    const body = (base: string) => wages([{ memberNumber: number, base }])
    const first = await served.post(officer, '/v1/wage-reports', body('7000000'), 'mine')
    expect(await served.post(officer, '/v1/wage-reports', body('7000000'), 'mine')).toEqual(first)
    expect(await served.post(officer, '/v1/wage-reports', body('8000000'), 'mine')).toMatchObject({
      status: 409,
      body: { refusal: { code: 'key-reused' } },
    })
    const { rowCount } = await served.admin.query(`select from contributions.wage_report where base in (7000000, 8000000)`)
    expect(rowCount).toBe(1)
  })

  it('belongs to who sent it: another officer may use the same', async () => {
    const other = await served.actor({ kind: 'staff', role: 'officer', officeId: 1n })
    const reply = await served.post(other, '/v1/wage-reports', wages([{ memberNumber: number, base: '7100000' }]), 'mine')
    expect(reply.status).toBe(200)
  })
})
