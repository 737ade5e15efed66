// Bills what was deferred (PP 49/2020): an instalment of each payer's in the month of its stage, all that is left by the last day, or at once
// for a payer that asks so. One transaction of set statements: cut short it leaves nothing, and done again it bills nothing twice.
import type { Law } from '@payung/law'
import { type Day, type Month, monthFromNumber, monthNumber, monthOf, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { findPayer, lockPayers } from '../../registry/index.ts'
import { leftOf, refuseInstalment, repaymentOf, type Stage, stageOn } from '../domain/deferral.ts'
import type { DeferredBilled } from '../events.ts'
import {
  bookInstalments,
  type InstalmentBill,
  type InstalmentsOf,
  type LeftOfMonth,
  layOutInstalments,
  lockPayersWithRest,
  monthsWithRest,
  readDeferred,
  writeInstalments,
} from '../store/deferrals.ts'
import { lockMonthRows } from '../store/months.ts'
import { checkControl } from './check-control.ts'
import { fundsOf } from './issue-bills.ts'

export type AskedInstalment = { readonly payerId: bigint; readonly whole: boolean }
export type DeferredBills = { readonly bills: readonly InstalmentBill[]; readonly total: bigint }

type Plan = { readonly stage: Stage; readonly months: readonly LeftOfMonth[] }

/** The months with something left, by the stage in which the law bills them; a month of which no source says when is left out. */
function plansOf(law: Law, today: Day, months: readonly LeftOfMonth[]): Plan[] {
  const staged = months.flatMap((each) => {
    const repayment = repaymentOf(law, today, monthFromNumber(each.month))
    return repayment?.programmes.includes(each.programme) ? [{ each, stage: stageOn(repayment, today) }] : []
  })
  return [...Map.groupBy(staged, ({ stage }) => `${stage.day} ${stage.remaining}`).values()].flatMap((same) =>
    same[0] ? [{ stage: same[0].stage, months: same.map(({ each }) => each) }] : [],
  )
}

/** The payers are held: their numbers are counted. */
async function billPlans(tx: Tx, law: Law, plans: readonly Plan[], of: Pick<InstalmentsOf, 'payers' | 'whole'>): Promise<DeferredBills> {
  const day = tx.today(law.pack.timeZone)
  const month = monthOf(day)
  const bills: InstalmentBill[] = []
  for (const { stage, months } of plans) {
    const instalments = { ...of, stage, months, day, month }
    if ((await layOutInstalments(tx, instalments)) === 0) continue
    bills.push(...(await writeInstalments(tx, instalments)))
    await bookInstalments(tx, instalments, fundsOf(law))
  }
  if (bills.length === 0) return { bills, total: 0n }
  const total = bills.reduce((sum, bill) => sum + bill.total, 0n)
  await tell(tx, month, bills, total)
  // One payer's instalment is checked with its month on the next day.
  if (of.payers === null) await checkControl(tx, `deferred ${month}`, month)
  return { bills, total }
}

async function tell(tx: Tx, month: Month, bills: readonly InstalmentBill[], total: bigint): Promise<void> {
  const told = { room: 'contributions', subject: `month:${month}` } as const
  const payers = [...new Set(bills.map(({ payer_id }) => payer_id))]
  const payload = { month, bills: bills.length, total: total.toString() }
  await tx.emit({ ...told, kind: 'deferred-billed', payload, detail: bills.map(({ bill_id }) => bill_id) satisfies DeferredBilled })
  await tx.emit({ ...told, kind: 'bills-issued', payload, detail: { month, number: monthNumber(month), payers } })
  const credited = bills.flatMap(({ payer_id, total: owed }) => (owed < 0n ? [payer_id] : []))
  if (credited.length > 0)
    await tx.emit({ ...told, kind: 'surplus-credited', payload: { month, payers: credited.length }, detail: [...new Set(credited)] })
}

/** The instalments of everybody that are open today. */
export async function billDeferred(tx: Tx, law: Law): Promise<DeferredBills> {
  const today = tx.today(law.pack.timeZone)
  await lockPayersWithRest(tx)
  await lockMonthRows(tx, monthOf(today))
  const plans = plansOf(law, today, await monthsWithRest(tx, null)).filter(({ stage }) => stage.opens <= today)
  return billPlans(tx, law, plans, { payers: null, whole: false })
}

/** The instalment of one payer, or all that it has left at once. */
export async function billDeferredOf(tx: Tx, law: Law, { payerId, whole }: AskedInstalment): Promise<Result<DeferredBills>> {
  const today = tx.today(law.pack.timeZone)
  const payer = await findPayer(tx, payerId)
  if (!payer.ok) return payer
  // In the order of whoever splits or corrects a bill: first the payer, then the month.
  await lockPayers(tx, [payerId])
  await lockMonthRows(tx, monthOf(today))
  const rows = await readDeferred(tx, payerId)
  const plans = plansOf(law, today, await monthsWithRest(tx, [payerId])).sort((a, b) => (a.stage.day < b.stage.day ? -1 : 1))
  const stage = plans[0]?.stage
  const refusal = refuseInstalment({
    payer: payerId,
    today,
    whole,
    stage,
    deferred: rows.length > 0,
    left: rows.some((row) => leftOf(row) !== 0n),
    billed: rows.some(({ stages }) => stage !== undefined && stages.includes(stage.day)),
  })
  if (refusal) return refuse(refusal)
  const open = whole ? plans : plans.filter(({ stage: { opens } }) => opens <= today)
  return ok(await billPlans(tx, law, open, { payers: [payerId], whole }))
}
