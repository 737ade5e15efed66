// An assessment: what one membership owes for one month, or a contract once, with the trace of every figure.
import { firstDay, ok, type Result, refuse } from '@payung/values'
import { assumedSteps } from './assumptions.ts'
import { completeFacts, contradictionIn, doubtsAbout, nameOf, segmentOf } from './facts.ts'
import { baseOf, inBand, lineAmount } from './line-amount.ts'
import { holds } from './predicate.ts'
import { compulsoryProgrammes } from './profile-of.ts'
import { inSegment, inWords, nearestUnmet, withoutLine } from './reasons.ts'
import { overdueSteps } from './renewal.ts'
import { percent, stepFrom, warning } from './trace.ts'
import type { Assessment, Facts, Law, LawView, Line, MonthLaw, Pack, ProgrammeAmount, SegmentInfo, TraceStep } from './types.ts'
import { refusePayerKind } from './who-may-pay.ts'

type Building = { base: bigint; employer: bigint; worker: bigint; state: bigint; taken: Record<string, bigint>; deferred: bigint }

const words: Readonly<Record<Line['kind'], string>> = {
  employer: 'employer',
  worker: 'worker',
  state: 'State',
  split: 'taken',
  deferred: 'deferred',
}

function lineStep(view: LawView, line: Line, given: bigint, amount: bigint): TraceStep {
  const entry = view.pack.entries.find(({ digest }) => digest === line.entries[0])
  const base = baseOf(line, given)
  const how = [...(line.rate > 0n ? [`${percent(line.rate)} of ${base}`] : []), ...(line.fixed > 0n ? [`fixed ${line.fixed}`] : [])].join(
    ' + ',
  )
  const from = line.from ? ` from ${line.from}` : ''
  const more = { programme: line.programme, amount: amount.toString(), share: line.kind, base: base.toString(), rate: line.rate.toString() }
  const text = `${line.programme}, ${words[line.kind]}${from}: ${how || 'nothing'} = ${amount}`
  return entry ? stepFrom(entry, text, more) : { text, ...more }
}

/** The further entries of a line (ceiling, relief, bands), each once, so that a trace names every source. */
function furtherSteps(view: LawView, lines: readonly Line[]): TraceStep[] {
  const digests = new Set(lines.flatMap(({ entries }) => entries.slice(1)))
  return view.pack.entries
    .filter(({ digest }) => digests.has(digest))
    .map((entry) =>
      stepFrom(
        entry,
        `${view.pack.parameters.find(({ name }) => name === entry.parameter)?.title.en ?? entry.parameter}, from ${entry.from}`,
      ),
    )
}

function addLine(sum: Building, line: Line, given: bigint): bigint {
  const amount = lineAmount(line, given)
  sum.base = baseOf(line, given)
  if (line.kind === 'split') sum.taken[line.from ?? ''] = (sum.taken[line.from ?? ''] ?? 0n) + amount
  else sum[line.kind] += amount
  return amount
}

/** Totals of amounts by programme; what is split from another programme is billed there and not again. */
export function totalsOf(programmes: Readonly<Record<string, ProgrammeAmount>>): Assessment['totals'] {
  const sum = (share: 'employer' | 'worker' | 'state'): bigint => Object.values(programmes).reduce((total, part) => total + part[share], 0n)
  return { employer: sum('employer'), worker: sum('worker'), state: sum('state'), billed: sum('employer') + sum('worker') }
}

function baseGiven(pack: Pack, segment: SegmentInfo, facts: Facts): Result<bigint> {
  const code = segment.base[0] ?? ''
  const text = facts[code]
  if (text === undefined)
    return refuse({
      code: 'missing-fact',
      rule: `A contribution of segment ${segment.code} is computed from ${nameOf(pack, code)}.`,
      data: { flag: nameOf(pack, code), segment: segment.code },
      next: `Give ${nameOf(pack, code)}.`,
    })
  return ok(BigInt(text))
}

