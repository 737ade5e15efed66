// Money that is paid back: by the rule of each kind of payer, never more than there is, ordered and then paid by the bank once.
import { lawOf, loadPack } from '@payung/law'
import type { Day, Month } from '@payung/values'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { tellOffset } from '../../../tests/told.ts'
import { checkControl, openMonth } from '../../src/contributions/index.ts'
import { noteClaim } from '../../src/contributions/use-cases/note-claim.ts'
import { type RefundFacts, refuseRefund } from '../../src/payments/domain/refund.ts'
import { type AskedRequest, askRequest, billingBy, decideRequest, markOrderPaid } from '../../src/payments/index.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { mergePersons, paymentCode } from '../../src/registry/index.ts'

let scheme: TestScheme
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-09-01')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-09' as Month))
})
afterAll(() => scheme.close())
afterEach(async () => {
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})

type Answer<Value> = { ok: true; value: Value } | { ok: false; refusal: { code: string } }
const attempt = <Value>(work: (tx: Tx) => Promise<Answer<Value>>): Promise<Answer<Value>> =>
  inTransaction(scheme.platform, { role: 'run', actor: systemActor }, { name: 'test', input: null }, work as never)
const recording = () => ({ pack: scheme.law.pack, billing: billingBy(scheme.law) })
const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
const account = { bank: 'BRI', account: '0012 34', holder: 'Ayu Lestari' }

const ask = (asked: Omit<AskedRequest, 'kind' | 'evidence'>) =>
  attempt((tx) => askRequest(tx, scheme.law, recording(), { kind: 'refund', evidence: 'letter', ...asked }))
/** Asks and approves; gives the number of the payout order. */
async function refund(asked: Omit<AskedRequest, 'kind' | 'evidence'>): Promise<bigint> {
  const request = await ask(asked)
  if (!request.ok) throw new Error(request.refusal.code)
  const { requestId } = request.value
  const done = await attempt((tx) =>
    decideRequest(tx, scheme.law, recording(), { requestId, decision: 'approved', why: 'checked', decider }),
  )
  if (!done.ok) throw new Error(done.refusal.code)
  return BigInt(done.value.done.orderId ?? 0n)
}
let external = 0
async function pay(payer: bigint, amount: bigint, day: string): Promise<void> {
  scheme.at(day)
  await scheme.pay([{ channel: 'bank', day, externalId: `f-${external++}`, code: paymentCode(payer), amount: amount.toString() }])
}
const balances = async (): Promise<Record<string, bigint>> =>
  Object.fromEntries(
    (
      await scheme.admin.query<{ code: string; balance: bigint }>(
        `select a.code, sum(case when t.debit = a.account then t.amount else -t.amount end)::bigint as balance
         from ledger.account a join ledger.transfer t on a.account in (t.debit, t.credit) where a.code in ('bank', 'orders') group by a.code`,
      )
    ).rows.map(({ code, balance }) => [code, balance]),
  )

test('why a refund is refused, in this order', async () => {
  const law = lawOf(await loadPack('indonesia'))
  const good: RefundFacts = {
    payerId: 7n,
    payerKind: 'employer',
    amount: 700n,
    ground: 'offset-refused',
    outstanding: 0n,
    there: 700n,
    closedOn: null,
    claimedOn: null,
    offeredOn: '2026-10-01' as Day,
    detail: { ...account, offset_refused_on: '2026-10-01' },
  }
  const table: [string, Partial<RefundFacts>][] = [
    ['no-source', { payerKind: 'state' }],
    ['ground-not-allowed', { ground: 'agreement' }],
    ['ground-not-allowed', { payerKind: 'sponsor' }],
    ['ground-not-allowed', { payerKind: 'self' }],
    ['payer-closed', { closedOn: '2026-09-01' as Day }],
    ['field-missing', { detail: { ...account, bank: ' ', offset_refused_on: '2026-10-01' } }],
    ['field-missing', { detail: { bank: 'BRI', account: '1' } }],
    ['offset-not-offered', { offeredOn: null }],
    ['offset-not-refused', { detail: account }],
    ['offset-not-refused', { detail: { ...account, offset_refused_on: '1900-01-01' } }],
    ['offset-not-refused', { detail: { ...account, offset_refused_on: '2026-09-30' } }],
    ['offset-not-refused', { detail: { ...account, offset_refused_on: '2026-10-03' } }],
    ['no-claim', { payerKind: 'self', ground: 'after-claim' }],
    ['debt-first', { outstanding: 1n }],
    ['wrong-amount', { amount: 0n }],
    ['not-enough-money', { amount: 701n }],
    ['none', {}],
    ['none', { payerKind: 'village', ground: 'agreement', detail: account }],
    ['none', { payerKind: 'self', ground: 'after-claim', detail: account, claimedOn: '2026-09-20' as Day }],
  ]
  for (const [expected, given] of table)
    expect(refuseRefund(law, '2026-10-02' as Day, { ...good, ...given })?.code ?? 'none', expected).toBe(expected)
})

