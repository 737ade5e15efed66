// What changes after registration, over HTTP: who pays, an organisation's facts, a duplicate number; and whom row security lets do it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Served, serve } from './served.ts'

type Rows = { results: { row: number; id: string | null; refusal: { code: string; data: Record<string, string> } | null }[] }

let served: Served
let officer: string
let administrator: string
/** Of a branch that serves none of the districts in which the members live. */
let stranger: string
let keeper: string
let firm: { organisationId: bigint; payerId: bigint }
let giver: typeof firm
let [worker, self] = ['', '']

beforeAll(async () => {
  served = await serve('2026-09-01')
  const { rows } = await served.admin.query<{ office_id: bigint }>(
    `select o.office_id from registry.office o where o.kind <> 'head' and not exists (
       select from registry.office_district d where d.office_id = o.office_id and d.region_code in
         (select region_code from registry.region where level = 'district' order by 1 limit 1)) order by 1 limit 1`,
  )
  officer = await served.actor({ kind: 'staff', role: 'officer', officeId: 1n })
  administrator = await served.actor({ kind: 'staff', role: 'administrator', officeId: 1n })
  keeper = await served.actor({ kind: 'staff', role: 'officer', officeId: 2n })
  stranger = await served.actor({ kind: 'staff', role: 'officer', officeId: rows[0]?.office_id ?? 0n })
  firm = await served.organisation({ kind: 'employer', facts: { employer_size: 'small', risk_class: 'I' } })
  giver = await served.organisation({ kind: 'sponsor' })
  const persons = await served.persons(2)
  ;[worker, self] = [persons[0]?.memberNumber ?? '', persons[1]?.memberNumber ?? '']
  await served.memberships([
    { memberNumber: worker, segment: 'PU', organisationId: firm.organisationId, base: '5000000', from: '2026-09-01' },
    { memberNumber: self, segment: 'BPU', base: '1000000', from: '2026-09-01' },
  ])
})
afterAll(() => served.close())

const pays = (payerId: bigint | null, from: string, memberNumber = self) => ({
  arrangements: [{ memberNumber, ordinal: 1, payerId: payerId?.toString() ?? null, from }],
})

describe('who pays', () => {
  it('changes from a day on, each row answered by itself', async () => {
    const both = { arrangements: [...pays(giver.payerId, '2026-11-01').arrangements, ...pays(null, '2026-02-30', worker).arrangements] }
    const { status, body } = await served.post<Rows>(officer, '/v1/arrangements', both)
    expect([status, body.results.map(({ row, id, refusal }) => [row, id, refusal?.code ?? null, refusal?.data.field ?? null])]).toEqual([
      200,
      [
        [1, '1', null, null],
        [2, null, 'wrong-first-day', 'from'],
      ],
    ])
    const shown = await served.get<{ memberships: { payerId: string }[] }>(officer, `/v1/members/${self}?why=test`)
    expect(shown.body.memberships.map(({ payerId }) => payerId)).toEqual([giver.payerId.toString()])
  })

  it('is not an office’s to say that does not serve the member', async () => {
    const { body } = await served.post<Rows>(stranger, '/v1/arrangements', pays(null, '2026-12-01'))
    expect(body.results[0]?.refusal?.code).toBe('membership-unknown')
  })

  it('is never the State', async () => {
    const { rows } = await served.admin.query<{ payer_id: bigint }>(`select payer_id from registry.payer where kind = 'state'`)
    const { body } = await served.post<Rows>(officer, '/v1/arrangements', pays(rows[0]?.payer_id ?? 0n, '2026-12-01'))
    expect(body.results[0]?.refusal?.code).toBe('payer-cannot-pay')
  })
})

describe('an organisation', () => {
  const url = () => `/v1/organisations/${firm.organisationId}/facts`

  it('changes for all its memberships, also those that the office does not see', async () => {
    expect(await served.post(keeper, url(), { from: '2026-10-01', facts: { risk_class: 'III' } })).toMatchObject({
      status: 200,
      body: { organisationId: firm.organisationId.toString(), from: '2026-10-01', memberships: 1 },
    })
    const { rows } = await served.admin.query(
      `select f.from_day, f.until_day, p.facts ->> 'risk_class' as risk from contributions.membership_fact f join contributions.profile p using (profile_id)
       where f.payer_id = $1 order by 1`,
      [firm.payerId],
    )
    expect(rows).toEqual([
      { from_day: '2026-09-01', until_day: '2026-10-01', risk: 'I' },
      { from_day: '2026-10-01', until_day: null, risk: 'III' },
    ])
  })

  it.each`
    body                                                    | status | code
    ${{ from: '2026-10-01', facts: { risk_class: 'II' } }}  | ${422} | ${'facts-too-early'}
    ${{ from: '2026-02-30', facts: { risk_class: 'II' } }}  | ${422} | ${'wrong-first-day'}
    ${{ from: '2026-12-01', facts: { risk_class: 'VII' } }} | ${422} | ${/./}
    ${{ from: '2026-12-01', facts: { colour: 'red' } }}     | ${422} | ${/./}
    ${{ from: '2026-12-01', facts: {} }}                    | ${400} | ${null}
  `('is refused $body', async ({ body, status, code }: { body: object; status: number; code: string | RegExp | null }) => {
    const reply = await served.post(officer, url(), body)
    expect([reply.status, reply.type]).toEqual([status, expect.stringContaining('problem+json')])
    if (code !== null) expect(reply.body.refusal?.code).toMatch(code)
  })
})

describe('a duplicate number', () => {
  it('leads to the member who stays; only an administrator may say so, and it leaves a look', async () => {
    const [duplicate] = await served.persons(1)
    const body = { alias: duplicate?.memberNumber ?? '', reason: 'the same card', consent: 'at the desk' }
    expect((await served.post(officer, `/v1/members/${self}/aliases`, body)).status).toBe(403)
    expect(await served.post(administrator, `/v1/members/${self}/aliases`, body)).toMatchObject({
      status: 200,
      body: { memberNumber: self, aliases: [duplicate?.memberNumber] },
    })
    expect(await served.get(officer, `/v1/members/${duplicate?.memberNumber}?why=test`)).toMatchObject({ body: { memberNumber: self } })
    expect(await served.post(administrator, `/v1/members/${self}/aliases`, body)).toMatchObject({
      status: 422,
      body: { refusal: { code: 'same-person' } },
    })
    const { rows } = await served.admin.query(`select view, why from platform.access_trail where view = 'merge'`)
    expect(rows).toEqual([{ view: 'merge', why: 'the same card' }])
  })
})
