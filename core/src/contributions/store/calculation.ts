// SQL of a calculation before issue: what a payer's bill of a month would be, and the digest of what it was computed from.
import { type Day, firstDay, lastDay, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { factHolds, type Tariff, tariffJoin } from './assess-rows.ts'

const live = `from contributions.membership_fact f join contributions.profile p on p.profile_id = f.profile_id
  where f.payer_id = $1 and p.settlement = 'receivable' and ${factHolds('$2::date', '$3::date')}
    and not exists (select from contributions.contribution c where c.month = $4 and c.person_id = f.person_id and c.ordinal = f.ordinal)`

/** Changes when a wage, a member, a fact or the law of the month changes; the same facts give the same digest. */
export const factsDigest = async (tx: Tx, payer: bigint, month: Month, version: number): Promise<string> =>
  (
    await tx.query<{ digest: string }>(
      `select md5(concat_ws(' ', $5::integer, count(*), sum(f.base), bit_xor(hashtextextended(concat_ws(':', f.person_id, f.ordinal, f.profile_id, f.base), 0)))) as digest ${live}`,
      [payer, firstDay(month), lastDay(month), monthNumber(month), version],
    )
  )[0]?.digest ?? ''

export type Calculation = { readonly employer: bigint; readonly worker: bigint; readonly members: number; readonly carried: number }

export const calculate = async (tx: Tx, tariff: Tariff, payer: bigint, month: Month): Promise<Calculation> =>
  (
    await tx.query<Calculation>(
      `select coalesce(sum(${tariff.sql.sumOf('employer', 'f.base', 'w')}), 0)::bigint as employer, coalesce(sum(${tariff.sql.sumOf('worker', 'f.base', 'w')}), 0)::bigint as worker,
         count(*)::integer as members, (count(*) filter (where f.base_month < $4))::integer as carried
       ${live.replace(' join contributions.profile', ` ${tariffJoin(tariff)} join contributions.profile`)}`,
      [payer, firstDay(month), lastDay(month), monthNumber(month)],
    )
  )[0] ?? { employer: 0n, worker: 0n, members: 0, carried: 0 }

/** Writes or replaces the calculation; an issued bill stays as it is. */
export const keepCalculation = (
  tx: Tx,
  payer: bigint,
  billId: bigint,
  month: Month,
  made: Day,
  { employer, worker, members, carried }: Calculation,
  digest: string,
): Promise<number> =>
  tx.run(
    `insert into contributions.bill as b (payer_id, bill_id, month, kind, state, employer, worker, members, carried, facts_digest, made_on)
     values ($1, $2, $3, 'month', 'calculated', $4, $5, $6, $7, $8, $9)
     on conflict (payer_id, bill_id) do update set employer = excluded.employer, worker = excluded.worker, members = excluded.members, carried = excluded.carried, facts_digest = excluded.facts_digest, made_on = excluded.made_on
     where b.state = 'calculated'`,
    [payer, billId, monthNumber(month), employer, worker, members, carried, digest, made],
  )
