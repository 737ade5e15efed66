// Payments: told twice, told wrong, too little, too much, for nobody.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { balances } from '../../src/ledger/index.ts'
import { allocatePayment, takePayments } from '../../src/payments/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { type Desk, freshDesk, ledgerOf } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await freshDesk()
})
afterAll(() => desk.close())

const run = { role: 'run', actor: systemActor } as const
const firm = async (): Promise<bigint> => (await desk.organisation('firm')).payerId
const stands = async (account: string): Promise<bigint> =>
  (await desk.run((tx) => balances(tx))).find((each) => each.account === account)?.balance ?? -1n

test('told twice is booked once: in one group, in two, and by two at the same moment', async () => {
  const payer = await firm()
  const before = await stands('bank')
  const same = { payer, money: 500, externalId: 'twice' }
  expect((await desk.pay(same, same)).map(({ outcome }) => outcome)).toEqual(['booked', 'already booked'])
  expect((await desk.pay(same)).map(({ outcome, credit }) => [outcome, credit])).toEqual([['already booked', 500n]])
  const many = Array.from({ length: 30 }, (_, index) => ({ payer, money: 10, externalId: `race-${index}` }))
  const groups = await Promise.all([desk.pay(...many), desk.pay(...[...many].reverse()), desk.pay(...many)])
  expect(groups.flat().filter(({ outcome }) => outcome === 'booked')).toHaveLength(30)
  expect((await stands('bank')) - before).toBe(800n)
  expect((await desk.account(payer)).credit).toBe(800n)
})

test('the same key with another amount or code is refused, that row alone', async () => {
  const [payer, other] = [await firm(), await firm()]
  await desk.pay({ payer, money: 500, externalId: 'key' })
  const rows = await desk.pay(
    { payer, money: 501, externalId: 'key' },
    { payer: other, money: 500, externalId: 'key' },
    { payer, money: 20 },
  )
  expect(rows.map(({ outcome, refusal }) => refusal?.code ?? outcome)).toEqual(['payment-key-reused', 'payment-key-reused', 'booked'])
  expect((await desk.account(payer)).credit).toBe(520n)
})

test('a row that is wrong is refused with its field, and the others are booked', async () => {
  const payer = await firm()
  const rows = await desk.pay(
    { payer, money: 100 },
    { payer, money: 0 },
    { payer, money: 1, amount: '12.50' },
    { payer, money: 100, day: '2026-02-30' },
    { payer, money: 100, day: '2026-11-04' },
    { payer, money: 100, channel: ' ' },
    { payer, money: 100, externalId: '' },
  )
  expect(rows.map(({ refusal }) => refusal?.data.field ?? 'booked')).toEqual([
    'booked',
    'amount',
    'amount',
    'day',
    'day',
    'channel',
    'externalId',
  ])
  expect((await desk.account(payer)).credit).toBe(100n)
})

test.each`
  what                               | day             | amount                | says
  ${'the first day that is allowed'} | ${'2026-09-23'} | ${'100'}              | ${null}
  ${'a day before it'}               | ${'2026-09-22'} | ${'100'}              | ${/at most 40 days back, so not before 2026-09-23/}
  ${'a day of long ago'}             | ${'1990-01-01'} | ${'100'}              | ${/at most 40 days back/}
  ${'fifteen digits'}                | ${'2026-11-02'} | ${'999999999999999'}  | ${null}
  ${'sixteen digits'}                | ${'2026-11-02'} | ${'1000000000000000'} | ${/at most 15 digits; this one has 16/}
  ${'eighteen nines'}                | ${'2026-11-02'} | ${'9'.repeat(18)}     | ${/at most 15 digits; this one has 18/}
`('$what is booked or says the limit', async ({ day, amount, says }) => {
  const [row] = await desk.pay({ payer: await firm(), money: 1, day, amount })
  expect(row?.outcome).toBe(says === null ? 'booked' : 'refused')
  if (says !== null) expect(row?.refusal?.rule).toMatch(says)
})

