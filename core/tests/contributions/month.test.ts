// A month of one employer from the report to the fine: bills, payments in pieces, cover and the ledger, on a real database.
import { type Day, type Month, monthNumber } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, closeMonth, issueBills, openMonth, runMonth, showCover } from '../../src/contributions/index.ts'
import { lockMonthRows } from '../../src/contributions/store/months.ts'
import { nextBills } from '../../src/contributions/use-cases/next-bills.ts'
import { systemActor } from '../../src/platform/index.ts'
import { lockPayers, paymentCode } from '../../src/registry/index.ts'

const month = (text: string): Month => text as Month
const day = (text: string): Day => text as Day

describe('an employer of 100 that pays late', () => {
  let scheme: TestScheme
  let payerId: bigint
  let workers: { memberNumber: string; personId: bigint }[]

  const bills = () =>
    scheme.admin
      .query<{ month: number; kind: string; state: string; total: bigint; fine: bigint; paid_on: string | null; members: number }>(
        'select * from contributions.bill where payer_id = $1 order by bill_id',
        [payerId],
      )
      .then(({ rows }) => rows)
  const runOf = async (text: string) => {
    const done = await runMonth(scheme.platform, scheme.law, month(text), { actor: systemActor })
    if (!done.ok) throw new Error(done.refusal.rule)
    return done.value
  }
  const stateOf = async (on: string) => {
    const [cover] = await scheme.run((tx) => showCover(tx, scheme.law, [workers[0]?.personId ?? 0n], day(on)))
    return Object.fromEntries(cover?.programmes.map(({ programme, state }) => [programme, state]) ?? [])
  }

  beforeAll(async () => {
    scheme = await freshScheme('indonesia', '2026-08-01')
    const employer = await scheme.organisation({
      kind: 'employer',
      facts: { employer_size: 'large', risk_class: 'III', active_workers: '100' },
    })
    payerId = employer.payerId
    workers = await scheme.persons(100)
    await scheme.memberships(
      workers.map(({ memberNumber }) => ({
        memberNumber,
        segment: 'PU',
        organisationId: employer.organisationId,
        base: '10000000',
        from: '2026-08-01',
      })),
    )
    await scheme.run((tx) => openMonth(tx, scheme.law, month('2026-08')))
    scheme.at('2026-08-31')
  })
  afterAll(() => scheme.close())

  it('is billed 100 × (JKK 89,000 + JKM 30,000 + JHT 570,000 + JP 300,000), the published example', async () => {
    const report = await runOf('2026-08')
    expect(report).toMatchObject({ rows: 100, total: 98_900_000n, control: { difference: 0n } })
    expect(await bills()).toMatchObject([{ kind: 'month', state: 'issued', total: 98_900_000n, members: 100 }])
  })

  it('is not covered before its first payment, since the employer owes the benefits itself', async () => {
    expect(await stateOf('2026-08-31')).toEqual({
      JKK: 'not covered',
      JKM: 'not covered',
      JHT: 'not covered',
      JP: 'not covered',
      JKP: 'not covered',
    })
  })

  it('pays nothing with 60 %, and shows the credit and what is missing', async () => {
    scheme.at('2026-09-10')
    const [outcome] = await scheme.pay([
      { channel: 'bank', day: '2026-09-10', externalId: 'a', code: paymentCode(payerId), amount: '59340000' },
    ])
    expect(outcome).toMatchObject({ outcome: 'booked', settled: [], credit: 59_340_000n, missing: 39_560_000n })
    expect((await bills())[0]).toMatchObject({ state: 'issued', paid_on: null })
  })

  it('is told twice and booked once', async () => {
    const again = { channel: 'bank', day: '2026-09-10', externalId: 'a', code: paymentCode(payerId), amount: '59340000' }
    expect(await scheme.pay([again])).toMatchObject([{ outcome: 'already booked', credit: 59_340_000n }])
  })

  it('is paid on the day the rest arrives, late, and its cover opens', async () => {
    scheme.at('2026-09-20')
    const [outcome] = await scheme.pay([
      { channel: 'bank', day: '2026-09-20', externalId: 'b', code: paymentCode(payerId), amount: '39560000' },
    ])
    expect(outcome).toMatchObject({ credit: 0n, missing: 0n, settled: [{ amount: 98_900_000n }] })
    expect((await bills())[0]).toMatchObject({ state: 'paid', paid_on: '2026-09-20' })
    expect(await stateOf('2026-09-20')).toMatchObject({ JKK: 'covered', JHT: 'covered' })
  })

  it('carries the fine of 2 % for the month begun on the next bill', async () => {
    await scheme.run((tx) => openMonth(tx, scheme.law, month('2026-09')))
    scheme.at('2026-09-30')
    await runOf('2026-09')
    expect((await bills())[1]).toMatchObject({ kind: 'month', month: monthNumber(month('2026-09')), fine: 1_978_000n, total: 100_878_000n })
  })

  it('bills somebody who joins after issue on a supplementary bill', async () => {
    const [joiner] = await scheme.persons(1)
    const organisationId =
      (await scheme.admin.query<{ organisation_id: bigint }>('select organisation_id from registry.payer where payer_id = $1', [payerId]))
        .rows[0]?.organisation_id ?? 0n
    await scheme.memberships([
      { memberNumber: joiner?.memberNumber ?? '', segment: 'PU', organisationId, base: '5000000', from: '2026-09-28' },
    ])
    const issued = await scheme.run((tx) => issueBills(tx, scheme.law, month('2026-09'), [payerId]))
    expect(issued).toMatchObject({ ok: true, value: { bills: 1, rows: 1, total: 494_500n } })
    expect(await scheme.run((tx) => issueBills(tx, scheme.law, month('2026-09'), [payerId]))).toMatchObject({
      ok: true,
      value: { bills: 0, rows: 0 },
    })
    expect((await bills())[2]).toMatchObject({ kind: 'supplement', members: 1 })
  })

  it('is outstanding after the due day and "employer pays first" from the fourth month', async () => {
    scheme.at('2026-10-31')
    await scheme.run((tx) => openMonth(tx, scheme.law, month('2026-10')))
    await runOf('2026-10')
    for (const next of ['2026-11', '2026-12', '2027-01']) {
      scheme.at(`${next}-01`)
      await scheme.run((tx) => openMonth(tx, scheme.law, month(next)))
      scheme.at(`${next}-28`)
      await runOf(next)
    }
    expect(await stateOf('2026-10-15')).toMatchObject({ JKK: 'covered' })
    expect(await stateOf('2026-10-16')).toMatchObject({
      JKK: 'covered, contribution outstanding',
      JHT: 'covered, contribution outstanding',
    })
    expect(await stateOf('2027-01-15')).toMatchObject({ JKK: 'covered, contribution outstanding' })
    expect(await stateOf('2027-01-18')).toMatchObject({
      JKK: 'employer pays first',
      JKM: 'employer pays first',
      JKP: 'employer pays first',
      JHT: 'covered, contribution outstanding',
    })
  })

  it('keeps the control at 0 through all of it, and refuses to close a month that is not due', async () => {
    expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
    expect(await scheme.run((tx) => closeMonth(tx, scheme.law, month('2027-01')))).toMatchObject({
      ok: false,
      refusal: { code: 'month-not-due' },
    })
    expect(await scheme.run((tx) => closeMonth(tx, scheme.law, month('2026-12')))).toMatchObject({ ok: true })
    expect(await scheme.run((tx) => issueBills(tx, scheme.law, month('2026-12'), [payerId]))).toMatchObject({
      ok: false,
      refusal: { code: 'month-closed' },
    })
  })

  it('has as many bills of a month as it takes, and none of them has a number of the next month', async () => {
    const kept = 2027 * 12 + 1
    const numbers = async (text: string) =>
      (
        await scheme.admin.query<{ n: number; kind: string; members: number }>(
          'select (bill_id & 1048575)::integer as n, kind, members from contributions.bill where payer_id = $1 and month = $2 and members > 0 order by bill_id',
          [payerId, monthNumber(month(text))],
        )
      ).rows.map(({ n, kind, members }) => [n, kind, members])
    const fill = (from: number, to: number) =>
      scheme.admin.query(
        `insert into contributions.bill (payer_id, bill_id, month, kind, state, made_on, issued_on, paid_on)
         select $1, ($1::bigint << 20) + ($2::integer - 24000) * 32 + k, $2, 'supplement', 'paid', '2027-02-01', '2027-02-01', '2027-02-01' from generate_series($3::integer, $4::integer) k`,
        [payerId, kept, from, to],
      )
    const next = async (count: number) => {
      const bills = await scheme.run((tx) => nextBills(tx, month('2027-02'), payerId, count))
      return bills.ok && bills.value.map((bill) => Number(bill & 1_048_575n))
    }
    scheme.at('2027-02-01')
    await scheme.run((tx) => openMonth(tx, scheme.law, month('2027-02')))
    await fill(0, 26)
    const first = (kept - 24_000) * 32
    expect([await next(1), await next(2)]).toEqual([[first + 27], [524_288, 524_289]])
    await fill(27, 31)
    scheme.at('2027-02-28')
    await runOf('2027-02')
    const [joiner] = await scheme.persons(1)
    const { organisation_id: organisationId = 0n } =
      (await scheme.admin.query<{ organisation_id: bigint }>('select organisation_id from registry.payer where payer_id = $1', [payerId]))
        .rows[0] ?? {}
    await scheme.memberships([
      { memberNumber: joiner?.memberNumber ?? '', segment: 'PU', organisationId, base: '5000000', from: '2027-02-28' },
    ])
    await scheme.run((tx) => issueBills(tx, scheme.law, month('2027-02'), [payerId]))
    expect(await numbers('2027-02')).toEqual([
      [524_288, 'supplement', 101],
      [524_289, 'supplement', 1],
    ])
    scheme.at('2027-03-28')
    await scheme.run((tx) => openMonth(tx, scheme.law, month('2027-03')))
    expect(await runOf('2027-03')).toMatchObject({ rows: 102, control: { difference: 0n } })
    expect(await numbers('2027-03')).toEqual([[first + 32, 'month', 102]])
    expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
  })

  it('is billed by itself without holding up a run that has its month, or its payments meanwhile', async () => {
    let issuing: Promise<unknown> = Promise.resolve()
    await scheme.run(async (tx) => {
      await lockMonthRows(tx, month('2027-03'))
      issuing = scheme.run((other) => issueBills(other, scheme.law, month('2027-03'), [payerId]))
      const waiting = async () =>
        (
          await scheme.admin.query<{ count: bigint }>(
            `select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
          )
        ).rows[0]?.count
      await expect.poll(waiting, { timeout: 20_000 }).toBe(1n)
      await scheme.admin.query('select from registry.payer where payer_id = $1 for no key update nowait', [payerId])
      await lockPayers(tx, [payerId])
    })
    expect(await issuing).toMatchObject({ ok: true })
  })
})
