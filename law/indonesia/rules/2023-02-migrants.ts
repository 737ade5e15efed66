// Migrant workers: Permenaker 4/2023 art 18, from 22 February 2023. One amount for the contract, which no source splits by programme.
import { type Month, type Result, refuse } from '@payung/values'
import { amountAt, valueAt } from '../../src/entry-value.ts'
import { sourceOf, stepFrom, warning } from '../../src/trace.ts'
import type { Assessment, Entry, Facts, LawView, ProgrammeAmount, TraceStep } from '../../src/types.ts'
import { amountOf, contractAssessment, noSource } from './contract.ts'

const undivided = 'JKK+JKM'

/** The amount for the months abroad: the nearest tariff below and the further months; null below the shortest. */
function forMonths(tariff: Entry, months: number): { amount: bigint; text: string; between: boolean } | null {
  const table = valueAt(tariff, 'months')
  const steps = Object.keys(typeof table === 'object' && table !== null ? table : {})
    .map(Number)
    .sort((a, b) => a - b)
  const step = steps.findLast((length) => length <= months)
  if (step === undefined) return null
  const amount = amountAt(tariff, 'months', String(step))
  const further = BigInt(months - step) * amountAt(tariff, 'further_month')
  return {
    amount: amount + further,
    between: months !== step && step !== steps.at(-1),
    text: `${undivided}: ${amount} for ${step} months${further > 0n ? ` + ${amountAt(tariff, 'further_month')} for each of ${months - step} further months` : ''}`,
  }
}

/** The article names lengths and an amount for further months; that it holds between two lengths, and not only beyond the last, is our reading. */
const inBetween = (tariff: Entry, months: number): TraceStep =>
  warning(`No source says what ${months} months cost, between two lengths of the tariff: further months were added to the shorter one.`, {
    ...sourceOf(tariff),
    programme: undivided,
    status: 'unverified',
  })

/** Chosen savings, for every month of the contract; absent when none are chosen. */
function savingsPart(
  view: LawView,
  month: Month,
  facts: Facts,
  months: number,
): Result<Assessment> | { amount: ProgrammeAmount; step: TraceStep } | undefined {
  if (facts.savings === undefined) {
    if (!facts.programmes?.split(',').includes('JHT')) return undefined
    return refuse({
      code: 'missing-fact',
      rule: 'The amount of a migrant’s savings is free within limits.',
      data: { flag: '--savings', segment: 'PMI' },
      next: 'Give --savings, the amount for a month.',
    })
  }
  const limits = view.entryForMonth('migrant-savings', month)
  if (!limits) return noSource(view, 'migrant-savings', month)
  const each = BigInt(facts.savings)
  const [lowest, highest] = [amountAt(limits, 'lowest'), amountAt(limits, 'highest')]
  if (each < lowest || each > highest)
    return refuse({
      code: 'wrong-fact',
      rule: `A migrant saves from ${lowest} to ${highest} a month.`,
      data: { flag: '--savings', given: facts.savings },
      next: 'Choose an amount within the limits.',
    })
  const total = each * BigInt(months)
  return {
    amount: amountOf(each, 'worker', total),
    step: stepFrom(limits, `JHT: ${each} for each of ${months} months = ${total}`, {
      programme: 'JHT',
      amount: total.toString(),
      share: 'worker',
      base: each.toString(),
    }),
  }
}

export function assessMigrant(view: LawView, facts: Facts, month: Month): Result<Assessment> {
  if (facts.months === undefined)
    return refuse({
      code: 'missing-fact',
      rule: 'A migrant’s contribution is an amount for the months of the contract.',
      data: { flag: '--months', segment: 'PMI' },
      next: 'Give --months.',
    })
  const wrong = facts.programmes?.split(',').find((code) => !['JKK', 'JKM', 'JHT'].includes(code))
  if (wrong !== undefined)
    return refuse({
      code: 'programme-not-in-segment',
      rule: `${wrong} cannot be had by migrants.`,
      data: { flag: '--programmes', programme: wrong },
      next: 'Choose among JKK, JKM, JHT.',
    })
  const tariff = view.entryForMonth('migrant-tariff', month)
  if (!tariff) return noSource(view, 'migrant-tariff', month)
  const months = Number(facts.months)
  const abroad = forMonths(tariff, months)
  if (!abroad)
    return refuse({
      code: 'contract-too-short',
      rule: 'The shortest tariff for migrants is six months (Permenaker 4/2023 art 18).',
      data: { flag: '--months', given: facts.months },
      next: 'Ask the agency for a shorter contract; no tariff is published.',
    })
  const before = facts.via === 'placement' ? amountAt(tariff, 'placement') : 0n
  const total = abroad.amount + before
  const savings = savingsPart(view, month, facts, months)
  if (savings && 'ok' in savings) return savings
  const text = `${abroad.text}${before > 0n ? ` + ${before} before leaving, through a placement firm` : ''} = ${total}`
  const trace = [
    stepFrom(tariff, text, { programme: undivided, amount: total.toString(), share: 'worker' }),
    ...(savings ? [savings.step] : []),
    ...(abroad.between ? [inBetween(tariff, months)] : []),
  ]
  return contractAssessment({ [undivided]: amountOf(0n, 'worker', total), ...(savings ? { JHT: savings.amount } : {}) }, trace)
}