test('one payment that fails in a group harms no other', async () => {
  const [good, bad] = [await firm(), await firm()]
  await desk.bill(good, [100])
  await desk.bill(bad, [100])
  desk.broken = bad
  const row = (payer: bigint, externalId: string) => ({
    channel: 'bank',
    day: '2026-11-02',
    externalId,
    code: paymentCode(payer),
    amount: '100',
  })
  const errors: unknown[] = []
  const outcomes = await takePayments(desk.platform, run, desk.recording, [row(good, 'g'), row(bad, 'b')], (error) => errors.push(error))
  desk.broken = null
  expect(outcomes.map(({ row: place, outcome, refusal }) => [place, refusal?.code ?? outcome])).toEqual([
    [1, 'booked'],
    [2, 'payment-not-booked'],
  ])
  expect(errors).toHaveLength(2)
  expect((await desk.account(good)).outstanding).toBe(0n)
  expect(await desk.account(bad)).toMatchObject({ credit: 0n, outstanding: 100n })
  // Nothing of it was booked: the same key may come again.
  expect((await takePayments(desk.platform, run, desk.recording, [row(bad, 'b')]))[0]).toMatchObject({
    outcome: 'booked',
    settled: [{ amount: 100n }],
  })
})

test('sixty per cent pays nothing and is shown as credit with what is missing; the rest pays', async () => {
  const payer = await firm()
  const [bill] = await desk.bill(payer, [1000], '2026-10')
  const [part] = await desk.pay({ payer, money: 600 })
  expect(part).toMatchObject({ outcome: 'booked', settled: [], credit: 600n, missing: 400n })
  expect(await desk.account(payer)).toEqual({ credit: 600n, outstanding: 1000n, missing: 400n, oldest: '2026-10' })
  expect(await desk.paidBills(payer)).toEqual([])
  const [rest] = await desk.pay({ payer, money: 400, day: '2026-11-03' })
  expect(rest).toMatchObject({ settled: [{ billId: bill, month: '2026-10', amount: 1000n }], credit: 0n, missing: 0n })
  expect(await desk.paidBills(payer)).toEqual([{ bill_id: bill, paid_on: '2026-11-03' }])
  expect(await ledgerOf(desk, payer)).toMatchObject({ credit: 0n, receivable: 0n })
})

test('the oldest bill is paid first, a small later one does not jump the queue, and the group tells it once', async () => {
  const payer = await firm()
  const bills = await desk.bill(payer, [700, 100, 300])
  const rows = await desk.pay({ payer, money: 500 }, { payer, money: 350 })
  expect(rows.map(({ settled }) => settled.map(({ billId }) => billId))).toEqual([[], bills.slice(0, 2)])
  expect(rows.map(({ credit, missing }) => [credit, missing])).toEqual([
    [50n, 250n],
    [50n, 250n],
  ])
})

test('payments of two days told in one group: each bill is paid on the day that completed it', async () => {
  const payer = await firm()
  await desk.bill(payer, [100, 100, 100])
  await desk.pay(
    { payer, money: 150, day: '2026-10-20' },
    { payer, money: 100, day: '2026-10-10' },
    { payer, money: 50, day: '2026-10-25' },
  )
  expect((await desk.paidBills(payer)).map(({ paid_on }) => paid_on)).toEqual(['2026-10-10', '2026-10-20', '2026-10-25'])
})

test('an earlier day told late completes a bill on the day of the money that waited for it', async () => {
  const payer = await firm()
  await desk.bill(payer, [100])
  await desk.pay({ payer, money: 60, day: '2026-11-01' })
  await desk.pay({ payer, money: 40, day: '2026-10-30' })
  expect((await desk.paidBills(payer)).map(({ paid_on }) => paid_on)).toEqual(['2026-11-01'])
})

