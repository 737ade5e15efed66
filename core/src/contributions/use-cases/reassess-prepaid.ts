// Gives back what a later law lowers of months that self-payers, sponsors and public budgets have paid (PP 50/2025 art 5: overpaid
// months go to the next). What stands is reversed and replaced on a new bill, and the difference is the payer's money again, which pays
// what comes next. A later law that asks for more takes nothing: a month paid at its price of the day is paid.
import { knownFrom, type Law } from '@payung/law'
import { type Day, type Month, ok } from '@payung/values'
import { inTransaction, type Platform, systemActor, type Tx } from '../../platform/index.ts'
import { lockPayers } from '../../registry/index.ts'
import type { PrepaidReassessed } from '../events.ts'
import { byClass, tariffOf } from '../store/assess-rows.ts'
import { proveSums } from '../store/book-bills.ts'
import { bookByFund } from '../store/book-by-fund.ts'
import { lockMonthRows, noteStep } from '../store/months.ts'
import {
  layOutLowerPrices,
  monthsBefore,
  payersWithLowerPrices,
  prepaidStep,
  sumLowerBills,
  writeLowerRows,
  writeReturningBills,
} from '../store/prepaid.ts'
import { rangesOfClasses } from '../store/tariff.ts'
import { fundsOf, layOutMonth } from './issue-bills.ts'

export type Reassessed = { readonly month: Month; readonly rows: number; readonly bills: number; readonly returned: bigint }

/** The day on which something of the law was published last, as known today. */
export function latestPublication(law: Law, today: Day): Day | undefined {
  return law.pack.entries
    .map(knownFrom)
    .filter((day) => day <= today)
    .sort()
    .at(-1)
}

/** One month, in the caller's transaction; twice does it once. Runs as the role `run`. */
export async function reassessPrepaid(tx: Tx, law: Law, month: Month): Promise<Reassessed> {
  const today = tx.today(law.pack.timeZone)
  const publication = latestPublication(law, today) ?? today
  const laid = await layOutMonth(tx, law, month, 'offer', null)
  await lockMonthRows(tx, month)
  const rows = laid ? await layOutLowerPrices(tx, laid.tariff, month) : 0
  let bills: { payer_id: bigint; bill_id: bigint; total: bigint }[] = []
  if (rows > 0) {
    const { payers, classes } = await payersWithLowerPrices(tx)
    await lockPayers(tx, payers)
    await writeLowerRows(tx, month)
    const tariff = tariffOf(byClass(await rangesOfClasses(tx, month, classes)))
    await sumLowerBills(tx, tariff, month)
    await proveSums(tx, tariff.wide)
    bills = await writeReturningBills(tx, month, today)
    await bookByFund(tx, tariff.wide, { month, day: today, fundOf: fundsOf(law), from: 'money', reason: 'correction' })
  }
  const returned = -bills.reduce((sum, { total }) => sum + total, 0n)
  const note = { step: prepaidStep, chunk: BigInt(publication.replaceAll('-', '')), rows: BigInt(rows), amount: returned }
  await noteStep(tx, month, note)
  if (rows > 0)
    await tx.emit({
      kind: 'prepaid-reassessed',
      room: 'contributions',
      subject: `month:${month}`,
      payload: { month, rows, bills: bills.length, returned: returned.toString(), publication },
      detail: bills.map(({ bill_id }) => bill_id) satisfies PrepaidReassessed,
    })
  return { month, rows, bills: bills.length, returned }
}

/** Every month whose law as rows is older than the latest publication: one transaction each, so that work cut short goes on where it was. */
export async function reassessAllPrepaid(
  platform: Platform,
  law: Law,
  progress?: (done: number, of: number) => void,
): Promise<Reassessed[]> {
  const caller = { role: 'run', actor: systemActor } as const
  const months = await inTransaction(platform, caller, { name: 'contributions.months-to-reassess', input: null }, async (tx) => {
    const publication = latestPublication(law, tx.today(law.pack.timeZone))
    return ok(publication ? await monthsBefore(tx, publication) : [])
  })
  if (!months.ok) return []
  const done: Reassessed[] = []
  for (const [index, month] of months.value.entries()) {
    const one = await inTransaction(platform, caller, { name: 'contributions.reassess-prepaid', input: month }, async (tx, input) =>
      ok(await reassessPrepaid(tx, law, input)),
    )
    if (one.ok) done.push(one.value)
    progress?.(index + 1, months.value.length)
  }
  return done
}
