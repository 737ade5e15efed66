// A law that is published while a month's run stands still: PP 36/2025, promulgated on 4 September 2025, halves accident insurance of
// labour-intensive industries from August on. The rows written before it keep their amounts (nothing that stands is edited), those
// written after it have the relief, and none is left out of the bill, whoever issues it.
import type { Month } from '@payung/values'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, issueBills, openMonth, runMonth } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'

const month = '2025-08' as Month
const workers = 4
/** JKK of risk group III (0.89 %), JKM 0.30 %, JHT 5.7 %, JP 3 % of 10,000,000: before the relief, and with half of JKK. */
const before = 989_000n
const after = before - 44_500n

let scheme: TestScheme
let payerId: bigint
let firstPerson: bigint

/** Runs the month; stops it, as a lost machine would, when so many chunks of one person each are written. */
const runUntil = (chunks: number) =>
  runMonth(scheme.platform, scheme.law, month, {
    actor: systemActor,
    chunk: 1,
    progress: (step, done) => {
      if (step === 'assess' && done === chunks) throw new Error('the machine is lost')
    },
  })

const billed = async () =>
  (
    await scheme.admin.query<{ members: number; total: bigint; state: string }>(
      `select members, total, state from contributions.bill where payer_id = $1 and kind in ('month', 'supplement') order by bill_id`,
      [payerId],
    )
  ).rows
const versions = async () =>
  (
    await scheme.admin.query<{ version: number; rows: bigint }>(
      `select t.version, count(*) as rows from contributions.contribution c join contributions.tariff_class t on t.month = c.month and t.class = c.class group by t.version order by t.version`,
    )
  ).rows.map(({ version, rows }) => [version, Number(rows)])
/** What the rows, the bills and the transfers come to, each by itself. */
const sums = () => scheme.run((tx) => checkControl(tx, 'test', null))

beforeEach(async () => {
  scheme = await freshScheme('indonesia', '2025-08-01')
  const facts = { employer_size: 'large', risk_class: 'III', active_workers: '80', industry: 'textile', arrears_cleared: 'yes' }
  const employer = await scheme.organisation({ kind: 'employer', facts })
  payerId = employer.payerId
  const persons = await scheme.persons(workers)
  firstPerson = persons[0]?.personId ?? 0n
  await scheme.memberships(
    persons.map(({ memberNumber }) => ({
      memberNumber,
      segment: 'PU',
      organisationId: employer.organisationId,
      base: '10000000',
      from: '2025-08-01',
    })),
  )
  await scheme.run((tx) => openMonth(tx, scheme.law, month))
  scheme.at('2025-08-31')
  await expect(runUntil(2)).rejects.toThrow('the machine is lost')
  expect(await versions()).toEqual([[1, 2]])
  scheme.at('2025-09-05')
})
afterEach(() => scheme.close())

const allBilled = async (): Promise<void> => {
  expect(await versions()).toEqual([
    [1, 2],
    [2, 2],
  ])
  expect(await billed()).toEqual([{ members: workers, total: 2n * before + 2n * after, state: 'issued' }])
  expect(await sums()).toMatchObject({ contributions: 2n * before + 2n * after, difference: 0n })
}

it('is in the second half of a run, and the first half is billed with it', async () => {
  const done = await runUntil(0)
  expect(done).toMatchObject({ ok: true, value: { rows: workers, bills: 1, control: { difference: 0n } } })
  await allBilled()
})

it("is in the second half of one payer's own issue, and the run's first half is billed with it", async () => {
  const issued = await scheme.run((tx) => issueBills(tx, scheme.law, month, [payerId]))
  expect(issued).toMatchObject({ ok: true, value: { bills: 1, rows: 2, total: 2n * before + 2n * after } })
  await allBilled()
  // The run that is taken up again finds nothing left to do but the State's share.
  expect(await runUntil(0)).toMatchObject({ ok: true, value: { bills: 0, control: { difference: 0n } } })
  await allBilled()
  expect(await scheme.run((tx) => issueBills(tx, scheme.law, month, [payerId]))).toMatchObject({ ok: true, value: { bills: 0, rows: 0 } })
})

it('leaves nothing over for a payer whose workers were all written before it', async () => {
  await scheme.admin.query('delete from contributions.membership_fact where person_id > $1', [firstPerson + 1n])
  const issued = await scheme.run((tx) => issueBills(tx, scheme.law, month, [payerId]))
  expect(issued).toMatchObject({ ok: true, value: { bills: 1, rows: 0, total: 2n * before } })
  expect(await sums()).toMatchObject({ contributions: 2n * before, difference: 0n })
})
