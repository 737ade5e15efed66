// An assessment: what one membership owes for one month, or a contract once, with the trace of every figure.
import { firstDay, ok, type Result, refuse } from '@payung/values'
import { completeFacts, nameOf, segmentOf } from './facts.ts'
import { baseOf, inBand, lineAmount } from './line-amount.ts'
import { holds, meets, predicateText } from './predicate.ts'
import { compulsoryProgrammes } from './profile-of.ts'
import { percent, stepFrom, warning } from './trace.ts'
import type { Assessment, Facts, Law, LawView, Line, MonthLaw, Pack, Predicate, ProgrammeAmount, SegmentInfo, TraceStep } from './types.ts'

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

/** What is missing to the nearest of several sets of conditions, in words. */
function nearest(pack: Pack, sets: readonly (readonly Predicate[])[], facts: Facts): string {
  const unmet = sets.map((where) => where.filter((predicate) => !meets(predicate, facts))).sort((a, b) => a.length - b.length)[0] ?? []
  return unmet.map((predicate) => predicateText(pack, predicate)).join(' and ')
}

/** Why a chosen programme has no line: the law does not know it in this segment and month, or a condition is not met. */
function withoutLine(pack: Pack, law: MonthLaw, facts: Facts, programme: string): Result<TraceStep> {
  const inSegment = law.lines.filter(
    (line) => line.programme === programme && line.where.every((predicate) => predicate.fact !== 'segment' || meets(predicate, facts)),
  )
  const missing = law.missing.find((gap) => gap.programme === programme)
  if (inSegment.length === 0) {
    const rule = missing
      ? `No source gives "${missing.parameter}" for ${law.month}.`
      : `${programme} cannot be had in segment ${facts.segment} in ${law.month}.`
    return refuse({
      code: missing ? 'no-source' : 'programme-not-in-segment',
      rule,
      data: {
        flag: '--programmes',
        programme,
        segment: facts.segment ?? '',
        month: law.month,
        ...(missing ? { parameter: missing.parameter } : {}),
      },
      next: missing ? 'Add a dated entry with its source to the pack.' : 'Leave the programme out or name another segment or month.',
    })
  }
  return ok(
    warning(
      `${programme} does not apply: it needs that ${nearest(
        pack,
        inSegment.map(({ where }) => where),
        facts,
      )}.`,
      { programme },
    ),
  )
}

type Chosen = { readonly programmes: readonly string[]; readonly trace: readonly TraceStep[] }

function choose(pack: Pack, law: MonthLaw, facts: Facts): Result<Chosen> {
  const must = compulsoryProgrammes(pack, law, facts)
  if (facts.programmes === undefined) {
    if (must.length === 0) {
      const near = nearest(
        pack,
        law.compulsory
          .map(({ where }) => where)
          .filter((where) => where.every((predicate) => predicate.fact !== 'segment' || meets(predicate, facts))),
        facts,
      )
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

function assessMonthly(law: MonthLaw, view: LawView, segment: SegmentInfo, facts: Facts): Result<Assessment> {
  const given = baseGiven(view.pack, segment, facts)
  if (!given.ok) return given
  const chosen = choose(view.pack, law, facts)
  if (!chosen.ok) return chosen
  const complete: Facts = { ...facts, programmes: chosen.value.programmes.join(',') }
  const trace: TraceStep[] = []
  const programmes: Record<string, ProgrammeAmount> = {}
  const used: Line[] = []
  for (const programme of chosen.value.programmes) {
    const lines = law.lines.filter((line) => line.programme === programme && inBand(line, given.value) && holds(line.where, complete))
    if (lines.length === 0) {
      const reason = withoutLine(view.pack, law, complete, programme)
      if (!reason.ok) return reason
      if (facts.programmes !== undefined) trace.push(reason.value)
      continue
    }
    const sum: Building = { base: 0n, employer: 0n, worker: 0n, state: 0n, taken: {}, deferred: 0n }
    for (const line of lines) trace.push(lineStep(view, line, given.value, addLine(sum, line, given.value)))
    programmes[programme] = sum
    used.push(...lines)
  }
  if (used.length === 0) {
    const reasons = chosen.value.programmes
      .map((code) => withoutLine(view.pack, law, complete, code))
      .flatMap((reason) => (reason.ok ? [reason.value.text] : []))
    return refuse({
      code: 'not-insurable',
      rule: reasons[0] ?? 'No programme applies.',
      data: { segment: segment.code, month: law.month, programmes: chosen.value.programmes.join(',') },
      next: 'Check the facts: age, day of joining, citizenship, programmes.',
    })
  }
  const due = view.pack.rules.dueDay(view, law.month, complete)
  return ok({
    programmes,
    totals: totalsOf(programmes),
    due: due.due,
    trace: [...trace, ...furtherSteps(view, used), ...chosen.value.trace, ...due.trace],
    entries: [...new Set(used.flatMap(({ entries }) => entries))],
  })
}

/**
 * What is owed for the month of `law` (or once, for a segment assessed by contract). Pure: the same law and facts give the same
 * assessment, equal to what the database computes from the class ranges.
 */
export function assess(law: MonthLaw, source: Law, given: Facts): Result<Assessment> {
  const view = source.on(firstDay(law.month))
  const facts = completeFacts(view, given)
  if (!facts.ok) return facts
  const segment = segmentOf(view.pack, facts.value.segment)
  if (segment?.assessed === 'monthly') return assessMonthly(law, view, segment, facts.value)
  return view.pack.rules.assessContract(view, facts.value, law.month)
}
