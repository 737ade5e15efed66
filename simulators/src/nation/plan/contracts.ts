// Construction projects and work abroad: a premium for the dates of a contract, paid once.
import { byProvince, cut, type Planning } from './context.ts'
import { addOrganisation, namer } from './employers.ts'
import { type PlannedMembership, paysAlways } from './nouns.ts'

type Chance = ReturnType<Planning['dice']>
type Term = { readonly from: number; readonly months: number }

/** A term that still runs on the last day and did not begin in its last two weeks, or one that ended at least a month before. */
function termOf(planning: Planning, running: boolean, [least, most]: readonly [number, number], chance: Chance): Term {
  const { last } = planning
  const months = chance.whole(least, most)
  if (running) return { from: chance.whole(Math.max(0, last - months + 2), last - 1), months }
  const short = Math.min(months, Math.max(2, last - 1))
  return { from: chance.whole(0, Math.max(0, last - short - 1)), months: short }
}

function member(
  planning: Planning,
  region: string,
  work: 'project' | 'migrant',
  payer: number | null,
  from: number,
  facts: PlannedMembership['facts'],
): number {
  const person = planning.addPerson(region, work)
  const segment = planning.profile.nation.segments[work]
  planning.draft.memberships.push({
    person,
    segment,
    organisation: payer,
    payer,
    programmes: [],
    facts,
    wage: { income: 0 },
    from,
    to: null,
    prepayments: [],
  })
  return person
}

export function planProjects(planning: Planning): void {
  const { profile, residence, draft } = planning
  const { contractors } = profile.organisations
  const chance = planning.dice('projects')
  const name = namer(planning, 'projects')
  for (const [part, running] of [
    ['project', true],
    ['project-ended', false],
  ] as const) {
    for (const residents of byProvince(residence[part], planning).values()) {
      let begin = 0
      for (const size of cut(residents.length, () => chance.whole(contractors.size[0], contractors.size[1]))) {
        const own = residents.slice(begin, begin + size)
        begin += size
        const term = termOf(planning, running, profile.nation.habits.project.months, chance)
        const organisation = addOrganisation(planning, {
          kind: contractors.kind,
          name: name(chance.pick(contractors.form), contractors.business),
          region: own[0] ?? '',
          facts: contractors.organisation_facts,
          fundingCode: null,
          month: term.from,
          habit: paysAlways,
        })
        const value = size * chance.whole(contractors.value_per_worker[0], contractors.value_per_worker[1])
        const persons = own.map((region) => member(planning, region, 'project', organisation, term.from, {}))
        const facts = { ...contractors.facts, [contractors.value_fact]: String(value) }
        draft.contracts.push({
          segment: profile.nation.segments.project,
          name: `${contractors.business} ${draft.contracts.length + 1}`,
          payer: organisation,
          persons,
          ...term,
          facts,
        })
      }
    }
  }
}

export function planMigrants(planning: Planning): void {
  const { profile, residence, draft } = planning
  const { placement } = profile.organisations
  const { months, individual } = profile.nation.habits.migrant
  const { facts: ways, months_fact } = profile.workers.migrant
  const chance = planning.dice('migrants')
  const name = namer(planning, 'placement')
  const segment = profile.nation.segments.migrant
  for (const [part, running] of [
    ['migrant', true],
    ['migrant-ended', false],
  ] as const) {
    const everybody = chance.shuffled(residence[part])
    const alone = Math.round(everybody.length * individual)
    for (const region of everybody.slice(0, alone)) {
      const term = termOf(planning, running, months, chance)
      const facts = { ...ways.individual, [months_fact]: String(term.months) }
      draft.contracts.push({
        segment,
        name: `${draft.contracts.length + 1}`,
        payer: null,
        persons: [member(planning, region, 'migrant', null, term.from, ways.individual)],
        ...term,
        facts,
      })
    }
    let begin = alone
    for (const size of cut(everybody.length - alone, () => chance.whole(placement.size[0], placement.size[1]))) {
      const own = everybody.slice(begin, begin + size)
      begin += size
      const term = termOf(planning, running, months, chance)
      const organisation = addOrganisation(planning, {
        kind: placement.kind,
        name: name(chance.pick(placement.form), placement.business),
        region: own[0] ?? '',
        facts: placement.facts,
        fundingCode: null,
        month: term.from,
        habit: paysAlways,
      })
      const facts = { ...ways.placement, [months_fact]: String(term.months) }
      const persons = own.map((region) => member(planning, region, 'migrant', organisation, term.from, ways.placement))
      draft.contracts.push({
        segment,
        name: `${placement.business} ${draft.contracts.length + 1}`,
        payer: organisation,
        persons,
        ...term,
        facts,
      })
    }
  }
}
