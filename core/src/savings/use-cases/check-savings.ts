// The control of savings: what the accounts hold together + what is billed to savers and not paid yet = what the ledger owes them.
// Each side from its own rows: statements and contributions here, transfers there.
import type { Law } from '@payung/law'
import { truncated } from '@payung/values'
import { fundsOf, selectShares } from '../../contributions/index.ts'
import type { Tx } from '../../platform/index.ts'
import { yearEnd, yearMonth } from '../domain/days.ts'
import { byPaidDay, notWrittenOff, unbookedBy } from '../store/bookings.ts'
import { closedYears } from '../store/rates.ts'
import { sumShares } from '../store/statements.ts'
import { addControl, type ControlRow, liabilityOn } from '../store/totals.ts'
import { balanceOf } from './read-account.ts'

export type SavingsControl = Omit<ControlRow, 'at'>

/** At the end of a closed year; kept with its difference. */
export async function checkSavings(tx: Tx, law: Law, programme: string, year: number, step: string): Promise<SavingsControl> {
  const closed = (await closedYears(tx, programme)).find((each) => each.year === year)
  const on = yearEnd(year)
  // Exact balances are cut off once, together: that is what was moved to the ledger.
  const balances = closed ? truncated(balanceOf(closed.parts, closed)) : 0n
  const owed = await notWrittenOff(tx, on)
  const and = owed === null ? '' : ` and ${owed}`
  const shares = [
    ...(await selectShares(tx, programme, { unpaidOn: on, and: byPaidDay + and })),
    ...(await selectShares(tx, programme, { among: unbookedBy(on, yearMonth(year, 12)) + and })),
  ]
  const outstanding = truncated(await sumShares(tx, shares))
  const liability = await liabilityOn(tx, fundsOf(law)(programme), on)
  const difference = balances + outstanding - liability
  const control = { step, programme, year, balances, outstanding, liability, difference: difference < 0n ? -difference : difference }
  await addControl(tx, control)
  return control
}
