// Random histories of employers and self-payers: they join, leave, report, pay in pieces, fall into arrears, lapse and return; bills are split,
// wages corrected, a month assessed anew by late law, money paid back, numbers merged. The pure model and the database come to the same
// bills, credit and paid months; after every step the control's difference is 0; the events add up to the state; and the ledger's parts add
// up to the payments.
import { addMonths, type Day, type Month, monthFromNumber } from '@payung/values'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../../tests/scheme.ts'
import { size } from '../../../../tests/size.ts'
import { fromJson } from '../../../src/platform/json.ts'
import { decideCorrect, decideSplitOf } from './decided.ts'
import {
  type Bill,
  correct,
  inLine,
  issue,
  join,
  type Ledger,
  leave,
  mayRefund,
  nextPrice,
  nothing,
  openMonth,
  owed,
  type Prices,
  pay,
  reassess,
  refund,
  report,
  split,
  standing,
  totalOf,
} from './model.ts'
import { begin, type History, playMonth } from './play.ts'
import { type Script, type Step, scriptOf } from './script.ts'

const first = '2025-03' as Month
const months = 8
const drawn = (count: number): Script[] => fc.sample(scriptOf(months), { seed: 20_250_301, numRuns: count })

/** Bills of months, the named before the rest. */
const inOrder = (bills: readonly Bill[]): Bill[] =>
  bills
    .filter(({ kind }) => kind !== 'difference')
    .sort((a, b) => (a.month === b.month ? Number(a.cut) - Number(b.cut) : a.month < b.month ? -1 : 1))

describe('the decisions alone', () => {
  /** Invented prices: the law has no part in what must hold. */
  const late = { month: '2025-08' as Month, known: '2025-09-04' as Day }
  const prices: Prices = {
    contribution: ({ base }, month, knownOn) =>
      (base * BigInt(20 + (Number(month.slice(5)) % 3) - (month === late.month && knownOn >= late.known ? 7 : 0))) / 1000n,
    due: (month) => `${addMonths(month, 1)}-15` as Day,
    fine: (amount, begun) => (amount * 20_000n * begun + 500_000n) / 1_000_000n,
    graceMonths: 3,
    monthsAhead: 12,
  }

  /** What happens to the month before, after it was issued. */
  function afterwards(given: Ledger, step: Step, month: Month): Ledger {
    let ledger = given
    const before = addMonths(month, -1)
    const places = standing(ledger, before).map(({ place }) => place)
    if (step.split !== null && places.length > 1 && openMonth(ledger, before)) {
      const named = places.slice(0, 1 + (step.split % (places.length - 1)))
      decideSplitOf(ledger, before, named)
      ledger = split(ledger, before, named, `${month}-21` as Day)
    }
    if (before === late.month) ledger = reassess(ledger, prices, before, `${month}-22` as Day)
    const rows = standing(ledger, before)
    const row = rows[(step.correct?.worker ?? 0) % rows.length]
    if (step.correct && row && row.base !== BigInt(step.correct.base)) {
      decideCorrect(row, BigInt(step.correct.base))
      ledger = correct(ledger, prices, row, BigInt(step.correct.base), `${month}-23` as Day)
    }
    return step.refund && mayRefund(ledger) ? refund(ledger) : ledger
  }

  function live({ kind, base, steps }: Script): Ledger {
    let ledger = kind === 'self' ? join(nothing, { base: BigInt(base), joined: `${first}-01` as Day, lastDay: null }) : nothing
    for (const [index, step] of steps.entries()) {
      const month = addMonths(first, index)
      const payOn = (which: 'early' | 'late', day: Day): void => {
        const wanted = step.pay.find(({ on }) => on === which)
        const price = kind === 'self' ? nextPrice(ledger, prices, day) : owed(ledger)
        if (wanted) ledger = pay(ledger, prices, kind, (price * BigInt(wanted.part)) / 100n, day)
      }
      if (kind === 'employer')
        for (const each of step.join) ledger = join(ledger, { base: BigInt(each.base), joined: `${month}-01` as Day, lastDay: null })
      payOn('early', `${month}-05` as Day)
      if (kind === 'employer' && step.leave !== null) ledger = leave(ledger, step.leave % ledger.workers.length, `${month}-12` as Day)
      if (kind === 'employer' && step.report) ledger = report(ledger, step.report.worker % ledger.workers.length, BigInt(step.report.base))
      payOn('late', `${month}-20` as Day)
      if (kind === 'employer') ledger = issue(afterwards(ledger, step, month), prices, month, `${month}-28` as Day)
    }
    return ledger
  }

  it(`keep ${size(2_000, 100_000)} random histories whole: what came in is what was paid and what waits`, {
    timeout: size(240_000, 7_200_000),
  }, () => {
    fc.assert(
      fc.property(scriptOf(months), (script) => {
        const ledger = live(script)
        const { bills, offers, credit, received, refunded, rows } = ledger
        const paid = bills.filter(({ paidOn }) => paidOn !== null)
        const spent = [...paid.map(totalOf), ...offers.map(({ amount }) => amount)].reduce((total, amount) => total + amount, 0n)
        if (spent + credit !== received - refunded || credit < 0n) expect({ spent, credit }).toEqual({ received, refunded })
        // What was billed is what stands: splits, corrections and late law lose nothing.
        const billed = bills.reduce((total, { contribution }) => total + contribution, 0n)
        if (script.kind === 'employer' && billed !== rows.reduce((total, { amount }) => total + amount, 0n)) expect(bills).toEqual(rows)
        // Among months the oldest is paid first: behind an open one none is paid, and no later bill is paid on an earlier day.
        const months = inOrder(bills)
        const open = months.findIndex(({ paidOn }) => paidOn === null)
        if (open >= 0 && months.slice(open).some(({ paidOn }) => paidOn !== null)) expect(bills).toBe('paid in order')
        const days = months.flatMap(({ paidOn }) => paidOn ?? [])
        if (days.some((day, index) => index > 0 && day < (days[index - 1] ?? ''))) expect(paid).toBe('paid in order')
        // Nobody pays a month twice.
        if (new Set(offers.map(({ month }) => month)).size !== offers.length) expect(offers).toBe('each month once')
        // Money that would pay the first in line does not wait.
        const [first] = inLine(bills)
        if (first && credit >= totalOf(first)) expect(first).toBe('paid by the credit')
      }),
      { numRuns: size(2_000, 100_000), seed: 7 },
    )
  })
})

