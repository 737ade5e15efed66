// What a correction gave back is the payer's money at once: where it covers what they owe, it pays in the same transaction.
import type { Tx } from '../../platform/index.ts'
import { lockPayers, readPayers } from '../../registry/index.ts'
import type { SettledBill } from '../events.ts'
import { payersWhoOwe } from '../store.ts'
import { applyCredit } from './apply-credit.ts'
import type { Recording } from './record-payments.ts'

/** kind `surplus-credited`: whose money grew. */
export type SurplusCredited = { readonly payers: readonly bigint[] }

/** Payers without debt keep it: it pays what comes next, with the next money or bill. */
export async function applySurplus(tx: Tx, { pack, billing }: Recording, { payers }: SurplusCredited): Promise<SettledBill[]> {
  const owing = await payersWhoOwe(tx, payers)
  if (owing.length === 0) return []
  await lockPayers(tx, owing)
  return applyCredit(tx, billing, [...(await readPayers(tx, owing)).values()], { on: tx.today(pack.timeZone), brought: new Map() })
}
