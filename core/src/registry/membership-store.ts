// All SQL about memberships and arrangements.
import type { Facts } from '@payung/law'
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'
import type { OtherMembership } from './domain/membership.ts'

const programmesOf = (text: string): string[] => (text === '' ? [] : text.split(','))

/** What a person has already in the way of memberships, also where the actor may not see them: enough to find an overlap. */
export async function readOtherMemberships(tx: Tx, personIds: readonly bigint[]): Promise<Map<bigint, OtherMembership[]>> {
  const rows = await tx.query<{
    person_id: bigint
    segment: string
    organisation_id: bigint | null
    programmes: string
    from_day: Day
    until_day: Day | null
  }>('select person_id, segment, organisation_id, programmes, from_day, until_day from registry.entry_memberships($1::bigint[])', [
    personIds,
  ])
  const found = new Map<bigint, OtherMembership[]>()
  for (const row of rows) {
    const other = {
      segment: row.segment,
      organisationId: row.organisation_id,
      programmes: programmesOf(row.programmes),
      from: row.from_day,
      until: row.until_day,
    }
    const known = found.get(row.person_id)
    if (known) known.push(other)
    else found.set(row.person_id, [other])
  }
  return found
}

export type MembershipRow = {
  readonly personId: bigint
  readonly ordinal: number
  readonly segment: string
  readonly organisationId: bigint | null
  readonly programmes: readonly string[]
  readonly facts: Facts
  readonly from: Day
  readonly acceptedOn: Day
  readonly payerId: bigint
}

/** Adds memberships, each with the arrangement of who pays from its first day. */
export async function addMemberships(tx: Tx, rows: readonly MembershipRow[]): Promise<void> {
  if (rows.length === 0) return
  const persons = rows.map(({ personId }) => personId)
  const ordinals = rows.map(({ ordinal }) => ordinal)
  const from = rows.map((row) => row.from)
  await tx.run(
    `insert into registry.membership (person_id, ordinal, segment, organisation_id, programmes, facts, from_day, accepted_on)
     select * from unnest($1::bigint[], $2::smallint[], $3::text[], $4::bigint[], $5::text[], $6::jsonb[], $7::date[], $8::date[])`,
    [
      persons,
      ordinals,
      rows.map(({ segment }) => segment),
      rows.map(({ organisationId }) => organisationId),
      rows.map(({ programmes }) => programmes.join(',')),
      rows.map(({ facts }) => JSON.stringify(facts)),
      from,
      rows.map(({ acceptedOn }) => acceptedOn),
    ],
  )
  await addArrangements(tx, rows)
}

export const addArrangements = (
  tx: Tx,
  rows: readonly {
    readonly personId: bigint
    readonly ordinal: number
    readonly from: Day
    readonly payerId: bigint
    readonly until?: Day | null
  }[],
): Promise<number> =>
  tx.run(
    'insert into registry.arrangement (person_id, ordinal, from_day, payer_id, until_day) select * from unnest($1::bigint[], $2::smallint[], $3::date[], $4::bigint[], $5::date[])',
    [
      rows.map(({ personId }) => personId),
      rows.map(({ ordinal }) => ordinal),
      rows.map(({ from }) => from),
      rows.map(({ payerId }) => payerId),
      rows.map(({ until }) => until ?? null),
    ],
  )

export type Membership = {
  readonly personId: bigint
  readonly ordinal: number
  readonly segment: string
  readonly organisationId: bigint | null
  readonly programmes: readonly string[]
  readonly facts: Facts
  readonly from: Day
  readonly until: Day | null
  readonly endReason: string | null
  readonly acceptedOn: Day
  /** The latest arrangement; null where the actor may not see who pays. */
  readonly payerId: bigint | null
  readonly paidFrom: Day | null
}
type Row = {
  person_id: bigint
  ordinal: number
  segment: string
  organisation_id: bigint | null
  programmes: string
  facts: Facts
  from_day: Day
  until_day: Day | null
  end_reason: string | null
  accepted_on: Day
  payer_id: bigint | null
  paid_from: Day | null
}

const membershipOf = (row: Row): Membership => ({
  personId: row.person_id,
  ordinal: row.ordinal,
  segment: row.segment,
  organisationId: row.organisation_id,
  programmes: programmesOf(row.programmes),
  facts: row.facts,
  from: row.from_day,
  until: row.until_day,
  endReason: row.end_reason,
  acceptedOn: row.accepted_on,
  payerId: row.payer_id,
  paidFrom: row.paid_from,
})
const select = `
  select m.person_id, m.ordinal, m.segment, m.organisation_id, m.programmes, m.facts, m.from_day, m.until_day, m.end_reason, m.accepted_on, a.payer_id, a.from_day as paid_from
  from registry.membership m
  left join lateral (select payer_id, from_day from registry.arrangement a where a.person_id = m.person_id and a.ordinal = m.ordinal order by from_day desc limit 1) a on true`

