// SQL of what a payer was billed for a month as it was known on a day: the rows on the bills issued by then, and the law they went by.
import { type Day, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

export type KnownBills = { readonly bills: bigint[]; readonly classes: number[] }

const rowsBy = (payer: bigint, month: Month, day: Day): string => `(
  select c.* from (select distinct person_id, ordinal from contributions.membership_fact where payer_id = ${payer}) f
  join contributions.contribution c on c.month = ${monthNumber(month)} and c.person_id = f.person_id and c.ordinal = f.ordinal
  join contributions.bill b on b.payer_id = ${payer} and b.bill_id = c.bill_id and b.issued_on <= date '${day}')`

/** The bills issued by a day and the classes of their rows. */
export const knownBills = async (tx: Tx, payer: bigint, month: Month, day: Day): Promise<KnownBills> =>
  (
    await tx.query<KnownBills>(
      `select coalesce(array_agg(distinct bill_id order by bill_id), '{}') as bills, coalesce(array_agg(distinct class), '{}') as classes from ${rowsBy(payer, month, day)} c`,
    )
  )[0] ?? { bills: [], classes: [] }

/** Those rows with their sign, all under one number, as a source of sums. */
export const signedRowsBy = (payer: bigint, month: Month, day: Day): string =>
  `(select ${payer << 20n}::bigint as bill_id, c.base, c.employer, c.worker, c.class, case when c.entry % 2 = 0 then 1 else -1 end as sign from ${rowsBy(payer, month, day)} c)`

/** The newest version among classes. */
export const versionOfClasses = async (
  tx: Tx,
  month: Month,
  classes: readonly number[],
): Promise<{ version: number; published_by: Day } | undefined> =>
  (
    await tx.query<{ version: number; published_by: Day }>(
      `select v.version, v.published_by from contributions.tariff_class c join contributions.tariff_version v on v.month = c.month and v.version = c.version
       where c.month = $1 and c.class = any ($2::smallint[]) order by v.version desc limit 1`,
      [monthNumber(month), classes],
    )
  )[0]
