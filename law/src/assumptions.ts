// Facts that nobody gave: the pack's default stood in for them. Those that decided are named, so that nobody takes an assumption for an answer.
import { completeFacts, nameOf } from './facts.ts'
import type { FactInfo, Facts, LawView, Predicate, TraceStep } from './types.ts'

/** Other values that could change something: each choice, and for a count both sides of each limit that a condition names. */
function others(fact: FactInfo, assumed: string, limits: readonly number[], view: LawView): string[] {
  switch (fact.type) {
    case 'choice':
      return (fact.choices ?? []).filter((choice) => choice !== assumed)
    case 'flag':
      return [assumed === 'yes' ? 'no' : 'yes']
    case 'count':
      return [...new Set([0, ...limits, ...limits.map((limit) => limit - 1)])].filter((count) => count >= 0).map(String)
    case 'day':
      return [view.pack.start]
    default:
      return []
  }
}

/** Whether the fact was left open and something stands in for it. A day of birth makes an age needless. */
function isAssumed(fact: FactInfo, given: Facts, complete: Facts): boolean {
  if (given[fact.code] !== undefined || fact.derived) return false
  if (fact.segments && !fact.segments.includes(complete.segment ?? '')) return false
  if (fact.code === 'age' && given.born !== undefined) return false
  return fact.assumed !== undefined || (complete[fact.code] !== undefined && fact.type !== 'programmes')
}

function stepOf(view: LawView, fact: FactInfo, complete: Facts): TraceStep {
  const value = complete[fact.code] ?? ''
  const payer = fact.code === 'payer' ? view.pack.payerKinds.find(({ code }) => code === value) : undefined
  const shown = fact.assumed?.en ?? fact.choiceLabels?.[value]?.en ?? payer?.labels.en ?? value
  return {
    text: `Assumed, because it was not given: "${fact.labels.en ?? fact.code}" is ${shown}. Another answer could change the amounts; give it with ${nameOf(view.pack, fact.code)}.`,
    assumed: fact.code,
  }
}

/**
 * One step for each fact that was assumed and mattered: with another value `outcome` would be another.
 * @param outcome what is owed for complete facts, as a text that is equal exactly when nothing changes
 */
export function assumedSteps(
  view: LawView,
  given: Facts,
  complete: Facts,
  conditions: readonly Predicate[],
  outcome: (facts: Facts) => string,
): TraceStep[] {
  const named = new Set(conditions.map(({ fact }) => fact))
  const limits = [...new Set(conditions.flatMap(({ is, value }) => (is === '<' || is === '>=' ? [Number(value)] : [])))]
  const now = outcome(complete)
  return view.pack.facts
    .filter((fact) => isAssumed(fact, given, complete) && (named.size === 0 || !fact.profile || named.has(fact.code)))
    .filter((fact) =>
      others(fact, complete[fact.code] ?? '', limits, view).some((value) => {
        const changed = completeFacts(view, { ...given, [fact.code]: value })
        return changed.ok && outcome(changed.value) !== now
      }),
    )
    .map((fact) => stepOf(view, fact, complete))
}
