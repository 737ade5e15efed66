// Borders between months: reliefs, splits, ceilings, and what was known when.
import type { Day, Month } from '@payung/values'
import { describe, expect, test } from 'vitest'
import { assess, type Facts, lawOf, loadPack, monthLaw } from '../src/index.ts'

const pack = await loadPack('indonesia')
const law = lawOf(pack)

function billed(month: string, facts: Facts, programme: string, by?: string): Record<string, string> {
  const known = by === undefined ? law : law.asPublishedBy(by as Day)
  const ofMonth = monthLaw(known, month as Month)
  if (!ofMonth.ok) throw new Error(ofMonth.refusal.rule)
  const result = assess(ofMonth.value, known, facts)
  if (!result.ok) return { refused: result.refusal.code }
  const part = result.value.programmes[programme]
  if (!part) return {}
  const { employer, worker: own, state, deferred, taken } = part
  const named = {
    employer,
    worker: own,
    state,
    deferred,
    ...Object.fromEntries(Object.entries(taken).map(([from, amount]) => [`from${from}`, amount])),
  }
  return Object.fromEntries(
    Object.entries(named)
      .filter(([, amount]) => amount > 0n)
      .map(([share, amount]) => [share, String(amount)]),
  )
}

const worker = { segment: 'PU', wage: '10000000', risk_class: 'III' }
const textile = { ...worker, industry: 'textile', active_workers: '50' }
const rider = { segment: 'BPU', income: '1000000', occupation: 'platform-driver' }
const fisher = { ...rider, occupation: 'fisher' }

describe('reliefs begin and end with a month', () => {
  test.each([
    // month      facts                                                programme  amounts
    ['2020-07', worker, 'JKK', { employer: '89000' }],
    ['2020-08', worker, 'JKK', { employer: '890' }],
    ['2021-01', worker, 'JKM', { employer: '300' }],
    ['2021-02', worker, 'JKM', { employer: '30000' }],
    ['2020-08', { ...worker, arrears_cleared: 'no' }, 'JKK', { employer: '89000' }],
    ['2020-09', { segment: 'JAKON', contract_value: '100000000' }, 'JKK', { employer: '2100' }],
    ['2020-09', { segment: 'JAKON', contract_value: '100000000', arrears_cleared: 'no' }, 'JKK', { employer: '210000' }],
    ['2026-04', { segment: 'JAKON', wage: '10000000' }, 'JKK', { employer: '174000' }],
    ['2026-04', { segment: 'JAKON', wage: '1', contract_value: '1' }, 'JKK', { refused: 'wrong-fact' }],
    ['2020-08', worker, 'JHT', { employer: '370000', worker: '200000' }],
    ['2020-08', { ...worker, turnover_fell: 'yes' }, 'JP', { employer: '1788', worker: '894', deferred: '265509' }],
    [
      '2020-08',
      { ...worker, turnover_fell: 'yes', employer_size: 'small', programmes: 'JKK,JKM,JHT,JP' },
      'JP',
      { employer: '178794', worker: '89397' },
    ],
    ['2021-02', { ...worker, turnover_fell: 'yes' }, 'JP', { employer: '178794', worker: '89397' }],
    ['2025-01', textile, 'JKK', { employer: '89000' }],
    ['2025-02', textile, 'JKK', { employer: '44500' }],
    ['2026-01', textile, 'JKK', { employer: '44500' }],
    ['2026-02', textile, 'JKK', { employer: '89000' }],
    ['2025-06', { ...textile, active_workers: '49' }, 'JKK', { employer: '89000' }],
    ['2025-06', { ...textile, industry: 'none' }, 'JKK', { employer: '89000' }],
    ['2025-06', { ...textile, arrears_cleared: 'no' }, 'JKK', { employer: '89000' }],
    ['2025-12', rider, 'JKK', { worker: '10000' }],
    ['2026-01', rider, 'JKK', { worker: '5000' }],
    ['2026-01', fisher, 'JKK', { worker: '10000' }],
    ['2026-03', fisher, 'JKM', { worker: '6800' }],
    ['2026-04', fisher, 'JKM', { worker: '3400' }],
    ['2026-12', fisher, 'JKK', { worker: '5000' }],
    ['2027-01', fisher, 'JKK', { worker: '10000' }],
    ['2027-03', rider, 'JKK', { worker: '5000' }],
    ['2027-04', rider, 'JKK', { worker: '10000' }],
    ['2026-04', { ...fisher, payer: 'APBN' }, 'JKK', { worker: '10000' }],
    ['2026-04', { ...fisher, payer: 'sponsor' }, 'JKK', { worker: '5000' }],
    ['2026-04', { ...fisher, self_employed_kind: 'employer' }, 'JKK', { worker: '10000' }],
    ['2026-04', { ...fisher, programmes: 'JKK,JKM,JHT' }, 'JHT', { worker: '20000' }],
  ] as const)('%s %j %s', (month, facts, programme, amounts) => {
    expect(billed(month, facts, programme)).toEqual(amounts)
  })
})

