// The relief of 2020 deferred 99 % of pension insurance for large employers whose turnover fell (PP 49/2020): 1 % is billed, 99 % is noted, and
// billed from May 2021 to 15 April 2022, to the rupiah. Less deferred is less owed; twice is once; the control's difference is 0 after every step.
import type { Day, Month, Result } from '@payung/values'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorLike } from '../../../tests/database.ts'
import { instalmentOf, type Repayment, stageOn, stagesOf } from '../../src/contributions/domain/deferral.ts'
import {
  amendContract,
  approveCorrection,
  billDeferred,
  billDeferredOf,
  checkControl,
  openMonth,
  proposeCorrection,
  reassessMonth,
  registerContracts,
  runMonth,
  showDifference,
} from '../../src/contributions/index.ts'
import { noteDeferred } from '../../src/contributions/store/deferrals.ts'
import { showDeferred } from '../../src/contributions/use-cases/show-deferred.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { type Served, serve } from '../http/served.ts'

/** 99 % of 3 % of each wage, rounded for each share: 148,500 + 118,800 + (19,801 + 9,900). */
const wages = ['5000000', '4000000', '1000037']
const ofMonth = 297_001n
/** 4,000,000 corrected to 3,000,000. */
const less = 29_700n

let scheme: Served
const organisations = {} as Record<'mill' | 'works' | 'shop', bigint>
const payers = {} as Record<'mill' | 'works' | 'shop', bigint>
const numbers = {} as Record<'mill' | 'works' | 'shop', string[]>

