// The engine on an invented country: nothing in it depends on one nation's programmes or currency; and how a correction is known.
import { type Day, formatMoney, type Month, money } from '@payung/values'
import { describe, expect, test } from 'vitest'
import { assess, classRanges, digestOf, type Entry, fineOf, lawOf, loadPack, monthLaw, type Pack, profileOf } from '../src/index.ts'

const pack = await loadPack('test-pack')

function billed(of: Pack, month: string, facts: Record<string, string>, by?: string): string | undefined {
  const law = by === undefined ? lawOf(of) : lawOf(of).asPublishedBy(by as Day)
  const ofMonth = monthLaw(law, month as Month)
  const result = ofMonth.ok ? assess(ofMonth.value, law, facts) : ofMonth
  return result.ok ? formatMoney(money(result.value.totals.billed, of.currency), 'en') : result.refusal.code
}

test.each([
  ['2025-12', { segment: 'employee', pay: '100000' }, 'XTS 23.00'],
  ['2025-12', { segment: 'employee', pay: '100000', night_work: 'yes' }, 'XTS 28.00'],
  ['2025-12', { segment: 'employee', pay: '100000', age: '65' }, 'XTS 17.50'],
  ['2026-01', { segment: 'employee', pay: '100000' }, 'XTS 25.50'],
  ['2026-01', { segment: 'solo', earnings: '33333' }, 'XTS 6.67'],
  ['2019-12', { segment: 'solo', earnings: '33333' }, 'before-the-law'],
  ['2026-01', { segment: 'solo', earnings: '33333', programmes: 'LIFE' }, 'programme-not-in-segment'],
  ['2026-01', { segment: 'solo' }, 'missing-fact'],
  ['2026-01', { segment: 'solo', earnings: '1', moon: 'full' }, 'unknown-fact'],
])('%s %j is %s', (month, facts, expected) => {
  expect(billed(pack, month, facts)?.replace('\u00a0', ' ')).toBe(expected)
})

describe('a correction', () => {
  const wrong = pack.entries.find(({ parameter, from }) => parameter === 'care-rate' && from === '2026-01-01')
  if (!wrong) throw new Error('the test pack has no rate of 2026')
  const { digest, ...rest } = wrong
  const fixed: Omit<Entry, 'digest'> = {
    ...rest,
    value: { employee: '1.6%', solo: '2%', night_work: '0.5%' },
    corrects: digest,
    entered: '2026-05-10' as Day,
  }
  const corrected: Pack = { ...pack, entries: [...pack.entries, { ...fixed, digest: digestOf(fixed) }] }
  const facts = { segment: 'employee', pay: '100000', programmes: 'CARE' }

  test.each([
    ['as known today', undefined, 'XTS 16.00'],
    ['on the day it was entered', '2026-05-10', 'XTS 16.00'],
    ['the day before', '2026-05-09', 'XTS 15.00'],
    ['before the act', '2025-11-19', 'XTS 12.50'],
  ])('%s', (_, by, expected) => {
    expect(billed(corrected, '2026-03', facts, by)?.replace('\u00a0', ' ')).toBe(expected)
  })
})

test('an age limit becomes a range of birth days', () => {
  const law = lawOf(pack)
  const month = monthLaw(law, '2026-01' as Month)
  if (!month.ok) throw new Error(month.refusal.rule)
  const { profile, key } = profileOf(pack, law.on('2026-01-01' as Day), { segment: 'employee', born: '1990-01-01' })
  expect(key).toBe('night_work=no;payer=firm;programmes=CARE,LIFE;segment=employee')
  expect(
    classRanges(month.value, profile).map(({ bornFrom, bornUntil, lines }) => [
      bornFrom,
      bornUntil,
      ...lines.map(({ programme, fixed }) => `${programme} ${fixed}`),
    ]),
  ).toEqual([
    ['1000-01-01', '1961-01-02', 'CARE 0', 'LIFE 500'],
    ['1961-01-02', '9999-12-31', 'CARE 0', 'LIFE 1050'],
  ])
})

test.each([
  // due          paid          months begun
  ['2026-01-31', '2026-01-31', 0],
  ['2026-01-31', '2026-02-01', 1],
  ['2026-01-31', '2026-02-28', 1],
  ['2026-01-31', '2026-03-01', 2],
  ['2026-01-31', '2026-03-31', 2],
  ['2026-01-15', '2026-02-15', 1],
  ['2026-01-15', '2026-02-16', 2],
  ['2026-01-15', '2027-01-15', 12],
])('due %s, paid %s: %i months begun', (due, paid, months) => {
  const fine = fineOf(lawOf(pack), '2025-12' as Month, { segment: 'employee', amount: 10_000n, due: due as Day, paid: paid as Day })
  expect(fine.ok && fine.value.amount).toBe(BigInt(months) * 100n)
})
