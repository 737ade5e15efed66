// The employers that were opened again and are not closed yet, with the money that still wants a place: they are to be closed again at once
// (staff handbook, page 39).
import { payerBalances } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { type Reopened, stillOpen } from '../../registry/index.ts'

export type ReopenedEmployer = Reopened & { readonly money: bigint }

export async function reopenedEmployers(tx: Tx): Promise<ReopenedEmployer[]> {
  const open = await stillOpen(tx)
  const balances = await payerBalances(
    tx,
    open.map(({ payerId }) => payerId),
  )
  return open.map((each) => {
    const balance = balances.get(each.payerId)
    return { ...each, money: (balance?.credit ?? 0n) + (balance?.trust ?? 0n) }
  })
}
