// Closes a month on the day after its due date. From then on what changes is a correction.
import type { Law } from '@payung/law'
import { type Month, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { endMonth, findMonth, type MonthRow } from '../store/months.ts'
import { receivableDue } from './issue-bills.ts'

export async function closeMonth(tx: Tx, law: Law, month: Month): Promise<Result<MonthRow>> {
  const known = await findMonth(tx, month)
  if (!known)
    return refuse({
      code: 'month-not-open',
      rule: 'Only an open month can be closed.',
      data: { month },
      next: `Open it first: payung month open ${month}.`,
    })
  if (known.state === 'closed') return ok(known)
  const today = tx.today(law.pack.timeZone)
  const due = receivableDue(law, month, today)
  if (due !== null && today <= due)
    return refuse({
      code: 'month-not-due',
      rule: 'A month closes the day after its due date.',
      data: { month, due, today },
      next: `Close it after ${due}.`,
    })
  await endMonth(tx, month, today)
  await tx.emit({ kind: 'month-closed', room: 'contributions', subject: `month:${month}`, payload: { month } })
  return ok({ ...known, state: 'closed', closed_on: today })
}
