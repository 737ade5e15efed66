// `payung law contribution`: what one membership owes for a month, or a contract once, with every source on request.
import { type Currency, formatMoney, isDay, isMonth, money, type Refusal } from '@payung/values'
import { assess } from '../assess.ts'
import { nameOf, segmentOf } from '../facts.ts'
import { lawOf } from '../law-of.ts'
import { monthLaw } from '../month-law.ts'
import { warning } from '../trace.ts'
import type { Assessment, Facts, Pack, ProgrammeAmount, TraceStep } from '../types.ts'
import type { Flags } from './flags.ts'
import type { CommandIo } from './index.ts'
import { table } from './table.ts'

/** The day of knowledge, or the refusal of a text that is no day. */
export function publishedBy(flags: Flags): { day: import('@payung/values').Day | null } | { refusal: Refusal } {
  const text = flags.values.get('published-by')
  if (text === undefined) return { day: null }
  if (isDay(text)) return { day: text }
  return {
    refusal: {
      code: 'wrong-flag',
      rule: '--published-by is a day written YYYY-MM-DD.',
      data: { flag: '--published-by', given: text },
      next: 'Correct --published-by.',
    },
  }
}

/** Facts that were given but are not asked for in this segment: said, not hidden. */
function unused(pack: Pack, facts: Facts): TraceStep[] {
  return Object.keys(facts).flatMap((code) => {
    const info = pack.facts.find((fact) => fact.code === code)
    return info?.segments && !info.segments.includes(facts.segment ?? '')
      ? [warning(`${nameOf(pack, code)} does not matter in segment ${facts.segment}.`)]
      : []
  })
}

function programmeJson(pack: Pack, code: string, amount: ProgrammeAmount): Record<string, string> {
  const takesFrom = pack.programmes.find((programme) => programme.code === code)?.takesFrom ?? []
  const taken = takesFrom.map((from) => [`from${from}`, String(amount.taken[from] ?? 0n)])
  return {
    base: String(amount.base),
    employer: String(amount.employer),
    worker: String(amount.worker),
    ...Object.fromEntries(taken),
    state: String(amount.state),
    ...(amount.deferred > 0n ? { deferred: String(amount.deferred) } : {}),
  }
}

function json(pack: Pack, { programmes, totals, due }: Assessment, trace: readonly TraceStep[]): string {
  return JSON.stringify({
    programmes: Object.fromEntries(Object.entries(programmes).map(([code, amount]) => [code, programmeJson(pack, code, amount)])),
    totals: { employer: String(totals.employer), worker: String(totals.worker), billed: String(totals.billed) },
    due,
    trace,
  })
}

function human(pack: Pack, title: string, { programmes, totals, due }: Assessment, trace: readonly TraceStep[], explain: boolean): string {
  const currency: Currency = pack.currency
  const shown = (amount: bigint): string => (amount === 0n ? '–' : formatMoney(money(amount, currency), 'en', pack.currency.symbol))
  const rows = Object.entries(programmes).map(([code, { base, employer, worker, state, taken, deferred }]) => {
    const from = Object.entries(taken)
      .filter(([, amount]) => amount > 0n)
      .map(([source, amount]) => `${shown(amount)} taken from ${source}`)
    const note = [...from, ...(deferred > 0n ? [`${shown(deferred)} deferred`] : [])].join(', ')
    return [code, shown(base), shown(employer), shown(worker), shown(state), note]
  })
  const head = ['Programme', 'Base', 'Employer', 'Worker', 'State', '']
  const total = ['Billed', '', shown(totals.employer), shown(totals.worker), '', shown(totals.billed)]
  const warnings = trace
    .filter(({ warning: warns }) => warns)
    .map(({ text, act, article, status }) => `! ${text}${act ? `\n      ${act}, art ${article}, ${status}` : ''}`)
  const assumed = trace.filter((step) => step.assumed !== undefined).map(({ text }) => `? ${text}`)
  const doubtful = trace.filter(({ status, entry }) => entry && status !== undefined && status !== 'verified').length
  const steps = trace
    .filter(({ warning: warns, assumed: code }) => !warns && code === undefined)
    .map(({ text, act, article, link, status }) => `  ${text}\n      ${act ? `${act}, art ${article}, ${status}, ${link}` : ''}`.trimEnd())
  const sources = explain
    ? ['', 'How it was computed', ...steps]
    : [
        '',
        `${doubtful} of the ${trace.filter(({ entry }) => entry).length} sources used rest on one source or none: see them with --explain.`,
      ]
  return [
    title,
    '',
    ...table([head, ...rows, total], { right: [1, 2, 3, 4] }),
    '',
    due ? `Due ${due}` : 'No due day: paid before cover begins',
    ...warnings,
    ...assumed,
    ...sources,
  ].join('\n')
}

export function contribution(pack: Pack, flags: Flags, io: CommandIo): Refusal | undefined {
  const month = flags.values.get('month')
  if (month === undefined || !isMonth(month))
    return {
      code: 'wrong-flag',
      rule: '--month is the contribution month, written YYYY-MM.',
      data: { flag: '--month', given: month ?? '' },
      next: 'Give --month, for instance --month 2026-04.',
    }
  const known = publishedBy(flags)
  if ('refusal' in known) return known.refusal
  const law = lawOf(pack, known.day)
  const ofMonth = monthLaw(law, month)
  if (!ofMonth.ok) return ofMonth.refusal
  const result = assess(ofMonth.value, law, flags.facts)
  if (!result.ok) return result.refusal
  const trace = [...result.value.trace, ...unused(pack, flags.facts)]
  const title = `${segmentOf(pack, flags.facts.segment)?.labels.en ?? ''}, ${month}${known.day ? `, as published by ${known.day}` : ''}`
  io.out(
    flags.switches.has('json') ? json(pack, result.value, trace) : human(pack, title, result.value, trace, flags.switches.has('explain')),
  )
  return undefined
}
