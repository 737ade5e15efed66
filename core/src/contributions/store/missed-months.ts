// SQL of months that were closed without somebody who was a member then.
import { type Month, monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { factHolds } from './assess-rows.ts'
import { issuedStep } from './months.ts'

type Key = { readonly personId: bigint; readonly ordinal: number }

export type Missed = Key & { readonly payerId: bigint; readonly month: Month; readonly closed: boolean }

/** The months that are closed or billed already (to everybody by the run, or to this payer before), for which memberships, whose payers owe, have facts and no row; in their order. */
export async function monthsMissed(tx: Tx, keys: readonly Key[]): Promise<Missed[]> {
  const rows = await tx.query<{ person_id: bigint; ordinal: number; payer_id: bigint; month: number; closed: boolean }>(
    `select f.person_id, f.ordinal, f.payer_id, m.month, m.state = 'closed' as closed from contributions.membership_fact f join contributions.profile p using (profile_id)
     join contributions.month m on ${factHolds('contributions.first_day(m.month)', '(contributions.first_day((m.month + 1)::smallint) - 1)')}
     where p.settlement = 'receivable' and (f.person_id, f.ordinal) in (select * from unnest($1::bigint[], $2::smallint[]))
       and (m.state = 'closed' or exists (select from contributions.run_step r where r.month = m.month and r.step = '${issuedStep}')
         or exists (select from contributions.bill b where b.payer_id = f.payer_id and b.month = m.month and b.kind = 'month' and b.state <> 'calculated'))
       and not exists (select from contributions.contribution c where c.person_id = f.person_id and c.month = m.month and c.ordinal = f.ordinal)
     order by f.person_id, f.ordinal, m.month`,
    [keys.map(({ personId }) => personId), keys.map(({ ordinal }) => ordinal)],
  )
  return rows.map((row) => ({
    personId: row.person_id,
    ordinal: row.ordinal,
    payerId: row.payer_id,
    month: monthFromNumber(row.month),
    closed: row.closed,
  }))
}

/** The first month up to the running one, of those that are not closed, in which a payer has memberships and was issued no bill. */
export const unbilledMonth = async (tx: Tx, payer: bigint, running: number): Promise<number | null> =>
  (
    await tx.query<{ month: number | null }>(
      `select min(m.month) as month from (select month from contributions.month where state <> 'closed' and month <= $2 union select $2::smallint) m
       where exists (select from contributions.membership_fact f where f.payer_id = $1
           and ${factHolds('contributions.first_day(m.month)', '(contributions.first_day((m.month + 1)::smallint) - 1)')})
         and not exists (select from contributions.month c where c.month = m.month and c.state = 'closed')
         and not exists (select from contributions.bill b where b.payer_id = $1 and b.month = m.month and b.kind in ('month', 'supplement') and b.state <> 'calculated')`,
      [payer, running],
    )
  )[0]?.month ?? null
