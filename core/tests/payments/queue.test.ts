// Money that names nobody, or several: whose it may be, who clears it up, sending it back, and one payment for several bills by proof. The
// control's difference is 0 after every step.
import type { Day, Month } from '@payung/values'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { actorLike } from '../../../tests/database.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, openMonth, runMonth } from '../../src/contributions/index.ts'
import { type AskedPart, refuseParts } from '../../src/payments/domain/parts.ts'
import { nearCodes, propose } from '../../src/payments/domain/proposal.ts'
import { type AskedRequest, allocatePayment, askRequest, billingBy, decideRequest, markOrderPaid } from '../../src/payments/index.ts'
import { openSender, sealSender } from '../../src/payments/sender.ts'
import { proposePayers, queueFacts } from '../../src/payments/use-cases/clear-queue.ts'
import { takeQueued } from '../../src/payments/use-cases/take-queued.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'

let scheme: TestScheme
const payers: bigint[] = []
const bills: { bill_id: bigint; total: bigint }[] = []
const payer = (index: number): bigint => payers[index] ?? 0n
const bill = (index: number) => bills[index] ?? { bill_id: 0n, total: 0n }

type Answer<Value> = { ok: true; value: Value } | { ok: false; refusal: { code: string; rule: string } }
const value = <Value>(result: Answer<Value>): Value => {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.rule}`)
  return result.value
}
const code = (result: Answer<unknown>): string => (result.ok ? 'ok' : result.refusal.code)
const as = <Value>(actorId: bigint, work: (tx: Tx) => Promise<Answer<Value>>, key?: string): Promise<Answer<Value>> =>
  inTransaction(
    scheme.platform,
    { role: 'online', actor: actorLike({ actorId, officeId: 1n }) },
    { name: 'test', input: null, ...(key ? { key } : {}) },
    work as never,
  )
const recording = () => ({ pack: scheme.law.pack, billing: billingBy(scheme.law) })
const ask = (asked: Omit<AskedRequest, 'evidence' | 'ground'>) =>
  as(11n, (tx) => askRequest(tx, scheme.law, recording(), { ground: 'one code for all', evidence: 'Minutes 3', ...asked }))
const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
const approve = (requestId: bigint, key?: string) =>
  as(90n, (tx) => decideRequest(tx, scheme.law, recording(), { requestId, decision: 'approved', why: 'checked', decider }), key)
let external = 0
async function pay(text: string, amount: bigint, day = '2026-06-10'): Promise<bigint> {
  scheme.at(day)
  const [told] = await scheme.pay([{ channel: 'bank', day, externalId: `q-${external++}`, code: text, amount: amount.toString() }])
  return told?.paymentId ?? 0n
}
const stateOf = async (index: number): Promise<unknown[]> =>
  (
    await scheme.admin.query<{ state: string; paid_on: Day | null }>('select state, paid_on from contributions.bill where bill_id = $1', [
      bill(index).bill_id,
    ])
  ).rows.flatMap(({ state, paid_on }) => [state, paid_on])
const balance = async (account: string): Promise<bigint> =>
  (
    await scheme.admin.query<{ sum: bigint | null }>(
      `select sum(case when t.credit = a.account then t.amount else -t.amount end)::bigint as sum from ledger.account a join ledger.transfer t on a.account in (t.debit, t.credit) where a.code = $1`,
      [account],
    )
  ).rows[0]?.sum ?? 0n

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-05-01')
  const workers = await scheme.persons(3)
  for (const [index, { memberNumber }] of workers.entries()) {
    const firm = await scheme.organisation({ kind: 'employer', facts: { employer_size: 'large', risk_class: 'III', active_workers: '1' } })
    payers.push(firm.payerId)
    await scheme.memberships([
      { memberNumber, segment: 'PU', organisationId: firm.organisationId, base: String(5_000_000 + index * 1_000_000), from: '2026-05-01' },
    ])
  }
  scheme.at('2026-05-31')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-05' as Month))
  value(await runMonth(scheme.platform, scheme.law, '2026-05' as Month, { actor: systemActor }))
  for (const payerId of payers)
    bills.push(
      ...(
        await scheme.admin.query<{ bill_id: bigint; total: bigint }>('select bill_id, total from contributions.bill where payer_id = $1', [
          payerId,
        ])
      ).rows,
    )
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
  const table: [string, AskedPart[]][] = [
    ['too-few-parts', []],
    ['too-few-parts', [part(a, 100n)]],
    ['wrong-amount', [part(a, 0n), part(b, 40n)]],
    ['bill-of-another', [part(a, 60n), { payerId: 7n, billId: b, amount: 40n }]],
    ['named-twice', [part(a, 30n), part(a, 30n)]],
    ['bill-not-open', [part(a, 60n), part(9n << 20n, 40n)]],
    ['more-than-owed', [part(a, 61n), part(b, 39n)]],
    ['sums-differ', [part(a, 60n), part(b, 39n)]],
    ['ok', [part(a, 60n), part(b, 40n)]],
  ]
  for (const [refused, parts] of table) expect(refuseParts(100n, parts, owed)?.code ?? 'ok').toBe(refused)
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
  expect(value(await approve(requestId, 'parts')).done).toEqual({ settled: 2 })
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

test('what the same sender sent before points to a payer, however the name was written, and the name is kept encrypted', async () => {
  const from = async (text: string, name: string): Promise<bigint> => {
    const row = { channel: 'bank', day: '2026-06-10', externalId: `q-${external++}`, code: text, amount: '5' }
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

/** Two deeds at once: the first waits with its commit until the second waits for it, or has gone through beside it. */
async function atOnce(first: Deed, second: Deed): Promise<string[]> {
  const blocked = Promise.withResolvers<void>()
  let later: Promise<string> | undefined
  const earlier = as(first.actorId, async (tx) => {
    const done = await first.act(tx)
    later = as(second.actorId, second.act as never).then(code, String)
    void later.then(() => blocked.resolve())
    void untilSomebodyWaits(blocked)
    await blocked.promise
    return done as Answer<unknown>
  }).then(code, String)
  return [await earlier, (await later) ?? 'never told']
}
async function untilSomebodyWaits(blocked: PromiseWithResolvers<void>): Promise<void> {
  let over = false
  void blocked.promise.then(() => {
    over = true
  })
  const waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
  while (!over) if ((await scheme.admin.query(waiting)).rowCount) blocked.resolve()
}
type Deed = { readonly actorId: bigint; readonly act: (tx: Tx) => Promise<Answer<unknown>> }

test('of two who decide about one payment at the same moment one does it, and the other is refused', async () => {
  scheme.at('2026-06-21')
  const { payerId: stranger } = await scheme.organisation({ kind: 'employer' })
  const parts = [0, 1].map((index) => ({ payerId: payer(index), billId: bill(index).bill_id, amount: 50n }))
  const detail = { bank: 'BRI', account: '12 34', holder: 'PT Tak Dikenal' }
  const asked: Record<string, Omit<AskedRequest, 'evidence' | 'ground' | 'paymentId'> & { ground?: string }> = {
    parts: { kind: 'parts', parts },
    return: { kind: 'return', detail },
    recall: { kind: 'reversal', ground: 'recall' },
  }
  const names = ['allocate', ...Object.keys(asked)]
  const deedsOf = async (paymentId: bigint, chosen: string[]): Promise<Deed[]> => {
    const deeds: Deed[] = []
    for (const name of chosen) {
      const wanted = asked[name]
      if (!wanted) {
        const allocated = { paymentId, payerId: stranger, reason: 'By its letter' }
        deeds.push({ actorId: 11n, act: (tx) => allocatePayment(tx, recording(), allocated) })
        continue
      }
      const { requestId } = value(await ask({ ...wanted, paymentId }))
      const given = { requestId, decision: 'approved', why: 'checked', decider } as const
      deeds.push({ actorId: 90n, act: (tx) => decideRequest(tx, scheme.law, recording(), given) })
    }
    return deeds
  }
  const waiting = await balance('unallocated')
  const seen: Record<string, string[]> = {}
  for (const one of names)
    for (const other of names.filter((name) => name !== one)) {
      const [first, second] = await deedsOf(await pay('one code for all', 100n, '2026-06-21'), [one, other])
      if (!first || !second) throw new Error('two deeds are needed')
      seen[`${one} before ${other}`] = await atOnce(first, second)
      expect(await balance('unallocated'), `${one} before ${other}`).toBe(waiting)
      expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
    }
  expect(seen).toEqual({
    'allocate before parts': ['ok', 'payment-not-queued'],
    'allocate before return': ['ok', 'payment-not-queued'],
    'allocate before recall': ['ok', 'holder-changed'],
    'parts before allocate': ['ok', 'payment-not-queued'],
    'parts before return': ['ok', 'payment-not-queued'],
    'parts before recall': ['ok', 'holder-changed'],
    'return before allocate': ['ok', 'payment-not-queued'],
    'return before parts': ['ok', 'payment-not-queued'],
    'return before recall': ['ok', 'already-reversed'],
    'recall before allocate': ['ok', 'payment-not-queued'],
    'recall before parts': ['ok', 'payment-not-queued'],
    'recall before return': ['ok', 'payment-not-queued'],
  })
})
