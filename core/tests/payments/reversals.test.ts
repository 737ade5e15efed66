// Money that goes back after it was used: a bank's recall, a wrong payer. What it paid is open again, cover follows, books and bank agree.
import { type Day, type Month, truncated } from '@payung/values'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, openMonth, registerContracts, runMonth, showCover } from '../../src/contributions/index.ts'
import { allocatePayment, askRequest, billingBy, type Decision, decideRequest } from '../../src/payments/index.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { checkSavings, readAccount } from '../../src/savings/index.ts'

let scheme: TestScheme
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-08-01')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-08' as Month))
})
afterAll(() => scheme.close())
/** After every step: contributions + … = bills = transfers, bank = statement. */
afterEach(async () => {
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})

const recording = () => ({ pack: scheme.law.pack, billing: billingBy(scheme.law) })
const head = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
const refusable = async <Value>(work: (tx: Tx) => Promise<{ ok: true; value: Value } | { ok: false; refusal: { code: string } }>) =>
  inTransaction(scheme.platform, { role: 'run', actor: systemActor }, { name: 'test', input: null }, work as never) as Promise<
    { ok: true; value: Value } | { ok: false; refusal: { code: string } }
  >

const ask = (paymentId: bigint, ground = 'recall', evidence = 'letter of the bank') =>
  refusable((tx) => askRequest(tx, scheme.law, recording(), { kind: 'reversal', paymentId, ground, evidence }))
const decideAs = (requestId: bigint, given: Partial<Decision> = {}) =>
  refusable((tx) =>
    decideRequest(tx, scheme.law, recording(), { requestId, decision: 'approved', why: 'checked', decider: head, ...given }),
  )

/** Asks and approves; gives the figures. */
async function reverse(paymentId: bigint, ground = 'recall') {
  const asked = await ask(paymentId, ground)
  if (!asked.ok) throw new Error(asked.refusal.code)
  const done = await decideAs(asked.value.requestId)
  if (!done.ok) throw new Error(done.refusal.code)
  return done.value.done
}

let external = 0
async function pay(payer: bigint, amount: bigint, day: string): Promise<bigint> {
  scheme.at(day)
  const [outcome] = await scheme.pay([
    { channel: 'bank', day, externalId: `r-${external++}`, code: paymentCode(payer), amount: amount.toString() },
  ])
  if (outcome?.paymentId == null) throw new Error(outcome?.refusal?.rule ?? 'no payment')
  return outcome.paymentId
}
async function firm(): Promise<{ payerId: bigint; memberNumber: string }> {
  const { organisationId, payerId } = await scheme.organisation({ kind: 'employer' })
  const [person] = await scheme.persons(1)
  const memberNumber = person?.memberNumber ?? ''
  await scheme.memberships([{ memberNumber, from: '2026-08-01', segment: 'PU', organisationId, base: '5000000' }])
  return { payerId, memberNumber }
}
async function fisher(): Promise<{ payerId: bigint; memberNumber: string; personId: bigint }> {
  const [person] = await scheme.persons(1)
  if (!person) throw new Error('no person')
  await scheme.memberships([{ memberNumber: person.memberNumber, from: '2026-08-01', segment: 'BPU', base: '1000000' }])
  const { rows } = await scheme.admin.query('select payer_id from registry.payer where person_id = $1', [person.personId])
  return { ...person, payerId: rows[0].payer_id }
}
async function run(month: string, day: string): Promise<void> {
  scheme.at(day)
  await scheme.run((tx) => openMonth(tx, scheme.law, month as Month))
  const done = await runMonth(scheme.platform, scheme.law, month as Month, { actor: systemActor })
  if (!done.ok) throw new Error(done.refusal.rule)
}
const bills = async (payerId: bigint) =>
  (
    await scheme.admin.query<{ bill_id: bigint; state: string; paid_on: Day | null; total: bigint; fine: bigint }>(
      'select bill_id, state, paid_on, total, fine from contributions.bill where payer_id = $1 order by month, bill_id',
      [payerId],
    )
  ).rows