describe('job-loss insurance', () => {
  test.each([
    ['2021-01', worker, {}],
    ['2021-02', worker, { state: '11000', fromJKK: '7000', fromJKM: '5000' }],
    ['2025-02', worker, { state: '11000', fromJKK: '7000', fromJKM: '5000' }],
    ['2025-03', worker, { state: '11000', fromJKK: '7000' }],
    ['2025-03', { ...textile, risk_class: 'I' }, { state: '11000', fromJKK: '6000' }],
    ['2026-04', { ...worker, citizen: 'no' }, {}],
    ['2026-04', { ...worker, age: '53' }, { state: '11000', fromJKK: '7000' }],
    ['2026-04', { ...worker, age: '54' }, {}],
    ['2026-04', { ...worker, age: '54', joined: '2020-01-01' }, { state: '11000', fromJKK: '7000' }],
    ['2026-04', { ...worker, employer_size: 'micro' }, {}],
    ['2026-04', { ...worker, employer_size: 'small' }, { state: '11000', fromJKK: '7000' }],
    ['2026-04', { ...worker, employer_size: 'micro', programmes: 'JKK,JKM,JHT,JKP' }, { state: '11000', fromJKK: '7000' }],
    ['2026-04', { ...worker, employer_size: 'micro', programmes: 'JKK,JKM,JKP' }, {}],
    ['2026-04', { ...worker, programmes: 'JKK,JKM,JHT,JKP' }, {}],
    ['2020-12', { ...worker, programmes: 'JKK,JKP' }, { refused: 'no-source' }],
  ] as const)('%s %j', (month, facts, amounts) => {
    expect(billed(month, facts, 'JKP')).toEqual(amounts)
  })
})

describe('who is insured', () => {
  test.each([
    ['2026-04', { ...worker, age: '58' }, 'JP', { employer: '200000', worker: '100000' }],
    ['2026-04', { ...worker, age: '59' }, 'JP', {}],
    ['2024-12', { ...worker, born: '1966-12-02', joined: '2020-01-01' }, 'JP', { employer: '200000', worker: '100000' }],
    ['2025-01', { ...worker, born: '1966-12-02', joined: '2020-01-01' }, 'JP', { employer: '200000', worker: '100000' }],
    ['2026-04', { ...worker, citizen: 'no' }, 'JP', {}],
    ['2026-04', { ...worker, citizen: 'no' }, 'JHT', { employer: '370000', worker: '200000' }],
    ['2026-04', { ...worker, employer_kind: 'public' }, 'JKM', { employer: '30000' }],
    ['2026-04', { ...worker, employer_kind: 'public' }, 'JHT', {}],
    ['2023-10', { ...worker, employer_kind: 'public' }, 'JKK', { refused: 'no-compulsory-programmes' }],
    ['2023-11', { ...worker, employer_kind: 'public' }, 'JKK', { employer: '89000' }],
    ['2026-05', { ...fisher, age: '64' }, 'JKK', { worker: '5000' }],
    ['2026-05', { ...fisher, age: '65' }, 'JKK', { refused: 'no-compulsory-programmes' }],
    ['2026-05', { ...fisher, age: '70', joined: '2019-01-01' }, 'JKK', { worker: '5000' }],
    ['2026-05', { ...fisher, self_employed_kind: 'employer' }, 'JHT', { worker: '20000' }],
    ['2026-05', { ...fisher, programmes: 'JKK,JP' }, 'JKK', { refused: 'programme-not-in-segment' }],
  ] as const)('%s %j %s', (month, facts, programme, amounts) => {
    expect(billed(month, facts, programme)).toEqual(amounts)
  })
})

describe('as known on a day', () => {
  test.each([
    ['2025-08', textile, 'JKK', '2025-08-31', { employer: '89000' }],
    ['2025-08', textile, 'JKK', '2025-09-03', { employer: '89000' }],
    ['2025-08', textile, 'JKK', '2025-09-04', { employer: '44500' }],
    ['2025-08', textile, 'JKK', undefined, { employer: '44500' }],
    ['2025-02', textile, 'JKK', '2025-02-06', { employer: '89000' }],
    ['2026-01', rider, 'JKK', '2025-12-21', { worker: '10000' }],
    ['2026-01', rider, 'JKK', '2025-12-22', { worker: '5000' }],
    ['2020-08', worker, 'JKK', '2020-08-31', { employer: '89000' }],
    ['2025-03', worker, 'JKP', '2025-02-06', { state: '11000', fromJKK: '7000', fromJKM: '5000' }],
  ] as const)('%s %j %s as published by %s', (month, facts, programme, by, amounts) => {
    expect(billed(month, facts, programme, by)).toEqual(amounts)
  })

  test('nothing is known before the regulations were promulgated', () => {
    expect(billed('2015-07', worker, 'JKK', '2015-06-29')).toEqual({ refused: 'no-compulsory-programmes' })
  })
})

test('the first month is July 2015', () => {
  const before = monthLaw(law, '2015-06' as Month)
  expect(before.ok ? undefined : before.refusal.code).toBe('before-the-law')
  expect(billed('2015-07', worker, 'JP')).toEqual({ employer: '140000', worker: '70000' })
})
