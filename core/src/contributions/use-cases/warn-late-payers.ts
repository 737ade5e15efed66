// Warns who pays for others after each unpaid month of the grace (the pack says after which): whole villages lose cover when public
// money is late. Each warning is told once, as an event and as a row that a letter can be made from.
import type { Law } from '@payung/law'
import { monthOf } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { lateMoneyOn } from '../domain/reinstatement.ts'
import { addWarnings, latePayers, type Warning } from '../store/late-warnings.ts'
import { ensureTariff } from './ensure-tariff.ts'
import { nextOffers } from './next-offers.ts'

export async function warnLatePayers(tx: Tx, law: Law): Promise<Warning[]> {
  const today = tx.today(law.pack.timeZone)
  const rule = lateMoneyOn(law, today)
  if (!rule) return []
  // The due days of the running month stand with its law.
  await ensureTariff(tx, law, monthOf(today), [])
  const late = await latePayers(tx, rule.payers, rule.warnIn, today, monthOf(today))
  if (late.length === 0) return []
  const offers = await nextOffers(tx, law, [...new Set(late.map(({ payerId }) => payerId))])
  const prices = new Map(offers.map(({ payerId, amount }) => [payerId, amount]))
  const warnings = late.map((each) => ({ ...each, amount: prices.get(each.payerId) ?? 0n, toldOn: today }))
  await addWarnings(tx, warnings)
  for (const { payerId, paidMonth, unpaid, members, amount, coveredUntil } of warnings)
    await tx.emit({
      kind: 'late-payer-warned',
      room: 'contributions',
      subject: `payer:${payerId}`,
      payload: { paidMonth, unpaid, members, amount: amount.toString(), coveredUntil },
    })
  return warnings
}
