// Wage earners: those at work on the last day, those who left, and those whose employer does not pay.
import { byProvince, type Planning } from './context.ts'
import { privateEmployers, publicEmployers, type Staffed, unpaidEmployers } from './employers.ts'
import type { PlannedMembership } from './nouns.ts'
import { prepayThrough } from './prepay.ts'
import { selfMembership } from './self-payers.ts'

type Wages = (pay: Staffed['pay']) => { readonly times: number }

function membership(
  { profile }: Planning,
  person: number,
  staffed: Staffed,
  wages: Wages,
  from: number,
  to: number | null,
): PlannedMembership {
  return {
    person,
    segment: profile.nation.segments.wage,
    organisation: staffed.organisation,
    payer: staffed.organisation,
    programmes: [],
    facts: {},
    wage: wages(staffed.pay),
    from,
    to,
    prepayments: [],
  }
}

/** Earlier employment or self-payment of somebody who works here now: it ended before, so it does not count on the last day. */
function addPast(
  planning: Planning,
  person: number,
  from: number,
  others: readonly Staffed[],
  wages: Wages,
  chance: ReturnType<Planning['dice']>,
): void {
  const { habits } = planning.profile.nation
  const elsewhere = others.filter(({ month }) => month < from - 2)
  if (from >= 3 && elsewhere.length > 0 && chance.chance(habits.wage['changed-job'] / habits.wage['joined-later'])) {
    const old = chance.pick(elsewhere)
    const begin = chance.whole(old.month, from - 3)
    planning.draft.memberships.push(membership(planning, person, old, wages, begin, chance.whole(begin + 1, from - 1)))
    return
  }
  if (from < 4 || !chance.chance(habits.wage['was-self-payer'] / habits.wage['joined-later'])) return
  const through = chance.whole(1, from - 2)
  planning.draft.memberships.push({
    ...selfMembership(planning, person, 0, chance),
    to: through,
    prepayments: prepayThrough(0, through, 1),
  })
}

/** People at work with this employer on the last day. */
function staff(planning: Planning, staffed: Staffed, others: readonly Staffed[], wages: Wages, chance: ReturnType<Planning['dice']>): void {
  const { draft, last, profile } = planning
  const { 'joined-later': joinedLater, 'second-job': secondJob } = profile.nation.habits.wage
  const { unpaidFrom } = draft.organisations[staffed.organisation]?.habit ?? { unpaidFrom: null }
  // Nobody joins an employer that no longer pays: their cover would never have opened.
  const latest = (unpaidFrom ?? last + 1) - 1
  for (const [place, region] of staffed.residents.entries()) {
    const person = planning.addPerson(region, 'wage')
    // The first is there from the beginning: a unit without workers has nothing to pay, and nothing that opens cover for those who come.
    const from = place > 0 && latest > staffed.month && chance.chance(joinedLater) ? chance.whole(staffed.month + 1, latest) : staffed.month
    addPast(planning, person, from, others, wages, chance)
    draft.memberships.push(membership(planning, person, staffed, wages, from, null))
    if (others.length > 0 && chance.chance(secondJob)) {
      const other = chance.pick(others)
      if (other.organisation !== staffed.organisation)
        draft.memberships.push(membership(planning, person, other, wages, Math.max(from, other.month), null))
    }
  }
}

/** People who left a good employer of their province before the last month. */
function leavers(planning: Planning, employers: readonly Staffed[], wages: Wages, chance: ReturnType<Planning['dice']>): void {
  const { draft, last, districtOf } = planning
  const near = new Map<string, Staffed[]>()
  for (const staffed of employers) {
    const { province } = districtOf(draft.organisations[staffed.organisation]?.region ?? '')
    near.set(province, [...(near.get(province) ?? []), staffed])
  }
  for (const [province, residents] of byProvince(planning.residence['wage-left'], planning)) {
    const choice = (near.get(province) ?? employers).filter(({ month }) => month <= last - 4)
    for (const region of residents) {
      const staffed = chance.weighted(
        choice.length > 0 ? choice : employers.filter(({ month }) => month === 0),
        ({ residents: own }) => own.length,
      )
      const from = chance.chance(0.55) ? staffed.month : chance.whole(staffed.month, last - 3)
      draft.memberships.push(
        membership(planning, planning.addPerson(region, 'wage'), staffed, wages, from, chance.whole(from + 1, last - 1)),
      )
    }
  }
}

export function planWageEarners(planning: Planning): void {
  const { profile, draft } = planning
  const chance = planning.dice('wage earners')
  const wages: Wages = (pay) => ({ times: chance.pick(profile.workers.wages[pay]) * (0.98 + chance.next() * 0.08) })
  const firms = privateEmployers(planning)
  const good = firms.filter(({ organisation }) => draft.organisations[organisation]?.habit.unpaidFrom === null)
  for (const staffed of firms) staff(planning, staffed, good, wages, chance)
  for (const staffed of publicEmployers(planning)) staff(planning, staffed, [], wages, chance)
  for (const staffed of unpaidEmployers(planning)) staff(planning, staffed, [], wages, chance)
  leavers(planning, good, wages, chance)
}
