// The next running number of payers, for bills that are not numbered within their month (domain/bill-number.ts).
import type { Tx } from '../../platform/index.ts'

/** The payers are locked by the caller until the numbers are used; for the State whoever bills it holds its own lock. */
export async function nextRunning(tx: Tx, payers: readonly bigint[]): Promise<Map<bigint, number>> {
  const rows = await tx.query<{ payer_id: bigint; n: number }>('select payer_id, n from contributions.next_running($1::bigint[])', [payers])
  return new Map(rows.map(({ payer_id, n }) => [payer_id, n]))
}
