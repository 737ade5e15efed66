// An instalment of what was deferred (PP 49/2020) that is written off: it ends like any receivable, is not billed again, and nothing of it comes
// back when less turns out to have been deferred, because nobody paid it. The control's difference is 0 after every step.
import type { Result } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { actorLike } from '../../../tests/database.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { billDeferred, billDeferredOf, checkControl } from '../../src/contributions/index.ts'
import { showDeferred } from '../../src/contributions/use-cases/show-deferred.ts'
import { askRequest, billingBy, decideRequest } from '../../src/payments/index.ts'
import { inTransaction, type Tx } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'

let scheme: TestScheme
let payer = 0n

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
const control = async () => (await scheme.run((tx) => checkControl(tx, 'test', null))).difference
const bill = () => scheme.run((tx) => billDeferred(tx, scheme.law))

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2022-05-20')
  payer = (await scheme.organisation({ kind: 'employer' })).payerId
})
afterAll(() => scheme.close())

/** What bills of two months deferred, as issuing notes it; below nothing: as a correction notes it. */
const note = (august: bigint, september: bigint, k: bigint) =>
  scheme.admin.query(
    `insert into contributions.deferral (payer_id, bill_id, programme, month, amount, noted_on)
     select $1::bigint, ($1::bigint << 20) + m.month * 4 + $4::bigint, 'JP', m.month, m.amount, '2020-09-30' from (values (24247, $2::bigint), (24248, $3::bigint)) m (month, amount) where m.amount <> 0`,
    [payer, august, september, k],
  )
const shown = async () =>
  value(await as(1n, (tx) => showDeferred(tx, scheme.law, payer))).map((row) => [row.billed, row.paid, row.writtenOff, row.left])
const recording = () => ({ pack: scheme.law.pack, billing: billingBy(scheme.law) })

it('ends like any receivable: two persons, its transfers taken back, told as an instalment', async () => {
  await note(60_000n, 40_000n, 0n)
  expect(await bill()).toMatchObject({ total: 100_000n })
  const [{ bill_id: billId } = { bill_id: 0n }] = await rows<{ bill_id: bigint }>(
    'select bill_id from contributions.bill where payer_id = $1',
    [payer],
  )
  const ask = () =>
    as(1n, (tx) => askRequest(tx, scheme.law, recording(), { kind: 'write-off', billId, ground: 'cannot-pay', evidence: 'Letter 5' }))
  scheme.at('2024-05-20')
  expect(await ask()).toMatchObject({ ok: false, refusal: { code: 'too-young' } })
  scheme.at('2024-05-21')
  const { requestId } = value(await ask())
  const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
  const decision = { requestId, decision: 'approved', why: 'checked', decider } as const
  const decide = () => as(90n, (tx) => decideRequest(tx, scheme.law, recording(), decision))
  expect(await decide()).toMatchObject({ ok: true })
  expect(await decide()).toMatchObject({ ok: false, refusal: { code: 'request-decided' } })
  expect(await shown()).toEqual([
    [60_000n, 0n, 60_000n, 0n],
    [40_000n, 0n, 40_000n, 0n],
  ])
  const moved = `select sum(case when a.account = debit then amount else -amount end) from ledger.transfer t join ledger.account a on a.account in (debit, credit) where payer_id = $1 and a.code = $2`
  expect([await sum(moved, [payer, 'receivable']), await sum(moved, [payer, 'fund:JP'])]).toEqual([0n, 0n])
  expect(await sum('select sum(amount - countered) from payments.payable where payer_id = $1 and settled_on is null', [payer])).toBe(0n)
  expect(
    await rows(`select amount, facts->>'deferred' as deferred from notices.letter where payer_id = $1 and kind = 'written-off'`, [payer]),
  ).toEqual([{ amount: 100_000n, deferred: 'yes' }])
  expect(await control()).toBe(0n)
})

it('is not billed again; less deferred gives nothing back of what nobody paid, more is billed', async () => {
  expect(await bill()).toEqual({ bills: [], total: 0n })
  await note(-50_000n, 0n, 1n)
  expect(await bill()).toEqual({ bills: [], total: 0n })
  expect((await shown())[0]).toEqual([60_000n, 0n, 60_000n, 0n])
  expect(await as(1n, (tx) => billDeferredOf(tx, scheme.law, { payerId: payer, whole: true }))).toMatchObject({
    ok: false,
    refusal: { code: 'all-billed' },
  })
  await note(0n, 7_000n, 2n)
  expect(await bill()).toMatchObject({ total: 7_000n })
  scheme.at('2024-05-22')
  await scheme.pay([{ channel: 'bank', day: '2024-05-22', externalId: 'seven', code: paymentCode(payer), amount: '7000' }])
  // Now 47,000 were deferred of September, of which 40,000 were written off and 7,000 paid: at zero the 7,000 come back, and no more.
  await note(0n, -47_000n, 3n)
  expect(await bill()).toMatchObject({ total: -7_000n })
  expect(await bill()).toEqual({ bills: [], total: 0n })
  expect(await sum(`select sum(balance) from ledger.payer_balance where payer_id = $1 and code = 'credit'`, [payer])).toBe(7_000n)
  expect(await control()).toBe(0n)
})
