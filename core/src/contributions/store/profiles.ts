// SQL that tells which profiles a piece of work needs, so that the tariff is laid out for those alone.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { factHolds } from './assess-rows.ts'

export const profilesOfPayers = async (tx: Tx, payers: readonly bigint[], first: Day, last: Day): Promise<number[]> =>
  (
    await tx.query<{ profile_id: number }>(
      `select distinct f.profile_id from contributions.membership_fact f where f.payer_id = any ($1::bigint[]) and ${factHolds('$2::date', '$3::date')}`,
      [payers, first, last],
    )
  ).map(({ profile_id }) => profile_id)
