// Memberships taken over from another system bring savings with them: each becomes an opening entry of its account, once, from the day of
// the takeover on. Runs in the transaction that ends a takeover, as one set statement.
import type { Law } from '@payung/law'
import { type Day, firstDay, monthOf } from '@payung/values'
import { fundsOf } from '../../contributions/index.ts'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { yearMonth } from '../domain/days.ts'
import { savingsProgrammes } from '../domain/programme.ts'
import { addOpenings } from '../store/entries.ts'
import { lastYearBegun } from '../store/rates.ts'

/** Gives how many entries were booked. What a membership brought belongs to the first savings programme of the pack. */
export async function takeOpenings(tx: Tx, law: Law): Promise<number> {
  const [programme] = savingsProgrammes(law.pack)
  if (!programme) return 0
  // Nothing is added to a year whose statements are written: what comes later counts from the first open day.
  const closed = await lastYearBegun(tx)
  const booked = await addOpenings(tx, programme.code, closed === null ? ('0001-01-01' as Day) : firstDay(yearMonth(closed + 1, 1)))
  if (booked.length === 0) return 0
  const credit = fundsOf(law)(programme.code)
  const posted = await postTransfers(
    tx,
    booked.map(({ day, amount, last }) => ({
      payerId: 0n,
      debit: 'takeover',
      credit,
      amount,
      day,
      month: monthOf(day),
      reason: 'savings-opening',
      sourceId: last,
    })),
  )
  if (!posted.ok) throw new Error(posted.refusal.rule)
  const entries = booked.reduce((sum, { accounts }) => sum + accounts, 0)
  await tx.emit({ kind: 'savings-openings-taken', room: 'savings', subject: `programme:${programme.code}`, payload: { entries } })
  return entries
}
