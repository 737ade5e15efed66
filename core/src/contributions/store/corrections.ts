// SQL of corrections: what the month holds of the memberships that one names, the correction itself, and its life.
import { type Day, firstDay, lastDay, type Month, monthNumber, type Refusal } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { CorrectionKind, CorrectionState, DecidedRow, RowFacts } from '../domain/correction.ts'
import { personLists } from './persons.ts'

/**
 * Whether a correction (`k`) was approved and its bill waits for money: also one that was done, when that money has gone back since. What was written
 * off after that waits for none.
 */
export const waitsForMoney = `(k.state = 'approved' or (k.state = 'done' and exists (select from contributions.bill w where w.payer_id = k.payer_id and w.bill_id = k.bill_id and w.paid_on is null
  and not exists (select from contributions.counter_bill o where o.payer_id = w.payer_id and o.bill_id = w.bill_id and o.kind = 'write-off'))))`
/** Whether a correction (`k`) waits for a decision or for money. */
export const isPending = `(k.state = 'proposed' or ${waitsForMoney})`

type FactRow = {
  person_id: bigint | null
  ordinal: number | null
  payer_id: bigint | null
  entry: number | null
  base: bigint | null
  billed_to: bigint | null
  pending: bigint | null
}

/**
 * For each row asked, in its order: what the month holds of the membership, that of the payer first where none is named. `persons`: whose
 * membership it may be, the first who has one with the payer.
 */
export async function readRowFacts(
  tx: Tx,
  payer: bigint,
  month: Month,
  rows: readonly { persons: readonly bigint[]; ordinal?: number }[],
  except: bigint | null = null,
): Promise<RowFacts[]> {
  const found = await tx.query<FactRow>(
    `select coalesce(f.person_id, (a.persons::bigint[])[1]) as person_id, coalesce(f.ordinal, a.ordinal, 1::smallint) as ordinal, f.payer_id, case when c.entry % 2 = 0 then c.entry end as entry, case when c.entry % 2 = 0 then c.base end as base,
       case when c.entry % 2 = 0 then c.bill_id >> 20 end as billed_to,
       (select max(k.correction_id) from contributions.correction_row r join contributions.correction k using (correction_id)
        where r.person_id = f.person_id and r.ordinal = f.ordinal and k.month = $4 and ${isPending} and k.correction_id is distinct from $7::bigint) as pending
     from unnest($1::text[], $2::smallint[]) with ordinality as a (persons, ordinal, place)
     left join lateral (select * from (
         select distinct on (n.nth, g.ordinal) g.*, n.nth from unnest(a.persons::bigint[]) with ordinality as n (person_id, nth)
         join contributions.membership_fact g on g.person_id = n.person_id and (a.ordinal is null or g.ordinal = a.ordinal)
           and g.joined <= $6::date and g.from_day <= greatest($5::date, g.joined) order by n.nth, g.ordinal, g.from_day desc) g
       order by g.payer_id = $3 desc, g.nth, g.ordinal limit 1) f on true
     left join lateral (select k.* from contributions.contribution k where k.month = $4 and k.person_id = f.person_id and k.ordinal = f.ordinal order by k.entry desc limit 1) c on true
     order by a.place`,
    [
      personLists(rows.map(({ persons }) => persons)),
      rows.map(({ ordinal }) => ordinal ?? null),
      payer,
      monthNumber(month),
      firstDay(month),
      lastDay(month),
      except,
    ],
  )
  return found.map((row) => ({
    personId: row.person_id,
    ordinal: row.ordinal ?? 1,
    payerId: row.payer_id,
    entry: row.entry,
    base: row.base,
    billedTo: row.billed_to,
    pending: row.pending,
  }))
}

export type IssuedMonth = { readonly issued_on: Day; readonly posted: boolean }

/**
 * When a payer's month was first issued, and whether all that is asked for it was paid; undefined where nothing was issued. A month that
 * was closed without a bill for who owes it (all his workers were told as gone) counts from its closing, or nobody could bring it in.
 */
