// A relief asks that contributions up to January 2025 are settled (PP 7/2025 art 6), and employers say whether they are. Whose word
// contradicts the bills is told, on each day as it was then; what was written off is owed no more.
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { openMonth, runMonth } from '../../src/contributions/index.ts'
import { compareReliefFacts } from '../../src/contributions/use-cases/compare-relief-facts.ts'
import { systemActor } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'

const firms = {
  'says settled, and is': { said: 'yes', pays: true },
  'says settled, and owes': { said: 'yes', pays: false },
  'says open, and paid': { said: 'no', pays: true },
  'says open, and owes': { said: 'no', pays: false },
} as const
const payers = new Map<bigint, string>()
/** 9.89 % of 5,000,000. */
const owed = 494_500n

let scheme: TestScheme
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2025-01-01')
  for (const [name, { said }] of Object.entries(firms)) {
    const facts = { employer_size: 'large', risk_class: 'III', active_workers: '80', arrears_cleared: said }
    const { organisationId, payerId } = await scheme.organisation({ kind: 'employer', facts })
    payers.set(payerId, name)
    const [worker] = await scheme.persons(1)
    await scheme.memberships([
      { memberNumber: worker?.memberNumber ?? '', segment: 'PU', organisationId, base: '5000000', from: '2025-01-01' },
    ])
  }
  scheme.at('2025-01-31')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2025-01' as Month))
  expect((await runMonth(scheme.platform, scheme.law, '2025-01' as Month, { actor: systemActor })).ok).toBe(true)
  scheme.at('2025-02-10')
  for (const [payerId, name] of payers)
    if (firms[name as keyof typeof firms].pays)
      await scheme.pay([
        { channel: 'bank', day: '2025-02-10', externalId: String(payerId), code: paymentCode(payerId), amount: String(owed) },
      ])
})
afterAll(() => scheme.close())

const told = (month: string, on: string) => scheme.run((tx) => compareReliefFacts(tx, scheme.law, month as Month, on as Day))
const open = { bills: 1, owed, since: '2025-01' }
const paid = { bills: 0, owed: 0n, since: null }

it.each`
  on              | contradicting
  ${'2025-02-09'} | ${[['says settled, and is', open], ['says settled, and owes', open]]}
  ${'2025-02-10'} | ${[['says settled, and owes', open], ['says open, and paid', paid]]}
`('on $on the words of $contradicting contradict the books', async ({ on, contradicting }) => {
  const done = await told('2025-02', on)
  if (!done.ok) throw new Error(done.refusal.rule)
  const { contradictions, through, source } = done.value
  expect(contradictions.map(({ payerId, bills, owed: amount, since }) => [payers.get(payerId), { bills, owed: amount, since }])).toEqual(
    contradicting,
  )
  expect([through, source.article]).toEqual(['2025-01', '6'])
})

it.each(['2025-09', '2026-03'])('of %s no source says up to which month', async (month) => {
  expect(await told(month, '2026-03-01')).toMatchObject({ ok: false, refusal: { code: 'no-source' } })
})
