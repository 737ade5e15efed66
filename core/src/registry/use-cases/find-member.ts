// Finds a member by number, old numbers too. A look by somebody else than the member is noted before the data leave.
import { ok, type Refusal, type Result, refuse } from '@payung/values'
import { officeOf, type Tx } from '../../platform/index.ts'
import { refuseNumber } from '../domain/membership.ts'
import { type Membership, readMemberships } from '../membership-store.ts'
import { ownAmong } from '../merge-store.ts'
import { servesPerson } from '../office-store.ts'
import { findByNumber, type Person, readAliases, readPerson } from '../person-store.ts'
import { plainNumber } from './read-surroundings.ts'

/** Two numbers of one human being may each have a membership of one ordinal: the number under which it was registered names which is meant. */
export type NamedMembership = Membership & { readonly memberNumber: string }
export type Member = { readonly person: Person; readonly aliases: readonly string[]; readonly memberships: readonly NamedMembership[] }

/** The person whom a number leads to, without a look at his data. */
export async function findPerson(tx: Tx, number: string): Promise<Result<bigint>> {
  const plain = plainNumber(number)
  const found = (await findByNumber(tx, [plain])).get(plain)
  return found ? ok(found.personId) : refuse(refuseNumber(number))
}

export const memberNotYours: Refusal = {
  code: 'member-not-yours',
  rule: 'An office sees the members in the districts it serves, an organisation its own workers, a member himself.',
  data: {},
  next: 'Ask the office of the member, or the head office.',
}

/** Whether staff may act for a member: their office serves him. What he is to others does not matter here. */
export async function serveMember(tx: Tx, personId: bigint): Promise<Result<undefined>> {
  const serves = tx.actor.kind !== 'staff' || (await servesPerson(tx, officeOf(tx.actor), personId))
  return serves ? ok(undefined) : refuse(memberNotYours)
}

/** `view` names what is shown, for the access trail; `why` is what the reader gave as the reason. */
export async function findMember(
  tx: Tx,
  number: string,
  { view, why }: { readonly view: string; readonly why: string },
): Promise<Result<Member>> {
  const found = await findPerson(tx, number)
  if (!found.ok) return found
  const person = await readPerson(tx, found.value)
  // Staff learn that somebody else serves the member; anybody else learns nothing, not even that the number is somebody's.
  if (!person) return refuse(tx.actor.kind === 'staff' ? memberNotYours : refuseNumber(number))
  // Set work in the name of staff sees every row; whom their office serves is asked all the same.
  const serves = await serveMember(tx, person.personId)
  if (!serves.ok) return serves
  if (!(await ownAmong(tx, [person.personId])).has(person.personId)) tx.look(person.personId, view, why)
  const { aliases, merged } = await readAliases(tx, person.personId)
  const memberships = (await readMemberships(tx, [person.personId, ...merged.keys()])).map((membership) => ({
    ...membership,
    memberNumber: merged.get(membership.personId) ?? person.memberNumber,
  }))
  return ok({ person, aliases, memberships })
}
