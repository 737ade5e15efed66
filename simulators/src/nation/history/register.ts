// The first of a month: who comes is registered, and who went is taken out.
import { addMonths, firstDay, lastDay, ok } from '@payung/values'
import { endMemberships, type NewMembership, registerMemberships, registerOrganisations, registerPersons } from '../core.ts'
import { baseIn } from './wages.ts'
import { act, allGood, inChunks, monthAt, type World } from './world.ts'

export async function registerNewOrganisations(world: World, index: number): Promise<void> {
  const wanted = world.plan.organisations.flatMap((organisation, place) => (organisation.month === index ? [{ organisation, place }] : []))
  for (const chunk of inChunks(wanted)) {
    const rows = chunk.map(({ organisation: { kind, name, region, facts, fundingCode } }) => ({
      kind,
      name,
      regionCode: region,
      facts,
      ...(fundingCode === null ? {} : { fundingCode }),
    }))
    const results = await act(world, 'organisations', async (tx) => ok(await registerOrganisations(tx, { pack: world.law.pack }, rows)))
    for (const [at, result] of allGood('organisations', results).entries()) {
      const place = chunk[at]?.place ?? 0
      world.organisationIds[place] = result.organisationId ?? 0n
      world.payerIds[place] = result.payerId ?? 0n
    }
  }
}

export async function registerNewPersons(world: World, memberships: readonly number[]): Promise<void> {
  const wanted = [...new Set(memberships.map((membership) => world.plan.memberships[membership]?.person ?? 0))].filter(
    (person) => !world.memberNumbers[person],
  )
  const { encryption } = world.platform
  for (const chunk of inChunks(wanted)) {
    const rows = chunk
      .flatMap((person) => world.plan.persons[person] ?? [])
      .map(({ region, ...person }) => ({ ...person, regionCode: region }))
    const results = await act(world, 'persons', async (tx) => ok(await registerPersons(tx, { pack: world.law.pack, encryption }, rows)))
    for (const [at, result] of allGood('persons', results).entries()) {
      if (result.existing) throw new Error(`two planned persons have one number: row ${result.row}`)
      world.personIds[chunk[at] ?? 0] = result.personId ?? 0n
      world.memberNumbers[chunk[at] ?? 0] = result.memberNumber ?? ''
    }
  }
}

/** A planned membership as it is registered on the first day of a month. */
export function membershipRow(world: World, place: number, index: number): NewMembership {
  const planned = world.plan.memberships[place]
  if (!planned) throw new RangeError(`no membership ${place} in the plan`)
  const region = world.plan.persons[planned.person]?.region ?? ''
  return {
    memberNumber: world.memberNumbers[planned.person] ?? '',
    segment: planned.segment,
    programmes: planned.programmes,
    facts: planned.facts,
    base: baseIn(world, place, world.provinceOf(region), index),
    from: firstDay(monthAt(world, index)),
    ...(planned.organisation === null ? {} : { organisationId: world.organisationIds[planned.organisation] ?? 0n }),
    ...(planned.payer === null ? {} : { payerId: world.payerIds[planned.payer] ?? 0n }),
  }
}

/** Opens the memberships that begin this month; of one person in the plan's order. */
export async function openNewMemberships(world: World, memberships: readonly number[], index: number): Promise<void> {
  for (const chunk of inChunks(memberships)) {
    const rows = chunk.map((place) => membershipRow(world, place, index))
    const results = await act(world, 'memberships', async (tx) => ok(await registerMemberships(tx, { pack: world.law.pack }, rows)))
    for (const [at, result] of allGood('memberships', results).entries()) world.ordinals[chunk[at] ?? 0] = result.ordinal ?? 0
  }
}

/** Takes out those whose last month was the one before. */
export async function endOldMemberships(world: World, memberships: readonly number[], index: number, reason: string): Promise<void> {
  const last = lastDay(addMonths(monthAt(world, index), -1))
  for (const chunk of inChunks(memberships)) {
    const rows = chunk.map((place) => ({
      memberNumber: world.memberNumbers[world.plan.memberships[place]?.person ?? 0] ?? '',
      ordinal: world.ordinals[place] ?? 0,
      lastDay: last,
      reason,
    }))
    allGood('endings', await act(world, 'endings', async (tx) => ok(await endMemberships(tx, world.law.pack, rows))))
  }
}

/** The payers that persons are for themselves, as far as they are new. */
export async function findSelfPayers(world: World, persons: readonly number[]): Promise<void> {
  const wanted = [...new Set(persons)].filter((person) => !world.selfPayers.has(person))
  if (wanted.length === 0) return
  const rows = await act(world, 'payers', async (tx) =>
    ok(
      await tx.query<{ person_id: bigint; payer_id: bigint }>(
        'select person_id, payer_id from registry.payer where person_id = any($1::bigint[])',
        [wanted.map((person) => world.personIds[person] ?? 0n)],
      ),
    ),
  )
  const found = new Map(rows.map(({ person_id, payer_id }) => [person_id, payer_id]))
  for (const person of wanted) {
    const payer = found.get(world.personIds[person] ?? 0n)
    if (payer !== undefined) world.selfPayers.set(person, payer)
  }
}
