// The same use cases under the law of an invented country with two decimals, two programmes and no State share: nothing in the core
// depends on one nation. Law: law/test-pack (care 1.5 % of pay in 2026, 0.5 % more at night, life 10.50, from 65 on 5.00; on one's own 2 %).
import { type Day, formatMoney, type Month, money } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, closeMonth, openMonth, runMonth, showCover } from '../../src/contributions/index.ts'
import { showBills } from '../../src/contributions/use-cases/show-bills.ts'
import { balances } from '../../src/ledger/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'

let scheme: TestScheme
let payerId: bigint
let workers: { memberNumber: string; personId: bigint }[]
let external = 0

const open = (month: string) => scheme.run((tx) => openMonth(tx, scheme.law, month as Month))
const run = async (month: string) => {
  const done = await runMonth(scheme.platform, scheme.law, month as Month, { actor: systemActor, chunk: 2 })
  if (!done.ok) throw new Error(done.refusal.rule)
  return done.value
}
const pays = async (payer: bigint, amount: number, day: string) => {
  scheme.at(day)
  const [outcome] = await scheme.pay([
    { channel: 'bank', day, externalId: String(++external), code: paymentCode(payer), amount: String(amount) },
  ])
  return { settled: outcome?.settled.map(({ amount: each }) => each), credit: outcome?.credit, missing: outcome?.missing }
}
const careOf = async (personId: bigint, day: string) => {
  const [membership] = await scheme.run((tx) => showCover(tx, scheme.law, [personId], day as Day))
  return membership?.programmes.map(({ programme, state, reason }) => [programme, state, reason])
}

beforeAll(async () => {
  scheme = await freshScheme('test-pack', '2026-01-01')
  const firm = await scheme.organisation({ kind: 'firm' })
  payerId = firm.payerId
  workers = [...(await scheme.persons(2)), ...(await scheme.persons(1, '1950-03-01'))]
  const facts = [{}, { night_work: 'yes' }, {}]
  await scheme.memberships(
    workers.map(({ memberNumber }, index) => ({
      memberNumber,
      segment: 'employee',
      organisationId: firm.organisationId,
      base: '100000',
      facts: facts[index] ?? {},
      from: '2026-01-01',
    })),
  )
  await open('2026-01')
})
afterAll(() => scheme.close())

describe('a firm', () => {
  it('is billed 25.50 + 30.50 + 20.00, due on the 10th of the next month', async () => {
    scheme.at('2026-01-31')
    expect(await run('2026-01')).toMatchObject({ rows: 3, bills: 1, total: 7_600n, control: { difference: 0n } })
    const shown = await scheme.run((tx) => showBills(tx, scheme.law, payerId, undefined, 10))
    expect(shown).toMatchObject({
      ok: true,
      value: {
        items: [
          {
            total: { amount: '7600', currency: 'XTS' },
            employer: { amount: '5000', currency: 'XTS' },
            worker: { amount: '2600', currency: 'XTS' },
            state_share: { amount: '0' },
            due: '2026-02-10',
          },
        ],
      },
    })
    expect(formatMoney(money(7_600n, scheme.law.pack.currency), 'en').replace('\u00a0', ' ')).toBe('XTS 76.00')
  })

  it('with a cent too little pays nothing; with it the workers are covered', async () => {
    expect(await pays(payerId, 7_599, '2026-02-09')).toEqual({ settled: [], credit: 7_599n, missing: 1n })
    expect(await careOf(workers[0]?.personId ?? 0n, '2026-02-09')).toEqual([['CARE', 'not covered', 'employer-unpaid']])
    expect(await pays(payerId, 1, '2026-02-11')).toEqual({ settled: [7_600n], credit: 0n, missing: 0n })
    expect(await careOf(workers[0]?.personId ?? 0n, '2026-02-11')).toEqual([['CARE', 'covered', null]])
  })

  it('paid a day late is fined 1 % of 76.00 on its next bill', async () => {
    await open('2026-02')
    scheme.at('2026-02-28')
    expect(await run('2026-02')).toMatchObject({ total: 7_676n, control: { fines: 76n, difference: 0n } })
  })

  it('pays first itself when more than two months are overdue', async () => {
    for (const month of ['2026-03', '2026-04']) {
      scheme.at(`${month}-28`)
      await open(month)
      await run(month)
    }
    expect(await careOf(workers[0]?.personId ?? 0n, '2026-05-10')).toEqual([
      ['CARE', 'covered, contribution outstanding', 'contribution-outstanding'],
    ])
    expect(await careOf(workers[0]?.personId ?? 0n, '2026-05-11')).toEqual([['CARE', 'employer pays first', 'employer-unpaid']])
  })

  it('has brought each fund its part', async () => {
    const stands = await scheme.run((tx) => balances(tx))
    const of = (account: string) => stands.find((each) => each.account === account)?.balance
    expect([of('fund:CARE'), of('fund:LIFE')]).toEqual([4n * 5_000n, 4n * 2_600n])
  })
})

describe('somebody on their own', () => {
  it('pays 2 % of 333.33, half a cent rounded up, before anything is billed', async () => {
    scheme.at('2026-01-05')
    const [solo] = await scheme.persons(1)
    if (!solo) throw new Error('no person')
    await scheme.memberships([{ memberNumber: solo.memberNumber, segment: 'solo', base: '33333', from: '2026-01-05' }])
    const { rows } = await scheme.admin.query<{ payer_id: bigint }>(
      'select payer_id from contributions.membership_fact where person_id = $1',
      [solo.personId],
    )
    const payer = rows[0]?.payer_id ?? 0n
    expect(await pays(payer, 666, '2026-01-20')).toEqual({ settled: [], credit: 666n, missing: 1n })
    expect(await pays(payer, 1, '2026-01-21')).toEqual({ settled: [667n], credit: 0n, missing: 0n })
    expect(await careOf(solo.personId, '2026-01-20')).toEqual([['CARE', 'not covered', 'never-paid']])
    expect(await careOf(solo.personId, '2026-01-21')).toEqual([['CARE', 'covered', null]])
    expect(await careOf(solo.personId, '2026-02-28')).toEqual([['CARE', 'covered', null]])
    expect(await careOf(solo.personId, '2026-03-01')).toEqual([['CARE', 'not covered', 'lapsed']])
  })

  it('pays ahead as many months as the law of the country says, which are two', async () => {
    const [solo] = await scheme.persons(1)
    if (!solo) throw new Error('no person')
    scheme.at('2026-01-22')
    await scheme.memberships([{ memberNumber: solo.memberNumber, segment: 'solo', base: '50000', from: '2026-01-22' }])
    const { rows } = await scheme.admin.query<{ payer_id: bigint }>(
      'select payer_id from contributions.membership_fact where person_id = $1',
      [solo.personId],
    )
    expect(await pays(rows[0]?.payer_id ?? 0n, 5_000, '2026-01-22')).toEqual({
      settled: [1_000n, 1_000n, 1_000n],
      credit: 2_000n,
      missing: 0n,
    })
  })
})

it('closes the month after its due day, with the control at 0', async () => {
  scheme.at('2026-02-10')
  expect(await scheme.run((tx) => closeMonth(tx, scheme.law, '2026-01' as Month))).toMatchObject({
    ok: false,
    refusal: { code: 'month-not-due', data: { due: '2026-02-10' } },
  })
  scheme.at('2026-02-11')
  expect(await scheme.run((tx) => closeMonth(tx, scheme.law, '2026-01' as Month))).toMatchObject({ ok: true })
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})
