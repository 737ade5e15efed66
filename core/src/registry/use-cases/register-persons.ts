// Registers persons. One already known by the identity number is found and never created twice, also within one set or by two sets at once.
import type { Pack } from '@payung/law'
import { type Day, memberNumber, type Refusal } from '@payung/values'
import type { Encryption, Tx } from '../../platform/index.ts'
import { type CheckedPerson, checkPerson, type NewPerson } from '../domain/person.ts'
import { rowOf } from '../domain/row-fault.ts'
import type { PersonsRegistered } from '../events.ts'
import { addPersons, claimHashes, drawPersonIds, findByHash, type PersonRow } from '../person-store.ts'
import { readRegionCodes } from '../scheme-store.ts'

export type Registration = {
  readonly pack: Pack
  readonly encryption: Encryption /** The day of registration; absent: today. */
  readonly on?: Day
}
export type PersonResult = {
  readonly row: number
  readonly personId: bigint | null
  readonly memberNumber: string | null
  readonly existing: boolean
  readonly refusal: Refusal | null
}

/** Each row is answered by itself, in the order given; a refused row does not hinder the others. */
export async function registerPersons(tx: Tx, { pack, encryption, on }: Registration, rows: readonly NewPerson[]): Promise<PersonResult[]> {
  const today = tx.today(pack.timeZone)
  const regions = await readRegionCodes(tx, 'district')
  const results = new Map<number, PersonResult>()
  const checked: { index: number; person: CheckedPerson; hash: Buffer | null }[] = []
  for (const [index, row] of rows.entries()) {
    const result = checkPerson(pack, row, today, (code) => regions.has(code))
    if (result.ok)
      checked.push({
        index,
        person: result.value,
        hash: result.value.nationalNumber === null ? null : encryption.keyedHash(result.value.nationalNumber, 'national number'),
      })
    else results.set(index, { row: rowOf(index), personId: null, memberNumber: null, existing: false, refusal: result.refusal })
  }
  const ids = await drawPersonIds(tx, checked.length)
  const drawn = checked.map((entry, place) => ({ ...entry, personId: ids[place] ?? 0n }))
  // Of two rows with one number in the same set, the first claims it; the second finds what the first made.
  const first = new Map(
    drawn
      .filter(({ hash }) => hash !== null)
      .reverse()
      .map((entry) => [entry.hash?.toString('hex'), entry]),
  )
  const claims = [...first.values()].flatMap(({ hash, personId }) => (hash === null ? [] : [{ hash, personId }]))
  const free = claims.length === 0 ? new Set<bigint>() : await claimHashes(tx, claims)
  const created = drawn.filter(({ hash, personId }) => hash === null || free.has(personId))
  await addPersons(
    tx,
    created.map((entry) => personRow(entry, encryption)),
    on ?? today,
  )
  const existing = drawn.filter(({ hash, personId }) => hash !== null && !free.has(personId))
  const known =
    existing.length === 0
      ? new Map<string, { personId: bigint; memberNumber: string }>()
      : await findByHash(
          tx,
          existing.flatMap(({ hash }) => hash ?? []),
        )
  for (const { index, personId } of created)
    results.set(index, { row: rowOf(index), personId, memberNumber: memberNumber(personId), existing: false, refusal: null })
  for (const { index, hash } of existing) {
    const found = known.get(hash?.toString('hex') ?? '')
    if (!found) throw new Error('a number that is claimed belongs to nobody')
    results.set(index, { row: rowOf(index), ...found, existing: true, refusal: null })
  }
  await tell(tx, created, existing.length, rows.length - checked.length, on ?? today)
  return rows.map((_, index) => results.get(index)).filter((result) => result !== undefined)
}

const personRow = ({ personId, person }: { personId: bigint; person: CheckedPerson }, encryption: Encryption): PersonRow => ({
  personId,
  memberNumber: memberNumber(personId),
  name: person.name,
  born: person.born,
  sex: person.sex,
  regionCode: person.regionCode,
  // The person is bound in: a number copied to another row does not open there.
  cipher: person.nationalNumber === null ? null : encryption.encrypt(person.nationalNumber, `person:${personId}`),
})

async function tell(
  tx: Tx,
  created: readonly { personId: bigint; person: CheckedPerson }[],
  existing: number,
  refused: number,
  registeredOn: Day,
): Promise<void> {
  if (created.length === 0) return
  const regions: Record<string, number> = {}
  for (const { person } of created) regions[person.regionCode] = (regions[person.regionCode] ?? 0) + 1
  const detail: PersonsRegistered = created.map(({ personId, person }) => ({ personId, regionCode: person.regionCode, registeredOn }))
  await tx.emit({
    kind: 'persons-registered',
    room: 'registry',
    subject: 'persons',
    payload: { registered: created.length, existing, refused, regions },
    detail,
  })
}
