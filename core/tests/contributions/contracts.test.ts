// What happens to a premium contract after it was registered. Construction: 50, 25 and 25 % (the agency's site), the first opens cover; an
// addendum asks for more or gives back; workers are reported within 30 working days. Migrants: placement in two steps, further months at
// 13,500 each (Permenaker 4/2023 art 18), leaving later. After each test the control's difference is 0.
import type { Day, Month } from '@payung/values'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import {
  type Amendment,
  amendContract,
  checkControl,
  type NewContract,
  openMonth,
  registerContracts,
  reportWorkers,
  showContract,
  showCover,
} from '../../src/contributions/index.ts'
import { payerBalances } from '../../src/ledger/index.ts'
import { paymentCode } from '../../src/registry/index.ts'

let scheme: TestScheme
let external = 0
let builder: { organisationId: bigint; payerId: bigint }

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-10-01')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-10' as Month))
})
afterAll(() => scheme.close())
beforeEach(async () => {
  scheme.at('2026-10-01')
  builder = await scheme.organisation({ kind: 'employer' })
})
afterEach(async () => {
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})

async function workers(count: number, segment = 'JAKON'): Promise<bigint[]> {
  const people = await scheme.persons(count)
  const organisationId = segment === 'JAKON' ? { organisationId: builder.organisationId } : {}
  await scheme.memberships(people.map(({ memberNumber }) => ({ memberNumber, from: '2026-10-01', segment, ...organisationId })))
  return people.map(({ personId }) => personId)
}
async function project(given: Partial<NewContract> = {}, persons: readonly bigint[] = []) {
  const done = await scheme.run((tx) =>
    registerContracts(tx, scheme.law, [
      {
        payerId: builder.payerId,
        segment: 'JAKON',
        name: 'Bridge',
        from: '2026-10-01' as Day,
        until: '2027-06-01' as Day,
        facts: { contract_value: '180000000' },
        members: persons.map((personId) => ({ personId, ordinal: 1 })),
        ...given,
      },
    ]),
  )
  if (!done.ok) return { refusal: done.refusal.code, contractId: 0n, bills: [] }
  return {
    refusal: null,
    contractId: done.value[0]?.contractId ?? 0n,
    bills: done.value[0]?.parts.map(({ employer, worker }) => employer + worker),
  }
}
async function pays(payerId: bigint, amount: number, day: string) {
  scheme.at(day)
  const [outcome] = await scheme.pay([
    { channel: 'bank', day, externalId: String(++external), code: paymentCode(payerId), amount: String(amount) },
  ])
  return outcome?.settled.map((bill) => bill.amount) ?? []
}
const coverOf = async (personId: bigint, day: string) => {
  const [membership] = await scheme.run((tx) => showCover(tx, scheme.law, [personId], day as Day))
  return [...new Set(membership?.programmes.map(({ state, since, reason }) => `${state}, ${reason ?? `since ${since}`}`))].join(' | ')
}
const amend = async (contractId: bigint, given: Partial<Amendment>) => {
  const done = await scheme.run((tx) => amendContract(tx, scheme.law, { contractId, reason: 'Addendum 1', ...given }))
  return done.ok ? { difference: done.value.difference, owed: done.value.owed } : done.refusal.code
}
const money = (payerId: bigint) =>
  scheme.run(async (tx) => {
    const { credit, receivable } = (await payerBalances(tx, [payerId])).get(payerId) ?? { credit: 0n, receivable: 0n }
    return { credit, receivable }
  })
const states = async (contractId: bigint) => {
  const shown = await scheme.run((tx) => showContract(tx, scheme.law, contractId))
  return shown.ok ? shown.value.parts.map(({ state }) => state) : []
}