const states = async (memberNumber: string, on: string): Promise<string[]> => {
  const { rows } = await scheme.admin.query('select person_id from registry.member_directory where member_number = $1', [memberNumber])
  const shown = await scheme.run((tx) => showCover(tx, scheme.law, [rows[0].person_id], on as Day))
  return [...new Set(shown.flatMap(({ programmes }) => programmes.map(({ state }) => state)))]
}
const credit = async (payerId: bigint): Promise<Record<string, bigint>> =>
  Object.fromEntries(
    (await scheme.admin.query('select code, balance from ledger.payer_balance where payer_id = $1', [payerId])).rows.map(
      ({ code, balance }) => [code, balance],
    ),
  )

test('a recall after the month was used for cover: the bill is open, cover goes back to what the facts say, the fine follows', async () => {
  const { payerId, memberNumber } = await firm()
  await run('2026-08', '2026-08-31')
  const [bill] = await bills(payerId)
  const payment = await pay(payerId, bill?.total ?? 0n, '2026-09-10')
  expect(await states(memberNumber, '2026-09-20')).toEqual(['covered'])
  scheme.at('2026-09-25')
  expect(await reverse(payment)).toEqual({ reopened: 1, movedDays: 0, months: 0, owed: 0n })
  expect(await bills(payerId)).toMatchObject([{ state: 'issued', paid_on: null }])
  expect(await credit(payerId)).toMatchObject({ credit: 0n, receivable: bill?.total })
  expect(await states(memberNumber, '2026-09-20')).toEqual(['not covered'])
  await run('2026-09', '2026-09-30')
  const [, second] = await bills(payerId)
  expect(second?.fine).toBeGreaterThan(0n)
  await pay(payerId, (bill?.total ?? 0n) + (second?.total ?? 0n), '2026-10-02')
  expect((await bills(payerId)).map(({ state, paid_on }) => [state, paid_on])).toEqual([
    ['paid', '2026-10-02'],
    ['paid', '2026-10-02'],
  ])
  expect(await states(memberNumber, '2026-10-05')).toEqual(['covered'])
})

test('other money of the payer pays instead, on the day on which it came', async () => {
  const { payerId } = await firm()
  await run('2026-10', '2026-10-31')
  const [bill] = await bills(payerId)
  const amount = bill?.total ?? 0n
  const first = await pay(payerId, amount, '2026-11-03')
  await pay(payerId, amount, '2026-11-20')
  expect(await reverse(first)).toEqual({ reopened: 0, movedDays: 1, months: 0, owed: 0n })
  expect(await bills(payerId)).toMatchObject([{ state: 'paid', paid_on: '2026-11-20' }])
  expect(await credit(payerId)).toMatchObject({ credit: 0n, receivable: 0n })
})

test('months that an offer settled are taken back by reversing entries, latest first, and paid again by replacing ones', async () => {
  const { payerId, memberNumber, personId } = await fisher()
  await pay(payerId, 8_400n, '2026-11-20')
  const payment = await pay(payerId, 8_400n + 16_800n, '2026-11-21')
  expect(await states(memberNumber, '2027-01-10')).toEqual(['covered'])
  expect(await reverse(payment)).toEqual({ reopened: 0, movedDays: 0, months: 2, owed: 0n })
  const entries = async () =>
    (await scheme.admin.query('select month, entry from contributions.contribution where person_id = $1 order by 1, 2', [personId])).rows
      .map(({ month, entry }) => `${month % 12}:${entry}`)
      .join(' ')
  // December 2026 is 11, January 0.
  expect(await entries()).toBe('10:0 11:0 11:1 0:0 0:1')
  expect(await credit(payerId)).toMatchObject({ credit: 0n })
  expect(await states(memberNumber, '2026-11-25')).toEqual(['covered'])
  expect(await states(memberNumber, '2027-03-10')).toEqual(['not covered'])
  await pay(payerId, 8_400n, '2026-12-01')
  expect(await entries()).toBe('10:0 11:0 11:1 11:2 0:0 0:1')
  const { rows } = await scheme.admin.query('select month, paid from contributions.public_months($1, $2, $3)', [
    memberNumber,
    '2027-01-31',
    0,
  ])
  expect(rows.filter(({ paid }) => paid).map(({ month }) => month % 12)).toEqual([10, 11])
})

test('the only payment gone: the period that it opened is gone too', async () => {
  const { payerId, memberNumber, personId } = await fisher()
  const payment = await pay(payerId, 8_400n, '2026-12-01')
  expect(await states(memberNumber, '2026-12-02')).toEqual(['covered'])
  await reverse(payment)
  expect(await states(memberNumber, '2026-12-02')).toEqual(['not covered'])
  expect((await scheme.admin.query('select from contributions.cover_period where person_id = $1', [personId])).rowCount).toBe(0)
})

