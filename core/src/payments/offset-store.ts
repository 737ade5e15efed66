// SQL of offers to set a surplus off against what comes next.
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'

export type OffsetOffer = { readonly payerId: bigint; readonly letterId: bigint; readonly on: Day }

/** A letter is told once: the same offer again adds nothing. */
export async function addOffsetOffers(tx: Tx, offers: readonly OffsetOffer[]): Promise<void> {
  await tx.run(
    `insert into payments.offset_offer (payer_id, letter_id, told_on) select * from unnest($1::bigint[], $2::bigint[], $3::date[]) on conflict do nothing`,
    [offers.map(({ payerId }) => payerId), offers.map(({ letterId }) => letterId), offers.map(({ on }) => on)],
  )
}

/** The day on which a payer was last told of the offer, no earlier than a day; null: not since then. */
export const offsetOfferedOn = async (tx: Tx, payerId: bigint, since: Day): Promise<Day | null> =>
  (
    await tx.query<{ told_on: Day | null }>(
      'select max(told_on) as told_on from payments.offset_offer where payer_id = $1 and told_on >= $2',
      [payerId, since],
    )
  )[0]?.told_on ?? null
