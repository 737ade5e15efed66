// All SQL about organisations, their dated facts, and payers.
import type { Facts } from '@payung/law'
import type { Day } from '@payung/values'
import { repeatedFor, type Tx } from '../platform/index.ts'
import type { DatedFacts } from './domain/merged-facts.ts'

export type Settlement = 'receivable' | 'offer'
export type NewOrganisationRow = {
  readonly organisationId: bigint
  readonly kind: string
  readonly name: string
  readonly regionCode: string
  readonly facts: Facts
}

export async function addOrganisations(tx: Tx, rows: readonly NewOrganisationRow[], on: Day): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(({ organisationId }) => organisationId)
  await tx.run(
    `insert into registry.organisation (organisation_id, kind, name, region_code, registered_on)
     select o.*, $5::date from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) as o`,
    [ids, rows.map(({ kind }) => kind), rows.map(({ name }) => name), rows.map(({ regionCode }) => regionCode), on],
  )
  await addOrganisationFacts(
    tx,
    rows.map(({ organisationId, facts }) => ({ organisationId, from: on, facts })),
  )
}

export const addOrganisationFacts = (
  tx: Tx,
  rows: readonly { readonly organisationId: bigint; readonly from: Day; readonly facts: Facts }[],
): Promise<number> =>
  tx.run(
    `insert into registry.organisation_fact (organisation_id, from_day, facts) select * from unnest($1::bigint[], $2::date[], $3::jsonb[])`,
    [rows.map(({ organisationId }) => organisationId), rows.map(({ from }) => from), rows.map(({ facts }) => JSON.stringify(facts))],
  )

/** Every dated row of facts of each organisation; an organisation that does not exist is absent. */
export async function readOrganisationFacts(tx: Tx, organisationIds: readonly bigint[]): Promise<Map<bigint, DatedFacts[]>> {
  const rows = await tx.query<{ organisation_id: bigint; from_day: Day | null; facts: Facts | null }>(
    'select o.organisation_id, f.from_day, f.facts from registry.organisation o left join registry.organisation_fact f using (organisation_id) where o.organisation_id = any($1::bigint[])',
    [organisationIds],
  )
  const found = new Map<bigint, DatedFacts[]>()
  for (const { organisation_id, from_day, facts } of rows)
    found.set(organisation_id, [...(found.get(organisation_id) ?? []), ...(from_day && facts ? [{ from: from_day, facts }] : [])])
  return found
}

export type Payer = {
  readonly payerId: bigint
  readonly kind: string
  readonly settlement: Settlement
  readonly personId: bigint | null
  readonly organisationId: bigint | null
  readonly fundingCode: string | null
}
type PayerRow = {
  payer_id: bigint
  kind: string
  settlement: Settlement
  person_id: bigint | null
  organisation_id: bigint | null
  funding_code: string | null
}

const payerOf = (row: PayerRow): Payer => ({
  payerId: row.payer_id,
  kind: row.kind,
  settlement: row.settlement,
  personId: row.person_id,
  organisationId: row.organisation_id,
  fundingCode: row.funding_code,
})
const columns = 'payer_id, kind, settlement, person_id, organisation_id, funding_code'

export async function addPayers(tx: Tx, payers: readonly Payer[]): Promise<void> {
  if (payers.length === 0) return
  await tx.run(
    `insert into registry.payer (${columns}) select * from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[])`,
    [
      payers.map(({ payerId }) => payerId),
      payers.map(({ kind }) => kind),
      payers.map(({ settlement }) => settlement),
      payers.map(({ personId }) => personId),
      payers.map(({ organisationId }) => organisationId),
      payers.map(({ fundingCode }) => fundingCode),
    ],
  )
}

/** The payer that each person is himself, made where there is none yet. */
export async function payersOfPersons(
  tx: Tx,
  personIds: readonly bigint[],
  kind: string,
  settlement: Settlement,
): Promise<Map<bigint, Payer>> {
  await tx.run(
    `insert into registry.payer (kind, settlement, person_id)
     select $2, $3, person from unnest($1::bigint[]) as person
     where not exists (select from registry.payer p where p.person_id = person and p.kind = $2) order by person
     on conflict (person_id, kind) where person_id is not null do nothing`,
    [personIds, kind, settlement],
  )
  const rows = await tx.query<PayerRow>(`select ${columns} from registry.payer where person_id = any($1::bigint[]) and kind = $2`, [
    personIds,
    kind,
  ])
  return new Map(rows.flatMap((row) => (row.person_id === null ? [] : [[row.person_id, payerOf(row)] as const])))
}

/** The first payer of each organisation. */
export async function payersOfOrganisations(tx: Tx, organisationIds: readonly bigint[]): Promise<Map<bigint, Payer>> {
  const rows = await tx.query<PayerRow>(
    `select distinct on (organisation_id) ${columns} from registry.payer where organisation_id = any($1::bigint[]) order by organisation_id, payer_id`,
    [organisationIds],
  )
  return new Map(rows.flatMap((row) => (row.organisation_id === null ? [] : [[row.organisation_id, payerOf(row)] as const])))
}

export async function readPayers(tx: Tx, payerIds: readonly bigint[]): Promise<Map<bigint, Payer>> {
  const rows = await tx.query<PayerRow>(
    `select ${columns} from registry.payer where payer_id = any($1::bigint[])`,
    [payerIds],
    repeatedFor(payerIds.length),
  )
  return new Map(rows.map((row) => [row.payer_id, payerOf(row)]))
}

/** Locks payers in the order of their ids until the transaction ends: who changes money or arrangements of a payer does so alone. */
export async function lockPayers(tx: Tx, payerIds: readonly bigint[]): Promise<void> {
  await tx.query(
    'select payer_id from registry.payer where payer_id = any($1::bigint[]) order by payer_id for no key update',
    [payerIds],
    repeatedFor(payerIds.length),
  )
}

/**
 * Until the transaction ends nobody closes these payers, or opens them again. Held before it is read who is closed, so that nobody is
 * registered with an employer that is being closed. Others may hold them too, and their money goes on.
 */
export const holdPayers = (tx: Tx, payerIds: readonly bigint[]): Promise<number> =>
  tx.run('select payer_id from registry.payer where payer_id = any($1::bigint[]) order by payer_id for key share', [payerIds])

/** Locks one payer against all who hold it: whoever closes it, or opens it again, does so when nobody is registering with it. */
export const lockAgainstHolders = (tx: Tx, payerId: bigint): Promise<number> =>
  tx.run('select payer_id from registry.payer where payer_id = $1 for update', [payerId])

/** Payers by page, those whom the office of the one who asks serves, with the name of the organisation; persons are named by nothing here. */
export async function pageOfPayers(tx: Tx, after: bigint, limit: number): Promise<(Payer & { readonly name: string | null })[]> {
  const rows = await tx.query<PayerRow & { name: string | null }>(
    `select p.payer_id, p.kind, p.settlement, p.person_id, p.organisation_id, p.funding_code, o.name
     from registry.payer p left join registry.organisation o using (organisation_id) where p.payer_id > $1 and ((select registry.sees_all()) or registry.serves_payer((select platform.office()), p.payer_id)) order by p.payer_id limit $2`,
    [after, limit],
  )
  return rows.map((row) => ({ ...payerOf(row), name: row.name }))
}
