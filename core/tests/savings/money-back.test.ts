// Money that paid a bill goes back, also when the year that holds it is closed: an account holds each contribution once, as its statements say and as
// its first entry says, and the control shows no difference. A wage that is put right before its bill is paid takes nothing that is not there.
import type { Month } from '@payung/values'
import { decimals, truncated } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, openMonth, runMonth, splitBill } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { checkSavings, closeYear, creditMonth, settleDifferences } from '../../src/savings/index.ts'
import { account, as, booked, correct, type Firm, firm, officer, pay, payExactly, rate, recall, serve, worker } from './desk.ts'

let scheme: TestScheme
let punctual: Firm
let late: Firm
let wrong: Firm
/** Two workers of one employer each: wages corrected up and down at once, and wages exchanged. */
let mixed: readonly [Firm, Firm]
let swapped: readonly [Firm, Firm]
/** Two who are put on a bill of their own, of three; two beside a third whose raise is owed; two who are raised while the month is unpaid. */
let parted: readonly [Firm, Firm]
let beside: readonly [Firm, Firm, Firm]
let raised: readonly [Firm, Firm]
/** 5.7 % of a wage. */
const share = (wage: bigint): bigint => (wage * 57n) / 1000n

const bills = async (payerId: bigint) =>
  (await scheme.admin.query<{ bill_id: bigint }>('select bill_id from contributions.bill where payer_id = $1 order by bill_id', [payerId]))
    .rows

/** By statements as from the first entry; the control of each closed year 0, asked again; contributions, bills, transfers and bank as one. */
async function agree(on: string): Promise<void> {
  scheme.at(on)
  for (const each of [punctual, late, wrong, ...mixed, ...swapped, ...parted, ...beside, ...raised]) {
    const [stated, all] = [await account(each, on), await account(each, on, true)]
    expect(decimals(stated.balance, 30), `${each.memberNumber} on ${on}`).toBe(decimals(all.balance, 30))
    expect(stated.balance.over >= 0n, `${each.memberNumber} on ${on}`).toBe(true)
  }
  const { rows } = await scheme.admin.query<{ year: number }>('select year from savings.year order by year')
  for (const { year } of rows)
    expect(await scheme.run((tx) => checkSavings(tx, scheme.law, 'JHT', year, 'test')), `${year} on ${on}`).toMatchObject({
      difference: 0n,
    })
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
}

async function close(year: number): Promise<void> {
  scheme.at(`${year + 1}-01-05`)
  const closed = await closeYear(scheme.platform, scheme.law, year, { actor: systemActor })
  expect(closed).toMatchObject({ ok: true, value: { control: { difference: 0n } } })
}
/** What the close still had to move after each month was credited: nothing, where months and statements agree. */
const leftAtClose = async (year: number): Promise<bigint | undefined> =>
  (await scheme.admin.query<{ moved: bigint }>(`select moved from savings.credit where month = $1 and step = 'year'`, [year * 12 + 11]))
    .rows[0]?.moved

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2025-11-01')
  serve(scheme)
  punctual = await firm('5000000')
  late = await firm('7000000')
  wrong = await firm('50000000')
  const [first, second] = [await scheme.organisation({ kind: 'employer' }), await scheme.organisation({ kind: 'employer' })]
  mixed = [await worker(first, '6000000'), await worker(first, '6000000')]
  // The elder pays no pension contribution, so that the exchange comes to more.
  swapped = [await worker(second, '15000000', '1963-05-17'), await worker(second, '6000000')]
  const [third, fourth, fifth] = [await firm('6000000'), await firm('6000000'), await firm('6000000')]
  parted = [await worker(third, '5000000'), await worker(third, '8000000')]
  beside = [await worker(fourth, '5000000'), await worker(fourth, '8000000'), fourth]
  raised = [fifth, await worker(fifth, '6000000')]
  for (const year of [2025, 2026, 2027]) await rate(year, '6%')
  scheme.at('2025-11-28')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2025-11' as Month))
  const done = await runMonth(scheme.platform, scheme.law, '2025-11' as Month, { actor: systemActor })
  if (!done.ok) throw new Error(done.refusal.rule)
})
afterAll(() => scheme.close())

