// All instalments of what was deferred of a payer's contributions (PP 49/2020): those that were billed, with what became of them, and those to come.
import type { Law } from '@payung/law'
import { type Day, monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { leftOf, type Repayment, repaymentOf } from '../domain/deferral.ts'
import { repaymentPlan } from '../domain/repayment-plan.ts'
import { billedInstalments, readDeferred } from '../store/deferrals.ts'

export type InstalmentState = 'paid' | 'open' | 'late' | 'written-off' | 'given-back' | 'to-come'
export type Instalment = {
  /** The last day to pay it; of what was given back, the day on which it was. */
  readonly due: Day
  /** Below nothing where it gives back. */
  readonly amount: bigint
  readonly state: InstalmentState
  readonly paidOn: Day | null
}
export type Instalments = {
  readonly on: Day
  readonly source: Pick<Repayment['source'], 'act' | 'status'> | null
  readonly rows: readonly Instalment[]
}

/** By the day on which they are due. `source` says when what was deferred is repaid; null where none does, and nothing is planned then. */
export async function showInstalments(tx: Tx, law: Law, payerId: bigint): Promise<Instalments> {
  const on = tx.today(law.pack.timeZone)
  const billed = (await billedInstalments(tx, payerId)).map(({ writtenOff, ...bill }): Instalment => {
    const owed = bill.due < on ? 'late' : 'open'
    const state = bill.amount < 0n ? 'given-back' : writtenOff ? 'written-off' : bill.paidOn === null ? owed : 'paid'
    return { ...bill, state }
  })
  const planned = new Map<Day, bigint>()
  let source: Instalments['source'] = null
  for (const row of await readDeferred(tx, payerId)) {
    const known = repaymentOf(law, on, monthFromNumber(row.month))
    if (!known?.programmes.includes(row.programme)) continue
    source = known.source
    for (const { due, amount } of repaymentPlan(known, on, leftOf(row), row.stages)) planned.set(due, (planned.get(due) ?? 0n) + amount)
  }
  const coming = [...planned].map(([due, amount]): Instalment => ({ due, amount, state: 'to-come', paidOn: null }))
  return { on, source, rows: [...billed, ...coming].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0)) }
}