type Chosen = { readonly programmes: readonly string[]; readonly trace: readonly TraceStep[] }

function choose(pack: Pack, law: MonthLaw, facts: Facts): Result<Chosen> {
  const must = compulsoryProgrammes(pack, law, facts)
  if (facts.programmes === undefined) {
    if (must.length === 0) {
      const sets = inSegment(law.compulsory, facts).map(({ where }) => where)
      const near = inWords(pack, nearestUnmet(sets, facts))
      const rule = near
        ? `No programme is open by law to these facts in ${law.month}: it needs that ${near}.`
        : `No source says which programmes are compulsory in ${law.month}.`
      return refuse({
        code: 'no-compulsory-programmes',
        rule,
        data: { segment: facts.segment ?? '', month: law.month },
        next: 'Check the facts (for an older membership give --joined), or name the programmes with --programmes.',
      })
    }
    return ok({ programmes: must, trace: [] })
  }
  const programmes = facts.programmes.split(',')
  const left = must.filter((code) => !programmes.includes(code))
  return ok({
    programmes,
    trace: left.map((code) => warning(`${code} is compulsory for these facts and was left out.`, { programme: code })),
  })
}

/** The lines that hold for complete facts, programmes among them, and a base. */
const linesFor = (law: MonthLaw, facts: Facts, given: bigint): Line[] =>
  law.lines.filter((line) => inBand(line, given) && holds(line.where, facts))

/** Why programmes of the segment that were not asked for by name are not among those due: only where the person could not have them. */
function leftOut(pack: Pack, law: MonthLaw, segment: SegmentInfo, facts: Facts, due: readonly string[]): TraceStep[] {
  return segment.programmes
    .filter((code) => !due.includes(code))
    .flatMap((programme) => {
      const chosen = { ...facts, programmes: [...due, programme].join(',') }
      const open = law.lines.some((line) => line.programme === programme && holds(line.where, chosen))
      const reason = open ? undefined : withoutLine(pack, law, chosen, programme)
      return reason?.ok ? reason.value : []
    })
}

/** What would be owed for other facts, as a text that is equal exactly when the amounts are: assumptions are measured by it. */
function assumedInMonth(view: LawView, law: MonthLaw, given: Facts, facts: Facts, base: bigint): TraceStep[] {
  // Both lists are narrowed once to what the segment and the base leave, because they are read for every other value of every fact.
  const lines = inSegment(law.lines, facts).filter((line) => inBand(line, base))
  const narrowed = { ...law, lines, compulsory: inSegment(law.compulsory, facts) }
  const outcome = (changed: Facts): string => {
    const programmes = facts.programmes ?? compulsoryProgrammes(view.pack, narrowed, changed).join(',')
    const chosen = { ...changed, programmes }
    const sums = new Map<string, bigint>()
    for (const line of lines) {
      if (!holds(line.where, chosen)) continue
      const key = `${line.programme} ${line.kind} ${line.from ?? ''}`
      sums.set(key, (sums.get(key) ?? 0n) + lineAmount(line, base))
    }
    return [...sums].map(([key, amount]) => `${key} ${amount}`).join(';')
  }
  const conditions = [...lines, ...narrowed.compulsory].flatMap(({ where }) => where)
  return assumedSteps(view, given, facts, conditions, outcome)
}

function notInsurable(pack: Pack, law: MonthLaw, segment: SegmentInfo, complete: Facts): Result<Assessment> {
  const programmes = complete.programmes ?? ''
  const reasons = programmes
    .split(',')
    .map((code) => withoutLine(pack, law, complete, code))
    .flatMap((reason) => (reason.ok ? reason.value : []))
  return refuse({
    code: 'not-insurable',
    rule: reasons[0]?.text ?? 'No programme applies.',
    data: { segment: segment.code, month: law.month, programmes },
    next: 'Check the facts: age, day of joining, citizenship, programmes.',
  })
}

