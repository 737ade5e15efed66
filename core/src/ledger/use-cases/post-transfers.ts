// Books transfers: all of a set, or none when one of them may not be booked.
import { ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { type NewTransfer, refuseTransfer } from '../domain/transfer.ts'
import { addSelectedTransfers, addTransfers } from '../store.ts'
import { accounts } from './find-accounts.ts'

/** Gives the number of transfers booked. */
export async function postTransfers(tx: Tx, transfers: readonly NewTransfer[]): Promise<Result<number>> {
  if (transfers.length === 0) return ok(0)
  const { has, number } = await accounts(tx)
  for (const [place, transfer] of transfers.entries()) {
    const refusal = refuseTransfer(transfer, place, has)
    if (refusal) return refuse(refusal)
  }
  return ok(await addTransfers(tx, transfers, number))
}

/**
 * Books what a query of another room selects, in one statement: columns payer_id, amount, source_id, day, month (number),
 * debit and credit (account codes) and reason. Rows of nothing are left out; an unknown account or a negative amount fails.
 */
export const postSelectedTransfers = (tx: Tx, select: string, values: readonly unknown[] = []): Promise<number> =>
  addSelectedTransfers(tx, select, values)
