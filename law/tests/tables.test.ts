// The parameters against the tables and chains they come from.
import { addDays, type Day, type Month } from '@payung/values'
import { expect, test } from 'vitest'
import { assess, classRanges, lawOf, listAt, loadPack, monthLaw, profileOf, textAt } from '../src/index.ts'

const pack = await loadPack('indonesia')
const law = lawOf(pack)
const series = (name: string) => law.on('2026-12-31' as Day).series(name)

test('each pension ceiling follows from the one before by the growth of the economy, rounded down to a hundred', () => {
  const ceilings = series('pension-wage-ceiling')
  const growth = new Map(series('pension-wage-ceiling-growth').map((entry) => [entry.from, textAt(entry)]))
  expect(ceilings).toHaveLength(12)
  ceilings.slice(1).forEach((entry, index) => {
    const basisPoints = Math.round(Number((growth.get(entry.from) ?? '').replace('%', '')) * 100)
    const raw = (BigInt(Number(ceilings[index]?.value)) * BigInt(10_000 + basisPoints)) / 10_000n
    expect(BigInt(Number(entry.value)), entry.from).toBe(raw - (raw % 100n))
  })
  expect(ceilings.map(({ from, value }) => [from, String(value)])).toEqual(
    (pack.tables.jp_ceiling ?? []).map(({ from, ceiling }) => [from, ceiling]),
  )
})

test('the 33 bands bill what the annexes print, at both ends of each band', () => {
  const rows = pack.tables.bpu_brackets ?? []
  expect(rows).toHaveLength(33)
  const month = monthLaw(law, '2025-10' as Month)
  if (!month.ok) throw new Error(month.refusal.rule)
  for (const row of rows) {
    for (const income of [row.income_from, row.income_to || '99000000']) {
      const result = assess(month.value, law, { segment: 'BPU', income: income ?? '', programmes: 'JKK,JKM,JHT' })
      const shown = result.ok ? Object.values(result.value.programmes).map(({ worker }) => String(worker)) : []
      expect(shown, income).toEqual([row.jkk, row.jkm, row.jht])
    }
  }
})

test('191 business types, 23 + 25 + 96 + 23 + 24, in the order of the annex', () => {
  const [entry] = series('risk-groups')
  const types = entry ? listAt(entry).map((row) => row as { group: string; number: number; id: string }) : []
  const count = (group: string) => types.filter((type) => type.group === group).length
  expect(['I', 'II', 'III', 'IV', 'V'].map(count)).toEqual([23, 25, 96, 23, 24])
  expect(types.map(({ group, number, id }) => `${group}.${number} ${id}`)).toEqual(
    (pack.tables.risk_groups ?? []).map((row) => `${row.group}.${row.number} ${row.business_type_id}`),
  )
})

test('holidays and minimum wages equal their tables', () => {
  const holidays = series('public-holidays')
    .flatMap((entry) => listAt(entry))
    .map((row) => row as { date: string; name: string })
  expect(holidays.map(({ date, name }) => `${date} ${name}`)).toEqual((pack.tables.holidays ?? []).map((row) => `${row.date} ${row.name}`))
  const wages = series('provincial-minimum-wage').find(({ from }) => from === '2026-01-01')?.value as Record<string, { amount: number }>
  expect(Object.fromEntries(Object.entries(wages).map(([code, { amount }]) => [code, String(amount)]))).toEqual(
    Object.fromEntries((pack.tables.minimum_wages ?? []).map((row) => [row.province_code, row.ump_2026])),
  )
})

test('every province has a tile, every district its province, and the population is the official total', () => {
  const provinces = pack.tables.provinces ?? []
  const codes = provinces.map(({ code }) => code)
  expect(codes).toHaveLength(38)
  expect(pack.tables.province_tiles?.map(({ province_code }) => province_code)).toEqual(codes)
  expect(pack.tables.districts).toHaveLength(514)
  expect(pack.tables.districts?.filter(({ province_code }) => !codes.includes(province_code))).toEqual([])
  expect(provinces.reduce((sum, { population }) => sum + Number(population), 0)).toBe(284_973_643)
})

test('the pension of a class ends with the birthday that completes the age on the first of the month', () => {
  const month = monthLaw(law, '2026-04' as Month)
  if (!month.ok) throw new Error(month.refusal.rule)
  const { profile } = profileOf(pack, law.on('2026-04-01' as Day), {
    segment: 'PU',
    born: '1980-05-05',
    joined: '2020-01-01',
    programmes: 'JKK,JKM,JHT,JP,JKP',
  })
  const ranges = classRanges(month.value, profile).map(({ bornFrom, bornUntil, programmes }) => [bornFrom, bornUntil, programmes.join(',')])
  expect(ranges).toEqual([
    ['1000-01-01', addDays('1967-04-01' as Day, 1), 'JKK,JKM,JHT,JKP'],
    ['1967-04-02', '9999-12-31', 'JKK,JKM,JHT,JP,JKP'],
  ])
})