const value = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.rule}`)
  return result.value
}
const as = <Value>(actorId: bigint, work: (tx: Tx) => Promise<Result<Value>>): Promise<Result<Value>> =>
  inTransaction(scheme.platform, { role: 'run', actor: actorLike({ actorId, officeId: 1n }) }, { name: 'test', input: null }, work)
const rows = async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
  (await scheme.admin.query<Row>(text, [...values])).rows
const sum = async (text: string, values: readonly unknown[] = []): Promise<bigint> =>
  BigInt((await rows<{ sum: string | null }>(text, values))[0]?.sum ?? 0)
const deferred = (payer: bigint) => sum('select sum(amount) from contributions.deferral where payer_id = $1', [payer])
const billed = (payer: bigint) => sum('select sum(amount) from contributions.deferral_instalment where payer_id = $1', [payer])
const billsOf = async (payer: bigint) =>
  (
    await rows<{ total: bigint; state: string; due: string; fine: bigint }>(
      `select total, state, due, fine from contributions.bill where payer_id = $1 and kind = 'deferred' order by bill_id`,
      [payer],
    )
  ).map(({ total, state, due }) => [total, state, due])
const control = async () => (await scheme.run((tx) => checkControl(tx, 'test', null))).difference
const bill = () => scheme.run((tx) => billDeferred(tx, scheme.law))
const ask = (payer: keyof typeof payers, whole = false) =>
  as(1n, (tx) => billDeferredOf(tx, scheme.law, { payerId: payers[payer] ?? 0n, whole }))

async function run(month: string, day: string): Promise<void> {
  scheme.at(`${month}-01`)
  await scheme.run((tx) => openMonth(tx, scheme.law, month as Month))
  scheme.at(day)
  expect(value(await runMonth(scheme.platform, scheme.law, month as Month, { actor: systemActor })).control.difference).toBe(0n)
}
async function correct(month: string, base: string): Promise<void> {
  const row = { memberNumber: numbers.mill[1] ?? '', base }
  const evidence = { digest: 'a'.repeat(64), description: 'Letter 12/VII' }
  const asked = { payerId: payers.mill, month: month as Month, kind: 'wage', rows: [row], reason: 'typed wrongly', evidence } as const
  const id = value(await as(1n, (tx) => proposeCorrection(tx, scheme.law, asked)))
  const shown = value(await as(1n, (tx) => showDifference(tx, scheme.law, id, 'test')))
  value(
    await as(2n, (tx) => approveCorrection(tx, scheme.law, { id, seen: BigInt(shown.difference?.bill.total.amount ?? 0), why: 'seen' })),
  )
}
/** Everything that is open is paid. */
async function payAll(payer: bigint, day: string): Promise<void> {
  scheme.at(day)
  const open = await sum('select sum(amount - countered) from payments.payable where payer_id = $1 and settled_on is null', [payer])
  const credit = await sum(`select sum(balance) from ledger.payer_balance where payer_id = $1 and code = 'credit'`, [payer])
  await scheme.pay([{ channel: 'bank', day, externalId: `${payer} ${day}`, code: paymentCode(payer), amount: (open - credit).toString() }])
}

beforeAll(async () => {
  scheme = await serve('2020-08-01')
  const facts = { employer_size: 'large', risk_class: 'III', active_workers: '80', turnover_fell: 'yes' }
  for (const [name, given] of Object.entries({ mill: facts, works: facts, shop: { ...facts, turnover_fell: 'no' } })) {
    const employer = await scheme.organisation({ kind: 'employer', facts: given })
    payers[name as 'mill'] = employer.payerId
    organisations[name as 'mill'] = employer.organisationId
    const persons = await scheme.persons(wages.length)
    numbers[name as 'mill'] = persons.map(({ memberNumber }) => memberNumber)
    await scheme.memberships(
      persons.map(({ memberNumber }, index) => ({
        memberNumber,
        segment: 'PU',
        organisationId: employer.organisationId,
        base: wages[index] ?? '',
        from: '2020-08-01',
      })),
    )
  }
})
afterAll(() => scheme.close())

describe('the law of repayment', () => {
  const repayment: Repayment = {
    programmes: ['A'],
    startsBy: '2021-05-15' as Day,
    ends: '2022-04-15' as Day,
    everyMonths: 1,
    source: { act: '', article: '', link: '', status: 'one-source' },
  }

  it.each`
    today           | day             | opens           | remaining
    ${'2020-10-01'} | ${'2021-05-15'} | ${'2021-05-01'} | ${12}
    ${'2021-05-15'} | ${'2021-05-15'} | ${'2021-05-01'} | ${12}
    ${'2021-05-16'} | ${'2021-06-15'} | ${'2021-06-01'} | ${11}
    ${'2022-03-16'} | ${'2022-04-15'} | ${'2022-04-01'} | ${1}
    ${'2023-01-01'} | ${'2022-04-15'} | ${'2022-04-01'} | ${1}
  `('on $today the stage is that of $day, with $remaining left', ({ today, day, opens, remaining }) => {
    expect(stageOn(repayment, today)).toEqual({ day, opens, remaining })
  })

  it('instalments sum to the whole whatever the stages', () => {
    expect(stagesOf({ ...repayment, everyMonths: 5 })).toEqual(['2021-05-15', '2021-10-15', '2022-03-15', '2022-04-15'])
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), fc.integer({ min: 1, max: 24 }), (whole, stages) => {
        let left = whole
        for (let remaining = stages; remaining > 0; remaining--) left -= instalmentOf(left, remaining)
        expect(left).toBe(0n)
      }),
      { numRuns: 50 },
    )
  })
})

describe('what is deferred', () => {
  it('is noted when a month that was billed whole is assessed anew, and not before', async () => {
    await run('2020-08', '2020-08-31')
    expect(await rows('select from contributions.deferral')).toEqual([])
    scheme.at('2020-09-02')
    value(await reassessMonth(scheme.platform, scheme.law, '2020-08' as Month, { actor: systemActor }))
    expect([await deferred(payers.mill), await deferred(payers.works), await deferred(payers.shop)]).toEqual([ofMonth, ofMonth, 0n])
    expect(await control()).toBe(0n)
  })

  it('is noted with the bills of the months: 1 % is billed, 99 % is owed later', async () => {
    await run('2020-09', '2020-09-30')
    await run('2020-10', '2020-10-31')
    expect([await deferred(payers.mill), await deferred(payers.works), await deferred(payers.shop)]).toEqual([
      3n * ofMonth,
      3n * ofMonth,
      0n,
    ])
    const fund = `select sum(case when credit = a.account then amount else -amount end) from ledger.transfer t join ledger.account a on a.code = 'fund:JP' where month = 2020 * 12 + 9 and payer_id = $1 and a.account in (debit, credit)`
    expect(await sum(fund, [payers.mill])).toBe(3_000n)
    expect(await sum(fund, [payers.shop])).toBe(3_000n + ofMonth)
  })

  it('asks the database nothing where the tariff defers nothing', async () => {
    const silent = { run: () => Promise.reject(new Error('a statement')) } as unknown as Tx
    const slots = [{ programme: 'A', kind: 'employer', from: '', nth: 0 }] as const
    expect(await noteDeferred(silent, { slots, rows: [] }, '2020-10' as Month, '2020-10-31' as Day)).toBe(0)
  })

  it('is less by the correction of a wage', async () => {
    scheme.at('2020-11-20')
    await correct('2020-09', '3000000')
    expect(await deferred(payers.mill)).toBe(3n * ofMonth - less)
    expect(await rows('select amount from contributions.deferral where amount < 0')).toEqual([{ amount: -less }])
    expect(await control()).toBe(0n)
  })
})

describe('what is billed', () => {
  it.each`
    payer       | whole    | refused
    ${'nobody'} | ${false} | ${'payer-unknown'}
    ${'shop'}   | ${false} | ${'nothing-deferred'}
    ${'shop'}   | ${true}  | ${'nothing-deferred'}
    ${'mill'}   | ${false} | ${'instalment-not-open'}
  `('before the window, $payer (whole: $whole) hears $refused', async ({ payer, whole, refused }) => {
    expect(await ask(payer, whole)).toMatchObject({ ok: false, refusal: { code: refused } })
  })

  it('all at once, where the payer asks so before', async () => {
    scheme.at('2021-03-10')
    expect((await bill()).bills).toEqual([])
    const officer = await scheme.actor({ kind: 'staff', role: 'officer', officeId: 1n })
    const url = `/v1/payers/${payers.works}/deferred`
    const once = await scheme.post<{ total: { amount: string } }>(officer, `${url}/bills`, { whole: true }, 'at-once')
    expect([once.status, once.body.total.amount]).toEqual([200, String(3n * ofMonth)])
    expect(await scheme.post(officer, `${url}/bills`, { whole: true }, 'at-once')).toEqual(once)
    const seen = await Promise.all(
      [organisations.works, organisations.mill].map(async (organisationId) =>
        scheme.get<{ left?: { amount: string } }>(await scheme.actor({ kind: 'organisation', role: 'organisation', organisationId }), url),
      ),
    )
    expect(seen.map(({ status, body }) => [status, body.left?.amount])).toEqual([
      [200, '0'],
      [422, undefined],
    ])
    expect(await billsOf(payers.works)).toEqual([[3n * ofMonth, 'issued', '2021-05-15']])
    expect(await ask('works', true)).toMatchObject({ ok: false, refusal: { code: 'all-billed' } })
    expect(await control()).toBe(0n)
  })

  it('an instalment from May on, once', async () => {
    scheme.at('2021-05-01')
    // A twelfth of each month, rounded up: 297,001, 267,301 and 297,001.
    const first = 24_751n + 22_276n + 24_751n
    expect(await bill()).toMatchObject({ bills: [{ payer_id: payers.mill, total: first }], total: first })
    expect(await bill()).toEqual({ bills: [], total: 0n })
    expect(await ask('mill')).toMatchObject({ ok: false, refusal: { code: 'instalment-billed' } })
    expect(await billsOf(payers.mill)).toEqual([[first, 'issued', '2021-05-15']])
    const [august] = value(await as(1n, (tx) => showDeferred(tx, scheme.law, payers.mill)))
    const next = { due: '2021-06-15', amount: 24_750n }
    expect(august).toMatchObject({ month: '2020-08', programme: 'JP', deferred: ofMonth, billed: 24_751n, paid: 0n, left: 272_250n, next })
    await payAll(payers.mill, '2021-05-10')
    expect(await billsOf(payers.mill)).toEqual([[first, 'paid', '2021-05-15']])
    expect(await control()).toBe(0n)
  })

  it('beside the bill of the month, which keeps its number; an instalment that is late is not fined', async () => {
    await run('2021-05', '2021-05-31')
    const [may] = await rows<{ kind: string }>(
      'select kind from contributions.bill where payer_id = $1 and month = 2021 * 12 + 4 order by bill_id',
      [payers.mill],
    )
    expect(may?.kind).toBe('month')
    expect(
      await rows(`select from contributions.fine f join contributions.bill b using (payer_id, bill_id) where b.kind = 'deferred'`),
    ).toEqual([])
    expect(await control()).toBe(0n)
  })

  it('beside a contract and its addendum of the same month: no two of them have one number', async () => {
    const contract = {
      payerId: payers.mill,
      segment: 'JAKON',
      name: 'Hall',
      from: '2021-07-01' as Day,
      until: '2022-03-01' as Day,
      facts: { contract_value: '180000000' },
      members: [],
    }
    scheme.at('2021-06-01')
    const [made] = value(await scheme.run((tx) => registerContracts(tx, scheme.law, [contract])))
    expect((await bill()).bills.length).toBe(1)
    const contractId = made?.contractId ?? 0n
    const more = { contractId, facts: { contract_value: '280000000' }, reason: 'Addendum 1' }
    const added = value(await scheme.run((tx) => amendContract(tx, scheme.law, more)))
    expect(
      await rows(
        `select kind, (bill_id & 1048575)::integer - 524288 as n from contributions.bill where payer_id = $1 and bill_id & 524288 > 0 order by bill_id`,
        [payers.mill],
      ),
    ).toEqual([
      { kind: 'deferred', n: 0 },
      { kind: 'contract', n: 1 },
      { kind: 'deferred', n: 2 },
      { kind: 'contract', n: 3 },
    ])
    expect([contractId & 1048575n, (added.billId ?? 0n) & 1048575n]).toEqual([524289n, 524291n])
    expect(await control()).toBe(0n)
  })

  it('the rest by the last day, to the rupiah', async () => {
    for (const month of ['2021-07', '2021-08', '2021-09', '2021-10', '2021-11', '2021-12', '2022-01', '2022-02', '2022-03', '2022-04']) {
      scheme.at(`${month}-01`)
      expect((await bill()).bills.length).toBe(1)
    }
    expect(await billed(payers.mill)).toBe(3n * ofMonth - less)
    expect(await ask('mill')).toMatchObject({ ok: false, refusal: { code: 'all-billed' } })
    expect((await billsOf(payers.mill)).at(-1)?.[2]).toBe('2022-04-15')
    await payAll(payers.mill, '2022-04-10')
    expect((await billsOf(payers.mill)).every(([, state]) => state === 'paid')).toBe(true)
    expect(await control()).toBe(0n)
  })

  it('what turns out to be too much comes back as credit', async () => {
    scheme.at('2022-05-20')
    await correct('2020-10', '3000000')
    expect(await bill()).toMatchObject({ total: -less })
    expect((await billsOf(payers.mill)).at(-1)).toEqual([-less, 'paid', null])
    expect(await billed(payers.mill)).toBe(await deferred(payers.mill))
    expect(await bill()).toEqual({ bills: [], total: 0n })
    expect(await control()).toBe(0n)
    const letters = `select kind, count(*)::integer as letters from notices.letter where kind like 'deferred-%' group by kind order by kind`
    expect(await rows(letters)).toEqual([
      { kind: 'deferred-instalment', letters: 13 },
      { kind: 'deferred-returned', letters: 1 },
    ])
  })
})
