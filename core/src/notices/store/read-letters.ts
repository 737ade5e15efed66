// SQL that reads letters and notes when they were told. Row security says who sees which.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { Letter } from '../domain/letter.ts'

const columns = `l.letter_id as "letterId", l.person_id as "personId", l.payer_id as "payerId", l.kind, l.amount, l.facts, l.written_on as "writtenOn",
  l.tell_by as "tellBy", l.tell_by_law as "tellByLaw", t.told_on as "toldOn", t.how`
const letters = 'notices.letter l left join notices.telling t on t.letter_id = l.letter_id'

/** Latest first, before a letter (exclusive), of a member and of the payers that are himself, or of one payer. */
export const pageOfLetters = (
  tx: Tx,
  { persons, payers }: { readonly persons: readonly bigint[]; readonly payers: readonly bigint[] },
  before: bigint | null,
  limit: number,
): Promise<Letter[]> =>
  tx.query<Letter>(
    `select ${columns} from ${letters} where (l.person_id = any ($1::bigint[]) or l.payer_id = any ($2::bigint[])
       or l.payer_id in (select p.payer_id from registry.payer p where p.person_id = any ($1::bigint[]))) and ($3::bigint is null or l.letter_id < $3)
     order by l.letter_id desc limit $4`,
    [persons, payers, before, limit],
  )

/** The latest letters to one payer. */
export const lettersOfPayer = (tx: Tx, payerId: bigint, limit: number): Promise<Letter[]> =>
  pageOfLetters(tx, { persons: [], payers: [payerId] }, null, limit)

/** Not told though its day has passed, oldest first, after a letter (exclusive). */
export const overdueLetters = (tx: Tx, today: Day, after: bigint | null, limit: number): Promise<Letter[]> =>
  tx.query<Letter>(
    `select ${columns} from ${letters} where l.tell_by < $1::date and t.letter_id is null and ($2::bigint is null or l.letter_id > $2) order by l.letter_id limit $3`,
    [today, after, limit],
  )

export const findLetter = async (tx: Tx, letterId: bigint): Promise<Letter | undefined> =>
  (await tx.query<Letter>(`select ${columns} from ${letters} where l.letter_id = $1`, [letterId]))[0]

/** The letter that a code opens, as long as no newer code was made. */
export const findLetterOfCode = async (tx: Tx, hash: Buffer): Promise<Letter | undefined> =>
  (
    await tx.query<Letter>(
      `select ${columns} from ${letters} join notices.letter_code c on c.letter_id = l.letter_id
       where c.code_hash = $1 and not exists (select from notices.letter_code n where n.letter_id = c.letter_id and n.turn > c.turn)`,
      [hash],
    )
  )[0]

/** Gives the telling as it stands afterwards: the first one stays. */
export async function addTelling(
  tx: Tx,
  { letterId, personId, payerId }: Letter,
  toldOn: Day,
  how: string,
): Promise<{ told_on: Day; how: string } | undefined> {
  await tx.run(
    `insert into notices.telling (letter_id, person_id, payer_id, told_on, how, actor) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [letterId, personId, payerId, toldOn, how, tx.actor.actorId],
  )
  const [told] = await tx.query<{ told_on: Day; how: string }>('select told_on, how from notices.telling where letter_id = $1', [letterId])
  return told
}

export type Told = { readonly letters: number; readonly offers: readonly { readonly payerId: bigint; readonly letterId: bigint }[] }

/** Tells all letters written through a day that nobody was told of; gives how many, and those of some kinds that went to payers. */
export async function addTellings(tx: Tx, through: Day, toldOn: Day, how: string, kinds: readonly string[]): Promise<Told> {
  const [told] = await tx.query<{ letters: bigint; payers: bigint[] | null; offers: bigint[] | null }>(
    `with told as (insert into notices.telling (letter_id, person_id, payer_id, told_on, how, actor)
     select l.letter_id, l.person_id, l.payer_id, $2::date, $3, $4 from notices.letter l
     where l.written_on <= $1::date and not exists (select from notices.telling t where t.letter_id = l.letter_id) on conflict do nothing
       returning letter_id)
     select count(*) as letters, array_agg(l.payer_id order by l.letter_id) filter (where l.kind = any ($5::text[])) as payers,
       array_agg(l.letter_id order by l.letter_id) filter (where l.kind = any ($5::text[])) as offers
     from told join notices.letter l using (letter_id)`,
    [through, toldOn, how, tx.actor.actorId, kinds],
  )
  const offers = (told?.offers ?? []).map((letterId, place) => ({ letterId, payerId: told?.payers?.[place] ?? 0n }))
  return { letters: Number(told?.letters ?? 0), offers }
}

/** The turn of the letter's code that holds; 0 before the first. */
export const lastTurn = async (tx: Tx, letterId: bigint): Promise<number> =>
  (
    await tx.query<{ turn: number }>('select coalesce(max(turn), 0)::integer as turn from notices.letter_code where letter_id = $1', [
      letterId,
    ])
  )[0]?.turn ?? 0

export const addCode = (tx: Tx, { letterId, personId, payerId }: Letter, turn: number, hash: Buffer, on: Day): Promise<number> =>
  tx.run(
    `insert into notices.letter_code (letter_id, turn, person_id, payer_id, code_hash, made_on) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [letterId, turn, personId, payerId, hash, on],
  )

export type Addressee = { readonly name: string; readonly number: string }

/** Name and number of whom a letter is to: a member by his number, a payer by its own. */
export async function findAddressee(tx: Tx, { personId, payerId }: Letter): Promise<Addressee> {
  const [found] = await tx.query<Addressee>(
    personId === null
      ? `select coalesce(o.name, p.name, '') as name, y.payer_id::text as number from registry.payer y
         left join registry.organisation o on o.organisation_id = y.organisation_id left join registry.person p on p.person_id = y.person_id where y.payer_id = $1`
      : 'select name, member_number as number from registry.person where person_id = $1',
    [personId ?? payerId],
  )
  return found ?? { name: '', number: '' }
}
