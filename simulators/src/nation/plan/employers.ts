// Employers of realistic sizes, lines of business and manners of paying.
import type { Facts } from '../profile.ts'
import { byProvince, cut, type Planning } from './context.ts'
import { type Habit, type PlannedOrganisation, paysAlways } from './nouns.ts'

/** An employer with the people who work there on the last day (or worked there to the end, when it does not pay). */
export type Staffed = {
  readonly organisation: number
  readonly residents: readonly string[]
  readonly month: number
  readonly pay: 'small' | 'large' | 'public'
}

export function addOrganisation({ draft }: Planning, organisation: PlannedOrganisation): number {
  return draft.organisations.push(organisation) - 1
}

const fill = (template: string, values: Readonly<Record<string, string>>): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

/** Names of private organisations; a number keeps two of the same words apart. */
export function namer({ profile, dice }: Planning, purpose: string): (form: string, business: string) => string {
  const chance = dice(`names of ${purpose}`)
  const used = new Map<string, number>()
  return (form, business) => {
    const { words, mark } = profile.organisations
    const name = [form, business, chance.pick(words), chance.pick(words), mark].filter(Boolean).join(' ')
    const times = (used.get(name) ?? 0) + 1
    used.set(name, times)
    return times === 1 ? name : `${name} ${times}`
  }
}

function businessFacts(
  planning: Planning,
  size: number,
  chance: ReturnType<Planning['dice']>,
): { facts: Facts; form: string; business: string; pay: 'small' | 'large' } {
  const { sizes, businesses, headcount_fact } = planning.profile.organisations
  const sized = sizes.find(({ from, to }) => size >= from && size <= to) ?? sizes[sizes.length - 1]
  if (!sized) throw new RangeError('the profile has no sizes of employers')
  const business = chance.weighted(
    businesses.filter(({ only_from }) => size >= (only_from ?? 0)),
    ({ weight }) => weight,
  )
  const facts = { ...sized.facts, ...business.facts, [headcount_fact]: String(size) }
  return { facts, form: chance.pick(sized.form), business: business.name, pay: size < 20 ? 'small' : 'large' }
}

/** A size drawn from the profile's classes, evenly on a scale of ratios within the class. */
function drawSize({ profile }: Planning, chance: ReturnType<Planning['dice']>): number {
  const { from, to } = chance.weighted(profile.organisations.sizes, ({ weight }) => weight)
  return Math.round(from * (to / from) ** chance.next())
}

/** How a good employer pays: always, except that some are behind on the last day, and some were late once. */
function habitOf({ profile, last }: Planning, chance: ReturnType<Planning['dice']>, size: number, month: number): Habit {
  const { behind, partial, 'once-late': onceLate } = profile.nation.habits.employer
  const draw = chance.next()
  let share = 0
  for (const [index, part] of behind.entries()) {
    share += part
    // A large employer that is behind would move a whole province; only smaller ones are.
    if (draw < share && size < 60 && month < last - 8)
      return { unpaidFrom: last - 1 - index, partial: chance.chance(partial), lateIn: null }
  }
  return chance.chance(onceLate) && month < last - 4 ? { ...paysAlways, lateIn: chance.whole(month + 1, last - 3) } : paysAlways
}

function employer(
  planning: Planning,
  chance: ReturnType<Planning['dice']>,
  name: ReturnType<typeof namer>,
  residents: readonly string[],
  seat: string,
  habit?: Habit,
  more: Facts = {},
): Staffed {
  const { profile, last } = planning
  const size = residents.length
  const { facts, form, business, pay } = businessFacts(planning, size, chance)
  const month =
    habit === undefined && chance.chance(profile.nation.habits.employer['began-later']) ? chance.whole(1, Math.max(1, last - 6)) : 0
  const organisation = addOrganisation(planning, {
    kind: profile.organisations.employer_kind,
    name: name(form, business),
    region: seat,
    facts: { ...facts, ...more },
    fundingCode: null,
    month,
    habit: habit ?? habitOf(planning, chance, size, month),
  })
  return { organisation, residents, month, pay }
}

/** Private employers: a few national ones with staff everywhere, the others with staff of their own province. */
export function privateEmployers(planning: Planning): Staffed[] {
  const { profile, residence, dice } = planning
  const chance = dice('private employers')
  const name = namer(planning, 'private employers')
  const { national, 'national-size': nationalSize } = profile.nation.habits.employer
  const everybody = chance.shuffled(residence['wage-private'])
  const inNational = Math.round(everybody.length * national)
  const groups = cut(inNational, () => Math.round(nationalSize * (0.6 + chance.next() * 0.9)))
  const seats = everybody.filter((code) => planning.districtOf(code).city)
  const staffed: Staffed[] = []
  let begin = 0
  for (const size of groups) {
    staffed.push(
      employer(planning, chance, name, everybody.slice(begin, begin + size), chance.pick(seats.length > 0 ? seats : everybody), paysAlways),
    )
    begin += size
  }
  for (const residents of byProvince(everybody.slice(inNational), planning).values()) {
    let from = 0
    for (const size of cut(residents.length, () => drawSize(planning, chance))) {
      const own = residents.slice(from, from + size)
      staffed.push(employer(planning, chance, name, own, chance.pick(own)))
      from += size
    }
  }
  return staffed
}

/** Employers that have not paid for more than three months: their workers are insured, but the employer pays first. */
export function unpaidEmployers(planning: Planning): Staffed[] {
  const { residence, dice, last } = planning
  const chance = dice('unpaid employers')
  const name = namer(planning, 'unpaid employers')
  const staffed: Staffed[] = []
  for (const residents of byProvince(residence['wage-unpaid'], planning).values()) {
    let from = 0
    for (const size of cut(residents.length, () => chance.whole(3, 40))) {
      const own = residents.slice(from, from + size)
      const unpaidFrom = Math.max(1, last - chance.whole(5, 11))
      staffed.push(
        employer(
          planning,
          chance,
          name,
          own,
          chance.pick(own),
          { unpaidFrom, partial: chance.chance(0.3), lateIn: null },
          planning.profile.organisations.unpaid_facts,
        ),
      )
      from += size
    }
  }
  return staffed
}

/** Public bodies: one for each province, and more where the staff is many. */
export function publicEmployers(planning: Planning): Staffed[] {
  const { profile, residence, dice, districtOf, provinceName } = planning
  const { kind, facts, names, size } = profile.organisations.public
  const chance = dice('public employers')
  const staffed: Staffed[] = []
  for (const [province, residents] of byProvince(residence['wage-public'], planning)) {
    let from = 0
    for (const [index, count] of cut(residents.length, () => chance.whole(size[0], size[1])).entries()) {
      const own = residents.slice(from, from + count)
      const seat = own[0] ?? ''
      const name =
        index === 0
          ? fill(names.province, { name: provinceName(province) })
          : fill(names.district, { name: districtOf(own[Math.floor(count / 2)] ?? seat).name })
      const all = { ...facts, [profile.organisations.headcount_fact]: String(count) }
      const organisation = addOrganisation(planning, {
        kind,
        name,
        region: seat,
        facts: all,
        fundingCode: null,
        month: 0,
        habit: paysAlways,
      })
      staffed.push({ organisation, residents: own, month: 0, pay: 'public' })
      from += count
    }
  }
  return staffed
}
export { fill }
