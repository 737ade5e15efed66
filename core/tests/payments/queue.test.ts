// Money that names nobody, or several: whose it may be, who clears it up, sending it back, and one payment for several bills by proof. The
// control's difference is 0 after every step.
import type { Day, Month } from '@payung/values'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { actorLike } from '../../../tests/database.ts'
import { checkControl, openMonth } from '../../src/contributions/index.ts'
import { type AskedPart, refuseParts } from '../../src/payments/domain/parts.ts'
import { nearCodes, propose } from '../../src/payments/domain/proposal.ts'
import { allocatePayment, askRequest, markOrderPaid } from '../../src/payments/index.ts'
import { openSender, sealSender } from '../../src/payments/sender.ts'
import { proposePayers, queueFacts } from '../../src/payments/use-cases/clear-queue.ts'
import { takeQueued } from '../../src/payments/use-cases/take-queued.ts'
import { inTransaction, type Tx } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { type Answer, code, openQueueDesk, type QueueDesk, value } from './queue-desk.ts'

let desk: QueueDesk
let scheme: QueueDesk['scheme']
const as: QueueDesk['as'] = (...given) => desk.as(...given)
const ask: QueueDesk['ask'] = (asked) => desk.ask(asked)
const approve: QueueDesk['approve'] = (...given) => desk.approve(...given)
const pay: QueueDesk['pay'] = (...given) => desk.pay(...given)
const balance: QueueDesk['balance'] = (account) => desk.balance(account)
const payer = (index: number): bigint => desk.payer(index)
const bill = (index: number) => desk.bill(index)
const recording = () => desk.recording
let external = 0
const stateOf = async (index: number): Promise<unknown[]> =>
  (
    await scheme.admin.query<{ state: string; paid_on: Day | null }>('select state, paid_on from contributions.bill where bill_id = $1', [
      bill(index).bill_id,
    ])
  ).rows.flatMap(({ state, paid_on }) => [state, paid_on])

beforeAll(async () => {
  desk = await openQueueDesk()
  scheme = desk.scheme
})
afterAll(() => scheme.close())
afterEach(async () => {
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})

test('a code is near when one digit is another or two neighbours are exchanged', () => {
  const near = nearCodes('812')
  expect([
    near.length,
    near.includes('182'),
    near.includes('821'),
    near.includes('892'),
    near.includes('821'),
    near.includes('812'),
  ]).toEqual([29, true, true, true, true, false])
  expect(nearCodes('no code')).toEqual([])
  expect(
    propose([
      { payerId: 3n, reason: 'same amount', billId: 9n },
      { payerId: 2n, reason: 'near code', billId: null },
      { payerId: 1n, reason: 'same amount', billId: 8n },
      { payerId: 3n, reason: 'near code', billId: null },
    ]),
  ).toEqual([
    { payerId: 3n, reasons: ['near code', 'same amount'], billId: 9n },
    { payerId: 2n, reasons: ['near code'], billId: null },
    { payerId: 1n, reasons: ['same amount'], billId: 8n },
  ])
})

test('why a payment is not parted, in this order', () => {
  const [a, b] = [7n << 20n, 8n << 20n]
  const part = (billId: bigint, amount: bigint): AskedPart => ({ payerId: billId >> 20n, billId, amount })
  const owed = new Map([
    [a, 60n],
    [b, 40n],
  ])
  const whole = (payerId: bigint, amount: bigint): AskedPart => ({ payerId, billId: null, amount })
  const known = new Set([7n, 8n, 9n])
  const table: [string, AskedPart[]][] = [
    ['too-few-parts', []],
    ['too-few-parts', [part(a, 100n)]],
    ['wrong-amount', [part(a, 0n), part(b, 40n)]],
    ['payer-unknown', [part(a, 60n), whole(6n, 40n)]],
    ['bill-of-another', [part(a, 60n), { payerId: 7n, billId: b, amount: 40n }]],
    ['named-twice', [part(a, 30n), part(a, 30n)]],
    ['named-twice', [whole(9n, 60n), whole(9n, 40n)]],
    ['bill-not-open', [part(a, 60n), part(9n << 20n, 40n)]],
    ['more-than-owed', [part(a, 61n), part(b, 39n)]],
    ['sums-differ', [part(a, 60n), part(b, 39n)]],
    ['sums-differ', [part(a, 60n), part(b, 40n), whole(8n, 1n)]],
    ['ok', [part(a, 60n), part(b, 40n)]],
    ['ok', [part(a, 60n), part(b, 39n), whole(8n, 1n)]],
    ['ok', [whole(7n, 60n), whole(9n, 40n)]],
  ]
  for (const [refused, parts] of table) expect(refuseParts(100n, parts, { owed, known })?.code ?? 'ok').toBe(refused)
})

