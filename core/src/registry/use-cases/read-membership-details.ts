// Merges what the law asks about memberships that exist, as of a day of change: the rows that events carry.
import type { Pack } from '@payung/law'
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { changeDays, factsOn, mergeFacts, spansFrom } from '../domain/merged-facts.ts'
import type { MembershipDetail } from '../events.ts'
import { keyText, type Membership, readArrangements } from '../membership-store.ts'
import { type Payer, readOrganisationFacts, readPayers } from '../organisation-store.ts'
import { readEntryFacts } from '../person-store.ts'

type Start = { readonly membership: Membership; readonly from: Day }
export type Change = Start & { readonly until: Day | null; readonly payerId: bigint }

/** What holds for memberships from a day on. Who tells late of a change does not undo what was told of the days after it. */
export async function changesFrom(tx: Tx, starts: readonly Start[]): Promise<Change[]> {
  const memberships = starts.map(({ membership }) => membership)
  const arrangements = await readArrangements(tx, memberships)
  const organisations = await readOrganisationFacts(tx, [...new Set(memberships.flatMap(({ organisationId }) => organisationId ?? []))])
  return starts.flatMap(({ membership, from }) => {
    const payers = arrangements.get(keyText(membership)) ?? []
    const facts = membership.organisationId === null ? [] : (organisations.get(membership.organisationId) ?? [])
    const cuts = [...payers.map((each) => each.from), ...changeDays(facts)]
    return spansFrom(from > membership.from ? from : membership.from, membership.until, cuts).flatMap((span) => {
      const payer = payers.findLast((each) => each.from <= span.from)
      return payer ? [{ membership, ...span, payerId: payer.payerId }] : []
    })
  })
}

/** One row for each change; the base stays as it is. Three statements, however many rows. */
export async function readMembershipDetails(tx: Tx, pack: Pack, changes: readonly Change[]): Promise<MembershipDetail[]> {
  const persons = await readEntryFacts(
    tx,
    changes.map(({ membership }) => membership.personId),
  )
  const organisations = await readOrganisationFacts(tx, [...new Set(changes.flatMap(({ membership }) => membership.organisationId ?? []))])
  const payers: Map<bigint, Payer> = await readPayers(tx, [...new Set(changes.map(({ payerId }) => payerId))])
  return changes.map(({ membership, payerId, from, until }) => {
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
      until,
      joined: membership.from,
      acceptedOn: membership.acceptedOn,
      organisationId,
    }
  })
}
