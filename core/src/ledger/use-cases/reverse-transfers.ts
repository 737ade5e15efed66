// Takes transfers back by new ones that name them. Nothing booked is ever changed.
import { type Day, ok, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { decideReversals } from '../domain/transfer.ts'
import { addTransfers, findTransfers } from '../store.ts'
import { accounts } from './find-accounts.ts'

export type ReversalRequest = {
  readonly transfers: readonly { readonly payerId: bigint; readonly transferId: bigint }[]
  readonly day: Day
  readonly reason: string
}

/** Reverses all of a set or none. Two at once: the second fails on the unique index of reversals. */
export async function reverseTransfers(tx: Tx, { transfers, day, reason }: ReversalRequest): Promise<Result<number>> {
  const booked = new Map((await findTransfers(tx, transfers)).map((transfer) => [transfer.transferId, transfer]))
  const decided = decideReversals(
    transfers.map(({ transferId }) => transferId),
    booked,
    day,
    reason,
  )
  if (!decided.ok) return decided
  const { number } = await accounts(tx)
  const count = await addTransfers(tx, decided.value, number)
  const amount = decided.value.reduce((sum, transfer) => sum + transfer.amount, 0n)
  await tx.emit({ kind: 'transfers-reversed', room: 'ledger', subject: 'ledger', payload: { count, amount, reason } })
  return ok(count)
}