test('money of another payer: it waits in the queue again and is given to the right one', async () => {
  const [wrong, right] = [await fisher(), await fisher()]
  const payment = await pay(wrong.payerId, 8_400n, '2026-12-02')
  expect(await reverse(payment, 'wrong-payer')).toMatchObject({ months: 1, owed: 0n })
  expect(await states(wrong.memberNumber, '2026-12-03')).toEqual(['not covered'])
  expect(await ask(payment, 'wrong-payer')).toMatchObject({ ok: false, refusal: { code: 'payment-queued' } })
  const give = () => refusable((tx) => allocatePayment(tx, recording(), { paymentId: payment, payerId: right.payerId, reason: 'letter' }))
  expect(await give()).toMatchObject({ ok: true, value: { settled: [{ amount: 8_400n }] } })
  expect(await give()).toMatchObject({ ok: false, refusal: { code: 'payment-not-queued' } })
  expect(await states(right.memberNumber, '2026-12-03')).toEqual(['covered'])
  // A second time it is taken from the right one, and then recalled from the queue.
  expect(await reverse(payment, 'wrong-payer')).toMatchObject({ months: 1 })
  expect(await reverse(payment)).toEqual({ reopened: 0, movedDays: 0, months: 0, owed: 0n })
  expect(await give()).toMatchObject({ ok: false, refusal: { code: 'payment-not-queued' } })
})