test('credit that waits pays a bill when it is issued', async () => {
  const payer = await firm()
  await desk.pay({ payer, money: 250, day: '2026-10-30' })
  await desk.bill(payer, [200, 100])
  expect(await desk.account(payer)).toEqual({ credit: 50n, outstanding: 100n, missing: 50n, oldest: '2026-02' })
  expect((await desk.paidBills(payer)).map(({ paid_on }) => paid_on)).toEqual(['2026-11-02'])
})

test('a bill of nothing is settled when it is registered', async () => {
  const payer = await firm()
  await desk.bill(payer, [0])
  expect(await desk.paidBills(payer)).toHaveLength(1)
})

test('money whose code names nobody waits in a queue until somebody allocates it, once', async () => {
  const payer = await firm()
  await desk.bill(payer, [100])
  const code = paymentCode(payer)
  const mistyped = code.slice(0, 11) + String((Number(code[11]) + 1) % 10)
  const [before] = [await stands('unallocated')]
  const rows = await desk.pay(
    { code: mistyped, money: 100, day: '2026-10-31' },
    { code: paymentCode(999_999n), money: 7 },
    { code: 'thank you', money: 5 },
  )
  expect(rows.map(({ outcome }) => outcome)).toEqual(['queued', 'queued', 'queued'])
  expect((await stands('unallocated')) - before).toBe(112n)
  const paymentId = rows[0]?.paymentId ?? 0n
  const give = (to: bigint) =>
    desk.run((tx) => allocatePayment(tx, desk.recording, { paymentId, payerId: to, reason: 'letter with bank proof' }))
  expect(await give(999_999n)).toMatchObject({ ok: false, refusal: { code: 'payer-unknown' } })
  expect(await give(payer)).toMatchObject({ ok: true, value: { outcome: 'booked', settled: [{ amount: 100n }], credit: 0n } })
  expect(await give(payer)).toMatchObject({ ok: false, refusal: { code: 'payment-not-queued' } })
  expect((await stands('unallocated')) - before).toBe(12n)
  expect((await desk.paidBills(payer)).map(({ paid_on }) => paid_on)).toEqual(['2026-10-31'])
  expect((await desk.pay({ code: mistyped, money: 100, day: '2026-10-31', externalId: 'other' }))[0]?.outcome).toBe('queued')
})

test('an offer is paid month by month as far as the money goes, and what a sponsor gives is trust money', async () => {
  const sponsor = (await desk.organisation('sponsor')).payerId
  desk.prices.set(sponsor, 100n)
  const [outcome] = await desk.pay({ payer: sponsor, money: 330 })
  expect(outcome?.settled.map(({ month, amount }) => [month, amount])).toEqual([
    ['2026-11', 100n],
    ['2026-12', 100n],
    ['2027-01', 100n],
  ])
  expect(outcome).toMatchObject({ credit: 30n, missing: 70n })
  expect(await ledgerOf(desk, sponsor)).toMatchObject({ trust: 30n, credit: 0n })
  const [more] = await desk.pay({ payer: sponsor, money: 5000 })
  expect(more?.settled).toHaveLength(9)
  expect(more).toMatchObject({ credit: 4130n, missing: 0n })
})

test('who tells payments online sees all that they pay; nothing is changed afterwards', async () => {
  const payer = await firm()
  await desk.bill(payer, [100])
  const [outcome] = await takePayments(
    desk.platform,
    { role: 'online', actor: { ...systemActor, kind: 'partner', role: 'partner', officeId: 1n } },
    desk.recording,
    [{ channel: 'bank', day: '2026-11-02', externalId: 'online', code: paymentCode(payer), amount: '100' }],
  )
  expect(outcome).toMatchObject({ outcome: 'booked', settled: [{ amount: 100n }], refusal: null })
  await expect(desk.owner.query('update payments.payment set amount = 1')).rejects.toThrow(/never changed/)
  await expect(desk.run((tx) => tx.run('update payments.payment set amount = 1'))).rejects.toThrow(/permission denied/)
  await expect(desk.run((tx) => tx.run('delete from payments.allocation'))).rejects.toThrow(/permission denied/)
})
