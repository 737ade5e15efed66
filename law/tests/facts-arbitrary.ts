// Random memberships of the pack for properties: every declared choice can come up.
import { addDays, type Day, firstDay, type Month, monthFromNumber } from '@payung/values'
import fc from 'fast-check'
import type { Facts, Pack } from '../src/index.ts'

/** Any month from the first of the pack to the end of 2027. */
export const anyMonth = (): fc.Arbitrary<Month> => fc.integer({ min: 2015 * 12 + 6, max: 2027 * 12 + 11 }).map(monthFromNumber)

const anyDay = (from: Day, days: number): fc.Arbitrary<Day> => fc.integer({ min: 0, max: days }).map((more) => addDays(from, more))

/** Amounts near the borders of bands and ceilings as often as anywhere. */
export const anyBase = (): fc.Arbitrary<bigint> => fc.oneof(fc.bigInt({ min: 0n, max: 40_000_000n }), fc.integer({ min: 0, max: 202 }).map((step) => BigInt(step) * 100_000n), fc.integer({ min: 1, max: 202 }).map((step) => BigInt(step) * 100_000n - 1n))

/** A membership of a monthly segment in a month: base, choices, birth, day of joining and programmes. */
export function anyFacts(pack: Pack, month: Month): fc.Arbitrary<Facts> {
  const choices = Object.fromEntries(pack.facts.flatMap((fact) => {
    if (fact.derived) return []
    if (fact.type === 'choice') return [[fact.code, fc.constantFrom(...(fact.choices ?? []))] as const]
    if (fact.type === 'flag') return [[fact.code, fc.constantFrom('yes', 'no')] as const]
    return fact.code === 'active_workers' ? [[fact.code, fc.integer({ min: 0, max: 120 }).map(String)] as const] : []
  }))
  return fc.record({ segment: fc.constantFrom(...pack.segments.filter(({ assessed }) => assessed === 'monthly')), base: anyBase(), born: anyDay('1940-01-01' as Day, 25_000), joinedBefore: fc.integer({ min: -28, max: 6000 }), ...choices }).chain(({ segment, base, born, joinedBefore, ...given }) =>
    fc.subarray([...segment.programmes], { minLength: 1 }).map((programmes) => ({ ...given, segment: segment.code, [segment.base[0] ?? '']: String(base), born: born < firstDay(month) ? born : '1990-01-01', joined: addDays(firstDay(month), -joinedBefore), programmes: programmes.join(',') })))
}
