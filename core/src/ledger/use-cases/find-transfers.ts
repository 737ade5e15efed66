// The transfers that came from a payment or a bill, and what moved a payer's money.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { BookedTransfer } from '../domain/transfer.ts'
import { findMoneyMoved, findTransfersOfSources } from '../store.ts'

/** In the order in which they were booked. */
export const transfersFrom = (
  tx: Tx,
  payerId: bigint,
  sourceIds: readonly bigint[],
  reasons: readonly string[],
): Promise<BookedTransfer[]> => findTransfersOfSources(tx, payerId, sourceIds, reasons)

/** Above zero: it came. */
export type Moved = { readonly day: Day; readonly amount: bigint; readonly reason: string; readonly sourceId: bigint }

/** What came to and went from an account of a payer, but for some reasons; what was taken back counts as if it never came. */
export const moneyMoved = (tx: Tx, payerId: bigint, account: 'credit' | 'trust', but: readonly string[]): Promise<Moved[]> =>
  findMoneyMoved(tx, payerId, account, but)