export const issuedMonth = async (tx: Tx, payer: bigint, month: Month): Promise<IssuedMonth | undefined> =>
  (
    await tx.query<IssuedMonth>(
      `select min(issued_on) as issued_on, bool_and(paid_on is not null) as posted from contributions.bill
       where payer_id = $1 and month = $2 and state <> 'calculated' and kind in ('month', 'supplement', 'split') having count(*) > 0
       union all
       select m.closed_on, coalesce((select bool_and(b.paid_on is not null) from contributions.bill b
         where b.payer_id = $1 and b.month = $2 and b.state <> 'calculated' and b.kind = 'correction'), false) from contributions.month m join registry.payer p on p.payer_id = $1 and p.settlement = 'receivable'
       where m.month = $2 and m.state = 'closed'
         and not exists (select from contributions.bill b where b.payer_id = $1 and b.month = $2 and b.state <> 'calculated' and b.kind in ('month', 'supplement', 'split'))`,
      [payer, monthNumber(month)],
    )
  )[0]

/** Profiles of some memberships in a month, whether they ended since or not. */
export const profilesOfMemberships = async (tx: Tx, month: Month, persons: readonly bigint[]): Promise<number[]> =>
  (
    await tx.query<{ profile_id: number }>(
      'select distinct f.profile_id from contributions.membership_fact f where f.person_id = any ($1::bigint[]) and f.joined <= $2::date and f.from_day <= greatest($3::date, f.joined)',
      [persons, lastDay(month), firstDay(month)],
    )
  ).map(({ profile_id }) => profile_id)

export type CorrectionRow = {
  readonly correction_id: bigint
  readonly payer_id: bigint
  readonly month: number
  readonly kind: CorrectionKind
  readonly state: CorrectionState
  readonly reason: string
  readonly evidence_digest: string
  readonly evidence: string
  readonly proposed_by: bigint
  readonly proposed_on: Day
  readonly decided_by: bigint | null
  readonly decided_on: Day | null
  readonly decided_why: string | null
  readonly level: string | null
  readonly bill_id: bigint | null
  readonly done_on: Day | null
}

export type NewCorrection = Pick<CorrectionRow, 'payer_id' | 'kind' | 'reason' | 'evidence_digest' | 'evidence'>

export async function addCorrection(tx: Tx, given: NewCorrection, month: Month, rows: readonly DecidedRow[], day: Day): Promise<bigint> {
  const [added] = await tx.query<{ correction_id: bigint }>(
    `insert into contributions.correction (payer_id, month, kind, state, reason, evidence_digest, evidence, proposed_by, proposed_on)
     values ($1, $2, $3, 'proposed', $4, $5, $6, $7, $8) returning correction_id`,
    [given.payer_id, monthNumber(month), given.kind, given.reason, given.evidence_digest, given.evidence, tx.actor.actorId, day],
  )
  if (!added) throw new Error('a correction was written and is not there')
  await tx.run(
    `insert into contributions.correction_row (correction_id, payer_id, person_id, ordinal, replaces, base)
     select $1, $2, * from unnest($3::bigint[], $4::smallint[], $5::smallint[], $6::bigint[])`,
    [
      added.correction_id,
      given.payer_id,
      rows.map(({ personId }) => personId),
      rows.map(({ ordinal }) => ordinal),
      rows.map(({ replaces }) => replaces),
      rows.map(({ base }) => base),
    ],
  )
  return added.correction_id
}

/** A correction; with `lock`, nobody else decides it until this transaction ends. */
export const findCorrection = async (tx: Tx, id: bigint, lock = false): Promise<CorrectionRow | undefined> =>
  (await tx.query<CorrectionRow>(`select * from contributions.correction where correction_id = $1 ${lock ? 'for update' : ''}`, [id]))[0]

