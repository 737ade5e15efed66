// The statement of a payer: its transfers, latest first, page by page.
import type { Tx } from '../../platform/index.ts'
import type { BookedTransfer } from '../domain/transfer.ts'
import { pageOfPayer } from '../store.ts'

export type Statement = {
  readonly items: readonly BookedTransfer[] /** The transfer before which the next page begins. */
  readonly next: bigint | null
}

export async function statement(tx: Tx, payerId: bigint, cursor: bigint | null = null, limit = 50): Promise<Statement> {
  const items = await pageOfPayer(tx, payerId, cursor, limit + 1)
  const shown = items.slice(0, limit)
  return { items: shown, next: items.length > limit ? (shown.at(-1)?.transferId ?? null) : null }
}
