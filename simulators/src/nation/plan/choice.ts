// Who may be chosen for what goes otherwise: each firm, person and contract is given out for one thing only.
import type { ExceptionKind } from '../profile.ts'
import type { Planning } from './context.ts'
import type { PlannedMembership } from './nouns.ts'

type Chance = ReturnType<Planning['dice']>
type Worker = { readonly place: number; readonly membership: PlannedMembership }
export type Choice = {
  readonly planning: Planning
  readonly chance: Chance
  /** How many of a kind, at this nation's scale: at least one. */
  readonly countOf: (kind: ExceptionKind) => number
  /** Firms that pay always and were there from the beginning, in random order, with their staff; each is given out once. */
  readonly nextFirm: (fits?: (organisation: number) => boolean) => { organisation: number; workers: readonly Worker[] } | undefined
  /** How many memberships somebody has. */
  readonly memberships: ReadonlyMap<number, number>
  /** Persons who were chosen already. */
  readonly taken: Set<number>
}

export const isWage = ({ wage }: PlannedMembership): boolean => 'times' in wage

function countMemberships({ draft }: Planning): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { person } of draft.memberships) counts.set(person, (counts.get(person) ?? 0) + 1)
  return counts
}

/** The staff of each payer: wage earners who were there from the beginning and stay, and have no other membership. */
function staffOf({ draft }: Planning, counts: ReadonlyMap<number, number>): Map<number, Worker[]> {
  const staff = new Map<number, Worker[]>()
  for (const [place, membership] of draft.memberships.entries()) {
    const { payer, from, to, person } = membership
    if (payer === null || from > 0 || to !== null || !isWage(membership) || counts.get(person) !== 1) continue
    const own = staff.get(payer)
    if (own) own.push({ place, membership })
    else staff.set(payer, [{ place, membership }])
  }
  return staff
}

export function choose(planning: Planning, scale: number): Choice {
  const { draft, profile } = planning
  const chance = planning.dice('exceptions')
  const memberships = countMemberships(planning)
  const staff = staffOf(planning, memberships)
  const firms = chance.shuffled(
    [...staff].filter(([payer, workers]) => {
      const { habit } = draft.organisations[payer] ?? { habit: undefined }
      return workers.length >= 2 && habit?.unpaidFrom === null && habit.lateIn === null
    }),
  )
  return {
    planning,
    chance,
    memberships,
    taken: new Set(),
    countOf: (kind) => Math.max(1, Math.round(((profile.nation.exceptions[kind] ?? 0) * profile.nation.scale) / scale)),
    nextFirm: (fits = () => true) => {
      const found = firms.findIndex(([organisation]) => fits(organisation))
      const [firm] = found < 0 ? [] : firms.splice(found, 1)
      return firm && { organisation: firm[0], workers: firm[1] }
    },
  }
}

export const times = (count: number, work: () => void): void => {
  for (let turn = 0; turn < count; turn++) work()
}

/** Somewhere in the history, with room before for what is corrected and after for what follows. */
export const someMonth = ({ planning, chance }: Choice): number => chance.whole(2, planning.last - 3)
