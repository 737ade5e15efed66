// The self-employed who pay alone: steady ones, ones that are behind, ones that lapsed, ones that came back.
import type { Planning } from './context.ts'
import type { PlannedMembership, PlannedPrepayment } from './nouns.ts'
import { prepayThrough } from './prepay.ts'

type Chance = ReturnType<Planning['dice']>

/** A self-payer's membership from this month on, with an occupation, a declared income and programmes; nothing is paid yet. */
export function selfMembership({ profile }: Planning, person: number, from: number, chance: Chance): PlannedMembership {
  const { occupations, incomes, programmes } = profile.workers
  const occupation = chance.weighted(occupations, ({ weight }) => weight)
  const [income] = chance.weighted(Object.entries(incomes), ([, weight]) => weight)
  const chosen = chance.chance(profile.nation.habits.self['with-savings']) ? programmes.self_with_savings : programmes.self
  return {
    person,
    segment: profile.nation.segments.self,
    organisation: null,
    payer: null,
    programmes: chosen,
    facts: occupation.facts,
    wage: { income: Number(income) },
    from,
    to: null,
    prepayments: [],
  }
}

const periodOf = (periods: Readonly<Record<string, number>>, chance: Chance): number =>
  Number(chance.weighted(Object.entries(periods), ([, weight]) => weight)[0])

/** Payments that end with `through`; some people paid for a while before, stopped for at least half a year, and came back. */
function payments({ profile, last }: Planning, from: number, through: number, period: number, chance: Chance): PlannedPrepayment[] {
  const { returned } = profile.nation.habits.self
  const seen = Math.min(through, last)
  if (seen - from < 12 || !chance.chance(returned)) return prepayThrough(from, through, period)
  const stop = chance.whole(from, seen - 9)
  const back = chance.whole(stop + 6, seen - 2)
  return [...prepayThrough(from, stop, 1), ...prepayThrough(back, through, 1)]
}

/** A month of joining: for most somewhere in the history, for the others its beginning. */
const joined = ({ profile }: Planning, latest: number, chance: Chance): number =>
  latest > 0 && chance.chance(profile.nation.habits.self['joined-later']) ? chance.whole(0, latest) : 0

function add(planning: Planning, region: string, from: number, through: number, period: number, chance: Chance): void {
  const membership = selfMembership(planning, planning.addPerson(region, 'self'), from, chance)
  planning.draft.memberships.push({ ...membership, prepayments: payments(planning, from, through, period, chance) })
}

export function planSelfPayers(planning: Planning): void {
  const { residence, profile, last } = planning
  const chance = planning.dice('self-payers')
  const { periods, behind } = profile.nation.habits.self
  for (const region of residence.self) {
    const late = chance.chance(behind)
    // One or two months behind: within the three months in which cover goes on. The others have paid the last month, some ahead.
    const through = late ? last - chance.whole(1, 2) : last + chance.whole(0, periodOf(periods, chance) - 1)
    add(planning, region, joined(planning, Math.min(through, last), chance), through, periodOf(periods, chance), chance)
  }
  // Who stops pays month by month: what a later law gives back of prepaid months would pay further ones.
  for (const region of residence['self-lapsed']) {
    const through = chance.whole(0, last - 5)
    add(planning, region, joined(planning, through, chance), through, 1, chance)
  }
}
