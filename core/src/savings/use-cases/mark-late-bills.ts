// Money that bears a day of a closed year and comes after the close: its contributions are booked in the first open month, so that no
// statement changes and nothing is lost. Runs in the payment's own transaction, in one look when nothing is late.
import type { Law } from '@payung/law'
import type { Day } from '@payung/values'
import type { BillsPaid } from '../../contributions/index.ts'
import type { Event, Tx } from '../../platform/index.ts'
import { yearMonth } from '../domain/days.ts'
import { savingsProgrammes } from '../domain/programme.ts'
import { addLateBills } from '../store/entries.ts'
import { lastYearBegun } from '../store/rates.ts'

export const markLateBills =
  (law: Law) =>
  async (tx: Tx, event: Event): Promise<void> => {
    if (savingsProgrammes(law.pack).length === 0) return
    const closed = await lastYearBegun(tx)
    const { on } = event.payload as { on?: Day }
    if (closed === null || on === undefined || Number(on.slice(0, 4)) > closed) return
    const bills = (event.detail as BillsPaid).map(({ payer_id, bill_id }) => ({ payerId: payer_id, billId: bill_id }))
    const month = yearMonth(closed + 1, 1)
    await addLateBills(tx, bills, tx.today(law.pack.timeZone), month)
  }