test('what cannot be undone is owed, and is paid before anything else', async () => {
  const { payerId, personId } = await fisher()
  const payment = await pay(payerId, 8_400n, '2026-12-03')
  // The month was corrected since, on a bill that is not paid yet: what the month comes to is not known.
  const { rows } = await scheme.admin.query('select * from contributions.contribution where person_id = $1', [personId])
  await scheme.admin.query('begin')
  await scheme.admin.query(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, made_on, issued_on) values ($1, $2, $3, 'correction', 'issued', '2026-12-03', '2026-12-03')`,
    [payerId, rows[0].bill_id + 1n, rows[0].month],
  )
  await scheme.admin.query(
    'insert into contributions.entry (person_id, bill_id, base, employer, worker, month, class, ordinal, entry) values ($1, $2, $3, $4, $5, $6, $7, 1, 1), ($1, $2, $3, $4, $5, $6, $7, 1, 2)',
    [personId, rows[0].bill_id + 1n, rows[0].base, rows[0].employer, rows[0].worker, rows[0].month, rows[0].class],
  )
  await scheme.admin.query('commit')
  expect(await reverse(payment)).toEqual({ reopened: 0, movedDays: 0, months: 0, owed: 8_400n })
  expect(await credit(payerId)).toMatchObject({ credit: 0n, receivable: 8_400n })
  // What pays it is told as what it is: no bill bears the payment's number.
  scheme.at('2026-12-04')
  const again = { channel: 'bank', day: '2026-12-04', externalId: 'owed', code: paymentCode(payerId), amount: '8400' }
  expect((await scheme.pay([again])).map(({ settled }) => settled)).toEqual([
    [{ payerId, billId: null, reversedPaymentId: payment, month: '2026-12', amount: 8_400n }],
  ])
  expect(await credit(payerId)).toMatchObject({ credit: 0n, receivable: 0n })
})

test('a migrant’s premium is owed again: no cover, no certificate and no savings until its bill is paid; a month paid since goes before it', async () => {
  const { payerId, memberNumber, personId } = await fisher()
  await scheme.memberships([{ memberNumber, from: '2026-12-01', segment: 'PMI' }])
  const [from, until, facts] = ['2026-12-01' as Day, '2027-08-01' as Day, { months: '8', savings: '50000' }]
  const members = [{ personId, ordinal: 2 }]
  const made = await refusable((tx) =>
    registerContracts(tx, scheme.law, [{ payerId, segment: 'PMI', name: 'Abroad', from, until, facts, members }]),
  )
  if (!made.ok) throw new Error(made.refusal.code)
  const contract = made.value[0]?.contractId
  // What the fund is owed by paid bills: the control of a year that is not closed yet has nothing else on its other side.
  const funded = async () => (await scheme.run((tx) => checkSavings(tx, scheme.law, 'JHT', 2026, 'test'))).difference
  const before = await funded()
  const stands = async (on: string) => {
    const shown = await scheme.run((tx) => showCover(tx, scheme.law, [personId], on as Day))
    const [certificate] = (await scheme.admin.query('select paid_on, revoked_on from contributions.public_certificate($1)', [contract]))
      .rows
    const { balance } = await scheme.run((tx) => readAccount(tx, 'JHT', [personId], on as Day, { fromStart: true }))
    expect((await funded()) - before).toBe(truncated(balance))
    expect(await scheme.run((tx) => checkControl(tx, 'test', '2026-12' as Month))).toMatchObject({ difference: 0n })
    return [...shown.map(({ programmes }) => programmes[0]?.state), certificate.paid_on, certificate.revoked_on, truncated(balance)]
  }
  // 135,000 for eight months, and 50,000 of savings in each.
  await pay(payerId, 300_000n, '2026-12-02')
  const completing = await pay(payerId, 235_000n, '2026-12-03')
  const month = await pay(payerId, 8_400n, '2026-12-04')
  const paid = ['covered', 'covered', '2026-12-03', null, 400_000n]
  expect(await stands('2026-12-10')).toEqual(paid)
  expect(await reverse(month)).toEqual({ reopened: 0, movedDays: 0, months: 1, owed: 0n })
  expect(await stands('2026-12-10')).toEqual(['not covered', ...paid.slice(1)])
  scheme.at('2026-12-05')
  expect(await reverse(completing)).toEqual({ reopened: 1, movedDays: 0, months: 0, owed: 0n })
  const open = ['not covered', 'not covered', null, '2026-12-05', 0n]
  expect(await stands('2026-12-10')).toEqual(open)
  expect(await credit(payerId)).toMatchObject({ credit: 300_000n, receivable: 535_000n })
  const again = await pay(payerId, 235_000n, '2026-12-06')
  expect(await stands('2026-12-10')).toEqual(['not covered', 'covered', '2026-12-06', '2026-12-05', 400_000n])
  expect(await credit(payerId)).toMatchObject({ credit: 0n, receivable: 0n })
  scheme.at('2026-12-07')
  expect(await reverse(again)).toEqual({ reopened: 1, movedDays: 0, months: 0, owed: 0n })
  expect(await stands('2026-12-10')).toEqual([...open.slice(0, 3), '2026-12-07', 0n])
  expect(await credit(payerId)).toMatchObject({ credit: 300_000n, receivable: 535_000n })
  await pay(payerId, 235_000n, '2026-12-08')
  expect(await stands('2026-12-10')).toEqual(['not covered', 'covered', '2026-12-08', '2026-12-07', 400_000n])
})

test('who may ask and decide, in this order', async () => {
  const { payerId } = await fisher()
  const payment = await pay(payerId, 100n, '2026-12-05')
  const code = async (given: Promise<{ ok: boolean; refusal?: { code: string } }>) => (await given).refusal?.code ?? 'done'
  expect(await code(ask(payment, ''))).toBe('field-missing')
  expect(await code(ask(payment, 'recall', ' '))).toBe('field-missing')
  expect(await code(ask(payment, 'whim'))).toBe('unknown-ground')
  expect(await code(ask(999_999n))).toBe('payment-unknown')
  const asked = await ask(payment)
  if (!asked.ok) throw new Error('not asked')
  const { requestId } = asked.value
  expect(await code(ask(payment))).toBe('already-asked')
  const table: [Partial<Decision>, string][] = [
    [{ requestId: 999_999n }, 'request-not-found'],
    [{ why: ' ' }, 'reason-missing'],
    [{ decider: { ...head, actorId: systemActor.actorId } }, 'same-person'],
    [{ decider: { ...head, officeId: null } }, 'level-too-low'],
    [{ decider: { ...head, kind: 'partner' } }, 'level-too-low'],
    [{ decider: { ...head, officeId: 2n, role: 'officer' } }, 'level-too-low'],
    [{ decision: 'refused', decider: { ...head, officeId: 2n } }, 'done'],
    [{}, 'request-decided'],
  ]
  for (const [given, expected] of table) expect(await code(decideAs(requestId, given)), expected).toBe(expected)
  expect(await credit(payerId)).toMatchObject({ credit: 100n })
  await reverse(payment)
  expect(await code(ask(payment))).toBe('already-reversed')
  expect(await code(ask(payment, 'wrong-payer'))).toBe('already-reversed')
})
