// The next numbers of payers' bills: running ones, and those of a month, which run on where the month has none left (domain/bill-number.ts).
import { type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'

/** The payers are locked by the caller until the numbers are used; for the State whoever bills it holds its own lock. */
export async function nextRunning(tx: Tx, payers: readonly bigint[]): Promise<Map<bigint, number>> {
  const rows = await tx.query<{ payer_id: bigint; n: number }>('select payer_id, n from contributions.next_running($1::bigint[])', [payers])
  return new Map(rows.map(({ payer_id, n }) => [payer_id, n]))
}

/** The number of each payer's next bill of a month, running where the month is full. A payer without any number left is not among them. Held as above. */
export async function nextOfMonth(tx: Tx, month: Month, payers: readonly bigint[]): Promise<Map<bigint, number>> {
  const rows = await tx.query<{ payer_id: bigint; n: number }>(
    'select payer_id, n from contributions.next_of_month($1::bigint[], $2::smallint)',
    [payers, monthNumber(month)],
  )
  return new Map(rows.map(({ payer_id, n }) => [payer_id, n]))
}

/** Those of the payers whose last number is not used. Each is looked up by its key, however many there are. */
export const payersWithNumbers = async (tx: Tx, payers: readonly bigint[]): Promise<bigint[]> =>
  (
    await tx.query<{ payer_id: bigint }>(
      `select p.payer_id from unnest($1::bigint[]) as p (payer_id)
       where not exists (select from contributions.bill b where b.payer_id = p.payer_id and b.bill_id = (p.payer_id << 20) + 1048575 offset 0)`,
      [payers],
    )
  ).map(({ payer_id }) => payer_id)
