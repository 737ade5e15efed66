// The whole plan of a nation, from its last day backwards: pure, the same for the same seed.
import { apportion } from '../apportion.ts'
import { activeParts, type Counts, countsAt, formerParts, type Profile } from '../profile.ts'
import { planning, type Region } from './context.ts'
import { planMigrants, planProjects } from './contracts.ts'
import { planExceptions } from './exceptions.ts'
import type { Draft, NationPlan } from './nouns.ts'
import { makePeople } from './people.ts'
import { type District, placeResidents } from './residence.ts'
import { planSelfPayers } from './self-payers.ts'
import { planSponsored } from './sponsored.ts'
import { planWageEarners } from './wage-earners.ts'

export type NationInput = {
  readonly profile: Profile
  readonly provinces: readonly Region[]
  readonly districts: readonly District[]
  /** One planned person stands for this many. */
  readonly scale: number
  /** Months of history, the last day's month included; at least a year. */
  readonly history: number
  readonly seed: number
}
export type PlannedNation = { readonly plan: NationPlan; readonly counts: Counts; readonly active: number; readonly registered: number }

export const shortestHistory = 12

export function planNation({ profile, provinces, districts, scale, history, seed }: NationInput): PlannedNation {
  if (history < shortestHistory) throw new RangeError(`a nation needs ${shortestHistory} months of history or more`)
  const counts = countsAt(profile.nation, scale, apportion)
  const draft: Draft = { months: history, persons: [], organisations: [], memberships: [], contracts: [], sponsorships: [], exceptions: [] }
  const residence = placeResidents(profile.nation, districts, counts, seed)
  const context = planning({
    profile,
    provinces,
    districts,
    residence,
    draft,
    seed,
    makePerson: makePeople(profile.names, profile.workers, seed),
  })
  planWageEarners(context)
  planSelfPayers(context)
  planSponsored(context)
  planProjects(context)
  planMigrants(context)
  const active = activeParts.reduce((sum, part) => sum + counts[part], 0)
  const registered = active + formerParts.reduce((sum, part) => sum + counts[part], 0)
  if (draft.persons.length !== registered) throw new Error(`the plan has ${draft.persons.length} people and should have ${registered}`)
  planExceptions(context, scale)
  return { plan: draft, counts, active, registered }
}
