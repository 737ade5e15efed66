// SQL of balances that another system handed over, in sets.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

export type HandedOver = { readonly programme: string; readonly day: Day; readonly amount: bigint; readonly entries: bigint }

/** A balance includes what it earned until its day, so it is booked, and earns, from the day after: of a month's last day from the next month. */
export const addHandedOver = (tx: Tx): Promise<HandedOver[]> =>
  tx.query<HandedOver>(
    `with added as (
       insert into savings.entry (person_id, amount, bearing, day, month, programme, kind, reference, act)
       select t.person_id, b.amount, b.amount, b.day + 1, contributions.month_number(b.day + 1), b.programme, 'opening', 'membership ' || t.ordinal, b.act
       from taken_membership t join staging.takeover_balances b using (old_number, membership) order by t.person_id
       returning programme, day, amount
     )
     select programme, day, sum(amount)::bigint as amount, count(*) as entries from added group by programme, day order by programme, day`,
  )

/** The first day on which a staged balance would be booked. */
export const firstHandedOver = async (tx: Tx): Promise<Day | null> =>
  (await tx.query<{ day: Day | null }>('select min(day + 1) as day from staging.takeover_balances'))[0]?.day ?? null

/** A takeover that is being written. */
export const addAwaited = (tx: Tx, importId: bigint, today: Day): Promise<number> =>
  tx.run('insert into savings.awaited (import_id, since) values ($1, $2) on conflict do nothing', [importId, today])

export const dropAwaited = (tx: Tx, importId: bigint): Promise<number> =>
  tx.run('delete from savings.awaited where import_id = $1', [importId])

export const awaitedSince = async (tx: Tx): Promise<Day | null> =>
  (await tx.query<{ since: Day | null }>('select min(since) as since from savings.awaited'))[0]?.since ?? null