function assessMonthly(law: MonthLaw, view: LawView, segment: SegmentInfo, facts: Facts, asGiven: Facts): Result<Assessment> {
  const given = baseGiven(view.pack, segment, facts)
  if (!given.ok) return given
  const chosen = choose(view.pack, law, facts)
  if (!chosen.ok) return chosen
  const complete: Facts = { ...facts, programmes: chosen.value.programmes.join(',') }
  const trace: TraceStep[] = []
  const reasons = facts.programmes === undefined ? leftOut(view.pack, law, segment, facts, chosen.value.programmes) : []
  const programmes: Record<string, ProgrammeAmount> = {}
  const used: Line[] = []
  for (const programme of chosen.value.programmes) {
    const lines = linesFor(law, complete, given.value).filter((line) => line.programme === programme)
    if (lines.length === 0) {
      const reason = withoutLine(view.pack, law, complete, programme)
      if (!reason.ok) return reason
      reasons.push(...reason.value)
      continue
    }
    const sum: Building = { base: 0n, employer: 0n, worker: 0n, state: 0n, taken: {}, deferred: 0n }
    for (const line of lines) trace.push(lineStep(view, line, given.value, addLine(sum, line, given.value)))
    programmes[programme] = sum
    used.push(...lines)
  }
  if (used.length === 0) return notInsurable(view.pack, law, segment, complete)
  const due = view.pack.rules.dueDay(view, law.month, complete)
  const entries = [...new Set(used.flatMap(({ entries: each }) => each))]
  return ok({
    programmes,
    totals: totalsOf(programmes),
    due: due.due,
    trace: [
      ...trace,
      ...furtherSteps(view, used),
      ...reasons,
      ...chosen.value.trace,
      ...assumedInMonth(view, law, asGiven, facts, given.value),
      ...overdueSteps(view, entries),
      ...due.trace,
    ],
    entries,
  })
}

const contractOutcome = (result: Result<Assessment>): string =>
  result.ok
    ? Object.entries(result.value.programmes)
        .map(([code, { employer, worker }]) => `${code} ${employer} ${worker}`)
        .join(';')
    : result.refusal.code

/** A premium for a contract by the pack's rule, with the assumptions that mattered and the values that are overdue. */
function assessOnce(view: LawView, month: MonthLaw['month'], facts: Facts, asGiven: Facts): Result<Assessment> {
  const result = view.pack.rules.assessContract(view, facts, month)
  if (!result.ok) return result
  const outcome = (changed: Facts): string => contractOutcome(view.pack.rules.assessContract(view, changed, month))
  const assumed = assumedSteps(view, asGiven, facts, [], outcome)
  return ok({ ...result.value, trace: [...result.value.trace, ...assumed, ...overdueSteps(view, result.value.entries)] })
}

/**
 * What is owed for the month of `law` (or once, for a segment assessed by contract). Pure: the same law and facts give the same
 * assessment, equal to what the database computes from the class ranges.
 */
export function assess(law: MonthLaw, source: Law, given: Facts): Result<Assessment> {
  const view = source.on(firstDay(law.month))
  const facts = completeFacts(view, given)
  if (!facts.ok) return facts
  const contradiction = contradictionIn(view, given)
  if (contradiction) return refuse(contradiction)
  const segment = segmentOf(view.pack, facts.value.segment)
  const payer = refusePayerKind(view, facts.value.segment ?? '', facts.value.payer ?? '')
  if (payer) return refuse(payer)
  const assessed =
    segment?.assessed === 'monthly'
      ? assessMonthly(law, view, segment, facts.value, given)
      : assessOnce(view, law.month, facts.value, given)
  return assessed.ok ? ok({ ...assessed.value, trace: [...assessed.value.trace, ...doubtsAbout(view.pack, facts.value)] }) : assessed
}
