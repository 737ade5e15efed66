// All SQL about persons and the directories of their numbers.
import { type Day, memberNumber, plainNumber } from '@payung/values'
import type { Tx } from '../platform/index.ts'
import type { Sex } from './domain/person.ts'

/** Draws as many ids as asked for. */
export async function drawIds(tx: Tx, sequence: 'person_id' | 'organisation_id' | 'payer_id', count: number): Promise<bigint[]> {
  const rows = await tx.query<{ id: bigint }>(`select nextval('registry.${sequence}') as id from generate_series(1, $1)`, [count])
  return rows.map(({ id }) => id)
}

/** Draws ids of persons whose member numbers lead to nobody: an old number that was taken over may look like one of ours. */
export async function drawPersonIds(tx: Tx, count: number): Promise<bigint[]> {
  const ids = await drawIds(tx, 'person_id', count)
  const taken = await findByNumber(tx, ids.map(memberNumber))
  if (taken.size === 0) return ids
  const free = ids.filter((id) => !taken.has(memberNumber(id)))
  return [...free, ...(await drawPersonIds(tx, count - free.length))]
}

/**
 * Claims the hashes of identity numbers for new persons and gives those that were free. Two transactions with one number: the second
 * waits here for the first. The order is the hash's, so that two sets never wait for each other.
 */
export async function claimHashes(tx: Tx, claims: readonly { readonly hash: Buffer; readonly personId: bigint }[]): Promise<Set<bigint>> {
  const rows = await tx.query<{ person_id: bigint }>(
    `insert into registry.number_directory (number_hash, person_id)
     select hash, person from unnest($1::bytea[], $2::bigint[]) as claim (hash, person) order by hash
     on conflict (number_hash) do nothing returning person_id`,
    [claims.map(({ hash }) => hash), claims.map(({ personId }) => personId)],
  )
  return new Set(rows.map(({ person_id }) => person_id))
}

/** The persons of hashes that are known, by the hash in hexadecimal, with the number each is known by. */
export async function findByHash(tx: Tx, hashes: readonly Buffer[]): Promise<Map<string, { personId: bigint; memberNumber: string }>> {
  const rows = await tx.query<{ hash: string; person_id: bigint; member_number: string }>(
    `select encode(d.number_hash, 'hex') as hash, d.person_id, m.member_number
     from registry.number_directory d join registry.member_directory m on m.person_id = d.person_id and not m.alias
     where d.number_hash = any($1::bytea[])`,
    [hashes],
  )
  return new Map(rows.map((row) => [row.hash, { personId: row.person_id, memberNumber: row.member_number }]))
}

export type PersonRow = {
  readonly personId: bigint
  readonly memberNumber: string
  readonly name: string
  readonly born: Day
  readonly sex: Sex
  readonly regionCode: string
  readonly cipher: Buffer | null
}

export async function addPersons(tx: Tx, persons: readonly PersonRow[], registeredOn: Day): Promise<void> {
  if (persons.length === 0) return
  const ids = persons.map(({ personId }) => personId)
  const numbers = persons.map(({ memberNumber }) => memberNumber)
  await tx.run(
    `insert into registry.person (person_id, member_number, name, born, sex, region_code, number_cipher, registered_on)
     select p.*, $8::date from unnest($1::bigint[], $2::text[], $3::text[], $4::date[], $5::text[], $6::text[], $7::bytea[]) as p`,
    [
      ids,
      numbers,
      persons.map(({ name }) => name),
      persons.map(({ born }) => born),
      persons.map(({ sex }) => sex),
      persons.map(({ regionCode }) => regionCode),
      persons.map(({ cipher }) => cipher),
      registeredOn,
    ],
  )
  await tx.run('insert into registry.member_directory (member_number, person_id) select * from unnest($1::text[], $2::bigint[])', [
    numbers,
    ids,
  ])
}

