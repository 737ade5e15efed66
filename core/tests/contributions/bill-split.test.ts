// An employer of 100 splits off 60 named workers and pays for them: they are covered, the others are told, the sums are equal. The rest is
// paid later, with a fine on the next bill for what was late; either part may be paid first, and after every step the control's difference is 0.
import type { Day, Month, Result } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorLike } from '../../../tests/database.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { billCode, billOfCode } from '../../src/contributions/domain/bill-code.ts'
import {
  type AskedSplit,
  type BillSplit,
  calculateBill,
  checkControl,
  openMonth,
  proposeCorrection,
  runMonth,
  showArrears,
  splitBill,
} from '../../src/contributions/index.ts'
import { showCover } from '../../src/contributions/use-cases/show-cover.ts'
import { askRequest, billingBy, decideRequest } from '../../src/payments/index.ts'
import { inTransaction, systemActor } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'

const officer = actorLike({ actorId: 11n, officeId: 1n })
let scheme: TestScheme
type Firm = { payerId: bigint; workers: { memberNumber: string; personId: bigint }[] }
const firms: Firm[] = []
const firm = (index = 0): Firm => firms[index] as Firm
const told: BillSplit[] = []

const value = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.rule} ${JSON.stringify(result.refusal.data)}`)
  return result.value
}
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code)
const difference = async () => (await scheme.run((tx) => checkControl(tx, 'test', null))).difference
const named = (of: Firm, from: number, to: number) => of.workers.slice(from, to).map(({ memberNumber }) => ({ memberNumber }))
const split = (asked: Partial<AskedSplit> & { payerId: bigint; billId: bigint }, key?: string) =>
  inTransaction(scheme.platform, { role: 'run', actor: officer }, { name: 'split', input: asked, ...(key ? { key } : {}) }, (tx) =>
    splitBill(tx, scheme.law, { workers: [], reason: 'Only these can be paid for this month', ...asked }),
  )
const pay = async (text: string, amount: bigint, day: string) => {
  scheme.at(day)
  await scheme.pay([{ channel: 'bank', day, externalId: `${text} ${day} ${amount}`, code: text, amount: amount.toString() }])
}
type Row = { bill_id: bigint; kind: string; state: string; total: bigint; members: number; fine: bigint; paid_on: Day | null }
const billsOf = async ({ payerId }: Firm, month: Month) =>
  (
    await scheme.admin.query<Row>(
      `select bill_id, kind, state, total, members, fine, paid_on from contributions.bill where payer_id = $1 and month = $2 order by bill_id`,
      [payerId, Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1],
    )
  ).rows
const monthBill = async (of: Firm, month: Month): Promise<Row> => (await billsOf(of, month))[0] as Row
const receivable = async ({ payerId }: Firm) =>
  (
    await scheme.admin.query<{ balance: bigint }>(`select balance from ledger.payer_balance where payer_id = $1 and code = 'receivable'`, [
      payerId,
    ])
  ).rows[0]?.balance ?? 0n
/** How many workers are in which state on a day, in the database and by the pure decision, which must say the same. */
async function covered(of: Firm, day: string, from = 0, to = of.workers.length) {
  const persons = of.workers.slice(from, to).map(({ personId }) => personId)
  const { rows } = await scheme.admin.query<{ state: string; count: bigint }>(
    `select state, count(*) from (select person_id, max(state) as state from contributions.cover_on($1, $2) group by person_id) p group by state order by state`,
    [day, persons],
  )
  const decided = await scheme.run((tx) => showCover(tx, scheme.law, persons, day as Day))
  const counts = Map.groupBy(
    decided,
    ({ programmes }) =>
      programmes
        .map(({ state }) => state)
        .sort()
        .at(-1) ?? '',
  )
  const found = Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]))
  expect(Object.fromEntries([...counts].map(([state, all]) => [state, all.length]))).toEqual(found)
  return found
}
async function month(text: string): Promise<void> {
  scheme.at(`${text}-28`)
  await scheme.run((tx) => openMonth(tx, scheme.law, text as Month))
  value(await runMonth(scheme.platform, scheme.law, text as Month, { actor: systemActor }))
}
async function employ(count: number): Promise<void> {
  const { organisationId, payerId } = await scheme.organisation({
    kind: 'employer',
    facts: { employer_size: 'large', risk_class: 'III', active_workers: String(count) },
  })
  const workers = await scheme.persons(count)
  await scheme.memberships(
    workers.map(({ memberNumber }, index) => ({
      memberNumber,
      segment: 'PU',
      organisationId,
      base: String(4_000_000 + index * 12_345),
      from: '2026-05-01',
    })),
  )
  firms.push({ payerId, workers })
}

const outstanding = 'covered, contribution outstanding'
const may = '2026-05' as Month
const june = '2026-06' as Month

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-05-01')
  for (const count of [100, 10, 10, 4, 6]) await employ(count)
  await month('2026-05')
  expect(await difference()).toBe(0n)
})
afterAll(() => scheme.close())

it('names a bill by a code of its own, in which one wrong digit names nobody', () => {
  const bill = (123n << 20n) | 840_321n
  const text = billCode(bill)
  expect([text.length, billOfCode(text), billOfCode(text.slice(0, -1) + ((Number(text.at(-1)) + 1) % 10))]).toEqual([19, bill, undefined])
})

describe('a bill', () => {
  it.each`
    what                      | more                                    | refused
    ${'without a reason'}     | ${{ reason: ' ' }}                      | ${'reason-missing'}
    ${'without names'}        | ${{ workers: [] }}                      | ${'nobody-named'}
    ${'of another payer'}     | ${{ billId: (999n << 20n) + 1n }}       | ${'bill-of-another'}
    ${'that is unknown'}      | ${{ n: 5 }}                             | ${'bill-unknown'}
    ${'with an unknown name'} | ${{ workers: [{ memberNumber: '0' }] }} | ${'number-unknown'}
    ${'with a stranger'}      | ${{ who: [1, 0, 1] }}                   | ${'not-on-bill'}
    ${'with a name twice'}    | ${{ who: [0, 0, 2, 1] }}                | ${'named-twice'}
    ${'with everybody named'} | ${{ who: [0, 0, 100] }}                 | ${'everybody-named'}
  `('$what is not split', async ({ more, refused }: { more: { n?: number; who?: number[] } & Partial<AskedSplit>; refused: string }) => {
    const { n = 0, who = [0, 0, 2], ...asked } = more
    const [of = 0, from = 0, to = 0, again] = who
    const { payerId } = firm()
    const { bill_id } = await monthBill(firm(), may)
    const workers = [...named(firm(of), from, to), ...(again === undefined ? [] : named(firm(of), again, again + 1))]
    expect(code(await split({ payerId, billId: bill_id + BigInt(n), workers, ...asked }))).toBe(refused)
  })

  it('that is not issued, or was corrected in between, keeps its workers', async () => {
    scheme.at('2026-06-05')
    await scheme.run((tx) => openMonth(tx, scheme.law, june))
    const { payerId } = firm(3)
    value(await scheme.run((tx) => calculateBill(tx, scheme.law, june, payerId)))
    const { bill_id } = await monthBill(firm(3), june)
    expect(code(await split({ payerId, billId: bill_id, workers: named(firm(3), 0, 1) }))).toBe('bill-not-issued')
    value(
      await inTransaction(scheme.platform, { role: 'run', actor: officer }, { name: 'test', input: null }, (tx) =>
        proposeCorrection(tx, scheme.law, {
          payerId,
          month: may,
          kind: 'wage',
          rows: [{ memberNumber: firm(3).workers[0]?.memberNumber ?? '', base: '9000000' }],
          reason: 'typed wrongly',
          evidence: { digest: 'a'.repeat(64), description: 'Letter' },
        }),
      ),
    )
    const issued = await monthBill(firm(3), may)
    expect(code(await split({ payerId, billId: issued.bill_id, workers: named(firm(3), 0, 2) }))).toBe('correction-pending')
  })
})

describe('an employer of 100', () => {
  it('splits off 60 by name: the sums are equal, and nothing issued was edited', async () => {
    scheme.at('2026-06-10')
    const { payerId } = firm()
    const before = await monthBill(firm(), may)
    const asked = { payerId, billId: before.bill_id, workers: named(firm(), 0, 60) }
    const done = value(await split(asked, 'once'))
    expect(value(await split(asked, 'once'))).toEqual(done)
    told.push(done)
    expect([done.taken.length, done.left.length]).toEqual([60, 40])
    expect(done.left.map(({ personId }) => personId)).toEqual(
      firm()
        .workers.slice(60)
        .map(({ personId }) => personId),
    )
    const [bill, counter, parted, ...more] = await billsOf(firm(), may)
    expect(bill).toEqual(before)
    expect(more).toEqual([])
    expect([counter?.total, counter?.members, parted?.total, parted?.members]).toEqual([-done.amount, -60, done.amount, 60])
    expect(await receivable(firm())).toBe(before.total)
    expect(await difference()).toBe(0n)
    const { rows } = await scheme.admin.query<{ payload: object }>(`select payload from platform.event where kind = 'bill-split'`)
    expect(rows.map(({ payload }) => payload)).toEqual([expect.objectContaining({ members: 60, left: 40 })])
  })

  it('cannot split off the same again', async () => {
    const { payerId } = firm()
    const { bill_id } = await monthBill(firm(), may)
    expect(code(await split({ payerId, billId: bill_id, workers: named(firm(), 59, 61) }))).toBe('corrected-in-between')
    expect(code(await split({ payerId, billId: bill_id, workers: named(firm(), 60, 100) }))).toBe('everybody-named')
  })

  it('pays for them with the code of their bill: they are covered, the others are not', async () => {
    const [bill, counter, parted] = await billsOf(firm(), may)
    await pay(billCode(parted?.bill_id ?? 0n), parted?.total ?? 0n, '2026-06-12')
    expect((await billsOf(firm(), may)).map(({ state, paid_on }) => [state, paid_on])).toEqual([
      ['issued', null],
      ['issued', null],
      ['paid', '2026-06-12'],
    ])
    expect(await receivable(firm())).toBe((bill?.total ?? 0n) + (counter?.total ?? 0n))
    expect(await covered(firm(), '2026-06-20', 0, 60)).toEqual({ covered: 60 })
    expect(await covered(firm(), '2026-06-20', 60)).toEqual({ 'not covered': 40 })
    expect(await covered(firm(), '2026-06-11')).toEqual({ 'not covered': 100 })
    expect(await difference()).toBe(0n)
  })

  it('pays for the rest later: they are covered then, and the next bill has the fine for what was late, and for nothing else', async () => {
    const [bill] = await billsOf(firm(), may)
    const rest = (bill?.total ?? 0n) - (told[0]?.amount ?? 0n)
    await pay(paymentCode(firm().payerId), rest, '2026-06-25')
    expect((await billsOf(firm(), may)).map(({ state }) => state)).toEqual(['paid', 'paid', 'paid'])
    expect(await receivable(firm())).toBe(0n)
    expect(await covered(firm(), '2026-06-26')).toEqual({ covered: 100 })
    await month('2026-06')
    // 2 % of the rest for one begun month (PP 44/2015 art 22); what was paid by the due day of 15 June is not fined.
    expect((await monthBill(firm(), june)).fine).toBe((rest * 2n + 50n) / 100n)
    expect(await difference()).toBe(0n)
  })
})

it('either part may be paid first, and who was taken to a bill that stays unpaid is outstanding alone', async () => {
  const [of, other] = [firm(1), firm(2)]
  for (const each of [of, other]) await pay(paymentCode(each.payerId), (await monthBill(each, may)).total, '2026-06-29')
  const { bill_id, total } = await monthBill(of, june)
  const done = value(await split({ payerId: of.payerId, billId: bill_id, workers: named(of, 0, 7) }))
  await pay(billCode(bill_id), total - done.amount, '2026-07-02')
  expect((await billsOf(of, june)).map(({ state }) => state)).toEqual(['paid', 'paid', 'issued'])
  expect(await covered(of, '2026-07-25', 0, 7)).toEqual({ [outstanding]: 7 })
  expect(await covered(of, '2026-07-25', 7)).toEqual({ covered: 3 })
  const arrears = (place: number) => {
    const worker = { persons: [of.workers[place]?.personId ?? 0n], wage: 1n }
    return scheme.run(
      async (tx) => value(await showArrears(tx, scheme.law, { payerId: of.payerId, on: '2026-07-25' as Day, worker })).months,
    )
  }
  expect([await arrears(0), await arrears(9)]).toEqual([['2026-06'], []])
  // Split again: three of the seven are paid for, with money that waited since before.
  await pay(paymentCode(of.payerId), done.amount / 2n, '2026-07-26')
  scheme.at('2026-07-27')
  const again = value(await split({ payerId: of.payerId, billId: done.splitBillId, workers: named(of, 0, 3) }))
  expect((await billsOf(of, june)).map(({ state }) => state)).toEqual(['paid', 'paid', 'issued', 'issued', 'paid'])
  expect(again.left.length).toBe(4)
  expect(await covered(of, '2026-07-28', 0, 7)).toEqual({ covered: 3, [outstanding]: 4 })
  expect(await covered(of, '2026-07-26', 0, 7)).toEqual({ [outstanding]: 7 })
  expect(code(await split({ payerId: of.payerId, billId: bill_id, workers: named(of, 7, 8) }))).toBe('bill-paid')
  expect(await difference()).toBe(0n)
  // The other firm owes all of June: nothing of it changed.
  expect(await covered(other, '2026-07-25')).toEqual({ [outstanding]: 10 })
  await month('2026-07')
  const { fine } = await monthBill(of, '2026-07' as Month)
  // Three were paid on the 27th and four are not: all seven were one begun month late after 15 July, each part fined by itself.
  const parts = [again.amount, done.amount - again.amount]
  expect(fine).toBe(parts.reduce((sum, part) => sum + (part * 2n + 50n) / 100n, 0n))
  expect(await difference()).toBe(0n)
})

it('cover that a split bill opened goes with its money, and comes back with the next', async () => {
  const of = firm(4)
  const { bill_id, total } = await monthBill(of, may)
  scheme.at('2026-07-29')
  const done = value(await split({ payerId: of.payerId, billId: bill_id, workers: named(of, 0, 2) }))
  await pay(billCode(done.splitBillId), done.amount, '2026-07-29')
  await pay(paymentCode(of.payerId), total - done.amount, '2026-07-30')
  const opened = async () =>
    (
      await scheme.admin.query<{ opened_on: Day }>(
        'select opened_on from contributions.cover_period where person_id = any ($1) order by person_id',
        [of.workers.map(({ personId }) => personId)],
      )
    ).rows.map(({ opened_on }) => opened_on)
  expect(await opened()).toEqual(['2026-07-29', '2026-07-29', '2026-07-30', '2026-07-30', '2026-07-30', '2026-07-30'])
  const recording = { pack: scheme.law.pack, billing: billingBy(scheme.law) }
  const { rows } = await scheme.admin.query<{ payment_id: bigint }>('select payment_id from payments.payment where code = $1', [
    billCode(done.splitBillId),
  ])
  const asked = { kind: 'reversal', paymentId: rows[0]?.payment_id ?? 0n, ground: 'recall', evidence: 'Letter of the bank' } as const
  const request = value(await scheme.run((tx) => askRequest(tx, scheme.law, recording, asked)))
  scheme.at('2026-08-01')
  const decider = { actorId: 77n, kind: 'staff', role: 'administrator', officeId: 1n } as const
  await scheme
    .run((tx) => decideRequest(tx, scheme.law, recording, { requestId: request.requestId, decision: 'approved', why: 'seen', decider }))
    .then(value)
  // The money that is left pays the named first, as it would have come to them, and too little is left for the rest.
  expect((await billsOf(of, may)).map(({ state }) => state)).toEqual(['issued', 'issued', 'paid'])
  expect((await opened()).length).toBe(2)
  expect(await difference()).toBe(0n)
  await pay(billCode(done.splitBillId), done.amount, '2026-08-02')
  expect((await billsOf(of, may)).map(({ state }) => state)).toEqual(['paid', 'paid', 'paid'])
  expect((await opened()).length).toBe(6)
  expect(await difference()).toBe(0n)
})
