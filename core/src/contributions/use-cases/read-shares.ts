// What some persons have paid into one programme, contribution by contribution: split in TypeScript, as `selectShares` does in SQL.
import { type Day, type Month, monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { splitOf } from '../domain/split.ts'
import { readPaidPremiums, readPaidRows } from '../store/shares.ts'
import { linesOf } from '../store/tariff.ts'

export type PaidShare = {
  readonly personId: bigint
  readonly billId: bigint
  /** Null: not paid (any more); only of bills that are named. */
  readonly paidOn: Day | null
  /** The contribution month that was paid for. */
  readonly month: Month
  readonly amount: bigint
}
/** Paid after the end of one day and by the end of another; `bills` are taken in whether they are paid or not. */
export type PaidWithin = { readonly after: Day; readonly through: Day; readonly bills: readonly bigint[] }

export async function readShares(tx: Tx, programme: string, persons: readonly bigint[], within: PaidWithin): Promise<PaidShare[]> {
  const rows = await readPaidRows(tx, persons, within)
  const lines = new Map<number, Awaited<ReturnType<typeof linesOf>>>()
  for (const month of new Set(rows.map((row) => row.month))) {
    const classes = [...new Set(rows.flatMap((row) => (row.month === month ? [row.class] : [])))]
    lines.set(month, await linesOf(tx, monthFromNumber(month), classes))
  }
  const shares = rows.map((row): PaidShare => {
    const parts = splitOf(lines.get(row.month)?.get(row.class) ?? [], row.base)
    const own = parts.reduce((sum, { programme: of, kind, from, amount }) => {
      if (of === programme && (kind === 'employer' || kind === 'worker' || kind === 'split')) return sum + amount
      return kind === 'split' && from === programme ? sum - amount : sum
    }, 0n)
    return {
      personId: row.person_id,
      billId: row.bill_id,
      paidOn: row.paid_on,
      month: monthFromNumber(row.month),
      amount: row.entry % 2 === 0 ? own : -own,
    }
  })
  const premiums = await readPaidPremiums(tx, programme, persons, within)
  return [
    ...shares,
    ...premiums.map(({ person_id, bill_id, paid_on, month, amount }) => ({
      personId: person_id,
      billId: bill_id,
      paidOn: paid_on,
      month: monthFromNumber(month),
      amount,
    })),
  ].filter(({ amount }) => amount !== 0n)
}
