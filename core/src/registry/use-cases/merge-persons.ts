// Makes a number lead to a person as an old one: a duplicate registration, or a number from before. No row moves: what was
// registered under the duplicate stays where it is and is read together with the person's own.
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { refuseNumber } from '../domain/membership.ts'
import { findByNumber, pointNumber } from '../person-store.ts'
import { plainNumber } from './read-surroundings.ts'

export type Merge = {
  /** The number that becomes an alias. */ readonly alias: string /** The number of the person who stays. */
  readonly into: string
  readonly reason: string
}

/** Gives the person who stays. Only set work may do it: the directories are not open to online roles. */
export async function mergePersons(tx: Tx, { alias, into, reason }: Merge): Promise<Result<bigint>> {
  const [old, stays] = [plainNumber(alias), plainNumber(into)]
  const no = (code: string, rule: string, next: string) => refuse({ code, rule, data: { alias: old, into: stays }, next })
  const found = await findByNumber(tx, [old, stays])
  const person = found.get(stays)
  if (!person) return refuse(refuseNumber(into))
  if (old === stays || found.get(old)?.personId === person.personId)
    return no('same-person', 'Both numbers lead to the same person already.', 'Nothing is to be done.')
  if (!/^[0-9A-Za-z]{4,20}$/.test(old))
    return no('wrong-alias', 'An old number has 4 to 20 digits or letters.', 'Copy it from the old card.')
  if (reason.trim() === '') return no('reason-missing', 'A merge has a reason.', 'Say how it is known that both are one person.')
  await pointNumber(tx, old, found.get(old)?.personId ?? null, person.personId)
  await tx.emit({
    kind: 'persons-merged',
    room: 'registry',
    subject: `person:${person.personId}`,
    payload: { reason: reason.trim(), duplicate: found.has(old) },
  })
  return ok(person.personId)
}
