// Whether a correction of who pays by offer would leave months unpaid behind it: offers are paid in the order of months, so nobody would be asked
// for those again.
import type { Law } from '@payung/law'
import { type Month, monthFromNumber, monthNumber, monthOf, type Refusal } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { DecidedRow } from '../domain/correction.ts'
import { skippedBefore } from '../store/paid-spans.ts'
import { payersOf } from '../store/payers.ts'

/** Only months that the correction gives to a membership are asked about: a wage that is put right moves nothing. */
export async function refuseSkipped(
  tx: Tx,
  law: Law,
  payer: bigint,
  month: Month,
  rows: readonly DecidedRow[],
): Promise<Refusal | undefined> {
  const given = rows.filter(({ base, replaces }) => base !== null && replaces === null)
  if (given.length === 0 || (await payersOf(tx, [payer])).get(payer)?.settlement !== 'offer') return undefined
  const today = tx.today(law.pack.timeZone)
  const running = { month: monthNumber(monthOf(today)), today }
  const skipped = await skippedBefore(tx, payer, monthNumber(month), given, running)
  if (!skipped) return undefined
  const row = rows.findIndex((each) => each === given[skipped.place - 1]) + 1
  return {
    code: 'months-between-unpaid',
    rule: 'Who pays by offer pays the months of a membership in their order.',
    data: { row: String(row), month, paidUntil: monthFromNumber(skipped.paid_month) },
    next: 'Correct or pay the months between first.',
  }
}
