// Random histories of employers and self-payers, played on a database: they join, leave, report, pay in pieces, fall into arrears, lapse and
// return; bills are split, wages corrected, a month assessed anew by late law, money paid back, numbers merged. The pure model and the
// database come to the same bills, credit and paid months; after every step the control's difference is 0; the events add up to the state;
// and the ledger's parts add up to the payments.
import { addMonths, type Day, type Month, monthFromNumber } from '@payung/values'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../../tests/scheme.ts'
import { size } from '../../../../tests/size.ts'
import { fromJson } from '../../../src/platform/json.ts'
import { type Bill, owed } from './model.ts'
import { begin, type History, playMonth } from './play.ts'
import { type Script, scriptOf } from './script.ts'

const first = '2025-03' as Month
const months = 8
const drawn = (count: number): Script[] => fc.sample(scriptOf(months), { seed: 20_250_301, numRuns: count })

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
