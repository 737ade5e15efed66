// Installs the chart of a country pack. Run again after the pack has a new fund, it adds that fund's account only.
import type { Pack } from '@payung/law'
import type { Tx } from '../../platform/index.ts'
import { chartOf } from '../domain/chart.ts'
import { addAccounts } from '../store.ts'

/** Gives the number of accounts that were added. */
export async function installAccounts(tx: Tx, pack: Pack): Promise<number> {
  const added = await addAccounts(tx, chartOf(pack))
  if (added > 0) await tx.emit({ kind: 'accounts-installed', room: 'ledger', subject: 'chart', payload: { added } })
  return added
}