describe('money that goes back', () => {
  const payments = new Map<Firm, bigint>()
  const keep = async (of: Firm, on: string, moneyOf = on): Promise<void> => void payments.set(of, await pay(of, on, moneyOf))
  const back = (of: Firm, on: string): Promise<void> => recall(payments.get(of) ?? 0n, on)

  it('a correction that takes from one and gives to another waits too, although it is owed and paid; and what takes rows off it', async () => {
    const nothingOf = async (on: string) => {
      await agree(on)
      for (const each of [...mixed, ...swapped]) expect(await booked(each, on)).toEqual({})
    }
    const [a, b] = mixed
    scheme.at('2025-12-01')
    const wages = [
      { memberNumber: a.memberNumber, base: '9000000' },
      { memberNumber: b.memberNumber, base: '5500000' },
    ]
    await payExactly(a.payerId, await correct(a, 'wage', wages), '2025-12-02')
    const exchanged = await correct(
      swapped[0],
      'swap',
      swapped.map(({ memberNumber }) => ({ memberNumber })),
    )
    expect(exchanged).toBeGreaterThan(0n)
    await payExactly(swapped[0].payerId, exchanged, '2025-12-02')
    const { rows } = await scheme.admin.query(
      'select kind, state from contributions.bill where payer_id = any ($1) order by kind, bill_id',
      [[a.payerId, swapped[0].payerId]],
    )
    expect(rows.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'correction paid',
      'correction paid',
      'month issued',
      'month issued',
    ])
    await nothingOf('2025-12-02')
    await correct(a, 'wage', [{ memberNumber: a.memberNumber, base: '8500000', replaces: 2 }])
    await nothingOf('2025-12-03')
  })

  it('a correction waits only for what it takes: for what was raised before, but not for a bill that its workers left, nor for a stranger', async () => {
    const numbers = (of: readonly Firm[]) => of.map(({ memberNumber }) => ({ memberNumber }))
    const [a, b, c] = beside
    const [bill] = await bills(parted[0].payerId)
    const asked = { payerId: parted[0].payerId, billId: bill?.bill_id ?? 0n, workers: numbers(parted), reason: 'two are paid' }
    const { amount } = await as(officer, (tx) => splitBill(tx, scheme.law, asked))
    await payExactly(asked.payerId, amount, '2025-12-03')
    expect(
      await correct(
        parted[0],
        'swap',
        numbers(parted).map((each) => ({ ...each, replaces: 2 })),
      ),
    ).toBe(0n)
    await pay(c, '2025-12-03')
    await correct(c, 'wage', [{ memberNumber: c.memberNumber, base: '9000000' }])
    expect(await correct(a, 'swap', numbers([a, b]))).toBe(0n)
    const [y, z] = raised
    const wages = [
      { memberNumber: y.memberNumber, base: '7000000' },
      { memberNumber: z.memberNumber, base: '8000000' },
    ]
    await payExactly(y.payerId, await correct(y, 'wage', wages), '2025-12-03')
    await correct(y, 'wage', [{ memberNumber: y.memberNumber, base: '5500000', replaces: 2 }])
    await agree('2025-12-04')
    for (const [first, second] of [parted, beside]) {
      expect(await booked(first, '2025-12-04')).toEqual({ '2025-12': share(8_000_000n) })
      expect(await booked(second, '2025-12-04')).toEqual({ '2025-12': share(5_000_000n) })
    }
    expect(await booked(c, '2025-12-04')).toEqual({ '2025-12': share(6_000_000n) })
    expect(await booked(y, '2025-12-04')).toEqual({ '2025-12': share(1_000_000n) })
    expect(await booked(z, '2025-12-04')).toEqual({ '2025-12': share(2_000_000n) })
    await pay(y, '2025-12-04')
    expect(await booked(y, '2025-12-04')).toEqual({ '2025-12': share(5_500_000n) })
    expect(await booked(z, '2025-12-04')).toEqual({ '2025-12': share(8_000_000n) })
  })

  it('a wage put right before its bill is paid waits for the bill, and takes nothing that is not there', async () => {
    scheme.at('2025-12-05')
    await correct(wrong, 'wage', [{ memberNumber: wrong.memberNumber, base: '5000000' }])
    await agree('2025-12-10')
    expect(await booked(wrong, '2025-12-10')).toEqual({})
    await keep(wrong, '2025-12-20')
    expect(await booked(wrong, '2025-12-20')).toEqual({ '2025-12': share(5_000_000n) })
    await agree('2025-12-20')
  })

  it('is taken back in the month in which it went, and the closed year keeps what it holds', async () => {
    await keep(punctual, '2025-12-15')
    await close(2025)
    await keep(late, '2026-01-10', '2025-12-30')
    await agree('2026-02-09')
    expect(await booked(late, '2026-02-09')).toEqual({ '2026-01': share(7_000_000n) })
    for (const each of [punctual, wrong]) await back(each, '2026-02-10')
    await agree('2026-02-10')
    // What it earned in December and January was earned.
    expect(truncated((await account(punctual, '2026-02-10')).balance)).toBe(share(5_000_000n) / 100n + 7n)
    expect(await booked(wrong, '2026-02-10')).toEqual({ '2025-12': share(5_000_000n), '2026-02': -share(5_000_000n) })
    expect(await booked(punctual, '2026-01-31')).toEqual({ '2025-12': share(5_000_000n) })
  })

  it('what waited counts with the bill that it takes rows off, once, and waits again when that money goes back', async () => {
    const wages: [Firm, bigint][] = [
      [mixed[0], 8_500_000n],
      [mixed[1], 5_500_000n],
      [swapped[0], 6_000_000n],
      [swapped[1], 15_000_000n],
    ]
    const firms = [mixed[0], swapped[0]]
    for (const each of firms) await keep(each, '2026-02-15')
    await agree('2026-02-15')
    for (const [each, wage] of wages) expect(await booked(each, '2026-02-15')).toEqual({ '2026-02': share(wage) })
    for (const each of firms) await back(each, '2026-02-20')
    await agree('2026-02-20')
    for (const [each] of wages) expect(await booked(each, '2026-02-20')).toEqual({})
    for (const each of firms) await keep(each, '2026-02-25')
    await agree('2026-02-25')
    for (const [each, wage] of wages) expect(await booked(each, '2026-02-25')).toEqual({ '2026-02': share(wage) })
  })

  it('counts once when it is paid again, and again after a second recall', async () => {
    const once = { '2025-12': share(5_000_000n), '2026-02': -share(5_000_000n) }
    await keep(punctual, '2026-03-01')
    await agree('2026-03-01')
    expect(await booked(punctual, '2026-03-01')).toEqual({ ...once, '2026-03': share(5_000_000n) })
    await back(punctual, '2026-04-10')
    expect(await booked(punctual, '2026-04-10')).toEqual(once)
    await keep(punctual, '2026-05-20')
    await agree('2026-05-20')
    expect(await booked(punctual, '2026-05-20')).toEqual({ ...once, '2026-05': share(5_000_000n) })
  })

  it('that was booked late in the open year counts from the month in which it is paid again', async () => {
    await back(late, '2026-03-10')
    expect(await booked(late, '2026-06-01')).toEqual({})
    await keep(late, '2026-06-15')
    await agree('2026-06-30')
    expect(await booked(late, '2026-06-30')).toEqual({ '2026-06': share(7_000_000n) })
  })

  it('leaves nothing for the close to move, and goes back across the next close too', async () => {
    scheme.at('2027-01-02')
    await as(systemActor, (tx) => creditMonth(tx, scheme.law, '2026-12' as Month))
    await close(2026)
    expect(await leftAtClose(2026)).toBe(0n)
    await back(punctual, '2027-02-02')
    await keep(wrong, '2027-02-20')
    await agree('2027-03-31')
    expect(await booked(wrong, '2027-03-31')).toMatchObject({ '2026-02': -share(5_000_000n), '2027-02': share(5_000_000n) })
  })

  it('stays where it was when other money of the payer pays instead, on a day after the close', async () => {
    await pay(late, '2027-03-01', '2027-03-01', true)
    await back(late, '2027-03-10')
    const { rows } = await scheme.admin.query('select state, paid_on from contributions.bill where payer_id = $1', [late.payerId])
    expect(rows).toEqual([{ state: 'paid', paid_on: '2027-03-01' }])
    await agree('2027-03-31')
    expect(await booked(late, '2027-03-31')).toEqual({ '2026-06': share(7_000_000n) })
  })

  it('is found where it was when the rate of its closed year turns out otherwise', async () => {
    await rate(2025, '12%', true)
    const before = truncated((await account(punctual, '2027-03-31')).balance)
    expect(await as(systemActor, (tx) => settleDifferences(tx, scheme.law))).toMatchObject({ years: [2025] })
    await agree('2027-03-31')
    // December's half a percent more of what was there in December, and what that earned since.
    const more = truncated((await account(punctual, '2027-03-31')).balance) - before
    expect(more).toBeGreaterThanOrEqual(share(5_000_000n) / 200n)
    expect(more).toBeLessThan((share(5_000_000n) * 11n) / 2000n)
    await as(systemActor, (tx) => creditMonth(tx, scheme.law, '2027-02' as Month))
    await close(2027)
    await agree('2028-01-05')
  })
})
