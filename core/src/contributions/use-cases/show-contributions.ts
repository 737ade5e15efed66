// The contributions of a member by month, each split by programme and share through the tariff of its month, which never changes.
import type { ContributionRow } from '@payung/api'
import type { Law } from '@payung/law'
import { monthFromNumber, ok, type Result, refuse } from '@payung/values'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/index.ts'
import { splitOf } from '../domain/split.ts'
import { readContributions } from '../store/reading.ts'
import { linesOf } from '../store/tariff.ts'
import { moneyIn } from '../translate.ts'

type Row = Static<typeof ContributionRow>

export async function showContributions(
  tx: Tx,
  law: Law,
  person: bigint,
  cursor: string | undefined,
  limit: number,
): Promise<Result<{ items: Row[]; next: string | null }>> {
  if (cursor !== undefined && !/^(\d{1,5}\.){3}\d{1,18}$/.test(cursor))
    return refuse({
      code: 'wrong-cursor',
      rule: 'A cursor is what the page before gave as next.',
      data: { cursor },
      next: 'Begin without a cursor.',
    })
  const rows = await readContributions(tx, person, cursor?.split('.').map(BigInt) ?? null, limit + 1)
  const money = moneyIn(law)
  const items: Row[] = []
  for (const row of rows.slice(0, limit)) {
    const lines = (await linesOf(tx, monthFromNumber(row.month), [row.class])).get(row.class) ?? []
    items.push({
      month: monthFromNumber(row.month),
      entry: row.entry,
      billId: row.bill_id.toString(),
      base: money(row.base),
      employer: money(row.employer),
      worker: money(row.worker),
      paidOn: row.paid_on,
      split: splitOf(lines, row.base).map(({ programme, kind, from, amount }) => ({ programme, kind, from, amount: money(amount) })),
    })
  }
  const last = rows[limit - 1]
  return ok({ items, next: rows.length > limit && last ? `${last.month}.${last.ordinal}.${last.entry}.${last.person_id}` : null })
}
