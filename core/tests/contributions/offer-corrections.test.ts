// Corrections of months that offers paid, here out of a regency's trust money at 16,800 a member (PP 50/2025 halves nothing of public money):
// what is paid moves with the rows, once, and the control's difference is 0 after every step. And bills of theirs beyond the numbers of a month.
import type { Month } from '@payung/values'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, openMonth } from '../../src/contributions/index.ts'
import { type Member, offerDesk } from './offer-desk.ts'

let scheme: TestScheme
const { approve, correct, coverOf, end, fishers, join, lastPaid, pays, priceOf, propose, recall, rowsOf } = offerDesk(() => scheme)

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-05-01')
  for (const month of ['2026-05', '2026-06', '2026-07']) {
    scheme.at(`${month}-01`)
    await scheme.run((tx) => openMonth(tx, scheme.law, month as Month))
  }
})
afterAll(() => scheme.close())
afterEach(async () => {
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})

const regency = (count: number) => fishers('APBD', count)

/** Of two members who are paid for May one was ended by mistake; June and July are paid for the other. */
async function wronglyEnded() {
  const { payerId, members } = await regency(2)
  const [wrong, other] = members as [Member, Member]
  await pays(payerId, 33_600, '2026-05-10')
  await end(wrong, '2026-05-31')
  expect(await pays(payerId, 33_600, '2026-06-05')).toEqual(['2026-06 16800', '2026-07 16800'])
  scheme.at('2026-06-10')
  const rows = [{ memberNumber: wrong.memberNumber, base: '1000000' }]
  return { payerId, wrong, other, rows }
}

it('a month missed by a wrong ending is asked for once, also while its bill waits, and the next one follows', async () => {
  const { payerId, members } = await regency(2)
  const [wrong, other] = members as [Member, Member]
  expect(await pays(payerId, 33_600, '2026-05-10')).toEqual(['2026-05 33600'])
  await end(wrong, '2026-05-31')
  expect(await pays(payerId, 16_800, '2026-06-05')).toEqual(['2026-06 16800'])
  scheme.at('2026-06-10')
  const rows = [{ memberNumber: wrong.memberNumber, base: '1000000' }]
  expect(await correct(payerId, '2026-06', 'deactivation', rows)).toEqual({ seen: 16_800n, done: false, cover: 'goes on' })
  expect(await priceOf(payerId)).toEqual({ month: '2026-07', amount: 16_800n })
  expect(await pays(payerId, 10_000, '2026-06-11')).toEqual([])
  expect(await coverOf(wrong, '2026-06-12')).toBe('no membership')
  expect(await pays(payerId, 6_800, '2026-06-12')).toEqual(['2026-06 16800'])
  expect(await rowsOf(wrong)).toBe('5/0 6/0')
  expect(await coverOf(wrong, '2026-06-12')).toBe('covered 2026-05-10 2026-06-30')
  expect(await priceOf(payerId)).toEqual({ month: '2026-07', amount: 33_600n })
  // The money that paid the correction goes back: the month is not paid, and is not offered beside the bill that asks for it again.
  await recall(payerId)
  expect(await coverOf(wrong, '2026-06-12')).toBe('covered 2026-05-10 2026-05-31')
  expect(await priceOf(payerId)).toEqual({ month: '2026-07', amount: 33_600n })
  expect(await pays(payerId, 6_800, '2026-06-14')).toEqual(['2026-06 16800'])
  expect(await coverOf(wrong, '2026-06-14')).toBe('covered 2026-05-10 2026-06-30')
  expect(await pays(payerId, 33_600, '2026-06-20')).toEqual(['2026-07 33600'])
  expect([await rowsOf(wrong), await rowsOf(other)]).toEqual(['5/0 6/0 7/0', '5/0 6/0 7/0'])
})