export type MembershipKey = { readonly personId: bigint; readonly ordinal: number }
export const keyText = ({ personId, ordinal }: MembershipKey): string => `${personId}/${ordinal}`

/** Memberships by their keys, as far as the actor may see them, locked in one order until the transaction ends. */
export async function lockMemberships(tx: Tx, keys: readonly MembershipKey[]): Promise<Map<string, Membership>> {
  const values = [keys.map(({ personId }) => personId), keys.map(({ ordinal }) => ordinal)]
  await tx.query(
    `select from registry.membership m where (person_id, ordinal) in (select * from unnest($1::bigint[], $2::smallint[])) order by person_id, ordinal for no key update of m`,
    values,
  )
  const rows = await tx.query<Row>(
    `${select} where (m.person_id, m.ordinal) in (select * from unnest($1::bigint[], $2::smallint[]))`,
    values,
  )
  return new Map(rows.map((row) => [keyText({ personId: row.person_id, ordinal: row.ordinal }), membershipOf(row)]))
}

/** Who pays memberships, as far as the actor may see it, in the order of the days. */
export async function readArrangements(
  tx: Tx,
  keys: readonly MembershipKey[],
): Promise<Map<string, { readonly from: Day; readonly payerId: bigint }[]>> {
  const rows = await tx.query<{ person_id: bigint; ordinal: number; from_day: Day; payer_id: bigint }>(
    `select person_id, ordinal, from_day, payer_id from registry.arrangement
     where (person_id, ordinal) in (select * from unnest($1::bigint[], $2::smallint[])) order by person_id, ordinal, from_day`,
    [keys.map(({ personId }) => personId), keys.map(({ ordinal }) => ordinal)],
  )
  const found = new Map<string, { from: Day; payerId: bigint }[]>()
  for (const row of rows) {
    const key = keyText({ personId: row.person_id, ordinal: row.ordinal })
    found.set(key, [...(found.get(key) ?? []), { from: row.from_day, payerId: row.payer_id }])
  }
  return found
}

/** All memberships of persons, in order. */
export async function readMemberships(tx: Tx, personIds: readonly bigint[]): Promise<Membership[]> {
  const rows = await tx.query<Row>(`${select} where m.person_id = any($1::bigint[]) order by m.person_id, m.ordinal`, [personIds])
  return rows.map(membershipOf)
}

/** The memberships of an organisation that live on a day or begin later. */
export async function readOrganisationMemberships(tx: Tx, organisationId: bigint, from: Day): Promise<Membership[]> {
  const rows = await tx.query<Row>(
    `${select} where m.organisation_id = $1 and (m.until_day is null or m.until_day > $2) order by m.person_id, m.ordinal`,
    [organisationId, from],
  )
  return rows.map(membershipOf)
}

/** Ends memberships and the arrangements that still ran. `until` is the first day outside. */
export async function endMembershipRows(
  tx: Tx,
  rows: readonly (MembershipKey & { readonly until: Day; readonly reason: string })[],
): Promise<void> {
  const values = [rows.map(({ personId }) => personId), rows.map(({ ordinal }) => ordinal), rows.map(({ until }) => until)]
  await tx.run(
    `update registry.membership m set until_day = e.until_day, end_reason = e.reason
     from unnest($1::bigint[], $2::smallint[], $3::date[], $4::text[]) as e (person_id, ordinal, until_day, reason) where m.person_id = e.person_id and m.ordinal = e.ordinal`,
    [...values, rows.map(({ reason }) => reason)],
  )
  await closeArrangements(tx, rows)
}

/** Ends the arrangements that still run on the day named. */
export const closeArrangements = (tx: Tx, rows: readonly (MembershipKey & { readonly until: Day })[]): Promise<number> =>
  tx.run(
    `update registry.arrangement a set until_day = e.until_day
     from unnest($1::bigint[], $2::smallint[], $3::date[]) as e (person_id, ordinal, until_day)
     where a.person_id = e.person_id and a.ordinal = e.ordinal and (a.until_day is null or a.until_day > e.until_day) and a.from_day < e.until_day`,
    [rows.map(({ personId }) => personId), rows.map(({ ordinal }) => ordinal), rows.map(({ until }) => until)],
  )
