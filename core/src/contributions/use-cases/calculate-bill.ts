// Calculates the bill of one payer for an open month without issuing it. It is stale as soon as a wage, a member or the law changes.
import type { Law } from '@payung/law'
import { firstDay, lastDay, type Month, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { billId, monthlyNumber } from '../domain/bill-number.ts'
import { type Calculation, calculate, factsDigest, keepCalculation } from '../store/calculation.ts'
import { findMonth } from '../store/months.ts'
import { profilesOfPayers } from '../store/profiles.ts'
import { ensureTariff } from './ensure-tariff.ts'
import { layOutMonth } from './issue-bills.ts'
import { knowPayers } from './know-payers.ts'

export async function calculateBill(tx: Tx, law: Law, month: Month, payer: bigint): Promise<Result<Calculation>> {
  const known = await findMonth(tx, month)
  if (known?.state !== 'open')
    return refuse({
      code: known ? 'month-closed' : 'month-not-open',
      rule: 'A bill is calculated for an open month.',
      data: { month },
      next: known ? 'Ask for a correction of that month.' : `Open it first: payung month open ${month}.`,
    })
  const registered = await knowPayers(tx, [payer])
  if (!registered.ok) return registered
  const profiles = await profilesOfPayers(tx, [payer], firstDay(month), lastDay(month))
  const version = await ensureTariff(tx, law, month, profiles)
  const laid = await layOutMonth(tx, law, month, 'receivable', profiles)
  const calculation = laid ? await calculate(tx, laid.tariff, payer, month) : { employer: 0n, worker: 0n, members: 0, carried: 0 }
  const kept = await keepCalculation(
    tx,
    payer,
    billId(payer, monthlyNumber(month)),
    month,
    tx.today(law.pack.timeZone),
    calculation,
    await factsDigest(tx, payer, month, version),
  )
  if (kept === 0)
    return refuse({
      code: 'bill-issued',
      rule: 'The bill of this month is issued; nothing issued is edited.',
      data: { month, payer: payer.toString() },
      next: 'Workers who join now stand on a supplementary bill.',
    })
  await tx.emit({
    kind: 'bill-calculated',
    room: 'contributions',
    subject: `payer:${payer}`,
    payload: { month, members: calculation.members, total: (calculation.employer + calculation.worker).toString() },
  })
  return ok(calculation)
}
