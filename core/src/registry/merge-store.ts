// All SQL about one person under several numbers: proposals, merges with what they moved, and undoing them.
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'

export type Moved = { readonly numbers: readonly string[]; readonly hashes: readonly Buffer[] }

/** Merges come one after the other: whoever comes second sees to whom the numbers lead since. They are rare, so one lock does for all. */
export const lockMerges = (tx: Tx): Promise<number> => tx.run(`select pg_advisory_xact_lock(hashtext('payung merges'))`)

/** Whoever reads all numbers of a person and acts on them lets no merge come between. Many may hold this at once. */
export const holdMerges = (tx: Tx): Promise<number> => tx.run(`select pg_advisory_xact_lock_shared(hashtext('payung merges'))`)

/** The persons who are one human being with this one: first who bears the number in use, then those whose numbers lead to him. */
export const personsOfOne = async (tx: Tx, personId: bigint): Promise<bigint[]> =>
  (await tx.query<{ person_id: bigint }>('select registry.persons_of_one($1) as person_id', [personId])).map(({ person_id }) => person_id)

/**
 * Those of these persons who are the actor himself, under whichever of his numbers: his look at them is no look at another. The database is
 * asked only about somebody else than the one he signed in as.
 */
export async function ownAmong(tx: Tx, persons: readonly bigint[]): Promise<ReadonlySet<bigint>> {
  const { personId } = tx.actor
  if (personId === null) return new Set()
  const others = persons.filter((person) => person !== personId)
  const rows =
    others.length === 0
      ? []
      : await tx.query<{ person_id: bigint }>(
          'select o.person_id from registry.own_persons() as o (person_id) where o.person_id = any ($1::bigint[])',
          [others],
        )
  return new Set([personId, ...rows.map(({ person_id }) => person_id)])
}

/** Points a number, and every number that led to its person, to another person as an alias; adds it when nobody bore it. Gives what moved. */
export async function pointNumber(tx: Tx, number: string, from: bigint | null, to: bigint): Promise<Moved> {
  if (from === null) {
    await tx.run('insert into registry.member_directory (member_number, person_id, alias) values ($1, $2, true)', [number, to])
    return { numbers: [number], hashes: [] }
  }
  const numbers = await tx.query<{ member_number: string }>(
    'update registry.member_directory set person_id = $2, alias = true where person_id = $1 returning member_number',
    [from, to],
  )
  const hashes = await tx.query<{ number_hash: Buffer }>(
    'update registry.number_directory set person_id = $2 where person_id = $1 returning number_hash',
    [from, to],
  )
  return { numbers: numbers.map(({ member_number }) => member_number), hashes: hashes.map(({ number_hash }) => number_hash) }
}

export type MergeRow = {
  readonly merge_id: bigint
  readonly person_id: bigint
  readonly merged_id: bigint | null
  readonly numbers: string[]
  readonly hashes: Buffer[]
  readonly undone: boolean
}

export async function addMerge(
  tx: Tx,
  merge: Moved & { readonly personId: bigint; readonly mergedId: bigint | null; readonly reason: string; readonly consent: string },
  on: Day,
): Promise<bigint> {
  const [made] = await tx.query<{ merge_id: bigint }>(
    `insert into registry.merge (person_id, merged_id, numbers, hashes, reason, consent, merged_on, actor) values ($1, $2, $3, $4, $5, $6, $7, $8) returning merge_id`,
    [merge.personId, merge.mergedId, merge.numbers, merge.hashes, merge.reason, merge.consent, on, tx.actor.actorId],
  )
  if (!made) throw new Error('a merge was written and is not there')
  return made.merge_id
}

export const findMerge = async (tx: Tx, mergeId: bigint): Promise<MergeRow | undefined> =>
  (
    await tx.query<MergeRow>(
      `select m.merge_id, m.person_id, m.merged_id, m.numbers, m.hashes, exists (select from registry.unmerge u where u.merge_id = m.merge_id) as undone
       from registry.merge m where m.merge_id = $1`,
      [mergeId],
    )
  )[0]

