// Every published case of the pack, once through the engine and once through the command.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addMonths, type Day, decimals, exact, type Month, type Result, truncated } from '@payung/values'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { lawCommand } from '../src/command/index.ts'
import {
  type Assessment,
  assess,
  type Facts,
  fineOf,
  lawOf,
  loadPack,
  millionths,
  monthLaw,
  packFolder,
  savingsFromStart,
} from '../src/index.ts'

type Amounts = Partial<Record<'base' | 'employer' | 'worker' | 'state' | 'deferred', number>>
type Case = {
  id: string
  source: string
  note?: string
  month: Month
  /** The law as it was known on a day; absent: as known now. */
  known?: Day
  facts?: Record<string, string | number>
  programmes?: Record<string, Amounts>
  totals?: Record<'employer' | 'worker' | 'billed', number>
  booked?: Record<string, number>
  not?: Record<string, Amounts>
  absent?: string[]
  due?: string | null
  refused?: { code: string; flag: string }
  times?: number
  sum?: number
  parameter?: string
  on?: string
  value?: unknown
  savings?: { amount: number; months: number; rate: string; balance: number; balances?: Record<string, string> }
  fine?: { segment: string; amount: number; due: Day; paid: Day }
}

const pack = await loadPack('indonesia')
const law = lawOf(pack)
const folder = join(packFolder('indonesia'), 'cases')
const cases = readdirSync(folder)
  .sort()
  .flatMap((file) => parse(readFileSync(join(folder, file), 'utf8')) as Case[])
const factsOf = (given: Case['facts']): Facts =>
  Object.fromEntries(Object.entries(given ?? {}).map(([code, value]) => [code, String(value)]))

async function run(argv: string[]): Promise<{ code: number; json: Record<string, never> }> {
  const lines: string[] = []
  const code = await lawCommand([...argv, '--json'], {
    out: (text) => {
      lines.push(text)
    },
    err: (text) => {
      lines.push(text)
    },
  })
  return { code, json: JSON.parse(lines.join('\n')) }
}

const flagsOf = (facts: Facts): string[] =>
  Object.entries(facts).flatMap(([code, value]) => [
    `--${code === 'segment' ? 'segment' : (pack.facts.find((fact) => fact.code === code)?.flag ?? code)}`,
    value,
  ])

const knownBy = ({ known }: Case): string[] => (known === undefined ? [] : ['--published-by', known])

function assessed(one: Case): Result<Assessment> {
  const view = one.known === undefined ? law : law.asPublishedBy(one.known)
  const month = monthLaw(view, one.month)
  return month.ok ? assess(month.value, view, factsOf(one.facts)) : month
}

/** What remains booked to each programme once job-loss insurance has taken its part. */
function booked({ programmes }: Assessment, code: string): bigint {
  const own = programmes[code]
  const given = Object.values(programmes).reduce((sum, part) => sum + (part.taken[code] ?? 0n), 0n)
  const got = Object.values(own?.taken ?? {}).reduce((sum, part) => sum + part, 0n)
  return (own?.employer ?? 0n) + (own?.worker ?? 0n) + (own?.state ?? 0n) + got - given
}

function expectAmounts(result: Assessment, one: Case): void {
  for (const [code, amounts] of Object.entries(one.programmes ?? {})) {
    for (const [share, amount] of Object.entries(amounts))
      expect(result.programmes[code]?.[share as keyof Amounts], `${code} ${share}`).toBe(BigInt(amount))
  }
  for (const [share, amount] of Object.entries(one.totals ?? {})) expect(result.totals[share as 'employer'], share).toBe(BigInt(amount))
  for (const [code, amount] of Object.entries(one.booked ?? {})) expect(booked(result, code), code).toBe(BigInt(amount))
  for (const [code, amounts] of Object.entries(one.not ?? {}))
    for (const [share, amount] of Object.entries(amounts))
      expect(result.programmes[code]?.[share as keyof Amounts]).not.toBe(BigInt(amount))
  for (const code of one.absent ?? []) expect(Object.keys(result.programmes)).not.toContain(code)
  if (one.due !== undefined) expect(result.due).toBe(one.due)
  if (one.times !== undefined) expect(result.totals.billed * BigInt(one.times)).toBe(BigInt(one.sum ?? -1))
}

test('every case names its source and has its own id', () => {
  expect(cases.filter(({ source }) => !source)).toEqual([])
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
  expect(cases.length).toBeGreaterThan(50)
})

describe('published assessments', () => {
  test.each(cases.filter(({ facts, refused }) => facts && !refused).map((one) => [one.id, one] as const))('%s', async (_, one) => {
    const result = assessed(one)
    if (!result.ok) throw new Error(result.refusal.rule)
    expectAmounts(result.value, one)
    const { code, json } = await run(['contribution', '--month', one.month, ...knownBy(one), ...flagsOf(factsOf(one.facts))])
    expect(code).toBe(0)
    const { programmes, totals, due } = json as unknown as {
      programmes: Record<string, Record<string, string>>
      totals: Record<string, string>
      due: string | null
    }
    for (const [name, amounts] of Object.entries(one.programmes ?? {}))
      for (const [share, amount] of Object.entries(amounts)) expect(programmes[name]?.[share]).toBe(String(amount))
    if (one.totals) expect(totals).toEqual(Object.fromEntries(Object.entries(one.totals).map(([share, amount]) => [share, String(amount)])))
    if (one.due !== undefined) expect(due).toBe(one.due)
  })
})

describe('published refusals', () => {
  test.each(cases.filter(({ refused }) => refused).map((one) => [one.id, one] as const))('%s', async (_, one) => {
    const result = assessed(one)
    expect(result.ok ? undefined : result.refusal.code).toBe(one.refused?.code)
    const { code, json } = await run(['contribution', '--month', one.month, ...flagsOf(factsOf(one.facts))])
    expect(code).toBe(2)
    expect(json.refusal).toMatchObject({ code: one.refused?.code, data: { flag: one.refused?.flag } })
  })
})

describe('published values', () => {
  test.each(cases.filter(({ parameter }) => parameter).map((one) => [one.id, one] as const))('%s', async (_, one) => {
    const { code, json } = await run(['parameter', one.parameter ?? '', '--on', one.on ?? ''])
    expect(code).toBe(0)
    expect(json).toMatchObject({ value: one.value, status: expect.any(String), source: expect.stringMatching(/^https?:/) })
  })
})

describe('fines', () => {
  test.each(cases.flatMap((one) => (one.fine ? [[one.id, one, one.fine] as const] : [])))('%s', (_, one, late) => {
    const fine = fineOf(law, one.month, { ...late, amount: BigInt(late.amount) })
    expect(fine.ok && fine.value.amount).toBe(BigInt(one.sum ?? -1))
  })
})

describe('savings', () => {
  test.each(cases.flatMap((one) => (one.savings ? [[one.id, one, one.savings] as const] : [])))('%s', (_, one, saved) => {
    const entries = Array.from({ length: saved.months }, (_, index) => ({
      month: addMonths(one.month, index),
      amount: exact(BigInt(saved.amount)),
    }))
    const balanceAt = (month: Month) => savingsFromStart(entries, () => millionths(saved.rate) ?? null, { last: month, credited: month })
    expect(truncated(balanceAt(addMonths(one.month, saved.months - 1)))).toBe(BigInt(saved.balance))
    for (const [year, balance] of Object.entries(saved.balances ?? {}))
      expect(decimals(balanceAt(`${year}-12` as Month), 2), year).toBe(balance)
  })
})
