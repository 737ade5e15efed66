// August 2025 was issued before PP 36/2025, promulgated on 4 September 2025, halved accident insurance of labour-intensive industries from
// August on. Reassessed after it, payers to whom its conditions apply get the difference back to the rupiah, and nobody else anything; what
// was issued stays as it was known then. Twice is once, cut short and taken up again is the same, and the control's difference is 0.
import { assess, monthLaw } from '@payung/law'
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, closeMonth, issueBills, openMonth, reassessMonth, runMonth, showBillAsKnown } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'

const month = '2025-08' as Month
const wage = 10_000_000n
/** JKK of risk group III (0.89 %), JKM 0.30 %, JHT 5.7 %, JP 3 % of 10,000,000: before the relief; half of JKK is given back. */
const before = 989_000n
const back = 44_500n
const workers = 3

const lowered = { employer_size: 'large', risk_class: 'III', active_workers: '80', industry: 'textile', arrears_cleared: 'yes' }
const employers = {
  'a textile mill': lowered,
  'a mill that has paid': lowered,
  'a mill with arrears': { ...lowered, arrears_cleared: 'no' },
  'a small mill': { ...lowered, active_workers: '49' },
  'a bank': { ...lowered, industry: 'none' },
} as const
type Name = keyof typeof employers

let scheme: TestScheme
const payers = {} as Record<Name, bigint>

const bills = async (name: Name) =>
  (
    await scheme.admin.query<{ kind: string; total: bigint; state: string; members: number; issued_on: string }>(
      'select kind, total, state, members, issued_on from contributions.bill where payer_id = $1 and month = 2025 * 12 + 7 order by bill_id',
      [payers[name]],
    )
  ).rows.map(({ kind, total, state, members, issued_on }) => [kind, total, state, members, issued_on])
const creditOf = async (name: Name): Promise<bigint> =>
  (
    await scheme.admin.query<{ balance: bigint }>(`select balance from ledger.payer_balance where payer_id = $1 and code = 'credit'`, [
      payers[name],
    ])
  ).rows[0]?.balance ?? 0n
const count = async (text: string): Promise<number> => Number((await scheme.admin.query<{ n: bigint }>(text)).rows[0]?.n)
const reassess = (progress?: (step: string, done: number) => void) =>
  reassessMonth(scheme.platform, scheme.law, month, { actor: systemActor, chunk: 4, ...(progress ? { progress } : {}) })

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2025-08-01')
  for (const [name, facts] of Object.entries(employers)) {
    const employer = await scheme.organisation({ kind: 'employer', facts })
    payers[name as Name] = employer.payerId
    const persons = await scheme.persons(workers)
    await scheme.memberships(
      persons.map(({ memberNumber }) => ({
        memberNumber,
        segment: 'PU',
        organisationId: employer.organisationId,
        base: wage.toString(),
        from: '2025-08-01',
      })),
    )
  }
  await scheme.run((tx) => openMonth(tx, scheme.law, month))
  scheme.at('2025-08-31')
  expect(await reassess()).toMatchObject({ ok: false, refusal: { code: 'month-not-issued' } })
  const done = await runMonth(scheme.platform, scheme.law, month, { actor: systemActor })
  expect(done).toMatchObject({ ok: true, value: { rows: 15, control: { difference: 0n } } })
  const code = paymentCode(payers['a mill that has paid'])
  await scheme.pay([{ channel: 'bank', day: '2025-08-31', externalId: 'August', code, amount: String(before * BigInt(workers)) }])
})
afterAll(() => scheme.close())

it('gives nothing back while the act is not published', async () => {
  scheme.at('2025-09-03')
  expect(await reassess()).toMatchObject({ ok: true, value: { version: 1, memberships: 0n, payers: 0n, credits: 0n, supplements: 0n } })
})

it('is cut short and taken up again after the act; meanwhile nothing else changes the month', async () => {
  scheme.at('2025-09-16')
  await expect(
    reassess((step, done) => {
      if (step === 'assess' && done === 1) throw new Error('the machine is lost')
    }),
  ).rejects.toThrow('the machine is lost')
  const issuing = await scheme.run(async (tx) => issueBills(tx, scheme.law, month, [payers['a bank']]))
  expect(issuing).toMatchObject({ ok: false, refusal: { code: 'month-being-reassessed' } })
  expect(await reassess()).toMatchObject({
    ok: true,
    value: { version: 2, memberships: 6n, payers: 2n, credits: 6n * back, supplements: 0n, control: { difference: 0n } },
  })
})

