// Late fines follow what should have been paid (PP 44/2015 art 22; PP 7/2025 and PP 36/2025 art 11 with the elucidation of art 7): a bill that
// came to less is fined on the less, what was fined too much goes back, and a shortage is late in its turn.
import type { Day, Month, Result } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { actorLike } from '../../../tests/database.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import {
  approveCorrection,
  calculateBill,
  checkControl,
  openMonth,
  proposeCorrection,
  reassessMonth,
  runMonth,
  showDifference,
  splitBill,
} from '../../src/contributions/index.ts'
import { addLettersOfBills } from '../../src/notices/store/write-letters.ts'
import { type Actor, inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { endMemberships, paymentCode } from '../../src/registry/index.ts'

let scheme: TestScheme
const officer = actorLike({ actorId: 11n, officeId: 1n })
const head = actorLike({ actorId: 12n, officeId: 1n, role: 'administrator' })
const evidence = { digest: 'a'.repeat(64), description: 'letter' }
const value = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.rule}`)
  return result.value
}
const as = async <Value>(actor: Actor, work: (tx: Tx) => Promise<Result<Value>>): Promise<Value> =>
  value(await inTransaction(scheme.platform, { role: 'run', actor }, { name: 'test', input: null }, work))

type Firm = { readonly payerId: bigint; readonly workers: readonly string[] }
async function firmOf(from: string, facts: Record<string, string>, workers = 2): Promise<Firm> {
  const { payerId, organisationId } = await scheme.organisation({ kind: 'employer', facts: { employer_size: 'large', ...facts } })
  const persons = await scheme.persons(workers)
  await scheme.memberships(persons.map(({ memberNumber }) => ({ memberNumber, segment: 'PU', organisationId, base: '5000000', from })))
  return { payerId, workers: persons.map(({ memberNumber }) => memberNumber) }
}
async function month(text: string): Promise<void> {
  scheme.at(`${text}-28`)
  await scheme.run((tx) => openMonth(tx, scheme.law, text as Month))
  value(await runMonth(scheme.platform, scheme.law, text as Month, { actor: systemActor }))
}
/** JKK III 0.89 %, JKM 0.30 %, JHT 5.7 %, JP 3 %: 9.89 % of the wage. */
async function correct(
  { payerId, workers }: Firm,
  text: string,
  place: number,
  bases: readonly [number, number],
  replaces?: number,
): Promise<void> {
  const rows = [{ memberNumber: workers[place] ?? '', base: String(bases[1]), ...(replaces === undefined ? {} : { replaces }) }]
  const asked = { payerId, month: text as Month, kind: 'wage', rows, reason: 'typed wrongly', evidence } as const
  const id = await as(officer, (tx) => proposeCorrection(tx, scheme.law, asked))
  const seen = (BigInt(bases[1] - bases[0]) * 989n) / 10_000n
  const { difference: shown } = await as(head, (tx) => showDifference(tx, scheme.law, id, 'approving'))
  await as(head, (tx) => approveCorrection(tx, scheme.law, { id, seen, why: 'seen' }))
  // The fine that goes back was shown before, to the rupiah.
  const { rows: bills } = await scheme.admin.query<{ fine: bigint; correction: bigint }>(
    'select b.fine, b.correction from contributions.bill b join contributions.correction c using (payer_id, bill_id) where c.correction_id = $1',
    [id],
  )
  expect(bills).toEqual([{ fine: -BigInt(shown?.fine.amount ?? 1), correction: BigInt(shown?.writtenOff.amount ?? 1) }])
}
const finesOf = async ({ payerId }: Firm): Promise<[string, bigint][]> =>
  (
    await scheme.admin.query<{ text: string; fine: bigint }>(
      `select to_char(to_date((month / 12)::text || '-' || (month % 12 + 1)::text, 'YYYY-MM'), 'YYYY-MM') || ' ' || kind as text, fine from contributions.bill where payer_id = $1 and fine <> 0 order by bill_id`,
      [payerId],
    )
  ).rows.map(({ text, fine }) => [text, fine])
const balances = async ({ payerId }: Firm): Promise<Record<string, bigint>> =>
  Object.fromEntries(
    (
      await scheme.admin.query<{ code: string; balance: bigint }>('select code, balance from ledger.payer_balance where payer_id = $1', [
        payerId,
      ])
    ).rows.map(({ code, balance }) => [code, balance]),
  )
const difference = async (): Promise<bigint> => (await scheme.run((tx) => checkControl(tx, 'test', null))).difference

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2025-08-01')
})
afterAll(() => scheme.close())

it('after late law: 2 % of the discounted contribution', async () => {
  const firm = await firmOf('2025-08-01', { risk_class: 'V', active_workers: '80', industry: 'textile' })
  await month('2025-08')
  // No number of the month is left for what the law gives back.
  await scheme.admin.query(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, made_on, issued_on, paid_on)
     select payer_id, bill_id + k, month, 'supplement', 'paid', issued_on, issued_on, issued_on from contributions.bill, generate_series(1, 31) k`,
  )
  scheme.at('2025-09-05')
  value(await reassessMonth(scheme.platform, scheme.law, '2025-08' as Month, { actor: systemActor }))
  await month('2025-09')
  // 1,074,000 was billed, and 987,000 should have been paid.
  expect(await finesOf(firm)).toEqual([['2025-09 month', 19_740n]])
  const back = await scheme.admin.query('select total from contributions.bill where bill_id & 1048575 = 524288')
  expect(back.rows).toEqual([{ total: -87_000n }])
  expect(await difference()).toBe(0n)
})

