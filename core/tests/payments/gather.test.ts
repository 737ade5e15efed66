// Payments that arrive at the same moment: one transaction for many, each answered by itself and only when it is durable.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gatherPayments, type NewPayment } from '../../src/payments/index.ts'
import { nextGroup } from '../../src/payments/use-cases/gather-payments.ts'
import { systemActor } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { type Desk, freshDesk } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await freshDesk()
})
afterAll(() => desk.close())

const run = { role: 'run', actor: systemActor } as const
const row = (payer: bigint, externalId: string, amount = '100'): NewPayment => ({
  channel: 'bank',
  day: '2026-11-02',
  externalId,
  code: paymentCode(payer),
  amount,
})
const payers = (count: number): Promise<bigint[]> =>
  Promise.all(Array.from({ length: count }, async () => (await desk.organisation('firm')).payerId))
const transactions = async (): Promise<number> =>
  Number((await desk.admin.query(`select count(*) from platform.event where kind = 'payments-recorded'`)).rows[0].count)

const asks = (...codes: string[]) => codes.map((code) => ({ codes: [code], rows: [row(1n, code)] }))
test.each([
  ['all different', asks('a', 'b', 'c'), 1000, 'a b c'],
  ['one payer twice', asks('a', 'b', 'a', 'c'), 1000, 'a b c'],
  ['no more than fit', asks('a', 'b', 'c'), 2, 'a b'],
  ['one that is too large goes alone', asks('a', 'b'), 0, 'a'],
  ['nobody', asks(), 1000, ''],
])('who goes together: %s', (_name, waiting, largest, expected) => {
  expect(
    nextGroup(waiting, largest)
      .flatMap(({ codes }) => codes)
      .join(' '),
  ).toBe(expected)
})

test('many at the same moment share few transactions, and each hears what its own money paid', async () => {
  const many = await payers(40)
  for (const payer of many) await desk.bill(payer, [100])
  const { take } = gatherPayments(desk.recording)
  const before = await transactions()
  const answers = await Promise.all(many.map((payer) => take(desk.platform, run, [row(payer, `together-${payer}`)])))
  expect(answers.map((outcomes) => outcomes.map(({ row: place, outcome, settled }) => [place, outcome, settled[0]?.payerId]))).toEqual(
    many.map((payer) => [[1, 'booked', payer]]),
  )
  expect((await transactions()) - before).toBeLessThanOrEqual(2)
})

test('two for one payer come after each other, and only the one that completes the bill hears of it', async () => {
  const [payer = 0n] = await payers(1)
  await desk.bill(payer, [100])
  const { take } = gatherPayments(desk.recording)
  const answers = await Promise.all(['first', 'second'].map((id) => take(desk.platform, run, [row(payer, id, '50')])))
  expect(answers.map(([outcome]) => [outcome?.settled.length, outcome?.missing])).toEqual([
    [0, 50n],
    [1, 0n],
  ])
})

test('one that fails is done alone and harms no neighbour; one that is wrong is refused alone; the same again is told', async () => {
  const [bad = 0n, ...good] = await payers(6)
  for (const payer of [bad, ...good]) await desk.bill(payer, [100])
  desk.broken = bad
  const errors: unknown[] = []
  const { take } = gatherPayments(desk.recording, (error) => errors.push(error))
  const rows = [
    ...[bad, ...good].map((payer) => row(payer, `mixed-${payer}`)),
    row(good[0] ?? 0n, `mixed-${good[0]}`, '101'),
    row(good[1] ?? 0n, `mixed-${good[1]}`),
    row(good[2] ?? 0n, 'wrong', '0'),
  ]
  const answers = await Promise.all(rows.map((each) => take(desk.platform, run, [each])))
  desk.broken = null
  expect(answers.map(([outcome]) => outcome?.refusal?.code ?? outcome?.outcome)).toEqual([
    'payment-not-booked',
    ...good.map(() => 'booked'),
    'payment-key-reused',
    'already booked',
    'wrong-amount',
  ])
  expect(errors.length).toBeGreaterThan(0)
  expect((await desk.account(bad)).outstanding).toBe(100n)
})

test('two who act differently never share a transaction', async () => {
  const [one = 0n, two = 0n] = await payers(2)
  const { take } = gatherPayments(desk.recording)
  const partner = (actorId: bigint) =>
    ({ role: 'online', actor: { ...systemActor, actorId, kind: 'partner', role: 'partner', officeId: 1n } }) as const
  await Promise.all([take(desk.platform, partner(71n), [row(one, 'one')]), take(desk.platform, partner(72n), [row(two, 'two')])])
  const { rows } = await desk.admin.query(
    `select actor, payload->>'payments' as payments from platform.event where kind = 'payments-recorded' and actor in (71, 72) order by actor`,
  )
  expect(rows).toEqual([
    { actor: 71n, payments: '1' },
    { actor: 72n, payments: '1' },
  ])
})

test('a transaction that cannot be opened books nothing, is told as a refusal, and the next one works', async () => {
  const [payer = 0n] = await payers(1)
  const { take } = gatherPayments(desk.recording)
  const lost = { ...run, role: 'nobody' as 'run' }
  const [outcome] = await take(desk.platform, lost, [row(payer, 'lost')])
  expect(outcome?.refusal?.code).toBe('payment-not-booked')
  expect((await take(desk.platform, run, [row(payer, 'lost')]))[0]?.outcome).toBe('booked')
})
