// The bills of a payer as it sees them: the running month as a draft until it is calculated, and whether a calculation is stale.
import type { Bill } from '@payung/api'
import type { Law } from '@payung/law'
import { type Month, monthFromNumber, ok, type Result, refuse } from '@payung/values'
import { cursorOf, type Tx } from '../../platform/index.ts'
import { findPayer } from '../../registry/index.ts'
import { billId, monthlyNumber } from '../domain/bill-number.ts'
import { factsDigest } from '../store/calculation.ts'
import { type BillRow, readBill, readBills } from '../store/reading.ts'
import { latestVersion } from '../store/tariff.ts'
import { rowBill } from '../translate.ts'

/** Calculated, and the facts say something else now. */
async function isStale(tx: Tx, row: BillRow): Promise<boolean> {
  if (row.state !== 'calculated') return false
  const month = monthFromNumber(row.month)
  const version = (await latestVersion(tx, month))?.version ?? 0
  return (await factsDigest(tx, row.payer_id, month, version)) !== row.facts_digest
}

export async function showBills(
  tx: Tx,
  law: Law,
  payer: bigint,
  cursor: string | undefined,
  limit: number,
): Promise<Result<{ items: Bill[]; next: string | null }>> {
  const before = cursorOf(cursor)
  if (!before.ok) return before
  const found = await findPayer(tx, payer)
  if (!found.ok) return found
  const rows = await readBills(tx, payer, before.value, limit + 1)
  const items: Bill[] = []
  for (const row of rows.slice(0, limit)) items.push(rowBill(law, row, await isStale(tx, row)))
  return ok({ items, next: rows.length > limit ? (items.at(-1)?.billId ?? null) : null })
}

export async function showBill(tx: Tx, law: Law, payer: bigint, month: Month): Promise<Result<Bill>> {
  const row = await readBill(tx, payer, billId(payer, monthlyNumber(month)))
  if (!row)
    return refuse({
      code: 'nothing-owed',
      rule: 'This payer owes nothing for the month.',
      data: { payer: payer.toString(), month },
      next: 'Register its workers first.',
    })
  return ok(rowBill(law, row, await isStale(tx, row)))
}