it('after a correction: on what should have been paid, and what was fined too much before goes back', async () => {
  scheme.at('2026-01-01')
  const early = await firmOf('2026-01-01', { risk_class: 'III', active_workers: '2' })
  const late = await firmOf('2026-01-01', { risk_class: 'III', active_workers: '2' })
  const split = await firmOf('2026-01-01', { risk_class: 'III', active_workers: '2' }, 3)
  await month('2026-01')
  scheme.at('2026-02-01')
  // 989,000 was billed, 593,400 should have been paid.
  await correct(early, '2026-01', 0, [5_000_000, 1_000_000])
  // Nothing was paid, so the letter says that the bill is less, and not that money is back.
  const letters = await scheme.run(async (tx) => {
    const [less] = await tx.query<{ bill_id: bigint }>('select bill_id from contributions.bill where payer_id = $1 and total < 0', [
      early.payerId,
    ])
    const occasion = { why: 'correction', on: '2026-02-01' as Day, tellBy: { aim: '2026-02-04' as Day, law: '2026-02-20' as Day } } as const
    await addLettersOfBills(tx, [less?.bill_id ?? 0n], occasion)
    return tx.query<{ kind: string; open: string }>(`select kind, facts ->> 'open' as open from notices.letter where payer_id = $1`, [
      early.payerId,
    ])
  })
  expect(letters).toEqual([{ kind: 'credit', open: 'yes' }])
  const [bill] = (
    await scheme.admin.query<{ bill_id: bigint }>('select bill_id from contributions.bill where payer_id = $1', [split.payerId])
  ).rows
  const workers = [{ memberNumber: split.workers[0] ?? '' }]
  await as(officer, (tx) =>
    splitBill(tx, scheme.law, { payerId: split.payerId, billId: bill?.bill_id ?? 0n, workers, reason: 'one can be paid' }),
  )
  await correct(split, '2026-01', 0, [5_000_000, 3_000_000], 2)
  await month('2026-02')
  expect([await finesOf(early), await finesOf(late)]).toEqual([[['2026-02 month', 11_868n]], [['2026-02 month', 19_780n]]])
  // The rest of two workers 989,000, and of the third 296,700: each fined alone.
  expect(await finesOf(split)).toEqual([['2026-02 month', 19_780n + 5_934n]])
  scheme.at('2026-03-01')
  await correct(late, '2026-01', 0, [5_000_000, 1_000_000])
  expect(await finesOf(late)).toEqual([
    ['2026-01 correction', -7_912n],
    ['2026-02 month', 19_780n],
  ])
  expect(await balances(late)).toMatchObject({ credit: 395_600n + 7_912n })
  await correct(late, '2026-01', 1, [5_000_000, 3_000_000])
  await month('2026-03')
  const owed = await scheme.admin.query<{ sum: bigint }>(
    'select sum(amount)::bigint as sum from contributions.fine where payer_id = $1 and bill_id = $2',
    [late.payerId, (late.payerId << 20n) + BigInt((2026 * 12 - 24_000) * 32)],
  )
  // 395,600 on wages of 4,000,000, two months late.
  expect(owed.rows).toEqual([{ sum: 15_824n }])
  expect(await difference()).toBe(0n)
})