test('an employer’s surplus, after it refused the offset: ordered, then paid by the bank once', async () => {
  const { payerId } = await scheme.organisation({ kind: 'employer' })
  await pay(payerId, 5_000n, '2026-10-02')
  const asked = { payerId, amount: 700n, ground: 'offset-refused', detail: { ...account, offset_refused_on: '2026-10-02' } }
  expect(await ask(asked)).toMatchObject({ refusal: { code: 'offset-not-offered' } })
  await tellOffset(scheme, payerId, '2026-10-01')
  // Told of what came before this money: of this one nobody has told him yet.
  expect(await ask(asked)).toMatchObject({ refusal: { code: 'offset-not-offered' } })
  await tellOffset(scheme, payerId, '2026-10-02')
  const before = await balances()
  const orderId = await refund(asked)
  expect(await balances()).toMatchObject({ bank: before.bank, orders: (before.orders ?? 0n) - 700n })
  const paid = (given: { day?: string; reference?: string }) =>
    attempt((tx) => markOrderPaid(tx, scheme.law, { orderId, day: '2026-10-02', reference: 'BRI-1', ...given }))
  expect(await paid({ reference: ' ' })).toMatchObject({ refusal: { code: 'field-missing' } })
  expect(await paid({ day: '2026-10-01' })).toMatchObject({ refusal: { code: 'wrong-day' } })
  expect(await paid({})).toMatchObject({ value: { state: 'paid', amount: 700n } })
  expect(await paid({})).toMatchObject({ value: { state: 'paid' } })
  expect(await paid({ reference: 'BRI-2' })).toMatchObject({ refusal: { code: 'order-paid' } })
  expect(await balances()).toMatchObject({ bank: (before.bank ?? 0n) - 700n, orders: before.orders ?? 0n })
  // What is left is 4,300; two requests for all of it cannot both be done.
  expect(await ask({ ...asked, amount: 4_301n })).toMatchObject({ refusal: { code: 'not-enough-money' } })
  const [first] = [await ask({ ...asked, amount: 4_300n })]
  expect(await ask({ ...asked, amount: 4_300n })).toMatchObject({ refusal: { code: 'already-asked' } })
  expect(first.ok).toBe(true)
})

test('the self-employed get months after a claim back: those months are reversed, earlier ones stay', async () => {
  const [person] = await scheme.persons(1)
  if (!person) throw new Error('no person')
  await scheme.memberships([{ memberNumber: person.memberNumber, from: '2026-09-01', segment: 'BPU', base: '1000000' }])
  const { rows } = await scheme.admin.query('select payer_id from registry.payer where person_id = $1', [person.personId])
  const payerId: bigint = rows[0].payer_id
  await pay(payerId, 3n * 8_400n, '2026-10-03')
  const asked = { payerId, amount: 16_800n, ground: 'after-claim', detail: account }
  expect(await ask(asked)).toMatchObject({ refusal: { code: 'no-claim' } })
  scheme.at('2026-10-21')
  // His number is merged into another by then: the claim is noted of who bears that one.
  const [other] = await scheme.persons(1)
  const merge = { alias: person.memberNumber, into: other?.memberNumber ?? '', reason: 'one card', consent: 'at the desk' }
  expect(await scheme.run((tx) => mergePersons(tx, scheme.law.pack, merge))).toMatchObject({ ok: true })
  const noted = (personId = 0n) =>
    attempt((tx) => noteClaim(tx, scheme.law, { personId, programme: 'JKM', claimedOn: '2026-10-20', evidence: 'decision' }))
  expect(await noted(other?.personId)).toMatchObject({ ok: true })
  expect(await noted(person.personId)).toMatchObject({ refusal: { code: 'claim-known' } })
  expect(await ask({ ...asked, amount: 25_200n })).toMatchObject({ refusal: { code: 'not-enough-money' } })
  await refund(asked)
  const spans = await scheme.admin.query('select to_month % 12 as month from contributions.paid_span where person_id = $1', [
    person.personId,
  ])
  expect(spans.rows).toEqual([{ month: 9 }])
})

test('a sponsor gets trust money back as the agreement says, and not what became months', async () => {
  const sponsor = await scheme.organisation({ kind: 'sponsor' })
  await pay(sponsor.payerId, 9_000n, '2026-10-22')
  const asked = { payerId: sponsor.payerId, amount: 9_001n, ground: 'agreement', detail: account }
  expect(await ask(asked)).toMatchObject({ refusal: { code: 'not-enough-money' } })
  await refund({ ...asked, amount: 9_000n })
  expect(await ask({ ...asked, amount: 1n })).toMatchObject({ refusal: { code: 'not-enough-money' } })
})
