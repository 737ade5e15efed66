// Opens a contribution month on its first day: its partition, its law as rows, and the wages that were reported early.
import type { Law } from '@payung/law'
import { firstDay, isMonth, type Month, monthNumber, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { addMonth, applyEarlyReports, findMonth, type MonthRow } from '../store/months.ts'
import { ensureTariff } from './ensure-tariff.ts'

/** Doing it twice does it once. Refused before the first day of the month. Runs as the role `run`. */
export async function openMonth(tx: Tx, law: Law, month: Month): Promise<Result<MonthRow>> {
  const today = tx.today(law.pack.timeZone)
  if (!isMonth(month))
    return refuse({ code: 'not-a-month', rule: 'A month is written YYYY-MM.', data: { month }, next: 'Write for instance 2026-10.' })
  if (firstDay(month) < law.pack.start) {
    return refuse({
      code: 'before-the-law',
      rule: `The law of this scheme is known here from ${law.pack.start}.`,
      data: { month },
      next: `Open a month from ${law.pack.start.slice(0, 7)} on.`,
    })
  }
  if (today < firstDay(month))
    return refuse({
      code: 'month-not-begun',
      rule: 'A month opens on its first day.',
      data: { month, today },
      next: `Open it on ${firstDay(month)} or later.`,
    })
  const known = await findMonth(tx, month)
  if (known) return ok(known)
  await addMonth(tx, month, today)
  await ensureTariff(tx, law, month, null)
  await applyEarlyReports(tx, month)
  await tx.emit({ kind: 'month-opened', room: 'contributions', subject: `month:${month}`, payload: { month } })
  return ok((await findMonth(tx, month)) ?? { month: monthNumber(month), state: 'open', opened_on: today, closed_on: null })
}
