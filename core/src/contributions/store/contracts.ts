// SQL of premium contracts: written once, billed whole, covering the memberships named in them for their dates.
import { type Day, type Month, monthFromNumber, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { firstContract } from '../domain/bill-number.ts'
import type { ContractAmounts } from '../domain/contract-transfers.ts'

export type NewContractRow = {
  readonly payerId: bigint
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
  readonly contract: number
  readonly personId: bigint
  readonly ordinal: number
  readonly from: Day
  readonly until: Day
}

/** Adds contracts, each with its payer's next running number; gives their ids in the order given. */
export async function addContracts(tx: Tx, rows: readonly NewContractRow[]): Promise<bigint[]> {
  const added = await tx.query<{ place: bigint; contract_id: bigint }>(
    `with told as (
       select n.*, row_number() over (partition by payer_id order by place) as turn
       from unnest($1::bigint[], $2::text[], $3::smallint[], $4::date[], $5::date[], $6::text[], $7::jsonb[], $8::jsonb[], $9::bigint[], $10::bigint[], $11::text[])
         with ordinality as n (payer_id, segment, month, from_day, until_day, name, facts, amounts, employer, worker, entries, place)
     ), numbered as (
       select t.*, (t.payer_id << 20) | (${firstContract} - 1 + t.turn + (select count(*) from contributions.premium_contract c where c.payer_id = t.payer_id)) as contract_id from told t
     ), inserted as (
       insert into contributions.premium_contract (payer_id, contract_id, segment, month, from_day, until_day, name, facts, amounts, employer, worker, entries)
       select payer_id, contract_id, segment, month, from_day, until_day, name, facts, amounts, employer, worker, string_to_array(entries, ' ') from numbered
     ) select place, contract_id from numbered order by place`,
    [
      rows.map(({ payerId }) => payerId),
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
  return added.map(({ contract_id }) => contract_id)
}

export const nameMembers = (
  tx: Tx,
  members: readonly (Omit<NamedMember, 'contract'> & { payerId: bigint; contractId: bigint })[],
): Promise<number> =>
  tx.run(
    `insert into contributions.premium_member (person_id, ordinal, from_day, until_day, payer_id, contract_id)
     select * from unnest($1::bigint[], $2::smallint[], $3::date[], $4::date[], $5::bigint[], $6::bigint[]) on conflict do nothing`,
    [
      members.map(({ personId }) => personId),
      members.map(({ ordinal }) => ordinal),
      members.map(({ from }) => from),
      members.map(({ until }) => until),
      members.map(({ payerId }) => payerId),
      members.map(({ contractId }) => contractId),
    ],
  )

/** Bills of contracts whose payer owes them: issued at once, without a due day. */
export const issueContractBills = (tx: Tx, contracts: readonly bigint[], day: Day): Promise<number> =>
  tx.run(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, worker, members, made_on, issued_on)
     select c.payer_id, c.contract_id, c.month, 'contract', 'issued', c.employer, c.worker,
       (select count(*) from contributions.premium_member m where m.payer_id = c.payer_id and m.contract_id = c.contract_id), $2, $2
     from contributions.premium_contract c where c.payer_id = any (select unnest($1::bigint[]) >> 20) and c.contract_id = any ($1::bigint[])`,
    [contracts, day],
  )

/** The oldest contract of each payer that is offered and not paid. */
export const unpaidContracts = (
  tx: Tx,
  payers: readonly bigint[],
): Promise<{ payer_id: bigint; contract_id: bigint; month: number; amount: bigint }[]> =>
  tx.query(
    `select distinct on (c.payer_id) c.payer_id, c.contract_id, c.month, c.employer + c.worker as amount from contributions.premium_contract c
     where c.payer_id = any ($1::bigint[]) and not exists (select from contributions.bill b where b.payer_id = c.payer_id and b.bill_id = c.contract_id) order by c.payer_id, c.contract_id`,
    [payers],
  )

export type ContractToSettle = {
  readonly payerId: bigint
  readonly contractId: bigint
  readonly month: Month
  readonly amounts: ContractAmounts
  readonly total: bigint /** An organisation holds the money for others. */
  readonly held: boolean
}

/** Writes the paid bills of offered contracts and opens the cover of the members named. */
export async function settleContractBills(
  tx: Tx,
  contracts: readonly { payerId: bigint; contractId: bigint }[],
  day: Day,
): Promise<ContractToSettle[]> {
  const ids = contracts.map(({ contractId }) => contractId)
  await issueContractBills(tx, ids, day)
  await tx.run(
    `update contributions.bill b set state = 'paid', paid_on = $2 where b.payer_id = any ($3::bigint[]) and b.bill_id = any ($1::bigint[])`,
    [ids, day, contracts.map(({ payerId }) => payerId)],
  )
  await openContractCover(tx, ids, day)
  const rows = await tx.query<{
    payer_id: bigint
    contract_id: bigint
    month: number
    amounts: ContractAmounts
    total: bigint
    held: boolean
  }>(
    `select c.payer_id, c.contract_id, c.month, c.amounts, c.employer + c.worker as total, p.organisation_id is not null as held
     from contributions.premium_contract c join registry.payer p using (payer_id) where c.payer_id = any ($2::bigint[]) and c.contract_id = any ($1::bigint[])`,
    [ids, contracts.map(({ payerId }) => payerId)],
  )
  return rows.map((row) => ({
    payerId: row.payer_id,
    contractId: row.contract_id,
    month: monthFromNumber(row.month),
    amounts: row.amounts,
    total: row.total,
    held: row.held,
  }))
}

/** The first instalment (or the whole premium) opens cover for the dates of the contract. */
export const openContractCover = (tx: Tx, contracts: readonly bigint[], day: Day): Promise<number> =>
  tx.run(
    `insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month)
     select m.person_id, m.ordinal, greatest($2::date, m.from_day), 'first-instalment', contributions.month_number(greatest($2::date, m.from_day))
     from contributions.premium_member m where m.payer_id = any (select unnest($1::bigint[]) >> 20) and m.contract_id = any ($1::bigint[]) on conflict do nothing`,
    [contracts, day],
  )
