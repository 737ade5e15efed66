// Debts that end without money: a late fine is waived once in two years and on named grounds, an old receivable is written off by decision
// (Peraturan 2/2020). Two persons each, transfers to the last unit, and the control's difference stays 0.
import { lawOf, loadPack } from '@payung/law'
import type { Day, Month } from '@payung/values'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { actorLike } from '../../../tests/database.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { type DebtFacts, type EndOfDebt, refuseEndOfDebt, takeBackAll } from '../../src/contributions/domain/end-of-debt.ts'
import {
  approveCorrection,
  checkControl,
  openMonth,
  proposeCorrection,
  runMonth,
  splitBill,
  withdrawCorrection,
} from '../../src/contributions/index.ts'
import { askRequest, billingBy, decideRequest } from '../../src/payments/index.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { checkSavings, closeYear, declareRates } from '../../src/savings/index.ts'

let scheme: TestScheme
let payer = 0n
let other = 0n
let numbers: string[] = []
const law = lawOf(await loadPack('indonesia'))
const value = <Value>(result: { ok: true; value: Value } | { ok: false; refusal: { code: string; rule: string } }): Value => {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.rule}`)
  return result.value
}

async function month(text: string): Promise<void> {
  scheme.at(`${text}-28`)
  await scheme.run((tx) => openMonth(tx, scheme.law, text as Month))
  value(await runMonth(scheme.platform, scheme.law, text as Month, { actor: systemActor }))
}
type Row = { bill_id: bigint; kind: string; state: string; fine: bigint; total: bigint; correction: bigint }
const bills = async (text: string): Promise<Row[]> =>
  (
    await scheme.admin.query<Row>(
      'select bill_id, kind, state, fine, total, correction from contributions.bill where payer_id = $1 and month = $2 order by bill_id',
      [payer, Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1],
    )
  ).rows
const first = async (text: string): Promise<Row> => (await bills(text))[0] as Row
const balance = async (code: string): Promise<bigint> =>
  (
    await scheme.admin.query<{ sum: bigint | null }>(
      `select sum(case when t.debit = a.account then t.amount else -t.amount end)::bigint as sum from ledger.account a join ledger.transfer t on a.account in (t.debit, t.credit)
       where a.code = $1 and t.payer_id = $2`,
      [code, payer],
    )
  ).rows[0]?.sum ?? 0n
const attempt = <Value>(work: (tx: Tx) => Promise<{ ok: true; value: Value } | { ok: false; refusal: { code: string } }>, key?: string) =>
  inTransaction(
    scheme.platform,
    { role: 'run', actor: systemActor },
    { name: 'test', input: null, ...(key ? { key } : {}) },
    work as never,
  ) as Promise<{ ok: true; value: Value } | { ok: false; refusal: { code: string; rule: string } }>
const recording = () => ({ pack: scheme.law.pack, billing: billingBy(scheme.law) })
const ask = (kind: EndOfDebt, billId: bigint, ground: string) =>
  attempt((tx) => askRequest(tx, scheme.law, recording(), { kind, billId, ground, evidence: 'Letter 4' }))
const decide = (requestId: bigint, officeId: bigint, key?: string) =>
  attempt(
    (tx) =>
      decideRequest(tx, scheme.law, recording(), {
        requestId,
        decision: 'approved',
        why: 'checked',
        decider: { actorId: 90n, kind: 'staff', role: 'administrator', officeId },
      }),
    key,
  )
const code = (result: { ok: true } | { ok: false; refusal: { code: string } }): string => (result.ok ? 'ok' : result.refusal.code)

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2023-12-01')
  const facts = { employer_size: 'large', risk_class: 'III', active_workers: '2' }
  const firms = [await scheme.organisation({ kind: 'employer', facts }), await scheme.organisation({ kind: 'employer', facts })] as const
  payer = firms[0].payerId
  other = firms[1].payerId
  const workers = await scheme.persons(4)
  numbers = workers.map(({ memberNumber }) => memberNumber)
  await scheme.memberships(
    workers.map(({ memberNumber }, index) => ({
      memberNumber,
      segment: 'PU',
      organisationId: firms[index < 2 ? 0 : 1].organisationId,
      base: '5000000',
      from: '2024-01-01',
    })),
  )
  await month('2024-01')
  await month('2024-04')
})
afterAll(() => scheme.close())
afterEach(async () => {
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})

test('why a debt does not end, in this order', () => {
  const good: DebtFacts = {
    payerId: 7n,
    billId: 7n << 20n,
    state: 'issued',
    kind: 'month',
    settlement: 'receivable',
    due: '2024-02-15' as Day,
    owed: 100n,
    fine: 10n,
    monthsLate: 8,
    waivedOn: null,
    money: 0n,
  }
  const table: [string, EndOfDebt, string, Partial<DebtFacts>, string?][] = [
    ['no-source', 'fine-waiver', 'disaster', {}, '2019-12-31'],
    ['bill-unknown', 'fine-waiver', 'disaster', { state: null }],
    ['bill-unknown', 'write-off', 'cannot-pay', { settlement: 'offer' }],
    ['bill-unknown', 'write-off', 'cannot-pay', { kind: 'state' }],
    ['bill-not-open', 'fine-waiver', 'disaster', { state: 'calculated' }],
    ['bill-not-open', 'fine-waiver', 'disaster', { state: 'paid' }],
    ['bill-not-open', 'write-off', 'cannot-pay', { owed: 0n }],
    ['ground-not-allowed', 'fine-waiver', 'cannot-pay', {}],
    ['ground-not-allowed', 'write-off', 'disaster', {}],
    ['too-young', 'write-off', 'cannot-pay', { due: null }],
    ['too-young', 'write-off', 'cannot-pay', { due: '2024-05-28' as Day }],
    ['money-waits', 'write-off', 'cannot-pay', { money: 1n }],
    ['ok', 'write-off', 'cannot-pay', { due: '2024-05-27' as Day }],
    ['ok', 'fine-waiver', 'disaster', { money: 1n }],
    ['no-fine', 'fine-waiver', 'disaster', { fine: 0n }],
    ['class-too-good', 'fine-waiver', 'rescue', { monthsLate: 6 }],
    ['class-too-good', 'fine-waiver', 'rescue', { monthsLate: 0 }],
    ['ok', 'fine-waiver', 'rescue', { monthsLate: 7 }],
    ['ok', 'fine-waiver', 'disaster', { monthsLate: 0 }],
    ['waived-before', 'fine-waiver', 'disaster', { waivedOn: '2025-01-01' as Day }],
    ['ok', 'fine-waiver', 'disaster', { waivedOn: '2024-12-31' as Day }],
  ]
  for (const [refused, kind, ground, facts, today = '2026-05-28'] of table)
    expect(refuseEndOfDebt(law, today as Day, kind, ground, { ...good, ...facts })?.code ?? 'ok', `${refused} ${kind}`).toBe(refused)
})

test('what transfers moved between two accounts is taken back in all', () => {
  const booked = [
    { debit: 'receivable', credit: 'fund', amount: 70n },
    { debit: 'fund', credit: 'receivable', amount: 20n },
    { debit: 'fund', credit: 'other', amount: 5n },
    { debit: 'receivable', credit: 'fines', amount: 3n },
    { debit: 'fines', credit: 'receivable', amount: 3n },
  ]
  expect(takeBackAll(booked)).toEqual([
    { debit: 'fund', credit: 'receivable', amount: 50n },
    { debit: 'other', credit: 'fund', amount: 5n },
  ])
})

test('a fine is waived by a second person, and what is left of its bill is owed', async () => {
  const { bill_id, fine } = await first('2024-04')
  expect(fine).toBeGreaterThan(0n)
  scheme.at('2024-05-02')
  expect(code(await ask('fine-waiver', bill_id, 'rescue'))).toBe('class-too-good')
  expect(code(await ask('fine-waiver', (await first('2024-01')).bill_id, 'disaster'))).toBe('no-fine')
  scheme.at('2024-10-01')
  const { requestId } = value(await ask('fine-waiver', bill_id, 'rescue'))
  const [owed, fines] = [await balance('receivable'), await balance('fines')]
  expect(value(await decide(requestId, 1n, 'once')).done).toMatchObject({ amount: fine })
  expect(value(await decide(requestId, 1n, 'once')).done).toMatchObject({ amount: fine })
  expect([await balance('receivable'), await balance('fines')]).toEqual([owed - fine, fines + fine])
  expect((await bills('2024-04')).map(({ kind, state, total }) => [kind, state, total])).toEqual([
    ['month', 'issued', (await first('2024-04')).total],
    ['correction', 'issued', -fine],
  ])
  expect(code(await ask('fine-waiver', bill_id, 'rescue'))).toBe('no-fine')
})

test('an old receivable is written off by the head office: no fine follows it, and later money pays what is still owed', async () => {
  const january = await first('2024-01')
  scheme.at('2026-02-15')
  expect(code(await ask('write-off', january.bill_id, 'cannot-pay'))).toBe('too-young')
  scheme.at('2026-02-16')
  const { requestId, amount } = value(await ask('write-off', january.bill_id, 'cannot-pay'))
  expect(amount).toBe(january.total)
  const [owed, death] = [await balance('receivable'), await balance('fund:JKM')]
  expect(code(await decide(requestId, 2n))).toBe('level-too-low')
  value(await decide(requestId, 1n))
  expect(await balance('receivable')).toBe(owed - january.total)
  // JKM 0.30 % of 5,000,000 for two workers goes back from its fund, less the 0.10 % that job loss had taken of it (PP 49/2023).
  expect((await balance('fund:JKM')) - death).toBe(20_000n)
  expect((await first('2024-01')).state).toBe('issued')
  await month('2026-02')
  const { rows } = await scheme.admin.query<{ bill_id: bigint }>('select distinct bill_id from contributions.fine where on_bill_id = $1', [
    (await first('2026-02')).bill_id,
  ])
  expect(rows.map(({ bill_id }) => bill_id)).toEqual([(await first('2024-04')).bill_id])
  const april = (await bills('2024-04')).reduce((sum, { total }) => sum + total, 0n)
  await scheme.pay([
    {
      channel: 'bank',
      day: '2026-02-28',
      externalId: 'all',
      code: paymentCode(payer),
      amount: (april + (await first('2026-02')).total).toString(),
    },
  ])
  expect((await bills('2024-04')).map(({ state }) => state)).toEqual(['paid', 'paid'])
  expect([(await first('2026-02')).state, (await first('2024-01')).state]).toEqual(['paid', 'issued'])
  expect(await balance('receivable')).toBe(0n)
})

const asAdministrator = <Value>(
  actorId: bigint,
  work: (tx: Tx) => Promise<{ ok: true; value: Value } | { ok: false; refusal: { code: string; rule: string } }>,
) =>
  inTransaction(
    scheme.platform,
    { role: 'run', actor: actorLike({ actorId, officeId: 1n, role: 'administrator' }) },
    { name: 'test', input: null },
    work as never,
  ) as Promise<{ ok: true; value: Value } | { ok: false; refusal: { code: string; rule: string } }>
/** Proposes other wages for January 2024, and has them approved by somebody who saw that difference; what is refused is withdrawn. */
async function correct(rows: readonly { memberNumber: string; base: string; replaces?: number }[], seen: bigint) {
  const evidence = { digest: 'a'.repeat(64), description: 'letter' }
  const asked = { payerId: payer, month: '2024-01' as Month, kind: 'wage', rows, reason: 'typed wrongly', evidence } as const
  const id = value(await asAdministrator(11n, (tx) => proposeCorrection(tx, scheme.law, asked)))
  const done = await asAdministrator(12n, (tx) => approveCorrection(tx, scheme.law, { id, seen, why: 'seen' }))
  if (!done.ok) value(await asAdministrator(11n, (tx) => withdrawCorrection(tx, scheme.law, { id, why: 'refused' })))
  return done
}
/** Corrects wages of January 2024 from 5,000,000 to 1,000,000: each 395,600 less. */
const correctDown = async (rows: readonly { memberNumber: string; replaces?: number }[]): Promise<void> => {
  const lower = rows.map((row) => ({ ...row, base: '1000000' }))
  value(await correct(lower, -395_600n * BigInt(rows.length)))
}
const funds = async () => [await balance('fund:JKK'), await balance('fund:JKM'), await balance('fund:JHT'), await balance('fund:JP')]

test('what was written off and comes to less since gives nothing back: nobody paid it', async () => {
  const [credit, before] = [await balance('credit'), await funds()]
  await correctDown([{ memberNumber: numbers[0] ?? '' }])
  expect([await balance('credit'), await balance('receivable')]).toEqual([credit, 0n])
  expect(await funds()).toEqual(before)
  expect((await bills('2024-01')).at(-1)).toMatchObject({ kind: 'correction', state: 'paid', total: 0n, correction: 395_600n })
})

test('what was written off is not set against a raised wage: the two are corrected each by itself', async () => {
  const raised = { memberNumber: numbers[0] ?? '', base: '9000000', replaces: 2 }
  const both = await correct([raised, { memberNumber: numbers[1] ?? '', base: '4000000' }], 692_300n)
  expect(code(both)).toBe('lowered-written-off')
})

test('what was written off is not lowered with what was paid: each by itself, the paid part goes back, with the fine on both', async () => {
  payer = other
  const january = await first('2024-01')
  const workers = [{ memberNumber: numbers[2] ?? '' }]
  value(await attempt((tx) => splitBill(tx, scheme.law, { payerId: payer, billId: january.bill_id, workers, reason: 'one is paid' })))
  await scheme.pay([{ channel: 'bank', day: '2026-02-28', externalId: 'one', code: paymentCode(payer), amount: '494500' }])
  const { requestId, amount } = value(await ask('write-off', january.bill_id, 'cannot-pay'))
  expect(amount).toBe(494_500n)
  value(await decide(requestId, 1n))
  const before = await balance('credit')
  const [paid, off] = [{ memberNumber: numbers[2] ?? '', replaces: 2 }, { memberNumber: numbers[3] ?? '' }]
  const lowered = { ...off, base: '1000000' }
  expect(code(await correct([{ ...paid, base: '1000000' }, lowered], -791_200n))).toBe('lowered-written-off')
  expect(code(await correct([{ ...paid, base: '5500000' }, lowered], -346_150n))).toBe('lowered-written-off')
  await correctDown([off])
  await correctDown([paid])
  // Fined for 25 begun months: 2 % of 395,600 for each of both workers.
  expect((await balance('credit')) - before).toBe(-(395_600n + 2n * 197_800n))
})

test('the control of savings counts what is owed until the day on which it was written off, and not from then on', async () => {
  scheme.at('2027-01-05')
  const source = { act: 'Test', article: '1', link: 'unknown', status: 'unverified' } as const
  const year = { from: '2026-01', to: '2026-12', rate: '6%', kind: 'declared', ...source } as const
  value(await asAdministrator(11n, (tx) => declareRates(tx, scheme.law, year)))
  // 5.7 % of 5,000,000 for each worker and month: what the second employer owes for April and February, and before the write-offs what both owed for January and April.
  const closed = value(await closeYear(scheme.platform, scheme.law, 2026, { actor: systemActor }))
  expect(closed.control).toMatchObject({ outstanding: 1_140_000n, difference: 0n })
  const before = await scheme.run((tx) => checkSavings(tx, scheme.law, 'JHT', 2025, 'test'))
  expect(before).toMatchObject({ balances: 0n, outstanding: 2_280_000n, difference: 0n })
})
