// What goes otherwise than planned: who is chosen for which exception, and in which month. Each firm, person and contract is chosen for one
// thing only, and whoever is covered (or not) on the last day stays so: an exception is put right before the history ends.
import { type Choice, choose, isWage, someMonth, times } from './choice.ts'
import type { Planning } from './context.ts'
import { addOrganisation } from './employers.ts'
import type { PlannedMembership } from './nouns.ts'
import { payDayOf, payDays } from './pay-days.ts'
import { prepayThrough } from './prepay.ts'
import { planRarer } from './rarer-exceptions.ts'
import { selfMembership } from './self-payers.ts'

/** One firm for each: wages told wrongly, exchanged, a worker taken out by mistake, money that is recalled, mistyped or too much. */
function planFirms(choice: Choice): void {
  const { planning, countOf, nextFirm, taken } = choice
  for (const kind of ['wage', 'deactivation', 'taken-back'] as const)
    times(countOf(kind), () => {
      const [worker] = nextFirm()?.workers ?? []
      if (!worker) return
      taken.add(worker.membership.person)
      planning.draft.exceptions.push({ kind, month: someMonth(choice), memberships: [worker.place] })
    })
  times(countOf('swap'), () => {
    const workers = (nextFirm()?.workers ?? []).toSorted(({ membership: a }, { membership: b }) => timesOf(a) - timesOf(b))
    const [least, most] = [workers[0], workers.at(-1)]
    if (least && most) planning.draft.exceptions.push({ kind: 'swap', month: someMonth(choice), memberships: [least.place, most.place] })
  })
  for (const kind of ['reversal', 'refund'] as const)
    times(countOf(kind), () => {
      const firm = nextFirm()
      if (firm) planning.draft.exceptions.push({ kind, month: someMonth(choice), organisation: firm.organisation })
    })
  // Who pays on the first of the pay days would have paid before the bill is split, or before the desk finds whose money it is.
  const paysLater = (organisation: number): boolean => payDayOf(organisation) > payDays[0]
  times(countOf('split'), () => {
    const { workers } = nextFirm(paysLater) ?? { workers: [] }
    const named = workers.slice(0, Math.floor(workers.length / 2)).map(({ place }) => place)
    if (named.length > 0) planning.draft.exceptions.push({ kind: 'split', month: someMonth(choice), memberships: named })
  })
  times(countOf('queued'), () => {
    const firm = nextFirm(paysLater)
    if (firm) planning.draft.exceptions.push({ kind: 'queued', month: someMonth(choice), organisation: firm.organisation })
  })
}
/** Firms that never had anybody to insure: closed, opened again for money that came late, and closed again. */
function planReopened(choice: Choice): void {
  const { planning, countOf, nextFirm } = choice
  times(countOf('reopened'), () => {
    const like = planning.draft.organisations[nextFirm()?.organisation ?? -1]
    if (!like) return
    const organisation = addOrganisation(planning, { ...like, name: `${like.name} 2`, month: 0 })
    planning.draft.exceptions.push({ kind: 'reopened', month: someMonth(choice), organisation })
  })
}

const timesOf = ({ wage }: PlannedMembership): number => ('times' in wage ? wage.times : 0)

/** Firms in a line of business that a relief names, with the headcount that it asks for: most of their workers are not registered yet. */
function planReassessed({ planning, chance, countOf, nextFirm }: Choice): void {
  const { businesses, sizes, headcount_fact } = planning.profile.organisations
  const named = businesses.filter(({ only_from }) => only_from !== undefined)
  const large = sizes.at(-1)
  times(countOf('reassessed'), () => {
    const firm = nextFirm()
    const organisation = firm && planning.draft.organisations[firm.organisation]
    if (!firm || !organisation || !large || named.length === 0) return
    const facts = { ...organisation.facts, ...large.facts, ...chance.pick(named).facts, [headcount_fact]: String(large.from) }
    planning.draft.organisations[firm.organisation] = { ...organisation, facts }
  })
}

/** People who left: some died, some take their savings out, some have an opening balance from before. */
function planPeople({ planning, chance, countOf, memberships, taken }: Choice): void {
  const { draft, last } = planning
  const alone = chance.shuffled([...draft.memberships.entries()]).filter(([, each]) => isWage(each) && memberships.get(each.person) === 1)
  const staff = new Map<number | null, number>()
  for (const [, { payer }] of alone) staff.set(payer, (staff.get(payer) ?? 0) + 1)
  const take = (count: number, fits: (membership: PlannedMembership) => boolean): readonly (readonly [number, PlannedMembership])[] => {
    const found = alone.filter(([, each]) => !taken.has(each.person) && fits(each)).slice(0, count)
    for (const [, { person }] of found) taken.add(person)
    return found
  }
  const left = ({ from, to }: PlannedMembership): boolean => to !== null && to - from >= 3 && to <= last - 3
  for (const [place, each] of take(countOf('death'), left)) draft.memberships[place] = { ...each, leaves: 'died' }
  // The smallest firms insure no savings.
  for (const [place, each] of take(countOf('withdrawal'), (one) => left(one) && (staff.get(one.payer) ?? 0) >= 8))
    draft.exceptions.push({ kind: 'withdrawal', month: (each.to ?? 0) + 2, memberships: [place] })
  for (const [place] of take(countOf('opening'), ({ from, to }) => from === 0 && to === null))
    draft.exceptions.push({ kind: 'opening', month: 0, memberships: [place] })
  for (const [, each] of take(countOf('move'), ({ from, to }) => from >= 4 && to === null))
    draft.memberships.push({
      ...selfMembership(planning, each.person, 0, chance),
      to: each.from - 1,
      leaves: 'moved',
      prepayments: prepayThrough(0, each.from - 1, 1),
    })
}

