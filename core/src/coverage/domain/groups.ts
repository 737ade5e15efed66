// Groups counted apart on public pages: the choices of one fact about employers that the pack declares, its default excepted.
import type { Pack, Words } from '@payung/law'

export const groupFact = 'employer_kind'

/** Every group of the pack with its words; empty where the pack has no such fact. */
export function groupsOf(pack: Pack): { code: string; labels: Words }[] {
  const fact = pack.facts.find(({ code }) => code === groupFact)
  return (fact?.choices ?? [])
    .filter((choice) => choice !== fact?.default)
    .map((code) => ({ code, labels: fact?.choiceLabels?.[code] ?? { en: code } }))
}

/** Values of the fact that name no group. */
export const ungrouped = (pack: Pack): string[] => {
  const fact = pack.facts.find(({ code }) => code === groupFact)
  return ['', ...(fact?.default === undefined ? [] : [fact.default])]
}