describe('a project in instalments', () => {
  const days = { instalments: ['2027-01-15', '2027-04-15'] }

  it('owes half, a quarter and a quarter of each programme; the first opens cover, an unpaid later one shows after its day', async () => {
    const [person = 0n] = await workers(1)
    const { contractId, bills } = await project(days, [person])
    // 392,000 in all: the statute's own example (E-KON-3).
    expect(bills).toEqual([196_000n, 98_000n, 98_000n])
    expect(await coverOf(person, '2026-10-01')).toBe('not covered, never-paid')
    expect(await pays(builder.payerId, 196_000, '2026-10-05')).toEqual([196_000n])
    expect(await coverOf(person, '2027-01-15')).toBe('covered, since 2026-10-05')
    expect(await coverOf(person, '2027-01-16')).toBe('covered, contribution outstanding, contribution-outstanding')
    scheme.at('2027-01-20')
    expect(await states(contractId)).toEqual(['paid', 'late', 'issued'])
    expect(await pays(builder.payerId, 98_000, '2027-01-20')).toEqual([98_000n])
    expect(await coverOf(person, '2027-01-20')).toBe('covered, since 2026-10-05')
    expect(await pays(builder.payerId, 98_000, '2027-04-15')).toEqual([98_000n])
    expect(await coverOf(person, '2027-05-31')).toBe('covered, since 2026-10-05')
    expect(await coverOf(person, '2027-06-01')).toBe('not covered, contract-ended')
  })

  it.each`
    why                    | instalments                                   | code
    ${'one day of two'}    | ${['2027-01-15']}                             | ${'instalment-count'}
    ${'three days'}        | ${['2027-01-15', '2027-02-15', '2027-03-15']} | ${'instalment-count'}
    ${'no day'}            | ${['2027-01-15', 'soon']}                     | ${'wrong-day'}
    ${'the wrong order'}   | ${['2027-04-15', '2027-01-15']}               | ${'instalment-order'}
    ${'before the works'}  | ${['2026-09-30', '2027-01-15']}               | ${'instalment-order'}
    ${'the day of ending'} | ${['2027-01-15', '2027-06-01']}               | ${'instalment-too-late'}
  `('refuses $why: $code', async ({ instalments, code }) => {
    expect((await project({ instalments })).refusal).toBe(code)
  })

  it('is not open to migrants', async () => {
    const [person = 0n] = await workers(1, 'PMI')
    const { rows } = await scheme.admin.query<{ payer_id: bigint }>(
      'select payer_id from contributions.membership_fact where person_id = $1',
      [person],
    )
    const given = { payerId: rows[0]?.payer_id ?? 0n, segment: 'PMI', facts: { months: '6' }, instalments: ['2027-01-15', '2027-04-15'] }
    expect((await project(given, [person])).refusal).toBe('no-instalments')
  })
})

