// What holds for every membership in every month: parts and wholes, the compiled tariff, bands and splits.
import { addDays, type Day, firstDay, isDay, type Month, monthFromNumber, roundRatio } from '@payung/values'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Assessment,
  assess,
  type ClassRange,
  classRanges,
  type Facts,
  lawOf,
  loadPack,
  monthLaw,
  type Pack,
  payerKindsOf,
  profileOf,
} from '../src/index.ts'

/** Any month from the first of the pack to the end of 2027. */
const anyMonth = (): fc.Arbitrary<Month> => fc.integer({ min: 2015 * 12 + 6, max: 2027 * 12 + 11 }).map(monthFromNumber)

const anyDay = (from: Day, days: number): fc.Arbitrary<Day> => fc.integer({ min: 0, max: days }).map((more) => addDays(from, more))

/** Amounts near the borders of bands and ceilings as often as anywhere. */
const anyBase = (): fc.Arbitrary<bigint> =>
  fc.oneof(
    fc.bigInt({ min: 0n, max: 40_000_000n }),
    fc.integer({ min: 0, max: 202 }).map((step) => BigInt(step) * 100_000n),
    fc.integer({ min: 1, max: 202 }).map((step) => BigInt(step) * 100_000n - 1n),
  )

/** A membership of a monthly segment in a month: base, choices, birth, day of joining and programmes. */
function anyFacts(pack: Pack, month: Month): fc.Arbitrary<Facts> {
  const choices = Object.fromEntries(
    pack.facts.flatMap((fact) => {
      if (fact.derived || fact.code === 'payer') return []
      if (fact.type === 'choice') return [[fact.code, fc.constantFrom(...(fact.choices ?? []))] as const]
      if (fact.type === 'flag') return [[fact.code, fc.constantFrom('yes', 'no')] as const]
      return fact.code === 'active_workers' ? [[fact.code, fc.integer({ min: 0, max: 120 }).map(String)] as const] : []
    }),
  )
  return fc
    .record({
      segment: fc.constantFrom(...pack.segments.filter(({ assessed }) => assessed === 'monthly')),
      base: anyBase(),
      born: anyDay('1940-01-01' as Day, 25_000),
      joinedBefore: fc.integer({ min: -28, max: 6000 }),
      ...choices,
    })
    .chain(({ segment, base, born, joinedBefore, ...given }) =>
      fc
        .record({
          programmes: fc.subarray([...segment.programmes], { minLength: 1 }),
          payer: fc.constantFrom(...payerKindsOf(lawOf(pack).on(firstDay(month)), segment.code)),
        })
        .map(({ programmes, payer }) => {
          const birth = born < firstDay(month) ? born : ('1990-01-01' as Day)
          const joined = addDays(firstDay(month), Math.min(-joinedBefore, 27))
          return {
            ...given,
            payer,
            segment: segment.code,
            [segment.base[0] ?? '']: String(base),
            born: birth,
            joined: joined < birth ? birth : joined,
            programmes: programmes.join(','),
          }
        }),
    )
}

const pack = await loadPack('indonesia')
const law = lawOf(pack)
const monthAndFacts = anyMonth().chain((month) => anyFacts(pack, month).map((facts) => ({ month, facts })))

function lawOfMonth(month: Parameters<typeof monthLaw>[1]) {
  const result = monthLaw(law, month)
  if (!result.ok) throw new Error(result.refusal.rule)
  return result.value
}

/** The class range as SQL would apply it, written out again in the plainest way. */
function byTariff(range: ClassRange, base: bigint): Record<string, bigint> {
  const sums: Record<string, bigint> = {}
  for (const line of range.lines) {
    if (base < line.bandFrom || (line.bandTo !== null && base >= line.bandTo)) continue
    let counted = line.nominal ?? base
    if (line.floor !== null && counted < line.floor) counted = line.floor
    if (line.ceiling !== null && counted > line.ceiling) counted = line.ceiling
    const key = `${line.programme} ${line.kind} ${line.from ?? ''}`
    sums[key] = (sums[key] ?? 0n) + roundRatio(counted * line.rate, 1_000_000n, line.rounding.mode, line.rounding.unit) + line.fixed
  }
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0n))
}

