// Changes what the law asks about an organisation from a day on (size, risk, industry …), and tells it for every membership there
// (PP 44/2015 art 9(3): the employer reports a change within 7 working days).
import type { Facts, Pack } from '@payung/law'
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { readFirstDay } from '../domain/member-row.ts'
import { factsOn } from '../domain/merged-facts.ts'
import { checkOrganisationFacts } from '../domain/organisation.ts'
import type { OrganisationFactsChanged } from '../events.ts'
import { readOrganisationMemberships } from '../membership-store.ts'
import { addOrganisationFacts, payersOfOrganisations, readOrganisationFacts } from '../organisation-store.ts'
import { changesFrom, readMembershipDetails } from './read-membership-details.ts'
import { servePayers } from './serve-payers.ts'

export type FactsChange = {
  readonly organisationId: bigint
  readonly from: string /** Those that change; the others stay. */
  readonly facts: Facts
}

/** Gives the number of memberships that it touches. */
export async function changeOrganisationFacts(tx: Tx, pack: Pack, change: FactsChange): Promise<Result<number>> {
  const { organisationId, facts } = change
  const first = readFirstDay(change.from)
  if (!first.ok) return first
  const from = first.value
  const checked = checkOrganisationFacts(pack, facts)
  if (!checked.ok) return checked
  const known = (await readOrganisationFacts(tx, [organisationId])).get(organisationId)
  const no = (code: string, rule: string, next: string) =>
    refuse({ code, rule, data: { organisationId: organisationId.toString(), from }, next })
  if (!known) return no('organisation-unknown', 'An organisation is registered before its facts change.', 'Check the number.')
  const payers = await payersOfOrganisations(tx, [organisationId])
  const served = await servePayers(
    tx,
    [...payers.values()].map(({ payerId }) => payerId),
  )
  if (!served.ok) return served
  const later = known.find((row) => row.from >= from)
  if (later)
    return no(
      'facts-too-early',
      `Facts from ${later.from} on are registered already; a change begins after them.`,
      `Give a day after ${later.from}.`,
    )
  const all = { ...factsOn(known, from), ...checked.value }
  await addOrganisationFacts(tx, [{ organisationId, from, facts: all }])
  const memberships = await readOrganisationMemberships(tx, organisationId, from)
  const changes = await changesFrom(
    tx,
    memberships.map((membership) => ({ membership, from })),
  )
  const detail: OrganisationFactsChanged = { organisationId, from, facts: all, members: await readMembershipDetails(tx, pack, changes) }
  await tx.emit({
    kind: 'organisation-facts-changed',
    room: 'registry',
    subject: `organisation:${organisationId}`,
    payload: { from, facts: Object.keys(checked.value), members: memberships.length },
    detail,
  })
  return ok(memberships.length)
}