it('a month of the wrong member goes to the right one with its cover, and the right one pays it no second time', async () => {
  const { payerId, members } = await regency(1)
  const [wrong] = members as [Member]
  await pays(payerId, 16_800, '2026-05-10')
  const right = await join(payerId)
  scheme.at('2026-05-12')
  expect(await coverOf(wrong, '2026-05-12')).toBe('covered 2026-05-10 2026-05-31')
  const rows = [{ memberNumber: wrong.memberNumber }, { memberNumber: right.memberNumber }]
  expect(await correct(payerId, '2026-05', 'member', rows)).toEqual({ seen: 0n, done: true, cover: 'moves' })
  expect(await coverOf(wrong, '2026-05-12')).toMatch(/^not covered/)
  expect(await coverOf(right, '2026-05-12')).toBe('covered 2026-05-12 2026-05-31')
  // Who is paid for again pays the month again, as its next even entry; the right one's next is June.
  expect(await pays(payerId, 16_800, '2026-05-20')).toEqual(['2026-05 16800'])
  expect([await rowsOf(wrong), await rowsOf(right)]).toEqual(['5/0 5/1 5/2', '5/0'])
  expect(await coverOf(wrong, '2026-05-20')).toBe('covered 2026-05-20 2026-05-31')
  expect(await pays(payerId, 33_600, '2026-06-02')).toEqual(['2026-06 33600'])
})

it('a month in the middle of what is paid leaves it parted, and a first month that leaves makes the period begin with the next', async () => {
  const { payerId, members } = await regency(1)
  const [wrong] = members as [Member]
  await pays(payerId, 3 * 16_800, '2026-05-10')
  // As a takeover writes it: one span for all.
  const number = 2026 * 12 + 4
  await scheme.admin.query('delete from contributions.paid_span where person_id = $1 and to_month < $2', [wrong.personId, number + 2])
  await scheme.admin.query('update contributions.paid_span set from_month = $2 where person_id = $1', [wrong.personId, number])
  const [second, first] = [await join(payerId), await join(payerId)]
  scheme.at('2026-06-12')
  const spans = async () =>
    (
      await scheme.admin.query(
        'select from_month - $2 as first, to_month - $2 as last from contributions.paid_span where person_id = $1 order by 1',
        [wrong.personId, number],
      )
    ).rows
  await correct(payerId, '2026-06', 'member', [{ memberNumber: wrong.memberNumber }, { memberNumber: second.memberNumber }])
  expect(await spans()).toEqual([
    { first: 0, last: 0 },
    { first: 2, last: 2 },
  ])
  await correct(payerId, '2026-05', 'member', [{ memberNumber: wrong.memberNumber }, { memberNumber: first.memberNumber }])
  expect(await spans()).toEqual([{ first: 2, last: 2 }])
  expect(await coverOf(wrong, '2026-06-12')).toMatch(/^not covered/)
  expect(await coverOf(wrong, '2026-07-01')).toBe('covered 2026-07-01 2026-07-31')
})

it('months between are not left out: the earlier one is corrected first, and its bill may wait for money', async () => {
  const { payerId, wrong, rows } = await wronglyEnded()
  await expect(correct(payerId, '2026-07', 'deactivation', rows)).rejects.toThrow('months-between-unpaid')
  for (const month of ['2026-06', '2026-07']) expect(await correct(payerId, month, 'deactivation', rows)).toMatchObject({ done: false })
  expect(await pays(payerId, 33_600, '2026-06-12')).toEqual(['2026-06 16800', '2026-07 16800'])
  expect([await rowsOf(wrong), await coverOf(wrong, '2026-06-12')]).toEqual(['5/0 6/0 7/0', 'covered 2026-05-10 2026-07-31'])
})

it('money that a month taken back leaves over pays the correction that other money no longer pays, and buys no month', async () => {
  const { payerId, members } = await regency(3)
  const [wrong, other] = members as [Member, Member]
  await pays(payerId, 50_400, '2026-05-10')
  await end(wrong, '2026-05-31')
  expect(await pays(payerId, 33_600, '2026-06-05')).toEqual(['2026-06 33600'])
  const forOthers = lastPaid()
  scheme.at('2026-06-10')
  await correct(payerId, '2026-06', 'deactivation', [{ memberNumber: wrong.memberNumber, base: '1000000' }])
  await pays(payerId, 16_800, '2026-06-12')
  scheme.at('2026-06-15')
  await recall(payerId, forOthers)
  expect([await coverOf(wrong, '2026-06-20'), await rowsOf(other)]).toEqual(['covered 2026-05-10 2026-06-30', '5/0 6/0 6/1'])
  const { rows } = await scheme.admin.query(
    'select settled_on, (select balance from ledger.payer_balance where payer_id = $1 and code = $2) from payments.payable where payer_id = $1',
    [payerId, 'trust'],
  )
  expect(rows).toEqual([{ settled_on: '2026-06-15', balance: 0n }])
  expect(await priceOf(payerId)).toEqual({ month: '2026-06', amount: 33_600n })
})

