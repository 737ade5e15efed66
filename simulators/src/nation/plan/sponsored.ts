// Workers who cannot pay: donors, governments and villages pay for groups of them, half a year or a year at a time.
import { byProvince, cut, type Planning } from './context.ts'
import { addOrganisation, fill } from './employers.ts'
import { paysAlways } from './nouns.ts'
import { prepayThrough } from './prepay.ts'
import { selfMembership } from './self-payers.ts'

/** One group under one payer, paid through a month. */
function addGroup(
  planning: Planning,
  residents: readonly string[],
  line: Planning['profile']['organisations']['sponsors'][number],
  through: number,
  period: number,
  chance: ReturnType<Planning['dice']>,
): void {
  const { profile, draft, districtOf } = planning
  const { words, mark } = profile.organisations
  const seat = residents[Math.floor(residents.length / 2)] ?? ''
  const name = fill(chance.pick(line.names), { word: `${chance.pick(words)} ${chance.pick(words)}`, mark, name: districtOf(seat).name })
  // A group begins a whole number of periods before its end, so that each payment is a full one.
  const most = Math.floor((Math.min(through, planning.last) + 1) / period)
  const from = most > 0 ? through + 1 - period * chance.whole(1, Math.max(1, most)) : 0
  const begin = Math.max(0, from)
  const organisation = addOrganisation(planning, {
    kind: line.kind,
    name,
    region: seat,
    facts: {},
    fundingCode: line.funding,
    month: begin,
    habit: paysAlways,
  })
  for (const region of residents) {
    const membership = selfMembership(planning, planning.addPerson(region, 'self'), begin, chance)
    draft.memberships.push({
      ...membership,
      payer: organisation,
      programmes: profile.workers.programmes.self,
      wage: { income: lowestIncome(planning) },
    })
  }
  draft.sponsorships.push({ organisation, from: begin, prepayments: prepayThrough(begin, through, period) })
}

const lowestIncome = ({ profile }: Planning): number => Math.min(...Object.keys(profile.workers.incomes).map(Number))

export function planSponsored(planning: Planning): void {
  const { residence, profile, last } = planning
  const chance = planning.dice('sponsored')
  const periods = Object.entries(profile.nation.habits.sponsored.periods)
  for (const [part, pickThrough, pickPeriod] of [
    ['sponsored', () => last + chance.whole(0, 5), () => Number(chance.weighted(periods, ([, weight]) => weight)[0])],
    // Who stops pays month by month: what a later law gives back of prepaid months would pay further ones.
    ['sponsored-ended', () => chance.whole(5, Math.max(5, last - 5)), () => 1],
  ] as const) {
    for (const residents of byProvince(residence[part], planning).values()) {
      for (let from = 0; from < residents.length; ) {
        const line = chance.weighted(profile.organisations.sponsors, ({ weight }) => weight)
        const [size = 1] = cut(residents.length - from, () => chance.whole(line.size[0], line.size[1]))
        addGroup(planning, residents.slice(from, from + size), line, pickThrough(), pickPeriod(), chance)
        from += size
      }
    }
  }
}
