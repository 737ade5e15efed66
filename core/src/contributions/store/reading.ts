// SQL of what the room shows: months, bills, contributions with their split, controls.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

export type MonthSummary = {
  readonly month: number
  readonly state: string
  readonly opened_on: Day
  readonly closed_on: Day | null
  readonly bills: bigint
  readonly rows: bigint
  readonly total: bigint
  readonly versions: bigint
}

export const readMonths = (tx: Tx): Promise<MonthSummary[]> =>
  tx.query<MonthSummary>(
    `select m.*, coalesce(b.bills, 0) as bills, coalesce(b.rows, 0) as rows, coalesce(b.total, 0)::bigint as total, (select count(*) from contributions.tariff_version v where v.month = m.month) as versions
     from contributions.month m left join (select month, count(*) as bills, sum(members) as rows, sum(total) as total from contributions.bill where state <> 'calculated' group by month) b using (month)
     order by m.month desc`,
  )

export type BillRow = {
  readonly payer_id: bigint
  readonly bill_id: bigint
  readonly month: number
  readonly kind: string
  readonly state: 'calculated' | 'issued' | 'paid'
  readonly employer: bigint
  readonly worker: bigint
  readonly state_share: bigint
  readonly fine: bigint
  readonly correction: bigint
  readonly total: bigint
  readonly members: number
  readonly carried: number
  readonly facts_digest: string
  readonly issued_on: Day | null
  readonly due: Day | null
  readonly paid_on: Day | null
}

/** Bills of a payer, latest first, below `before`. */
export const readBills = (tx: Tx, payer: bigint, before: bigint | null, limit: number): Promise<BillRow[]> =>
  tx.query<BillRow>(
    'select * from contributions.bill where payer_id = $1 and ($2::bigint is null or bill_id < $2) order by bill_id desc limit $3',
    [payer, before, limit],
  )

export const readBill = async (tx: Tx, payer: bigint, bill: bigint): Promise<BillRow | undefined> =>
  (await tx.query<BillRow>('select * from contributions.bill where payer_id = $1 and bill_id = $2', [payer, bill]))[0]

export type ContributionOfMember = {
  readonly month: number
  readonly ordinal: number
  readonly entry: number
  readonly person_id: bigint
  readonly bill_id: bigint
  readonly base: bigint
  readonly employer: bigint
  readonly worker: bigint
  readonly class: number
  readonly paid_on: Day | null
}

/**
 * Contributions of a person, under merged numbers too, latest first, below (month, ordinal, entry, person). The payer is computed within, apart
 * from the join: where row security holds, a key that is computed in the join itself is compared after the policy, with every bill there is.
 */
export const readContributions = (
  tx: Tx,
  person: bigint,
  below: readonly bigint[] | null,
  limit: number,
): Promise<ContributionOfMember[]> =>
  tx.query<ContributionOfMember>(
    `select c.month, c.ordinal, c.entry, c.person_id, c.bill_id, c.base, c.employer, c.worker, c.class, b.paid_on
     from (
       select k.*, k.bill_id >> 20 as payer_id from contributions.contribution k
       where k.person_id = any (array(select registry.same_person($1)))
         and ($2::bigint[] is null or array[k.month, k.ordinal, k.entry, k.person_id] < $2::bigint[])
       order by k.month desc, k.ordinal desc, k.entry desc, k.person_id desc limit $3
     ) c left join contributions.bill b on b.payer_id = c.payer_id and b.bill_id = c.bill_id
     order by c.month desc, c.ordinal desc, c.entry desc, c.person_id desc`,
    [person, below, limit],
  )

export type ControlRow = {
  readonly at: Date
  readonly step: string
  readonly contributions: bigint
  readonly premiums: bigint
  readonly fines: bigint
  readonly state_share: bigint
  readonly billed: bigint
  readonly booked: bigint
  readonly bank: bigint
  readonly statement: bigint
  readonly difference: bigint
}

/** The latest check of each month, and the latest of all months together; the last one made comes first. */
export const readControls = (tx: Tx, limit: number): Promise<ControlRow[]> =>
  tx.query<ControlRow>(
    `select * from (select distinct on (month) * from contributions.control_check order by month, check_id desc) as latest order by check_id desc limit $1`,
    [limit],
  )
