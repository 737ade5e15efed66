// Construction projects: PP 44/2015 art 54 and 55, from 1 July 2015. On the wages where they are known, else on slices of the contract value.
import { type Month, type Result, refuse, roundRatio } from '@payung/values'
import { amountAt, listAt, partOf, rateAt, reduced } from '../../src/entry-value.ts'
import { holds } from '../../src/predicate.ts'
import { percent, stepFrom, warning } from '../../src/trace.ts'
import type { Assessment, Entry, Facts, LawView, ProgrammeAmount, TraceStep } from '../../src/types.ts'
import { amountOf, chosen, contractAssessment, noSource } from './contract.ts'
import { reliefOf, roundingOf } from './line.ts'

type Slice = { readonly from: bigint; readonly to: bigint | null; readonly rate: bigint }
type Part = { readonly amount: bigint; readonly trace: readonly TraceStep[] }

function slicesOf(tiers: Entry, programme: string): Slice[] {
  const rows = listAt(tiers).map((row) => partOf(tiers, row))
  return rows.map((row, index) => ({
    from: amountAt(row, 'from'),
    to: index + 1 < rows.length ? amountAt(rows[index + 1] ?? row, 'from') : null,
    rate: rateAt(row, programme),
  }))
}

/** The sum over the slices, rounded once; a relief reduces the rate of each slice. */
function onSlices(
  view: LawView,
  month: Month,
  facts: Facts,
  programme: string,
  base: bigint,
  entry: Entry,
  slices: readonly Slice[],
): Part {
  const found = reliefOf(view, month, 'JAKON', programme)
  const relief = found && holds(found.where, facts) ? found : undefined
  const { mode, unit } = roundingOf(view, month)
  const parts = slices
    .filter(({ from }) => base > from)
    .map(({ from, to, rate }) => ({
      width: (to !== null && base > to ? to : base) - from,
      rate: relief ? reduced(rate, relief.pays, relief.entry) : rate,
    }))
  const amount = roundRatio(
    parts.reduce((sum, { width, rate }) => sum + width * rate, 0n),
    1_000_000n,
    mode,
    unit,
  )
  const text = `${programme}: ${parts.map(({ width, rate }) => `${percent(rate)} of ${width}`).join(' + ') || 'nothing'} = ${amount}`
  return {
    amount,
    trace: [
      stepFrom(entry, text, { programme, amount: amount.toString(), base: base.toString(), share: 'employer' }),
      ...(relief ? [stepFrom(relief.entry, `${programme}: relief, ${percent(relief.pays)} is due`, { programme })] : []),
    ],
  }
}

export function assessConstruction(view: LawView, facts: Facts, month: Month): Result<Assessment> {
  const byWage = facts.contract_value === undefined
  const given = facts.contract_value ?? facts.wage
  if (given === undefined)
    return refuse({
      code: 'missing-fact',
      rule: 'A project is assessed on its contract value or, where they are known, on the wages (PP 44/2015 art 54).',
      data: { flag: '--contract-value', segment: 'JAKON' },
      next: 'Give --contract-value, or --wage.',
    })
  if (facts.contract_value !== undefined && facts.wage !== undefined)
    return refuse({
      code: 'wrong-fact',
      rule: 'A project is assessed on the wages where they are known, and on the contract value only where they are not (PP 44/2015 art 54).',
      data: { flag: '--wage', segment: 'JAKON' },
      next: 'Give one of --wage and --contract-value.',
    })
  const parameter = byWage ? 'construction-wage-rate' : 'construction-tiers'
  const entry = view.entryForMonth(parameter, month)
  if (!entry) return noSource(view, parameter, month)
  const open = ['JKK', 'JKM']
  const choice = chosen(facts.programmes, open)
  if (!choice.ok) return choice
  const base = BigInt(given)
  const programmes: Record<string, ProgrammeAmount> = {}
  const trace: TraceStep[] = []
  for (const programme of choice.value) {
    const slices = byWage ? [{ from: 0n, to: null, rate: rateAt(entry, programme) }] : slicesOf(entry, programme)
    const part = onSlices(view, month, facts, programme, base, entry, slices)
    programmes[programme] = amountOf(base, 'employer', part.amount)
    trace.push(...part.trace)
  }
  for (const left of open.filter((code) => !choice.value.includes(code)))
    trace.push(warning(`${left} is compulsory on a project (PP 44/2015 art 53) and was left out.`, { programme: left }))
  return contractAssessment(programmes, trace)
}
