// What deciding on a set of memberships must know: the persons of the numbers, the organisations with their facts, and the payers. One statement each.
import { type Day, plainNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { closings } from '../closing-store.ts'
import type { NewMembership } from '../domain/membership.ts'
import type { DatedFacts } from '../domain/merged-facts.ts'
import { holdPayers, type Payer, payersOfOrganisations, readOrganisationFacts, readPayers } from '../organisation-store.ts'
import { type EntryFacts, findByNumber, readEntryFacts } from '../person-store.ts'
import { foreignPayers } from './serve-payers.ts'

export type Surroundings = {
  readonly personIds: readonly bigint[]
  /** The person of a typed number, also of an old one. */
  personOf(number: string): { readonly personId: bigint; readonly person: EntryFacts } | undefined
  readonly organisations: ReadonlyMap<bigint, readonly DatedFacts[]>
  readonly payers: ReadonlyMap<bigint, Payer>
  readonly payersOfOrganisations: ReadonlyMap<bigint, Payer>
  readonly closed: ReadonlyMap<bigint, Day>
  /** Payers whom the office of the one who acts does not serve. */
  readonly foreign: ReadonlySet<bigint>
}

export { plainNumber } from '@payung/values'

const given = (ids: readonly (bigint | undefined)[]): bigint[] => [...new Set(ids.filter((id) => id !== undefined))]

export async function readSurroundings(tx: Tx, rows: readonly NewMembership[]): Promise<Surroundings> {
  const numbers = await findByNumber(tx, [...new Set(rows.map(({ memberNumber }) => plainNumber(memberNumber)))])
  const personIds = [...new Set([...numbers.values()].map(({ personId }) => personId))]
  const persons = await readEntryFacts(tx, personIds)
  const organisationIds = given(rows.map(({ organisationId }) => organisationId))
  const payerIds = given(rows.map(({ payerId }) => payerId))
  const organisations = organisationIds.length === 0 ? new Map<bigint, DatedFacts[]>() : await readOrganisationFacts(tx, organisationIds)
  const payers = payerIds.length === 0 ? new Map<bigint, Payer>() : await readPayers(tx, payerIds)
  const ofOrganisations = organisationIds.length === 0 ? new Map<bigint, Payer>() : await payersOfOrganisations(tx, organisationIds)
  const named = [...payers.keys(), ...[...ofOrganisations.values()].map(({ payerId }) => payerId)]
  await holdPayers(tx, named)
  return {
    personIds,
    organisations,
    payers,
    payersOfOrganisations: ofOrganisations,
    closed: await closings(tx, named),
    foreign: await foreignPayers(tx, named),
    personOf: (number) => {
      const personId = numbers.get(plainNumber(number))?.personId
      const person = personId === undefined ? undefined : persons.get(personId)
      return personId === undefined || !person ? undefined : { personId, person }
    },
  }
}