export const pageOfCorrections = (tx: Tx, state: string | null, before: bigint | null, limit: number): Promise<CorrectionRow[]> =>
  tx.query<CorrectionRow>(
    'select * from contributions.correction where ($1::text is null or state = $1) and ($2::bigint is null or correction_id < $2) order by correction_id desc limit $3',
    [state, before, limit],
  )

export async function rowsOfCorrection(tx: Tx, id: bigint): Promise<DecidedRow[]> {
  const rows = await tx.query<{ person_id: bigint; ordinal: number; replaces: number | null; base: bigint | null }>(
    'select person_id, ordinal, replaces, base from contributions.correction_row where correction_id = $1 order by person_id, ordinal',
    [id],
  )
  return rows.map(({ person_id, ordinal, replaces, base }) => ({ personId: person_id, ordinal, replaces, base }))
}

export type Decision = {
  readonly state: CorrectionState
  readonly why: string
  readonly level: string | null
  readonly billId: bigint | null
}

export const decide = (tx: Tx, id: bigint, { state, why, level, billId }: Decision, day: Day): Promise<number> =>
  tx.run(
    'update contributions.correction set state = $2, decided_by = $3, decided_on = $4, decided_why = $5, level = $6, bill_id = $7 where correction_id = $1',
    [id, state, tx.actor.actorId, day, why, level, billId],
  )

/** Approved corrections whose bill is paid are done; gives them. */
export const finish = (tx: Tx, bills: readonly bigint[], day: Day): Promise<CorrectionRow[]> =>
  tx.query<CorrectionRow>(
    `update contributions.correction set state = 'done', done_on = $2 where state = 'approved' and bill_id = any ($1::bigint[]) returning *`,
    [bills, day],
  )

export type StaysEnded = { readonly correctionId: bigint; readonly personId: bigint; readonly ordinal: number; readonly refusal: Refusal }

/** Keeps with the rows of a correction why their memberships do not go on. */
export const keepStaysEnded = (tx: Tx, rows: readonly StaysEnded[]): Promise<number> =>
  tx.run(
    `update contributions.correction_row r set stays_ended = n.refusal
     from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::jsonb[]) as n (correction_id, person_id, ordinal, refusal)
     where r.correction_id = n.correction_id and r.person_id = n.person_id and r.ordinal = n.ordinal`,
    [
      rows.map(({ correctionId }) => correctionId),
      rows.map(({ personId }) => personId),
      rows.map(({ ordinal }) => ordinal),
      rows.map(({ refusal }) => JSON.stringify(refusal)),
    ],
  )

/** By correction: whose memberships did not go on, as far as the actor may see them, under the number that each was registered under. */
export async function staysEndedOf(
  tx: Tx,
  corrections: readonly bigint[],
): Promise<Map<bigint, (StaysEnded & { memberNumber: string })[]>> {
  const rows = await tx.query<StaysEnded & { memberNumber: string }>(
    `select r.correction_id as "correctionId", r.person_id as "personId", r.ordinal, r.stays_ended as refusal, p.member_number as "memberNumber"
     from contributions.correction_row r join registry.person p using (person_id)
     where r.correction_id = any ($1::bigint[]) and r.stays_ended is not null order by 1, 2, 3`,
    [corrections],
  )
  return Map.groupBy(rows, ({ correctionId }) => correctionId)
}

/** The office that an actor acts for, by kind. */
export const officeKind = async (tx: Tx, office: bigint | null): Promise<string | null> =>
  office === null
    ? null
    : ((await tx.query<{ kind: string }>('select kind from registry.office where office_id = $1', [office]))[0]?.kind ?? null)

/** Whether the month is being assessed anew at this moment: then its bills are not made yet. */
export const isBeingReassessed = async (tx: Tx, month: Month): Promise<boolean> =>
  (await tx.query(`select from contributions.reassessment where month = $1 and state = 'running'`, [monthNumber(month)])).length > 0
