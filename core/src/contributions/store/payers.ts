// SQL that looks payers up for billing.
import type { Tx } from '../../platform/index.ts'

/** The payer that stands for the State: the one kind that only the scheme itself bills. */
export const findStatePayer = async (tx: Tx): Promise<bigint | undefined> =>
  (await tx.query<{ payer_id: bigint }>(`select p.payer_id from registry.payer p where p.kind = 'state' order by p.payer_id limit 1`))[0]
    ?.payer_id

export type PayerRow = { readonly payer_id: bigint; readonly kind: string; readonly settlement: 'receivable' | 'offer' }

export const payersOf = async (tx: Tx, payers: readonly bigint[]): Promise<Map<bigint, PayerRow>> =>
  new Map(
    (await tx.query<PayerRow>('select payer_id, kind, settlement from registry.payer where payer_id = any ($1::bigint[])', [payers])).map(
      (row) => [row.payer_id, row],
    ),
  )

/** The name of the organisation that pays; undefined for a person, who is named by nothing here. */
export const nameOfPayer = async (tx: Tx, payer: bigint): Promise<string | undefined> =>
  (
    await tx.query<{ name: string }>(
      'select o.name from registry.payer p join registry.organisation o using (organisation_id) where p.payer_id = $1',
      [payer],
    )
  )[0]?.name