/** People whose second employer registered them anew, without their identity number: two numbers of one person, until he agrees to merge them. */
function planDuplicates({ planning, chance, countOf, memberships, taken }: Choice): void {
  const { draft, last } = planning
  const places = new Map<number, number[]>()
  for (const [place, { person }] of draft.memberships.entries())
    if (memberships.get(person) === 2) places.set(person, [...(places.get(person) ?? []), place])
  const changed = chance.shuffled([...places]).flatMap(([person, own]) => {
    const [past, present] = own.flatMap((place) => draft.memberships[place] ?? []).toSorted((a, b) => a.from - b.from)
    const isOne = own.length === 2 && past?.to != null && present?.to === null && past.to < present.from && isWage(past) && isWage(present)
    return isOne && present.from < last - 1 && !taken.has(person) ? [{ person, past, present }] : []
  })
  for (const { person, past, present } of changed.slice(0, countOf('duplicate'))) {
    const known = draft.persons[person]
    if (!known) continue
    taken.add(person)
    const duplicate = draft.persons.push({ ...known, nationalNumber: '' }) - 1
    draft.memberships[draft.memberships.indexOf(past)] = { ...past, person: duplicate }
    draft.exceptions.push({ kind: 'duplicate', month: present.from + 1, person, duplicate })
  }
}

/** Lines of a public budget whose money came after the lapse: four months are paid at once, and the old period goes on. */
function planReinstatements({ planning, chance, countOf }: Choice): void {
  const { draft, last, profile } = planning
  const groups = chance.shuffled([...draft.sponsorships.entries()]).filter(([, { organisation, prepayments }]) => {
    const through = prepayments.reduce((end, { from, months }) => Math.max(end, from + months - 1), 0)
    return through >= last && profile.nation.late_payers.includes(draft.organisations[organisation]?.kind ?? '')
  })
  for (const [place, group] of groups.slice(0, countOf('reinstatement'))) {
    const back = chance.whole(6, last - 2)
    const stopped = back - 4
    const prepayments = [
      ...prepayThrough(0, stopped, 1),
      { at: back, from: stopped + 1, months: 4 },
      ...prepayThrough(back, last, 1).slice(1),
    ]
    const organisation = draft.organisations[group.organisation]
    if (organisation) draft.organisations[group.organisation] = { ...organisation, month: 0 }
    draft.sponsorships[place] = { ...group, from: 0, prepayments }
    for (const [at, membership] of draft.memberships.entries())
      if (membership.payer === group.organisation) draft.memberships[at] = { ...membership, from: 0 }
    draft.exceptions.push({ kind: 'reinstatement', month: back, organisation: group.organisation, from: stopped + 1 })
  }
}

/** Projects paid in instalments, projects that grow, and migrants who stay longer. */
function planContracts({ planning, chance, countOf }: Choice): void {
  const { draft, last, profile } = planning
  const { project, migrant } = profile.nation.segments
  const free = chance.shuffled([...draft.contracts.entries()])
  const take = (count: number, fits: (contract: (typeof draft.contracts)[number]) => boolean) => {
    const found = free.filter(([, contract]) => fits(contract)).slice(0, count)
    for (const each of found) free.splice(free.indexOf(each), 1)
    return found
  }
  for (const [place, contract] of take(countOf('instalments'), ({ segment, months }) => segment === project && months >= 6))
    draft.contracts[place] = { ...contract, instalments: true }
  for (const [place, { from }] of take(
    countOf('addendum'),
    ({ segment, from, months }) => segment === project && months >= 3 && from <= last - 1,
  ))
    draft.exceptions.push({ kind: 'addendum', month: from + 1, contract: place })
  for (const [place, { from }] of take(
    countOf('extension'),
    ({ segment, payer, from, months }) =>
      segment === migrant && payer === null && months <= 18 && from + months > last + 1 && from <= last - 1,
  ))
    draft.exceptions.push({ kind: 'extension', month: from + 1, contract: place })
}

/** Adds the exceptions to a plan that is complete. Duplicates make more persons of the plan, and not one human being more. */
export function planExceptions(planning: Planning, scale: number): void {
  const choice = choose(planning, scale)
  planFirms(choice)
  planReassessed(choice)
  planPeople(choice)
  planDuplicates(choice)
  planReinstatements(choice)
  planContracts(choice)
  planReopened(choice)
  planRarer(choice)
}