it('of a shortage: due with the running month, then fined and aged, and paid before a bill that falls due later', async () => {
  scheme.at('2026-04-01')
  const firm = await firmOf('2026-04-01', { risk_class: 'III', active_workers: '2' })
  await month('2026-04')
  scheme.at('2026-05-02')
  await correct(firm, '2026-04', 0, [5_000_000, 9_000_000])
  const bills = async () =>
    (
      await scheme.admin.query<{ kind: string; due: string; paid: boolean }>(
        'select kind, due, paid_on is not null as paid from contributions.bill where payer_id = $1 and total > 0 order by bill_id',
        [firm.payerId],
      )
    ).rows
  // 15 June 2026 is a Monday; 15 May is a Friday.
  expect(await bills()).toEqual([
    { kind: 'month', due: '2026-05-15', paid: false },
    { kind: 'correction', due: '2026-06-15', paid: false },
  ])
  await scheme.pay([
    { channel: 'bank', day: '2026-05-02', externalId: 'exactly the month', code: paymentCode(firm.payerId), amount: '989000' },
  ])
  expect((await bills()).map(({ paid }) => paid)).toEqual([false, true])
  await month('2026-05')
  expect(await finesOf(firm)).toEqual([['2026-05 month', 19_780n]])
  scheme.at('2026-06-01')
  const other = await firmOf('2026-06-01', { risk_class: 'III', active_workers: '2' })
  await month('2026-06')
  scheme.at('2026-07-02')
  await correct(other, '2026-06', 0, [5_000_000, 9_000_000])
  await month('2026-07')
  await month('2026-08')
  // June and July 2 % of 989,000 each, and the shortage of 395,600, due on 18 August, for its first month.
  expect(await finesOf(other)).toEqual([
    ['2026-07 month', 19_780n],
    ['2026-08 month', 2n * 19_780n + 7_912n],
  ])
  expect(await difference()).toBe(0n)
})

it('alone on a bill: the calculation that lies in its place goes, and nobody waits for it', async () => {
  scheme.at('2026-09-01')
  const firm = await firmOf('2026-09-01', { risk_class: 'III', active_workers: '2' }, 1)
  await month('2026-09')
  const left = { memberNumber: firm.workers[0] ?? '', ordinal: 1, lastDay: '2026-09-30' as Day, reason: 'left' }
  expect(await scheme.run((tx) => endMemberships(tx, scheme.law.pack, [left]))).toMatchObject([{ refusal: null }])
  await month('2026-10')
  scheme.at('2026-11-02')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-11' as Month))
  expect(await scheme.run((tx) => calculateBill(tx, scheme.law, '2026-11' as Month, firm.payerId))).toMatchObject({ value: { members: 0 } })
  await month('2026-11')
  // 2 % of 494,500 for each month begun.
  expect(await finesOf(firm)).toEqual([
    ['2026-10 fine', 9_890n],
    ['2026-11 fine', 9_890n],
  ])
  const drafts = await scheme.admin.query(`select from contributions.bill where payer_id = $1 and state = 'calculated'`, [firm.payerId])
  expect(drafts.rowCount).toBe(0)
  expect(await difference()).toBe(0n)
})
