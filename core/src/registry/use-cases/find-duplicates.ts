// Looks for other numbers of one person, and shows them side by side: names alike with the same day of birth, identity numbers one
// slip apart. Whoever looks leaves a line for each person shown.
import type { Pack } from '@payung/law'
import { ok, type Result } from '@payung/values'
import type { Encryption, Tx } from '../../platform/index.ts'
import { alike, likeness, nearNumbers } from '../domain/likeness.ts'
import { addProposals, bornOn, cipherOf, openProposals } from '../merge-store.ts'
import { findByHash, type Person, readPerson } from '../person-store.ts'
import { findMember } from './find-member.ts'

export type Duplicate = { readonly person: Person; readonly reasons: readonly string[] }

async function nearOf(tx: Tx, encryption: Encryption, personId: bigint): Promise<bigint[]> {
  const cipher = await cipherOf(tx, personId)
  if (cipher === null) return []
  const near = nearNumbers(encryption.decrypt(cipher, `person:${personId}`))
  const found = await findByHash(
    tx,
    near.map((number) => encryption.keyedHash(number, 'national number')),
  )
  return [...found.values()].map((each) => each.personId).filter((each) => each !== personId)
}

/** Set work may see everybody; the caller has asked for this one. */
export async function findDuplicates(
  tx: Tx,
  { pack, encryption }: { readonly pack: Pack; readonly encryption: Encryption },
  number: string,
  why: string,
): Promise<Result<{ person: Person; duplicates: Duplicate[] }>> {
  const member = await findMember(tx, number, { view: 'duplicates', why })
  if (!member.ok) return member
  const { person } = member.value
  const byName = (await bornOn(tx, person.born, person.personId)).filter(({ name }) => likeness(name, person.name) >= alike)
  const reasons = new Map<bigint, string[]>(byName.map(({ personId }) => [personId, ['name-and-birth']]))
  for (const other of await nearOf(tx, encryption, person.personId)) reasons.set(other, [...(reasons.get(other) ?? []), 'near-number'])
  await addProposals(
    tx,
    [...reasons].map(([otherId, why]) => ({ personId: person.personId, otherId, reasons: why })),
    tx.today(pack.timeZone),
  )
  const duplicates: Duplicate[] = []
  for (const each of await openProposals(tx, person.personId, 100)) {
    const otherId = each.person_id === person.personId ? each.other_id : each.person_id
    const other = await readPerson(tx, otherId)
    if (!other) continue
    tx.look(otherId, 'duplicates', why)
    duplicates.push({ person: other, reasons: each.reasons })
  }
  return ok({ person, duplicates })
}