function byAssessment({ programmes }: Assessment): Record<string, bigint> {
  const sums = Object.entries(programmes).flatMap(([code, part]): [string, bigint][] => [
    [`${code} employer `, part.employer],
    [`${code} worker `, part.worker],
    [`${code} state `, part.state],
    [`${code} deferred `, part.deferred],
    ...Object.entries(part.taken).map(([from, amount]): [string, bigint] => [`${code} split ${from}`, amount]),
  ])
  return Object.fromEntries(sums.filter(([, amount]) => amount !== 0n))
}

const rangeOf = (ranges: readonly ClassRange[], facts: Facts): ClassRange[] =>
  ranges.filter(({ bornFrom, bornUntil }) => bornFrom <= (facts.born ?? '') && (facts.born ?? '') < bornUntil)

test('the compiled class range and the assessment are the same amounts', () => {
  let compared = 0
  fc.assert(
    fc.property(monthAndFacts, ({ month, facts }) => {
      const compiled = lawOfMonth(month)
      const { profile } = profileOf(pack, law.on(firstDay(month)), facts)
      const found = rangeOf(classRanges(compiled, profile), facts)
      expect(found).toHaveLength(1)
      const result = assess(compiled, law, facts)
      if (!result.ok) {
        if (result.refusal.code === 'not-insurable') expect(found[0]?.lines).toEqual([])
        else expect(['no-source', 'programme-not-in-segment']).toContain(result.refusal.code)
        return
      }
      compared += 1
      const base = BigInt(facts[facts.segment === 'PU' ? 'wage' : 'income'] ?? '')
      expect(byAssessment(result.value)).toEqual(found[0] && byTariff(found[0], base))
    }),
    { numRuns: 1500 },
  )
  expect(compared).toBeGreaterThan(500)
})

test('class ranges follow each other without gap or overlap', () => {
  fc.assert(
    fc.property(monthAndFacts, ({ month, facts }) => {
      const ranges = classRanges(lawOfMonth(month), profileOf(pack, law.on(firstDay(month)), facts).profile)
      ranges.forEach((range, index) => {
        expect(isDay(range.bornFrom) && range.bornFrom < range.bornUntil).toBe(true)
        if (index > 0) expect(range.bornFrom).toBe(ranges[index - 1]?.bornUntil)
      })
    }),
    { numRuns: 200 },
  )
})

test('billed is the employer’s and the worker’s part, and a split never exceeds what is there', () => {
  fc.assert(
    fc.property(monthAndFacts, ({ month, facts }) => {
      const result = assess(lawOfMonth(month), law, facts)
      fc.pre(result.ok)
      const { programmes, totals } = result.value
      const parts = Object.values(programmes)
      expect(totals.billed).toBe(parts.reduce((sum, { employer, worker }) => sum + employer + worker, 0n))
      for (const { taken } of parts)
        for (const [from, amount] of Object.entries(taken)) expect(amount <= (programmes[from]?.employer ?? 0n)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('who earns more never pays less', () => {
  fc.assert(
    fc.property(monthAndFacts, anyBase(), ({ month, facts }, more) => {
      const code = facts.segment === 'PU' ? 'wage' : 'income'
      const lower = assess(lawOfMonth(month), law, facts)
      const higher = assess(lawOfMonth(month), law, { ...facts, [code]: String(BigInt(facts[code] ?? '') + more) })
      fc.pre(lower.ok && higher.ok)
      expect(higher.value.totals.billed >= lower.value.totals.billed).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('a profile has one key, whatever the order of its facts, and counts stand as buckets', () => {
  fc.assert(
    fc.property(monthAndFacts, ({ month, facts }) => {
      const view = law.on(firstDay(month))
      const { profile, key } = profileOf(pack, view, facts)
      expect(profileOf(pack, view, Object.fromEntries(Object.entries(facts).reverse())).key).toBe(key)
      expect(['0', '50']).toContain(profile.active_workers)
      expect(['0', '54', '65']).toContain(profile.age_joined)
    }),
    { numRuns: 200 },
  )
})
