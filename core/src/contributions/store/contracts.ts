// SQL of premium contracts: registered once with their parts, and the memberships named in them for their dates.
import { type Day, type Month, monthFromNumber, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { ContractAmounts } from '../domain/contract-transfers.ts'

export type NewContractRow = {
  readonly payerId: bigint
  readonly contractId: bigint
  readonly segment: string
  readonly month: Month
  readonly name: string
  readonly from: Day
  readonly until: Day
  readonly facts: Readonly<Record<string, string>>
  readonly amounts: ContractAmounts
  readonly employer: bigint
  readonly worker: bigint
  readonly entries: readonly string[]
}
export type NamedMember = {
  readonly payerId: bigint
  readonly contractId: bigint
  readonly personId: bigint
  readonly ordinal: number
  readonly from: Day
  readonly until: Day
  readonly reportedOn: Day
  readonly windowUntil: Day | null
}
/** A contract with its terms as they are now: those of its last addendum, else its own. */
export type ContractRow = {
  readonly payerId: bigint
  readonly contractId: bigint
  readonly segment: string
  readonly month: Month
  readonly name: string
  readonly from: Day
  readonly until: Day
  readonly facts: Readonly<Record<string, string>>
  readonly addenda: number
}

export const addContracts = (tx: Tx, rows: readonly NewContractRow[]): Promise<number> =>
  tx.run(
    `insert into contributions.premium_contract (payer_id, contract_id, segment, month, from_day, until_day, name, facts, amounts, employer, worker, entries)
     select n.payer_id, n.contract_id, n.segment, n.month, n.from_day, n.until_day, n.name, n.facts, n.amounts, n.employer, n.worker, string_to_array(n.entries, ' ')
     from unnest($1::bigint[], $2::bigint[], $3::text[], $4::smallint[], $5::date[], $6::date[], $7::text[], $8::jsonb[], $9::jsonb[], $10::bigint[], $11::bigint[], $12::text[])
       as n (payer_id, contract_id, segment, month, from_day, until_day, name, facts, amounts, employer, worker, entries)`,
    [
      rows.map(({ payerId }) => payerId),
      rows.map(({ contractId }) => contractId),
      rows.map(({ segment }) => segment),
      rows.map(({ month }) => monthNumber(month)),
      rows.map(({ from }) => from),
      rows.map(({ until }) => until),
      rows.map(({ name }) => name),
      rows.map(({ facts }) => JSON.stringify(facts)),
      rows.map(({ amounts }) => JSON.stringify(amounts)),
      rows.map(({ employer }) => employer),
      rows.map(({ worker }) => worker),
      rows.map(({ entries }) => entries.join(' ')),
    ],
  )

/** Who is named already stays as named; gives how many are new. */
export const nameMembers = (tx: Tx, members: readonly NamedMember[]): Promise<number> =>
  tx.run(
    `insert into contributions.premium_member (person_id, ordinal, from_day, until_day, payer_id, contract_id, reported_on, window_until)
     select * from unnest($1::bigint[], $2::smallint[], $3::date[], $4::date[], $5::bigint[], $6::bigint[], $7::date[], $8::date[]) on conflict do nothing`,
    [
      members.map(({ personId }) => personId),
      members.map(({ ordinal }) => ordinal),
      members.map(({ from }) => from),
      members.map(({ until }) => until),
      members.map(({ payerId }) => payerId),
      members.map(({ contractId }) => contractId),
      members.map(({ reportedOn }) => reportedOn),
      members.map(({ windowUntil }) => windowUntil),
    ],
  )

export async function findContract(tx: Tx, contractId: bigint): Promise<ContractRow | undefined> {
  const [row] = await tx.query<Omit<ContractRow, 'month'> & { month: number }>(
    `select c.payer_id as "payerId", c.contract_id as "contractId", c.segment, c.month, c.name, coalesce(a.from_day, c.from_day) as from, coalesce(a.until_day, c.until_day) as until,
       coalesce(a.facts, c.facts) as facts, coalesce(a.nth, 0)::integer as addenda
     from contributions.premium_contract c
     left join lateral (select * from contributions.addendum a where a.payer_id = c.payer_id and a.contract_id = c.contract_id order by a.nth desc limit 1) a on true
     where c.payer_id = $1::bigint >> 20 and c.contract_id = $1::bigint`,
    [contractId],
  )
  return row && { ...row, month: monthFromNumber(row.month) }
}

export type ContractMember = {
  readonly member_number: string
  readonly person_id: bigint
  readonly ordinal: number
  readonly from_day: Day
  readonly until_day: Day
  readonly reported_on: Day | null
  readonly window_until: Day | null
}

/** Who works under a contract, by member number. */
export const membersOf = (tx: Tx, contractId: bigint): Promise<ContractMember[]> =>
  tx.query<ContractMember>(
    `select p.member_number, m.person_id, m.ordinal, m.from_day, m.until_day, m.reported_on, m.window_until
     from contributions.premium_member m join registry.person p using (person_id)
     where m.payer_id = $1::bigint >> 20 and m.contract_id = $1::bigint order by p.member_number`,
    [contractId],
  )

/** Moves the end of everybody who stays to the end, and the beginning of everybody who was there from the beginning. */
export const moveMembers = (
  tx: Tx,
  contractId: bigint,
  old: { readonly from: Day; readonly until: Day },
  now: { readonly from: Day; readonly until: Day },
): Promise<number> =>
  tx.run(
    `update contributions.premium_member m set from_day = least(case when m.from_day = $2::date then $4::date else m.from_day end, $5::date - 1),
       until_day = greatest(case when m.until_day = $3::date then $5::date else least(m.until_day, $5::date) end, case when m.from_day = $2::date then $4::date else m.from_day end + 1)
     where m.payer_id = $1::bigint >> 20 and m.contract_id = $1::bigint`,
    [contractId, old.from, old.until, now.from, now.until],
  )