test('a queued payment has proposals, an age and one owner', async () => {
  const right = paymentCode(payer(0))
  const typed = `${right.slice(0, 5)}7${right.slice(6)}`
  const payment = await pay(typed, bill(1).total)
  scheme.at('2026-06-13')
  const proposals = value(await as(11n, (tx) => proposePayers(tx, payment)))
  expect(proposals).toContainEqual({ payerId: payer(0), reasons: ['near code'], billId: null })
  expect(proposals).toContainEqual({ payerId: payer(1), reasons: ['same amount'], billId: bill(1).bill_id })
  const take = (actor: bigint, letGo = false) => as(actor, (tx) => takeQueued(tx, recording(), { paymentId: payment, letGo }))
  expect([code(await take(11n)), code(await take(11n)), code(await take(12n)), code(await take(12n, true))]).toEqual([
    'ok',
    'ok',
    'taken-by-another',
    'taken-by-another',
  ])
  const facts = await scheme.run((tx) => queueFacts(tx, '2026-06-13' as Day, [{ paymentId: payment, day: '2026-06-10' as Day } as never]))
  expect(facts.get(payment)).toEqual({ ageDays: 3, owner: 11n })
  expect([code(await take(11n, true)), code(await take(12n))]).toEqual(['ok', 'ok'])
  // Sent back: its owner asks, a second person decides, the bank pays the order once, and nobody can hold the money any more.
  const detail = { bank: 'BRI', account: '12 34', holder: 'PT Tak Dikenal' }
  expect(code(await ask({ kind: 'return', paymentId: payment, detail: { bank: 'BRI' } }))).toBe('field-missing')
  expect(code(await ask({ kind: 'return', paymentId: payment, detail }))).toBe('taken-by-another')
  expect(code(await take(12n, true))).toBe('ok')
  const { requestId } = value(await ask({ kind: 'return', paymentId: payment, detail }))
  // What was asked is not done over the head of whoever took it since.
  expect([code(await take(12n)), code(await take(11n, true)), code(await take(12n)), code(await approve(requestId))]).toEqual([
    'taken-by-another',
    'ok',
    'ok',
    'taken-by-another',
  ])
  expect(code(await take(12n, true))).toBe('ok')
  const done = value(await approve(requestId, 'back'))
  expect(value(await approve(requestId, 'back'))).toEqual(done)
  expect([await balance('unallocated'), await balance('orders')]).toEqual([0n, bill(1).total])
  expect([code(await take(12n)), code(await ask({ kind: 'return', paymentId: payment, detail }))]).toEqual([
    'payment-not-queued',
    'payment-not-queued',
  ])
  value(
    await as(11n, (tx) => markOrderPaid(tx, scheme.law, { orderId: BigInt(done.done.orderId ?? 0), day: '2026-06-13', reference: 'B-1' })),
  )
  expect([await balance('orders'), await balance('bank')]).toEqual([0n, 0n])
})

