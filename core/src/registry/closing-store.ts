// SQL of employers that are closed.
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'

export async function closings(tx: Tx, payerIds: readonly bigint[]): Promise<Map<bigint, Day>> {
  if (payerIds.length === 0) return new Map()
  const rows = await tx.query<{ payer_id: bigint; closed_on: Day }>(
    'select payer_id, closed_on from registry.closing where payer_id = any ($1::bigint[])',
    [payerIds],
  )
  return new Map(rows.map(({ payer_id, closed_on }) => [payer_id, closed_on]))
}

/** Memberships with an organisation that go on after a day. */
export const membersOf = async (tx: Tx, organisationId: bigint, day: Day): Promise<number> =>
  Number(
    (
      await tx.query<{ members: bigint }>(
        'select count(*) as members from registry.membership where organisation_id = $1 and (until_day is null or until_day > $2)',
        [organisationId, day],
      )
    )[0]?.members ?? 0n,
  )

export const addClosing = (tx: Tx, payerId: bigint, ground: string, evidence: string, day: Day): Promise<number> =>
  tx.run('insert into registry.closing (payer_id, ground, evidence, closed_on) values ($1, $2, $3, $4)', [payerId, ground, evidence, day])