describe(`${size(40, 10_000)} histories on a database`, { timeout: size(120_000, 3_600_000) }, () => {
  let scheme: TestScheme
  let histories: History[] = []
  const differences: bigint[] = []

  beforeAll(
    async () => {
      scheme = await freshScheme('indonesia', `${first}-01`)
      histories = await begin(scheme, drawn(size(40, 10_000)))
      for (let index = 0; index < months; index++) differences.push(...(await playMonth(scheme, addMonths(first, index), index, histories)))
    },
    size(120_000, 3_600_000),
  )
  afterAll(() => scheme.close())

  it('leave the control at 0 after every step', () => {
    expect(differences.length).toBe(months * 3 + (months - 1) * 3)
    expect(differences.filter((difference) => difference !== 0n)).toEqual([])
  })

  it('are long enough to mean something: late and open bills, fines, credit, lapses and returns', () => {
    const bills = histories.flatMap(({ ledger }) => ledger.bills)
    const gaps = histories.filter(({ ledger: { offers } }) =>
      offers.some(({ month }, index) => index > 0 && addMonths(offers[index - 1]?.month ?? month, 1) < month),
    )
    expect(bills.filter(({ fine }) => fine > 0n).length).toBeGreaterThan(5)
    expect(bills.filter(({ paidOn }) => paidOn === null).length).toBeGreaterThan(5)
    expect(bills.filter(({ paidOn, due }) => paidOn !== null && due !== null && paidOn > due).length).toBeGreaterThan(5)
    expect(histories.filter(({ ledger }) => ledger.credit > 0n).length).toBeGreaterThan(5)
    expect(gaps.length).toBeGreaterThan(0)
    expect(bills.filter(({ kind }) => kind === 'split').length).toBeGreaterThan(2)
    const differing = bills.filter(({ kind }) => kind === 'difference').map(({ contribution }) => contribution)
    expect(differing.filter((each) => each > 0n).length).toBeGreaterThan(2)
    expect(differing.filter((each) => each < 0n).length).toBeGreaterThan(2)
    expect(histories.filter(({ ledger }) => ledger.refunded > 0n).length).toBeGreaterThan(0)
  })

  it('come to the bills that the model says', async () => {
    const { rows } = await scheme.admin.query<{
      payer_id: bigint
      month: number
      kind: string
      contribution: bigint
      fine: bigint
      due: Day | null
      paid_on: Day | null
    }>(
      `select b.payer_id, b.month, b.kind, b.employer + b.worker - coalesce(c.amount, 0) as contribution, b.fine, b.due, b.paid_on
       from contributions.bill b join registry.payer p using (payer_id)
       left join (select payer_id, bill_id, sum(amount)::bigint as amount from contributions.counter_bill group by 1, 2) c using (payer_id, bill_id)
       where p.settlement = 'receivable' and p.kind <> 'state' and b.state <> 'calculated'
         and not exists (select from contributions.counter_bill k where k.payer_id = b.payer_id and k.counter_id = b.bill_id) order by b.payer_id, b.bill_id`,
    )
    const kinds: Readonly<Record<string, Bill['kind']>> = { month: 'month', fine: 'month', split: 'split' }
    const found = Map.groupBy(rows, ({ payer_id }) => payer_id)
    for (const { payerId, ledger, script } of histories.filter(({ script: { kind } }) => kind === 'employer'))
      expect(
        (found.get(payerId) ?? []).map(({ month, kind, contribution, fine, due, paid_on }) => ({
          month: monthFromNumber(month),
          kind: kinds[kind] ?? 'difference',
          contribution,
          fine,
          due,
          paidOn: paid_on,
        })),
        JSON.stringify(script),
      ).toEqual(
        ledger.bills
          .toSorted((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0))
          .map(({ month, kind, contribution, fine, due, paidOn }) => ({ month, kind, contribution, fine, due, paidOn })),
      )
  })

  it('come to the rows that the model says, each entry and amount', async () => {
    const { rows } = await scheme.admin.query<{ person_id: bigint; month: number; base: bigint; amount: bigint; entry: number }>(
      `select distinct on (person_id, month) person_id, month, base, employer + worker as amount, entry from contributions.contribution
       where bill_id >> 20 = any ($1::bigint[]) order by person_id, month, entry desc`,
      [histories.filter(({ script }) => script.kind === 'employer').map(({ payerId }) => payerId)],
    )
    const found = new Map(rows.map((row) => [`${row.person_id} ${monthFromNumber(row.month)}`, [row.base, row.amount, row.entry]]))
    for (const { ledger, members } of histories)
      for (const { place, month, base, amount, entry } of ledger.rows)
        expect(found.get(`${members[place]?.personId} ${month}`)).toEqual([base, amount, entry])
    expect(found.size).toBe(histories.reduce((count, { ledger }) => count + ledger.rows.length, 0))
  })

  it('come to the months that self-payers have paid, each at the price of its day', async () => {
    const { rows } = await scheme.admin.query<{ payer_id: bigint; month: number; amount: bigint; paid_on: Day }>(
      `select b.payer_id, b.month, b.total as amount, b.paid_on from contributions.bill b join registry.payer p using (payer_id) where p.settlement = 'offer' order by b.payer_id, b.month`,
    )
    const found = Map.groupBy(rows, ({ payer_id }) => payer_id)
    for (const { payerId, ledger, script } of histories.filter(({ script: { kind } }) => kind === 'self'))
      expect(
        (found.get(payerId) ?? []).map(({ month, amount, paid_on }) => ({ month: monthFromNumber(month), amount, paidOn: paid_on })),
        JSON.stringify(script),
      ).toEqual(ledger.offers)
  })

  it('leave with each payer the credit that the model says, and all parts sum to the payments', async () => {
    const { rows } = await scheme.admin.query<{ payer_id: bigint; code: string; balance: bigint }>(
      'select payer_id, code, balance from ledger.payer_balance',
    )
    const credit = new Map(rows.filter(({ code }) => code === 'credit').map(({ payer_id, balance }) => [payer_id, balance]))
    const receivable = new Map(rows.filter(({ code }) => code === 'receivable').map(({ payer_id, balance }) => [payer_id, balance]))
    for (const { payerId, ledger } of histories) {
      expect(credit.get(payerId) ?? 0n).toBe(ledger.credit)
      expect(receivable.get(payerId) ?? 0n).toBe(owed(ledger))
    }
    const received = histories.reduce((total, { ledger }) => total + ledger.received - ledger.refunded, 0n)
    const { rows: bank } = await scheme.admin.query<{ bank: bigint; paid: bigint }>(
      `select (select sum(case when t.debit = a.account then t.amount else -t.amount end)::bigint from ledger.transfer t join ledger.account a on a.account in (t.debit, t.credit) where a.code = 'bank') as bank,
         (select coalesce(sum(total), 0)::bigint from contributions.bill where state = 'paid') as paid`,
    )
    // Corrections also change what the State owes: what is too much of its share waits with the payers' money.
    const ours = new Set(histories.map(({ payerId }) => payerId))
    const others = [...credit].reduce((total, [payerId, balance]) => (ours.has(payerId) ? total : total + balance), 0n)
    const waiting = histories.reduce((total, { ledger }) => total + ledger.credit, others)
    expect(bank[0]).toEqual({ bank: received, paid: received - waiting })
  })

  it('are told by events: replayed in their order, they come to the state', async () => {
    const { rows: events } = await scheme.admin.query<{ kind: string; payload: unknown }>(
      'select kind, payload from platform.event order by event_id',
    )
    const replayed = { open: 0n, closed: 0n, assessed: 0n, issued: 0n, received: 0n, payments: 0n, settled: 0n, ended: 0n, refunded: 0n }
    const counts = { corrected: 0n, merged: 0n, splits: 0n }
    for (const { kind, payload } of events) {
      const told = fromJson(payload) as Record<string, string | number | bigint>
      const of = (name: string): bigint => BigInt(told[name] ?? 0)
      if (kind === 'month-opened') replayed.open++
      if (kind === 'month-closed') {
        replayed.open--
        replayed.closed++
      }
      if (kind === 'contributions-assessed') replayed.assessed += of('rows')
      if (kind === 'bills-issued') replayed.issued += of('total')
      if (kind === 'payments-recorded') {
        replayed.received += of('amount')
        replayed.payments += of('payments')
        replayed.settled += of('settledAmount')
      }
      if (kind === 'credit-applied') replayed.settled += of('amount')
      if (kind === 'memberships-ended') replayed.ended += of('ended')
      // What is countered was issued before; what is given back is settled in the moment in which it is issued.
      if (kind === 'bill-split') {
        replayed.issued -= of('amount')
        counts.splits++
      }
      if (kind === 'correction-approved') {
        if (of('total') < 0n) replayed.settled += of('total')
        counts.corrected++
      }
      if (kind === 'month-reassessed') replayed.settled -= of('credits')
      if (kind === 'order-paid') replayed.refunded += of('amount')
      if (kind === 'persons-merged') counts.merged++
    }
    const { rows } = await scheme.admin.query<typeof replayed>(
      `select (select count(*) from contributions.month where state = 'open') as open, (select count(*) from contributions.month where state = 'closed') as closed,
         (select count(*) from contributions.contribution c join registry.payer p on p.payer_id = c.bill_id >> 20 where p.settlement = 'receivable' and c.entry = 0) as assessed,
         (select sum(b.total)::bigint from contributions.bill b join registry.payer p using (payer_id) where p.settlement = 'receivable' and p.kind <> 'state') as issued,
         (select sum(amount)::bigint from payments.payment) as received, (select count(*) from payments.payment) as payments,
         (select sum(b.total)::bigint from contributions.bill b join registry.payer p using (payer_id) where b.state = 'paid' and (p.kind <> 'state' or b.total > 0)) as settled, (select count(*) from registry.membership where until_day is not null) as ended,
         (select coalesce(sum(amount), 0)::bigint from payments.payout_order where state = 'paid') as refunded`,
    )
    const { rows: kept } = await scheme.admin.query<typeof counts>(
      `select (select count(*) from contributions.correction where state in ('approved', 'done')) as corrected, (select count(*) from registry.merge) as merged,
         (select count(*) from contributions.bill_split) as splits`,
    )
    expect(counts).toEqual(kept[0])
    expect(replayed).toEqual(rows[0])
  })
})
