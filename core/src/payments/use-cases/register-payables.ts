// Registers issued bills as payables in the transaction that issued them, and lets credit that waits pay them at once.
import { payersWithMoney } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { lockPayers, readPayers } from '../../registry/index.ts'
import type { SettledItem } from '../events.ts'
import { addPayablesOfBills, type IssuedBills } from '../store.ts'
import { applyCredit } from './apply-credit.ts'
import type { Recording } from './record-payments.ts'

/** One statement for all bills of a step, then credit for their payers as a set. Registered bills stay as they are. */
export async function registerPayables(tx: Tx, { pack, billing }: Recording, issued: IssuedBills): Promise<SettledItem[]> {
  const added = await addPayablesOfBills(tx, issued)
  const payerIds = added.map(({ payerId }) => payerId)
  if (payerIds.length === 0) return []
  // A payment that comes at this moment waits here, and then finds the payable.
  await lockPayers(tx, payerIds)
  // Most have no money waiting. A bill of nothing is paid by nothing.
  const able = [
    ...new Set([...(await payersWithMoney(tx, payerIds)), ...added.flatMap(({ payerId, nothing }) => (nothing ? [payerId] : []))]),
  ]
  if (able.length === 0) return []
  const { settled } = await applyCredit(tx, billing, [...(await readPayers(tx, able)).values()], {
    on: tx.today(pack.timeZone),
    brought: new Map(),
  })
  if (settled.length > 0) {
    const amount = settled.reduce((sum, bill) => sum + bill.amount, 0n)
    await tx.emit({ kind: 'credit-applied', room: 'payments', subject: 'payables', payload: { payables: settled.length, amount } })
  }
  return [...settled]
}