describe('an addendum of a project', () => {
  it('up: the difference is one more bill, and cover goes on to the new end', async () => {
    const [person = 0n] = await workers(1)
    const { contractId } = await project({}, [person])
    await pays(builder.payerId, 392_000, '2026-10-05')
    // 280,000,000 costs 210,000 + 306,000 and 30,000 + 36,000.
    expect(await amend(contractId, { facts: { contract_value: '280000000' }, until: '2027-09-01' })).toEqual({
      difference: 190_000n,
      owed: true,
    })
    expect(await states(contractId)).toEqual(['paid', 'issued'])
    expect(await coverOf(person, '2027-08-31')).toBe('covered, since 2026-10-05')
    expect(await coverOf(person, '2027-09-01')).toBe('not covered, contract-ended')
    expect(await pays(builder.payerId, 190_000, '2026-10-20')).toEqual([190_000n])
  })

  it('down: what was paid too much is credit', async () => {
    const { contractId } = await project()
    await pays(builder.payerId, 392_000, '2026-10-05')
    expect(await amend(contractId, { facts: { contract_value: '80000000' } })).toEqual({ difference: -200_000n, owed: false })
    expect(await money(builder.payerId)).toEqual({ credit: 200_000n, receivable: 0n })
  })

  it('down with instalments open: the credit pays the oldest that it covers', async () => {
    const { contractId } = await project({ instalments: ['2027-01-15', '2027-04-15'] })
    await pays(builder.payerId, 196_000, '2026-10-05')
    expect(await amend(contractId, { facts: { contract_value: '100000000' } })).toEqual({ difference: -152_000n, owed: false })
    expect(await states(contractId)).toEqual(['paid', 'paid', 'issued', 'paid'])
    expect(await money(builder.payerId)).toEqual({ credit: 54_000n, receivable: 98_000n })
  })

  it('of the dates alone costs nothing; a second addendum stands on the first', async () => {
    const [person = 0n] = await workers(1)
    const { contractId } = await project({}, [person])
    await pays(builder.payerId, 392_000, '2026-10-05')
    expect(await amend(contractId, { until: '2027-07-01' })).toEqual({ difference: 0n, owed: false })
    expect(await amend(contractId, { until: '2027-05-01', facts: { contract_value: '280000000' } })).toEqual({
      difference: 190_000n,
      owed: true,
    })
    expect(await amend(contractId, { facts: { contract_value: '180000000' } })).toEqual({ difference: -190_000n, owed: false })
    expect(await coverOf(person, '2027-05-01')).toBe('not covered, contract-ended')
    expect(await money(builder.payerId)).toEqual({ credit: 0n, receivable: 0n })
  })

  it.each`
    why                       | on              | given                                    | code
    ${'an unknown contract'}  | ${'2026-11-01'} | ${{ contractId: 5n }}                    | ${'contract-unknown'}
    ${'no day'}               | ${'2026-11-01'} | ${{ until: 'later' }}                    | ${'wrong-day'}
    ${'an end before it'}     | ${'2026-11-01'} | ${{ until: '2026-10-01' }}               | ${'contract-dates'}
    ${'a contract over'}      | ${'2027-06-01'} | ${{ until: '2027-09-01' }}               | ${'contract-ended'}
    ${'a beginning that was'} | ${'2026-11-01'} | ${{ from: '2026-12-01' }}                | ${'contract-begun'}
    ${'an end in the past'}   | ${'2026-11-01'} | ${{ until: '2026-10-20' }}               | ${'end-in-the-past'}
    ${'no change'}            | ${'2026-11-01'} | ${{ until: '2027-06-01' }}               | ${'nothing-changed'}
    ${'no reason'}            | ${'2026-11-01'} | ${{ until: '2027-07-01', reason: ' ' }}  | ${'no-reason'}
    ${'a value in words'}     | ${'2026-11-01'} | ${{ facts: { contract_value: 'much' } }} | ${'wrong-fact'}
    ${'an instalment after'}  | ${'2026-11-01'} | ${{ until: '2027-04-15' }}               | ${'instalment-after-end'}
  `('refuses $why: $code', async ({ on, given, code }) => {
    const { contractId } = await project({ instalments: ['2027-01-15', '2027-04-15'] })
    scheme.at(on)
    expect(await amend(contractId, given)).toBe(code)
  })
})

describe('workers of a project', () => {
  const report = (contractId: bigint, personId: bigint, from: string, day: string) => {
    scheme.at(day)
    return scheme.run((tx) => reportWorkers(tx, scheme.law, contractId, [{ personId, ordinal: 1, from }]))
  }

  it('reported inside 30 working days are covered from their first day', async () => {
    const [person = 0n] = await workers(1)
    const { contractId } = await project()
    await pays(builder.payerId, 392_000, '2026-10-02')
    // 30 working days after Monday 5 October 2026 end on Monday 16 November.
    const done = await report(contractId, person, '2026-10-05', '2026-11-16')
    expect(done).toMatchObject({ ok: true, value: [{ windowUntil: '2026-11-17', late: false, existing: false }] })
    expect(await coverOf(person, '2026-10-06')).toBe('covered, since 2026-10-05')
    expect(await report(contractId, person, '2026-10-05', '2026-11-16')).toMatchObject({ value: [{ existing: true }] })
  })

  it('reported after it: the contractor pays first for the days between, then they are covered', async () => {
    const [person = 0n] = await workers(1)
    const { contractId } = await project()
    await pays(builder.payerId, 392_000, '2026-10-02')
    expect(await report(contractId, person, '2026-10-05', '2026-12-01')).toMatchObject({ value: [{ late: true }] })
    expect(await coverOf(person, '2026-11-16')).toMatch(/^covered, /)
    expect(await coverOf(person, '2026-11-17')).toBe('employer pays first, reported-late')
    expect(await coverOf(person, '2026-11-30')).toBe('employer pays first, reported-late')
    expect(await coverOf(person, '2026-12-01')).toBe('covered, since 2026-12-01')
  })

  it.each`
    why                   | from            | until           | code
    ${'no day'}           | ${'Monday'}     | ${undefined}    | ${'wrong-day'}
    ${'an end before'}    | ${'2026-10-08'} | ${'2026-10-08'} | ${'contract-dates'}
    ${'before the works'} | ${'2026-09-30'} | ${undefined}    | ${'outside-contract'}
    ${'beyond the works'} | ${'2026-10-08'} | ${'2027-06-02'} | ${'outside-contract'}
    ${'a day to come'}    | ${'2026-11-02'} | ${undefined}    | ${'not-begun'}
  `('refuses $why: $code', async ({ from, until, code }) => {
    const [personId = 0n] = await workers(1)
    const { contractId } = await project()
    scheme.at('2026-11-01')
    const done = await scheme.run((tx) => reportWorkers(tx, scheme.law, contractId, [{ personId, ordinal: 1, from, until }]))
    expect(done).toMatchObject({ ok: false, refusal: { code } })
  })
})

