// SQL of rows that change after their bill was issued: what stands of a membership's month and what is to stand instead, as a
// temporary table, and the reversing and replacing contributions made from it.
import { firstDay, lastDay, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { type Tariff, tariffValues, withoutBands } from './assess-rows.ts'

/**
 * `entry` stands and is reversed (null: nothing stands), `last` is the last entry of all (-1: there is none). The new columns are
 * what is to stand (null: nothing).
 */
export async function makeChangedRows(tx: Tx): Promise<void> {
  await tx.run('drop table if exists pg_temp.changed_row')
  await tx.run(
    `create temporary table changed_row (person_id bigint not null, ordinal smallint not null, bill_id bigint not null, counter_id bigint not null, entry smallint, last smallint not null,
       class smallint, base bigint, employer bigint, worker bigint, new_class smallint, new_base bigint, new_employer bigint, new_worker bigint) on commit drop`,
  )
}

export type Asked = { readonly personId: bigint; readonly ordinal: number; readonly base: bigint | null }

/** The last entry of each asked membership's month, as `c`; the asked rows are `a`. `$1` persons, `$2` ordinals, `$4` the month. */
const standing = `left join lateral (select k.* from contributions.contribution k where k.month = $4 and k.person_id = a.person_id and k.ordinal = a.ordinal order by k.entry desc limit 1) c on true`

/** What is to stand by a tariff: the facts of the month, even where the membership was ended since. */
export async function layOutAsked(tx: Tx, tariff: Tariff, month: Month, billId: bigint, asked: readonly Asked[]): Promise<void> {
  await makeChangedRows(tx)
  const bands = withoutBands(tariff) ? '' : 'and a.base >= w.band_from and a.base < w.band_to'
  await tx.run(
    `insert into changed_row
     select a.person_id, a.ordinal, $7::bigint, $7::bigint, case when c.entry % 2 = 0 then c.entry end, coalesce(c.entry, -1),
       case when c.entry % 2 = 0 then c.class end, case when c.entry % 2 = 0 then c.base end, case when c.entry % 2 = 0 then c.employer end, case when c.entry % 2 = 0 then c.worker end,
       w.class, case when w.class is not null then a.base end, ${tariff.sql.sumOf('employer', 'a.base', 'w')}, ${tariff.sql.sumOf('worker', 'a.base', 'w')}
     from unnest($1::bigint[], $2::smallint[], $3::bigint[]) as a (person_id, ordinal, base)
     ${standing}
     left join lateral (select f.* from contributions.membership_fact f where f.person_id = a.person_id and f.ordinal = a.ordinal
       and f.joined <= $6::date and f.from_day <= greatest($5::date, f.joined) order by f.from_day desc limit 1) f on true
     left join ${tariffValues(tariff)} on a.base is not null and w.profile_id = f.profile_id and f.born >= w.born_from and f.born < w.born_until ${bands}`,
    [
      asked.map(({ personId }) => personId),
      asked.map(({ ordinal }) => ordinal),
      asked.map(({ base }) => base),
      monthNumber(month),
      firstDay(month),
      lastDay(month),
      billId,
    ],
  )
  // Where nothing is to stand, an amount computed from nothing is nothing.
  await tx.run('update changed_row set new_employer = null, new_worker = null where new_class is null')
}

/** The reversing and replacing contributions of `changed_row`; gives how many were written. */
export const writeChangedRows = (tx: Tx, month: Month): Promise<number> =>
  tx.run(
    `insert into contributions.entry (person_id, bill_id, base, employer, worker, month, class, ordinal, entry)
     select r.person_id, v.bill_id, v.base, v.employer, v.worker, $1, v.class, r.ordinal, v.entry
     from changed_row r cross join lateral (values
       (r.counter_id, r.base, r.employer, r.worker, r.class, (r.entry + 1)::smallint),
       (r.bill_id, r.new_base, r.new_employer, r.new_worker, r.new_class, (r.last + case when r.entry is null then 1 else 2 end)::smallint)) v (bill_id, base, employer, worker, class, entry)
     where v.class is not null`,
    [monthNumber(month)],
  )

/** The classes that `changed_row` needs to be split by programme. */
export const classesOfChanges = async (tx: Tx): Promise<number[]> =>
  (
    await tx.query<{ class: number }>(
      'select class from changed_row where class is not null union select new_class from changed_row where new_class is not null order by 1',
    )
  ).map((row) => row.class)

/** The rows of `changed_row` with their sign, as a source of sums by bill. */
export const signedChanges = `(select counter_id as bill_id, base, employer, worker, class, -1 as sign from changed_row where class is not null
  union all select bill_id, new_base, new_employer, new_worker, new_class, 1 from changed_row where new_class is not null)`
