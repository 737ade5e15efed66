// The published simulator's case through the real months: bills of 5,000,000 a month, paid on the first of each month for five years at 5 %.
import type { Day, Month } from '@payung/values'
import { addMonths, decimals, firstDay, lastDay, truncated } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { openMonth, runMonth } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { closeYear, creditMonth, declareRates, readAccount, readStatedYears } from '../../src/savings/index.ts'

const month = (text: string): Month => text as Month
let scheme: TestScheme
let person: bigint

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2025-12-01')
  const { law, run } = scheme
  const employer = await scheme.organisation({ kind: 'employer' })
  const [worker] = await scheme.persons(1)
  person = worker?.personId ?? 0n
  await scheme.memberships([
    {
      memberNumber: worker?.memberNumber ?? '',
      segment: 'PU',
      organisationId: employer.organisationId,
      base: '5000000',
      from: '2025-12-01',
    },
  ])
  const declared = await run((tx) =>
    declareRates(tx, law, {
      from: '2026-01',
      to: '2030-12',
      rate: '5%',
      kind: 'declared',
      act: 'Test',
      article: '1',
      link: 'unknown',
      status: 'unverified',
    }),
  )
  expect(declared).toMatchObject({ ok: true, value: { months: 60, already: 0 } })
  for (let place = 0; place < 60; place++) {
    const billed = addMonths(month('2025-12'), place)
    scheme.at(firstDay(billed))
    await run((tx) => openMonth(tx, law, billed))
    scheme.at(lastDay(billed))
    const done = await runMonth(scheme.platform, law, billed, { actor: systemActor })
    if (!done.ok) throw new Error(done.refusal.rule)
    const paid = firstDay(addMonths(billed, 1))
    scheme.at(paid)
    const [outcome] = await scheme.pay([
      { channel: 'bank', day: paid, externalId: billed, code: paymentCode(employer.payerId), amount: done.value.total.toString() },
    ])
    expect(outcome?.settled).toHaveLength(1)
    if (paid.endsWith('-01-01') && place > 0) {
      const closed = await closeYear(scheme.platform, law, Number(paid.slice(0, 4)) - 1, { actor: systemActor })
      expect(closed).toMatchObject({ ok: true, value: { accounts: 1n, already: false, control: { difference: 0n } } })
    }
    if (place % 12 === 5) expect(await run((tx) => creditMonth(tx, law, addMonths(billed, -1)))).toMatchObject({ ok: true })
  }
  scheme.at('2030-12-31')
  await run((tx) => openMonth(tx, law, month('2030-12')))
  const last = await runMonth(scheme.platform, law, month('2030-12'), { actor: systemActor })
  if (!last.ok) throw new Error(last.refusal.rule)
  scheme.at('2031-01-01')
}, 300_000)
afterAll(() => scheme.close())

it('holds 19,409,470 after five years, of which 17,100,000 were paid: the published figures to the unit', async () => {
  const account = await scheme.run((tx) => readAccount(tx, 'JHT', [person], '2030-12-31' as Day))
  expect(truncated(account.balance)).toBe(19_409_470n)
  expect(account.statement?.year).toBe(2029)
  const all = await scheme.run((tx) => readAccount(tx, 'JHT', [person], '2030-12-31' as Day, { fromStart: true }))
  expect(all.entries.map(({ amount }) => truncated(amount))).toEqual(Array.from({ length: 60 }, () => 285_000n))
  expect(all.balance).toEqual(account.balance)
})

it('closes the fifth year with the same balance, unrounded, and the ledger owes exactly that and what is not paid yet', async () => {
  const closed = await closeYear(scheme.platform, scheme.law, 2030, { actor: systemActor })
  expect(closed).toMatchObject({
    ok: true,
    value: { control: { balances: 19_409_470n, outstanding: 285_000n, liability: 19_694_470n, difference: 0n } },
  })
  const years = await scheme.run((tx) => readStatedYears(tx, 'JHT', [person]))
  expect(years.map(({ year, closing }) => [year, decimals(closing, 2)])).toEqual([
    [2026, '3512625.00'],
    [2027, '7200881.25'],
    [2028, '11073550.31'],
    [2029, '15139852.82'],
    [2030, '19409470.46'],
  ])
  expect(years.every(({ contributed, entered }) => contributed === 3_420_000n && entered === 0n)).toBe(true)
})
