// What a base of a month costs for each programme, employer and worker together, by a class of that month: what was written once can be
// told again, because a tariff that was used never changes.
import type { Month } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { splitOf } from '../domain/split.ts'
import { linesOf } from '../store/tariff.ts'

/** By programme, in minor units; their sum is what the contribution costs without the State's share. */
export async function splitAmounts(tx: Tx, month: Month, ofClass: number, base: bigint): Promise<ReadonlyMap<string, bigint>> {
  const lines = (await linesOf(tx, month, [ofClass])).get(ofClass) ?? []
  const programmes = new Map<string, bigint>()
  const add = (programme: string, amount: bigint) => programmes.set(programme, (programmes.get(programme) ?? 0n) + amount)
  for (const { kind, programme, from, amount } of splitOf(lines, base)) {
    if (kind === 'state') continue
    add(programme, amount)
    if (kind === 'split') add(from, -amount)
  }
  return programmes
}