test('one payment pays several bills by proof, counts from its day, and is taken back whole', async () => {
  const total = bill(0).total + bill(1).total + 500n
  const payment = await pay('code of the group', total)
  scheme.at('2026-06-20')
  const parts = [0, 1].map((index) => ({ payerId: payer(index), billId: bill(index).bill_id, amount: bill(index).total }))
  expect(code(await ask({ kind: 'parts', paymentId: payment, parts }))).toBe('sums-differ')
  expect(
    code(await ask({ kind: 'parts', paymentId: payment, parts: [...parts, { payerId: payer(2), billId: bill(2).bill_id, amount: 501n }] })),
  ).toBe('sums-differ')
  const whole = [...parts, { payerId: payer(2), billId: bill(2).bill_id, amount: 500n }]
  const { requestId } = value(await ask({ kind: 'parts', paymentId: payment, parts: whole }))
  expect(code(await ask({ kind: 'parts', paymentId: payment, parts: whole }))).toBe('already-asked')
  expect(value(await approve(requestId, 'parts')).done).toEqual({ settled: 2, rest: 0n, credit: 500n })
  expect(value(await approve(requestId, 'parts')).done).toMatchObject({ settled: 2 })
  expect([await stateOf(0), await stateOf(1), await stateOf(2)]).toEqual([
    ['paid', '2026-06-10'],
    ['paid', '2026-06-10'],
    ['issued', null],
  ])
  expect([await balance('unallocated'), await balance('credit')]).toEqual([0n, 500n])
  const recall = value(await ask({ kind: 'reversal', paymentId: payment, ground: 'recall' } as never))
  expect(value(await approve(recall.requestId)).done).toMatchObject({ reopened: 2, owed: 0n })
  expect([await stateOf(0), await stateOf(1)]).toEqual([
    ['issued', null],
    ['issued', null],
  ])
  expect([await balance('unallocated'), await balance('credit'), await balance('bank')]).toEqual([0n, 0n, 0n])
})

test('the rest of a parted payment is named as money of one of its payers; so is the part of somebody who pays by offer', async () => {
  scheme.at('2026-06-20')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-06' as Month))
  const [driver] = await scheme.persons(1)
  await scheme.memberships([
    {
      memberNumber: driver?.memberNumber ?? '',
      segment: 'BPU',
      base: '1000000',
      facts: { occupation: 'fisher' },
      from: '2026-06-01',
    },
  ])
  const { rows } = await scheme.admin.query<{ payer_id: bigint }>('select payer_id from registry.payer where person_id = $1', [
    driver?.personId,
  ])
  const self = rows[0]?.payer_id ?? 0n
  const payment = await pay('two firms and a driver', bill(0).total + bill(1).total + 1n + 8_400n, '2026-06-20')
  const forBills = [0, 1].map((index) => ({ payerId: payer(index), billId: bill(index).bill_id, amount: bill(index).total }))
  const forDriver = { payerId: self, billId: null, amount: 8_400n }
  const short = await ask({ kind: 'parts', paymentId: payment, parts: [...forBills, forDriver] })
  expect(short).toMatchObject({ refusal: { code: 'sums-differ', next: expect.stringMatching(/^Name the rest/) } })
  const parts = [...forBills, forDriver, { payerId: payer(1), billId: null, amount: 1n }]
  const { requestId } = value(await ask({ kind: 'parts', paymentId: payment, parts }))
  const before = await balance('credit')
  expect(value(await approve(requestId)).done).toMatchObject({ settled: 3, rest: 8_401n })
  expect([await stateOf(0), await stateOf(1), (await balance('credit')) - before, await balance('unallocated')]).toEqual([
    ['paid', '2026-06-20'],
    ['paid', '2026-06-20'],
    1n,
    0n,
  ])
  const months = async () =>
    (await scheme.admin.query('select entry from contributions.contribution where person_id = $1 order by entry', [driver?.personId])).rows
  expect(await months()).toEqual([{ entry: 0 }])
  const recall = value(await ask({ kind: 'reversal', paymentId: payment, ground: 'recall' }))
  expect(value(await approve(recall.requestId)).done).toMatchObject({ reopened: 2, months: 1, owed: 0n })
  expect(await months()).toEqual([{ entry: 0 }, { entry: 1 }])
  expect(await balance('credit')).toBe(before)
})

