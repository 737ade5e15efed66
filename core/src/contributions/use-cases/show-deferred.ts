// What a payer owes later, because it was deferred (PP 49/2020): by month and programme what was deferred, billed and paid, what is left, and
// the next instalment with its day.
import type { Law } from '@payung/law'
import { addDays, type Day, type Month, monthFromNumber, ok, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { findPayer } from '../../registry/index.ts'
import { instalmentOf, leftOf, type Repayment, repaymentOf, stageOn } from '../domain/deferral.ts'
import { type DeferredRow, readDeferred } from '../store/deferrals.ts'

export type Owed = Pick<DeferredRow, 'programme' | 'deferred' | 'billed' | 'paid' | 'writtenOff'> & {
  readonly month: Month
  /** Deferred and not billed yet; below nothing where too much was billed and not written off. */
  readonly left: bigint
  /** Null where nothing is left, or no source says when it is repaid. */
  readonly next: { readonly due: Day; readonly amount: bigint } | null
  readonly source: Repayment['source'] | null
}

function nextOf(repayment: Repayment, today: Day, { stages }: DeferredRow, left: bigint): Owed['next'] {
  if (left === 0n) return null
  const now = stageOn(repayment, today)
  const stage = now.remaining > 1 && stages.includes(now.day) ? stageOn(repayment, addDays(now.day, 1)) : now
  return { due: stage.day < today ? today : stage.day, amount: instalmentOf(left, stage.remaining) }
}

export async function showDeferred(tx: Tx, law: Law, payerId: bigint): Promise<Result<Owed[]>> {
  const payer = await findPayer(tx, payerId)
  if (!payer.ok) return payer
  const today = tx.today(law.pack.timeZone)
  const rows = await readDeferred(tx, payerId)
  return ok(
    rows.map((row) => {
      const { programme, deferred, billed, paid, writtenOff } = row
      const [month, left] = [monthFromNumber(row.month), leftOf(row)]
      const known = repaymentOf(law, today, month)
      const repayment = known?.programmes.includes(programme) ? known : undefined
      const next = repayment ? nextOf(repayment, today, row, left) : null
      return { month, programme, deferred, billed, paid, writtenOff, left, next, source: repayment?.source ?? null }
    }),
  )
}