/** Who bears each number, old ones too; numbers nobody bears are absent. */
export async function findByNumber(tx: Tx, numbers: readonly string[]): Promise<Map<string, { personId: bigint; alias: boolean }>> {
  const rows = await tx.query<{ member_number: string; person_id: bigint; alias: boolean }>(
    'select member_number, person_id, alias from registry.member_directory where member_number = any($1::text[])',
    [numbers],
  )
  return new Map(rows.map((row) => [row.member_number, { personId: row.person_id, alias: row.alias }]))
}

/**
 * For each number as typed, the persons whose memberships it may name, in the order in which they are looked for: who was registered under
 * it, who bears it now, and whoever else is the same human being. Nobody where it is mistyped or unknown.
 */
export async function findNamedByNumber(tx: Tx, typed: readonly string[]): Promise<bigint[][]> {
  const numbers = typed.map(plainNumber)
  const rows = await tx.query<{ member_number: string; persons: string[] }>(
    'select member_number, persons from registry.persons_named($1::text[])',
    [[...new Set(numbers)]],
  )
  const known = new Map(rows.map(({ member_number, persons }) => [member_number, persons.map(BigInt)]))
  return numbers.map((number) => known.get(number) ?? [])
}

export type EntryFacts = { readonly born: Day; readonly sex: Sex; readonly lastOrdinal: number; readonly diedOn: Day | null }

/** Birth, sex and the last ordinal of persons, also of those whom the actor may not otherwise see: opening a membership needs no more. */
export async function readEntryFacts(tx: Tx, personIds: readonly bigint[]): Promise<Map<bigint, EntryFacts>> {
  const rows = await tx.query<{ person_id: bigint; born: Day; sex: Sex; last_ordinal: number; died_on: Day | null }>(
    'select person_id, born, sex, last_ordinal, died_on from registry.entry_facts($1::bigint[])',
    [personIds],
  )
  return new Map(rows.map((row) => [row.person_id, { born: row.born, sex: row.sex, lastOrdinal: row.last_ordinal, diedOn: row.died_on }]))
}

export type Person = {
  readonly personId: bigint
  readonly memberNumber: string
  readonly name: string
  readonly born: Day
  readonly sex: Sex
  readonly regionCode: string
  readonly registeredOn: Day
  readonly diedOn: Day | null
}

/** A person as far as the actor may see him. */
export async function readPerson(tx: Tx, personId: bigint): Promise<Person | undefined> {
  const [row] = await tx.query<{
    person_id: bigint
    member_number: string
    name: string
    born: Day
    sex: Sex
    region_code: string
    registered_on: Day
    died_on: Day | null
  }>('select person_id, member_number, name, born, sex, region_code, registered_on, died_on from registry.person where person_id = $1', [
    personId,
  ])
  return (
    row && {
      personId: row.person_id,
      memberNumber: row.member_number,
      name: row.name,
      born: row.born,
      sex: row.sex,
      regionCode: row.region_code,
      registeredOn: row.registered_on,
      diedOn: row.died_on,
    }
  )
}

/** The old numbers of a person, and the persons whose number was merged into his, each with the number under which he was registered. */
export async function readAliases(tx: Tx, personId: bigint): Promise<{ aliases: string[]; merged: Map<bigint, string> }> {
  const rows = await tx.query<{ member_number: string; merged: bigint | null }>(
    `select d.member_number, p.person_id as merged from registry.member_directory d
     left join registry.person p on p.member_number = d.member_number and p.person_id <> d.person_id
     where d.person_id = $1 and d.alias order by d.member_number`,
    [personId],
  )
  return {
    aliases: rows.map(({ member_number }) => member_number),
    merged: new Map(rows.flatMap(({ member_number, merged }) => (merged === null ? [] : [[merged, member_number] as const]))),
  }
}

/** Notes the day of death of one human being under all numbers of his, or takes it back (null). */
export const markDeath = (tx: Tx, personIds: readonly bigint[], diedOn: Day | null): Promise<number> =>
  tx.run('update registry.person set died_on = $2 where person_id = any ($1::bigint[])', [personIds, diedOn])
