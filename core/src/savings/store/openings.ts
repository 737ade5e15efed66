// SQL of opening balances that are taken over in sets.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

export type OpeningSum = { readonly programme: string; readonly day: Day; readonly amount: bigint; readonly entries: bigint }

export const addOpenings = (tx: Tx, importId: bigint): Promise<OpeningSum[]> =>
  tx.query<OpeningSum>(
    `with added as (
       insert into savings.entry (person_id, amount, bearing, day, month, programme, kind, reference, act)
       select t.person_id, b.amount, b.amount, b.day, contributions.month_number(b.day), b.programme, 'opening', 'import ' || $1 || ' ' || b.old_number || ' ' || b.membership, b.act
       from taken_membership t join staging.takeover_balances b using (old_number, membership) order by t.person_id
       returning programme, day, amount
     )
     select programme, day, sum(amount)::bigint as amount, count(*) as entries from added group by programme, day order by programme, day`,
    [importId.toString()],
  )