/** As if so many joiners had been paid one after another: bills of nothing with the last numbers that May, or the payer, has. */
const fill = (payerId: bigint, from: number, to: number) =>
  scheme.admin.query(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, made_on, issued_on, paid_on)
     select $1::bigint, ($1::bigint << 20) + n, 2026 * 12 + 4, 'supplement', 'paid', '2026-05-01', '2026-05-01', '2026-05-01' from generate_series($2::bigint, $3::bigint) n`,
    [payerId, from, to],
  )

it('a month of very many bills has one more for every joiner, which takes no number of the next month', async () => {
  const may = (2026 * 12 + 4 - 24_000) * 32
  const { payerId } = await regency(1)
  await pays(payerId, 16_800, '2026-05-10')
  await fill(payerId, may + 1, may + 31)
  await join(payerId)
  expect(await pays(payerId, 16_800, '2026-05-20')).toEqual(['2026-05 16800'])
  expect(await pays(payerId, 33_600, '2026-05-21')).toEqual(['2026-06 33600'])
  const { rows } = await scheme.admin.query(
    'select (bill_id & 1048575)::integer as n, kind, month % 12 + 1 as month from contributions.bill where payer_id = $1 and total > 0 order by made_on, bill_id',
    [payerId],
  )
  expect(rows).toEqual([
    { n: may, kind: 'month', month: 5 },
    { n: 2 ** 19, kind: 'supplement', month: 5 },
    { n: may + 32, kind: 'month', month: 6 },
  ])
})

it('money of a payer without any number left is booked and waits', async () => {
  const { payerId } = await regency(1)
  await fill(payerId, 2 ** 20 - 1, 2 ** 20 - 1)
  expect(await pays(payerId, 16_800, '2026-05-10')).toEqual([])
  const { rows } = await scheme.admin.query(`select balance from ledger.payer_balance where payer_id = $1 and code = 'trust'`, [payerId])
  expect(rows).toEqual([{ balance: 16_800n }])
})

it('a correction keeps its month when other money goes, so that it is paid once more after its own money went too', async () => {
  const { payerId, wrong, other, rows } = await wronglyEnded()
  for (const month of ['2026-06', '2026-07']) await correct(payerId, month, 'deactivation', rows)
  await pays(payerId, 33_600, '2026-06-12')
  const forCorrections = lastPaid()
  await join(payerId)
  expect(await pays(payerId, 16_800, '2026-06-20')).toEqual(['2026-06 16800'])
  await recall(payerId)
  expect([await rowsOf(wrong), await rowsOf(other)]).toEqual(['5/0 6/0 7/0', '5/0 6/0 7/0 7/1'])
  await recall(payerId, forCorrections)
  expect(await coverOf(wrong, '2026-06-21')).toMatch(/outstanding .* 2026-05-31$/)
  expect(await pays(payerId, 33_600, '2026-06-25')).toEqual(['2026-06 16800', '2026-07 16800'])
  expect([await rowsOf(wrong), await coverOf(wrong, '2026-07-10')]).toEqual(['5/0 6/0 7/0', 'covered 2026-05-10 2026-07-31'])
})

it('the wrong member who pays the month himself afterwards keeps it, whatever becomes of the correction', async () => {
  const { payerId, members } = await fishers('sponsor', 1)
  const [wrong] = members as [Member]
  const price = Number(((await priceOf(payerId)) as { amount: bigint }).amount)
  await pays(payerId, price, '2026-05-10')
  const right = await join(payerId, { programmes: ['JKK', 'JKM', 'JHT'] })
  scheme.at('2026-05-12')
  const rows = [{ memberNumber: wrong.memberNumber }, { memberNumber: right.memberNumber }]
  const { seen } = await correct(payerId, '2026-05', 'member', rows)
  expect(seen).toBeGreaterThan(0n)
  await pays(payerId, Number(seen), '2026-05-13')
  const forCorrection = lastPaid()
  await pays(payerId, price, '2026-05-20')
  expect(await rowsOf(wrong)).toBe('5/0 5/1 5/2')
  const kept = await coverOf(wrong, '2026-05-26')
  await recall(payerId, forCorrection)
  await pays(payerId, Number(seen), '2026-05-25')
  expect([await coverOf(wrong, '2026-05-26'), await coverOf(right, '2026-05-26')]).toEqual([kept, expect.stringMatching(/^covered/)])
  expect(kept).toMatch(/^covered/)
  expect(await priceOf(payerId)).toMatchObject({ month: '2026-06' })
})

it('cover of a corrected month begins with the money that pays the correction, also when other money does', async () => {
  const { payerId, members } = await fishers('sponsor', 1)
  const [wrong] = members as [Member]
  const price = Number(((await priceOf(payerId)) as { amount: bigint }).amount)
  await pays(payerId, price, '2026-05-10')
  const right = await join(payerId, { programmes: ['JKK', 'JKM', 'JHT'] })
  scheme.at('2026-05-12')
  const { seen } = await correct(payerId, '2026-05', 'member', [{ memberNumber: wrong.memberNumber }, { memberNumber: right.memberNumber }])
  await pays(payerId, Number(seen) - 100, '2026-05-13')
  const first = lastPaid()
  expect(await pays(payerId, 100, '2026-05-14')).toEqual([`2026-05 ${seen}`])
  await pays(payerId, price, '2026-05-15')
  const june = (await priceOf(payerId)) as { amount: bigint }
  expect(await pays(payerId, Number(june.amount), '2026-05-16')).toEqual([`2026-06 ${june.amount}`])
  expect([await coverOf(wrong, '2026-05-20'), await coverOf(right, '2026-05-20')]).toEqual([
    'covered 2026-05-15 2026-06-30',
    'covered 2026-05-14 2026-06-30',
  ])
  await pays(payerId, Number(seen), '2026-05-20')
  scheme.at('2026-05-21')
  await recall(payerId, first)
  expect([await coverOf(wrong, '2026-05-26'), await coverOf(right, '2026-05-26')]).toEqual([
    'covered 2026-05-15 2026-06-30',
    'covered 2026-05-20 2026-06-30',
  ])
})

it('the wrong member is covered again from the day of his own payment when the money of the correction is recalled', async () => {
  const { payerId, members } = await fishers('sponsor', 1)
  const [wrong] = members as [Member]
  const price = Number(((await priceOf(payerId)) as { amount: bigint }).amount)
  await pays(payerId, 2 * price, '2026-05-10')
  const right = await join(payerId, { programmes: ['JKK', 'JKM', 'JHT'] })
  scheme.at('2026-05-12')
  const { seen } = await correct(payerId, '2026-05', 'member', [{ memberNumber: wrong.memberNumber }, { memberNumber: right.memberNumber }])
  await pays(payerId, Number(seen), '2026-05-13')
  expect([await coverOf(wrong, '2026-05-14'), await coverOf(wrong, '2026-06-01')]).toEqual([
    expect.stringMatching(/^not covered/),
    'covered 2026-06-01 2026-06-30',
  ])
  await recall(payerId)
  expect([await coverOf(wrong, '2026-05-14'), await coverOf(right, '2026-05-14')]).toEqual([
    'covered 2026-05-10 2026-06-30',
    expect.stringMatching(/^not covered/),
  ])
})

it('a correction whose money was recalled waits again: nobody is given the month that it does not pay', async () => {
  const { payerId, wrong, rows } = await wronglyEnded()
  const right = await join(payerId)
  await correct(payerId, '2026-06', 'deactivation', rows)
  await pays(payerId, 16_800, '2026-06-12')
  // Proposed while it was paid: it is not approved any more either.
  const moved = [{ memberNumber: wrong.memberNumber }, { memberNumber: right.memberNumber }]
  const before = await propose(payerId, '2026-06', 'member', moved)
  scheme.at('2026-06-15')
  await recall(payerId)
  await expect(approve(before)).rejects.toThrow('correction-pending')
  // What the open bill asks for is no month that nobody would ask for again.
  expect(await propose(payerId, '2026-07', 'deactivation', rows)).toBeGreaterThan(0n)
  expect(await coverOf(right, '2026-06-20')).toMatch(/^not covered/)
  await pays(payerId, 16_800, '2026-06-16')
  expect(await approve(before)).toMatchObject({ seen: 0n, done: true })
  expect([await coverOf(wrong, '2026-06-20'), await coverOf(right, '2026-06-20')]).toEqual([
    expect.stringMatching(/2026-05-31$/),
    expect.stringMatching(/^covered .* 2026-06-30$/),
  ])
})