test('what the same sender sent before points to a payer, however the name was written, and the name is kept encrypted', async () => {
  const from = async (text: string, name: string): Promise<bigint> => {
    const row = { channel: 'bank', day: '2026-06-10', externalId: `sent-${external++}`, code: text, amount: '5' }
    const [told] = await scheme.pay([{ ...row, sender: sealSender(scheme.platform.encryption, name) }])
    return told?.paymentId ?? 0n
  }
  await from(paymentCode(payer(1)), 'PT Laut Biru')
  const unnamed = await from('no code', ' pt. laut  BIRU ')
  const stranger = await from('no code', 'PT Laut')
  const proposed = async (payment: bigint) => value(await as(11n, (tx) => proposePayers(tx, payment)))
  expect(await proposed(unnamed)).toContainEqual({ payerId: payer(1), reasons: ['same sender before'], billId: null })
  expect((await proposed(stranger)).flatMap(({ reasons }) => reasons)).not.toContain('same sender before')
  const { rows } = await scheme.admin.query<{ sender: Buffer }>('select sender from payments.payment where payment_id = $1', [unnamed])
  expect(rows[0]?.sender.toString('latin1')).not.toMatch(/laut/i)
  expect(openSender(scheme.platform.encryption, rows[0]?.sender ?? null)).toBe('pt. laut  BIRU')
})

test('only the owner allocates; a higher level takes over, which leaves a line', async () => {
  const payment = await pay('nobody at all', 77n)
  const { payerId: other } = await scheme.organisation({ kind: 'employer' })
  const at = (actorId: bigint, officeId: bigint, role: string, work: (tx: Tx) => Promise<Answer<unknown>>) =>
    inTransaction(
      scheme.platform,
      { role: 'online', actor: actorLike({ actorId, officeId: 1n, ownOfficeId: officeId, role }) },
      { name: 'test', input: null },
      work as never,
    )
  const take = (given: { takeOver?: boolean; letGo?: boolean }) => (tx: Tx) =>
    takeQueued(tx, recording(), { paymentId: payment, letGo: false, ...given })
  const allocate = (tx: Tx) => allocatePayment(tx, recording(), { paymentId: payment, payerId: other, reason: 'By its letter' })
  const steps: [string, bigint, bigint, string, (tx: Tx) => Promise<Answer<unknown>>][] = [
    ['ok', 31n, 2n, 'officer', take({})],
    ['taken-by-another', 32n, 2n, 'officer', allocate],
    ['taken-by-another', 33n, 1n, 'officer', allocate],
    ['taken-by-another', 32n, 2n, 'officer', take({ takeOver: true })],
    ['taken-by-another', 34n, 2n, 'administrator', take({})],
    ['taken-by-another', 34n, 2n, 'administrator', take({ takeOver: true, letGo: true })],
    ['ok', 34n, 2n, 'administrator', take({ takeOver: true })],
    ['taken-by-another', 31n, 2n, 'officer', allocate],
    ['ok', 34n, 2n, 'administrator', allocate],
  ]
  for (const [expected, actorId, office, role, work] of steps)
    expect(code(await at(actorId, office, role, work)), `${actorId}`).toBe(expected)
  const lines = await scheme.admin.query('select nth, owner, level from payments.queue_taking where payment_id = $1 order by nth', [
    payment,
  ])
  expect(lines.rows).toEqual([
    { nth: 1, owner: 31n, level: 'officer' },
    { nth: 2, owner: 34n, level: 'branch' },
  ])
  // Taken back from the wrong payer it waits on nobody's desk.
  const { requestId } = value(
    await as(11n, (tx) =>
      askRequest(tx, scheme.law, recording(), { kind: 'reversal', paymentId: payment, ground: 'wrong-payer', evidence: 'Letter' }),
    ),
  )
  value(await approve(requestId))
  expect([code(await at(32n, 2n, 'officer', take({}))), code(await at(32n, 2n, 'officer', take({ letGo: true })))]).toEqual(['ok', 'ok'])
  const unknown = value(
    await pay('nobody again', 78n).then((id) =>
      as(12n, (tx) => allocatePayment(tx, recording(), { paymentId: id, payerId: other, reason: 'By its letter' })),
    ),
  )
  const taken = await scheme.admin.query('select owner from payments.queue_taking where payment_id = $1', [unknown.paymentId])
  expect(taken.rows).toEqual([{ owner: 12n }])
})
