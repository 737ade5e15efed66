// Lets money that came back to payers pay what is next, in the transaction that gave it back: an excess is carried to later months.
import type { Tx } from '../../platform/index.ts'
import { lockPayers, readPayers } from '../../registry/index.ts'
import type { SettledItem } from '../events.ts'
import { applyCredit } from './apply-credit.ts'
import type { Recording } from './record-payments.ts'

/** @param payablesOnly it buys no months: those that were just taken back would be bought again */
export async function spendReturned(
  tx: Tx,
  { pack, billing }: Recording,
  payerIds: readonly bigint[],
  payablesOnly = false,
): Promise<SettledItem[]> {
  if (payerIds.length === 0) return []
  await lockPayers(tx, payerIds)
  const payers = [...(await readPayers(tx, payerIds)).values()]
  const { settled } = await applyCredit(tx, billing, payers, { on: tx.today(pack.timeZone), brought: new Map(), payablesOnly })
  if (settled.length > 0) {
    const amount = settled.reduce((sum, bill) => sum + bill.amount, 0n)
    await tx.emit({ kind: 'credit-applied', room: 'payments', subject: 'returned', payload: { payables: settled.length, amount } })
  }
  return [...settled]
}
