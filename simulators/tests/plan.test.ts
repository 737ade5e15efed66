// The plan of a nation: exact to its counts at any scale, spread by residence, and never in a way that the history could not live.
import path from 'node:path'
import { readRegionFiles } from '@payung/core/registry'
import { loadPack, packFolder } from '@payung/law'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { apportion, fitTable } from '../src/nation/apportion.ts'
import { planNation } from '../src/nation/plan/plan-nation.ts'
import { prepayThrough } from '../src/nation/plan/prepay.ts'
import { type District, placeResidents } from '../src/nation/plan/residence.ts'
import { activeParts, countsAt, type Profile, readProfile } from '../src/nation/profile.ts'

let profile: Profile
let provinces: { code: string; name: string }[]
let districts: District[]

beforeAll(async () => {
  const pack = await loadPack(packFolder('indonesia'))
  const regions = await readRegionFiles(pack)
  profile = readProfile(path.resolve(pack.folder))
  provinces = regions.provinces.rows.map(({ cells }) => ({ code: cells.code ?? '', name: cells.name ?? '' }))
  districts = regions.districts.rows.map(({ cells }) => ({
    code: cells.code ?? '',
    name: cells.name ?? '',
    province: cells.province_code ?? '',
    city: cells.kind === 'kota',
    eligible: Number(cells.population) * 0.000344,
  }))
})

const plan = (scale: number, seed: number) => planNation({ profile, provinces, districts, scale, history: 24, seed })

test('whole parts sum to the whole and are never more than one away from their share', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100_000 }),
      fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 40 }),
      (whole, weights) => {
        const parts = apportion(whole, weights)
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole)
        for (const [index, part] of parts.entries())
          if (total > 0) expect(Math.abs(part - (whole * (weights[index] ?? 0)) / total)).toBeLessThan(1)
      },
    ),
  )
})

test('a table is fitted to its rows and columns', () => {
  const table = fitTable(
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    [60, 40],
    [30, 30, 40],
  )
  expect(table.map((row) => row.reduce((sum, cell) => sum + cell, 0)).map((sum) => Math.round(sum * 1000) / 1000)).toEqual([60, 40])
})

test('payments made ahead fill every month once, each in its first month', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }), fc.constantFrom(1, 3, 6, 12), (from, length, period) => {
      const months = prepayThrough(from, from + length, period).flatMap(({ at, from: begin, months: count }) => {
        expect(at).toBe(begin)
        return Array.from({ length: count }, (_, ahead) => begin + ahead)
      })
      expect(months).toEqual(Array.from({ length: length + 1 }, (_, ahead) => from + ahead))
    }),
  )
})

describe('the nation of one in a thousand', () => {
  test('has the published counts', () => {
    const { counts, active, registered } = plan(1000, 1)
    expect(active).toBe(40_200)
    expect(registered).toBe(59_000)
    expect(counts['wage-private'] + counts['wage-public']).toBe(25_000)
    expect(counts.self + counts.sponsored).toBe(7_100)
    expect([counts['wage-public'], counts.sponsored, counts.project, counts.migrant]).toEqual([4_300, 1_800, 7_600, 500])
  })

  test('gives nobody the national number of another, and only numbers that nobody bears', () => {
    const { persons: all, exceptions } = plan(1000, 2).plan
    // A second registration of somebody comes without his number.
    const persons = all.filter(({ nationalNumber }) => nationalNumber !== '')
    expect(all.length - persons.length).toBe(exceptions.filter(({ kind }) => kind === 'duplicate').length)
    expect(new Set(persons.map(({ nationalNumber }) => nationalNumber)).size).toBe(persons.length)
    for (const { nationalNumber } of persons) expect(nationalNumber).toMatch(/^\d{12}9\d{3}$/)
  })

  test('keeps the published coverage of a province', () => {
    const counts = countsAt(profile.nation, 1000, apportion)
    const residence = placeResidents(profile.nation, districts, counts, 3)
    const active = activeParts.flatMap((part) => residence[part])
    for (const [code, { rate }] of Object.entries(profile.nation.coverage.published)) {
      const inside = districts.filter(({ province }) => province === code)
      const eligible = inside.reduce((sum, district) => sum + district.eligible, 0)
      const covered = active.filter((region) => region.startsWith(`${code}.`)).length
      // Each of six parts is rounded in each district by itself.
      expect(Math.abs(covered - rate * eligible), `province ${code}`).toBeLessThan(inside.length * 3)
      expect(covered / eligible).toBeCloseTo(rate, 1)
    }
  })
})

test('the same seed plans the same nation, another seed another', () => {
  const told = (seed: number): string => JSON.stringify(plan(20_000, seed))
  expect(told(7)).toBe(told(7))
  expect(told(8)).not.toBe(told(7))
})

test('any seed and scale make a plan that can be lived', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom(5_000, 20_000, 100_000), (seed, scale) => {
      const { plan: nation } = plan(scale, seed)
      for (const { from, to, organisation } of nation.memberships) {
        expect(from).toBeGreaterThanOrEqual(0)
        expect(from).toBeLessThan(nation.months)
        if (to !== null) expect(to).toBeGreaterThanOrEqual(from)
        if (organisation !== null) expect(nation.organisations[organisation]?.month).toBeLessThanOrEqual(from)
      }
      for (const { from } of nation.contracts) expect(from).toBeLessThan(nation.months)
      // Others need somebody whom not every small nation has, such as a migrant who can stay longer.
      const planned = new Set<string>(nation.exceptions.map(({ kind }) => kind))
      expect(['member', 'wrong-payer', 'parts', 'returned', 'waiting', 'waiver'].filter((kind) => !planned.has(kind))).toEqual([])
    }),
    { numRuns: 8 },
  )
})