describe('afterwards', () => {
  const all = [before * BigInt(workers), 'issued', workers, '2025-08-31']
  it.each`
    name                      | given                      | credit
    ${'a textile mill'}       | ${-back * BigInt(workers)} | ${back * BigInt(workers)}
    ${'a mill that has paid'} | ${-back * BigInt(workers)} | ${back * BigInt(workers)}
    ${'a mill with arrears'}  | ${null}                    | ${0n}
    ${'a small mill'}         | ${null}                    | ${0n}
    ${'a bank'}               | ${null}                    | ${0n}
  `(
    '$name has its old bill, and $given on a new one',
    async ({ name, given, credit }: { name: Name; given: bigint | null; credit: bigint }) => {
      const old = ['month', ...all].with(2, name === 'a mill that has paid' ? 'paid' : 'issued')
      expect(await bills(name)).toEqual([old, ...(given === null ? [] : [['correction', given, 'paid', 0, '2025-09-16']])])
      expect(await creditOf(name)).toBe(credit)
    },
  )

  it('each worker’s row says what was known then and what is known now', async () => {
    const { rows } = await scheme.admin.query<{ entry: number; total: bigint; version: number }>(
      `select distinct c.entry, c.employer + c.worker as total, t.version from contributions.contribution c
       join contributions.tariff_class t on t.month = c.month and t.class = c.class where c.bill_id >> 20 = $1 order by c.entry`,
      [payers['a textile mill']],
    )
    expect(rows.map(({ entry, total, version }) => [entry, total, version])).toEqual([
      [0, before, 1],
      [1, before, 1],
      [2, before - back, 2],
    ])
  })

  it('the law as published by 31 August still gives the old bill, and the law of today the new one', () => {
    const facts = { segment: 'PU', payer: 'employer', wage: wage.toString(), ...lowered }
    const billedBy = (day: string) => {
      const law = scheme.law.asPublishedBy(day as Day)
      const monthly = monthLaw(law, month)
      const assessed = monthly.ok ? assess(monthly.value, law, facts) : monthly
      return assessed.ok ? assessed.value.totals.billed : assessed.refusal.code
    }
    expect([billedBy('2025-08-31'), billedBy('2025-09-03'), billedBy('2025-09-04')]).toEqual([before, before, before - back])
  })

  it.each`
    day             | total                                | version
    ${'2025-08-31'} | ${before * BigInt(workers)}          | ${1}
    ${'2025-09-15'} | ${before * BigInt(workers)}          | ${1}
    ${'2025-09-16'} | ${(before - back) * BigInt(workers)} | ${2}
  `(
    'the bill as it was known on $day comes to $total',
    async ({ day, total, version }: { day: string; total: bigint; version: number }) => {
      const known = await scheme.run((tx) => showBillAsKnown(tx, scheme.law, payers['a textile mill'], month, day as Day))
      expect(known).toMatchObject({ ok: true, value: { members: workers, total: { amount: total.toString() }, law: { version } } })
    },
  )

  it('done again it changes nothing and gives the same report', async () => {
    const rows = await count('select count(*) as n from contributions.contribution')
    expect(await reassess()).toMatchObject({
      ok: true,
      value: { version: 2, memberships: 6n, credits: 6n * back, control: { difference: 0n } },
    })
    expect(await count('select count(*) as n from contributions.contribution')).toBe(rows)
    expect((await scheme.run((tx) => checkControl(tx, 'test', null))).difference).toBe(0n)
  })

  it('money that comes pays the old bill with what was given back', async () => {
    await scheme.run((tx) => closeMonth(tx, scheme.law, month))
    const code = paymentCode(payers['a textile mill'])
    await scheme.pay([{ channel: 'bank', day: '2025-09-16', externalId: 'rest', code, amount: String((before - back) * BigInt(workers)) }])
    expect((await bills('a textile mill')).map((bill) => bill[2])).toEqual(['paid', 'paid'])
    expect(await creditOf('a textile mill')).toBe(0n)
    expect((await scheme.run((tx) => checkControl(tx, 'test', null))).difference).toBe(0n)
  })
})
