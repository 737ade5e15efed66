// What a payer was billed for a month as it was known on a day. What came later (law published late, corrections) is left out, because
// it stands on later bills: the old bill stays readable for ever.
import type { BillAsKnown } from '@payung/api'
import type { Law } from '@payung/law'
import { type Day, isDay, type Month, ok, type Result, refuse } from '@payung/values'
import type { Static } from 'typebox'
import type { Tx } from '../../platform/index.ts'
import { servePayers } from '../../registry/index.ts'
import { byClass, tariffOf } from '../store/assess-rows.ts'
import { knownBills, signedRowsBy, versionOfClasses } from '../store/bill-as-known.ts'
import { proveSums } from '../store/book-bills.ts'
import { sumDifferences } from '../store/book-differences.ts'
import { rangesOfClasses } from '../store/tariff.ts'
import { moneyIn } from '../translate.ts'
import { readDifference } from './weigh-correction.ts'

/** Needs to write temporary tables: the role `run`. */
export async function showBillAsKnown(
  tx: Tx,
  law: Law,
  payer: bigint,
  month: Month,
  day: Day,
): Promise<Result<Static<typeof BillAsKnown>>> {
  if (!isDay(day))
    return refuse({
      code: 'wrong-day',
      rule: 'A day is written YYYY-MM-DD.',
      data: { asPublishedBy: day },
      next: 'Write for instance 2025-08-31.',
    })
  const served = await servePayers(tx, [payer])
  if (!served.ok) return served
  const { bills, classes } = await knownBills(tx, payer, month, day)
  const version = await versionOfClasses(tx, month, classes)
  if (!version)
    return refuse({
      code: 'month-not-issued',
      rule: 'Nothing had been issued to this payer for the month by that day.',
      data: { payer: payer.toString(), month, asPublishedBy: day },
      next: 'Ask for a later day.',
    })
  const tariff = tariffOf(byClass(await rangesOfClasses(tx, month, classes)))
  await sumDifferences(tx, tariff, signedRowsBy(payer, month, day))
  await proveSums(tx, tariff.wide)
  const { employer, worker, total, programmes, members } = await readDifference(tx, law, tariff)
  const money = moneyIn(law)
  return ok({
    payerId: payer.toString(),
    month,
    asPublishedBy: day,
    law: { version: version.version, publishedBy: version.published_by },
    bills: bills.map(String),
    members,
    employer: money(employer),
    worker: money(worker),
    total: money(total),
    programmes: Object.fromEntries(Object.entries(programmes).map(([programme, amount]) => [programme, money(amount)])),
  })
}
