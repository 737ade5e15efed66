// Merges what the law asks about memberships that exist, as of a day of change: the rows that events carry.
import type { Pack } from '@payung/law'
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { factsOn, mergeFacts } from '../domain/merged-facts.ts'
import type { MembershipDetail } from '../events.ts'
import type { Membership } from '../membership-store.ts'
import { type Payer, readOrganisationFacts, readPayers } from '../organisation-store.ts'
import { readEntryFacts } from '../person-store.ts'

export type Change = { readonly membership: Membership; readonly payerId: bigint; readonly from: Day }

/** One row for each change; the base stays as it is. Three statements, however many rows. */
export async function readMembershipDetails(tx: Tx, pack: Pack, changes: readonly Change[]): Promise<MembershipDetail[]> {
  const persons = await readEntryFacts(
    tx,
    changes.map(({ membership }) => membership.personId),
  )
  const organisations = await readOrganisationFacts(tx, [...new Set(changes.flatMap(({ membership }) => membership.organisationId ?? []))])
  const payers: Map<bigint, Payer> = await readPayers(tx, [...new Set(changes.map(({ payerId }) => payerId))])
  return changes.map(({ membership, payerId, from }) => {
    const [person, payer] = [persons.get(membership.personId), payers.get(payerId)]
    if (!person || !payer) throw new Error('a membership has no person or no payer')
    const { segment, organisationId, programmes, facts } = membership
    return {
      personId: membership.personId,
      ordinal: membership.ordinal,
      payerId,
      payerKind: payer.kind,
      settlement: payer.settlement,
      segment,
      facts: mergeFacts(pack, {
        segment,
        organisationFacts: organisationId === null ? {} : factsOn(organisations.get(organisationId) ?? [], from),
        membershipFacts: facts,
        born: person.born,
        sex: person.sex,
        joined: membership.from,
        payerKind: payer.kind,
        programmes,
      }),
      born: person.born,
      base: null,
      from,
      joined: membership.from,
      acceptedOn: membership.acceptedOn,
      organisationId,
    }
  })
}