describe('a migrant', () => {
  const abroad = async (facts: Record<string, string>, from = '2027-01-10', until = '2028-01-10') => {
    const [person = 0n] = await workers(1, 'PMI')
    const { rows } = await scheme.admin.query<{ payer_id: bigint }>(
      'select payer_id from contributions.membership_fact where person_id = $1',
      [person],
    )
    const payerId = rows[0]?.payer_id ?? 0n
    const made = await project({ payerId, segment: 'PMI', name: 'Abroad', from: from as Day, until: until as Day, facts }, [person])
    return { ...made, person, payerId }
  }

  it('through a placement firm pays before leaving and then the rest, each with its own cover', async () => {
    const { person, payerId, bills } = await abroad({ months: '12', via: 'placement' })
    expect(bills).toEqual([37_500n, 189_000n])
    expect(await pays(payerId, 37_500, '2026-10-05')).toEqual([37_500n])
    expect(await coverOf(person, '2026-10-05')).toBe('covered, since 2026-10-05')
    expect(await coverOf(person, '2027-01-09')).toBe('covered, since 2026-10-05')
    expect(await coverOf(person, '2027-01-10')).toBe('not covered, contract-ended')
    expect(await pays(payerId, 189_000, '2026-12-20')).toEqual([189_000n])
    expect(await coverOf(person, '2028-01-09')).toBe('covered, since 2026-10-05')
    expect(await coverOf(person, '2028-01-10')).toBe('not covered, contract-ended')
  })

  it('who leaves later moves the cover, but before leaving it lasts five months at most', async () => {
    const { contractId, person, payerId } = await abroad({ months: '12', via: 'placement' })
    await pays(payerId, 37_500 + 189_000, '2026-10-05')
    expect(await amend(contractId, { from: '2027-04-10', until: '2028-04-10' })).toEqual({ difference: 0n, owed: false })
    expect(await coverOf(person, '2027-02-28')).toBe('covered, since 2026-10-05')
    expect(await coverOf(person, '2027-03-01')).toBe('not covered, contract-not-begun')
    expect(await coverOf(person, '2028-04-09')).toMatch(/^covered/)
  })

  it('extends by months at the amount of a further month; the cover goes on when they are paid', async () => {
    const { contractId, person, payerId } = await abroad({ months: '12' })
    await pays(payerId, 189_000, '2026-10-05')
    expect(await amend(contractId, { facts: { months: '15' }, until: '2028-04-10' })).toEqual({ difference: 40_500n, owed: false })
    expect(await coverOf(person, '2028-01-10')).toBe('not covered, contract-ended')
    expect(await pays(payerId, 40_500, '2027-12-01')).toEqual([40_500n])
    expect(await coverOf(person, '2028-04-09')).toMatch(/^covered/)
    expect(await coverOf(person, '2028-04-10')).toBe('not covered, contract-ended')
  })

  it.each`
    why                         | given                                               | code
    ${'fewer months'}           | ${{ facts: { months: '6' }, until: '2027-07-10' }}  | ${'nothing-given-back'}
    ${'more days than months'}  | ${{ facts: { months: '13' }, until: '2028-03-10' }} | ${'beyond-the-months'}
    ${'another way of leaving'} | ${{ facts: { via: 'placement' } }}                  | ${'change-unknown'}
  `('refuses $why: $code', async ({ given, code }) => {
    const { contractId } = await abroad({ months: '12' })
    expect(await amend(contractId, given)).toBe(code)
  })
})