/** Gives the numbers back. False where they lead to somebody else by now: another merge came after this one. */
export async function giveBack(tx: Tx, merge: MergeRow, reason: string, on: Day): Promise<boolean> {
  const moved =
    merge.merged_id === null
      ? await tx.run('delete from registry.member_directory where member_number = any ($1::text[]) and person_id = $2', [
          merge.numbers,
          merge.person_id,
        ])
      : await tx.run(
          `update registry.member_directory d set person_id = $3, alias = not exists (select from registry.person p where p.person_id = $3 and p.member_number = d.member_number)
           where d.member_number = any ($1::text[]) and d.person_id = $2`,
          [merge.numbers, merge.person_id, merge.merged_id],
        )
  if (moved !== merge.numbers.length) return false
  await tx.run('update registry.number_directory set person_id = $3 where number_hash = any ($1::bytea[]) and person_id = $2', [
    merge.hashes,
    merge.person_id,
    merge.merged_id,
  ])
  await tx.run('insert into registry.unmerge (merge_id, person_id, reason, on_day, actor) values ($1, $2, $3, $4, $5)', [
    merge.merge_id,
    merge.person_id,
    reason,
    on,
    tx.actor.actorId,
  ])
  return true
}

export type Candidate = { readonly personId: bigint; readonly name: string }

/** Everybody else born on the same day who bears a number of his own still. */
export async function bornOn(tx: Tx, born: Day, except: bigint): Promise<Candidate[]> {
  const rows = await tx.query<{ person_id: bigint; name: string }>(
    `select p.person_id, p.name from registry.person p join registry.member_directory d on d.member_number = p.member_number and not d.alias
     where p.born = $1 and p.person_id <> $2 order by p.person_id`,
    [born, except],
  )
  return rows.map(({ person_id, name }) => ({ personId: person_id, name }))
}

/** The encrypted identity number of a person. */
export const cipherOf = async (tx: Tx, personId: bigint): Promise<Buffer | null> =>
  (await tx.query<{ number_cipher: Buffer | null }>('select number_cipher from registry.person where person_id = $1', [personId]))[0]
    ?.number_cipher ?? null

export type Proposal = { readonly personId: bigint; readonly otherId: bigint; readonly reasons: readonly string[] }

/** Notes proposals; a pair that is known, or was dismissed, stays as it is. */
export const addProposals = (tx: Tx, proposals: readonly Proposal[], on: Day): Promise<number> =>
  tx.run(
    `insert into registry.duplicate (person_id, other_id, reasons, found_on)
     select least(a, b), greatest(a, b), string_to_array(r, ','), $4 from unnest($1::bigint[], $2::bigint[], $3::text[]) as p (a, b, r) on conflict do nothing`,
    [
      proposals.map(({ personId }) => personId),
      proposals.map(({ otherId }) => otherId),
      proposals.map(({ reasons }) => reasons.join(',')),
      on,
    ],
  )

/** Set work over everybody: the same day of birth and sex, and the same words in the name in any order. One statement. */
export const proposeAll = (tx: Tx, on: Day): Promise<number> =>
  tx.run(
    `with bearer as (
       select p.person_id, p.born, p.sex, (select string_agg(word, ' ' order by word) from regexp_split_to_table(lower(p.name), '[^[:alpha:]]+') as word where length(word) > 1) as words
       from registry.person p join registry.member_directory d on d.member_number = p.member_number and not d.alias
     ), twice as (select born, sex, words, array_agg(person_id order by person_id) as persons from bearer where words <> '' group by born, sex, words having count(*) between 2 and 20)
     insert into registry.duplicate (person_id, other_id, reasons, found_on)
     select a, b, '{name-and-birth}', $1 from twice t cross join lateral unnest(t.persons) a cross join lateral unnest(t.persons) b where a < b on conflict do nothing`,
    [on],
  )

export type OpenProposal = {
  readonly person_id: bigint
  readonly other_id: bigint
  readonly number: string
  readonly other_number: string
  readonly reasons: string[]
  readonly found_on: Day
}

/** Proposals that nobody has answered: of one person, or of everybody. */
export const openProposals = (tx: Tx, personId: bigint | null, limit: number): Promise<OpenProposal[]> =>
  tx.query<OpenProposal>(
    `select u.person_id, u.other_id, a.member_number as number, b.member_number as other_number, u.reasons, u.found_on from registry.duplicate u
     join registry.person p on p.person_id = u.person_id join registry.member_directory a on a.member_number = p.member_number and not a.alias
     join registry.person o on o.person_id = u.other_id join registry.member_directory b on b.member_number = o.member_number and not b.alias
     where u.dismissed_on is null and ($1::bigint is null or $1 in (u.person_id, u.other_id)) order by u.found_on desc, u.person_id, u.other_id limit $2`,
    [personId, limit],
  )

export const dismissProposal = async (tx: Tx, one: bigint, other: bigint, why: string, on: Day): Promise<boolean> =>
  (await tx.run(
    `update registry.duplicate set dismissed_on = $3, dismissed_why = $4
     where person_id = least($1::bigint, $2::bigint) and other_id = greatest($1::bigint, $2::bigint) and dismissed_on is null`,
    [one, other, on, why],
  )) === 1
