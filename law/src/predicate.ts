// Conditions as data: does a profile of facts meet them, and what is their disjoint opposite?
import type { Facts, Pack, Predicate } from './types.ts'

/** True when the facts meet the predicate. Counts in a profile stand as the lower end of their bucket, so both read alike. */
export function meets(predicate: Predicate, facts: Facts): boolean {
  const given = facts[predicate.fact] ?? ''
  const { value } = predicate
  switch (predicate.is) {
    case '=':
      return given === String(value)
    case '!=':
      return given !== String(value)
    case 'in':
      return Array.isArray(value) && value.includes(given)
    case 'not-in':
      return Array.isArray(value) && !value.includes(given)
    case '<':
      return given !== '' && Number(given) < Number(value)
    case '>=':
      return given !== '' && Number(given) >= Number(value)
    case 'has':
      return given.split(',').includes(String(value))
  }
}

export const holds = (where: readonly Predicate[], facts: Facts): boolean => where.every((predicate) => meets(predicate, facts))

const opposite: Readonly<Record<Exclude<Predicate['is'], 'has'>, Predicate['is']>> = {
  '=': '!=',
  '!=': '=',
  in: 'not-in',
  'not-in': 'in',
  '<': '>=',
  '>=': '<',
}

/**
 * All cases in which not every condition holds, as sets of conditions that exclude each other:
 * not A; A but not B; A and B but not C. Empty conditions always hold, so they have no opposite.
 */
export function otherwise(where: readonly Predicate[]): readonly (readonly Predicate[])[] {
  return where.map((predicate, index) => {
    if (predicate.is === 'has') throw new RangeError('a condition on the set of programmes has no opposite')
    return [...where.slice(0, index), { ...predicate, is: opposite[predicate.is] }]
  })
}

/** In words, for traces and refusals; facts and choices by their label. */
export function predicateText(pack: Pack, { fact, is, value }: Predicate): string {
  const info = pack.facts.find(({ code }) => code === fact)
  const named = (choice: unknown): string => info?.choiceLabels?.[String(choice)]?.en ?? String(choice)
  const shown = Array.isArray(value) ? value.map(named).join(', ') : named(value)
  const words = { '=': 'is', '!=': 'is not', in: 'is one of', 'not-in': 'is none of', '<': 'is below', '>=': 'is at least', has: 'include' }
  return `"${info?.labels.en ?? fact}" ${words[is]} ${shown}`
}
