// Wages of a month as a payer reports them (PP 44/2015 art 9, 19). Each row is answered by itself; good rows are taken, bad ones come
// back with the place and the reason. A month that is issued is not reported again: that is a correction.
import type { Law } from '@payung/law'
import { type Month, ok, parseAmount, type Refusal, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { findMonth } from '../store/months.ts'
import { addReports, findTargets, type ReportRow } from '../store/wage-reports.ts'

export type WageRow = { readonly personId: bigint; readonly ordinal?: number /** As typed: whole minor units. */; readonly base: string }
export type WageReport = { readonly payerId: bigint; readonly month: Month; readonly rows: readonly WageRow[] }
export type WageResult = { readonly row: number; readonly refusal: Refusal | null }

/** A wage beyond this is a slip of the keyboard: more than any base that a tariff can hold. */
const largest = 999_999_999_999n

function wrongWage(row: number, base: string): Refusal | undefined {
  const amount = parseAmount(base)
  const data = { row: String(row), field: 'base', value: base }
  if (amount === undefined)
    return {
      code: 'wage-not-a-number',
      rule: 'A wage is written in digits alone, in whole units of the currency.',
      data,
      next: 'Write for instance 5000000.',
    }
  if (amount < 0n)
    return {
      code: 'wage-below-zero',
      rule: 'A wage is not below zero.',
      data,
      next: 'Write the wage of the month, or 0 for a month without wage.',
    }
  if (amount > largest)
    return {
      code: 'wage-too-large',
      rule: `A wage of more than ${largest} is taken for a slip.`,
      data,
      next: 'Check the number of digits.',
    }
  return undefined
}

export async function reportWages(tx: Tx, law: Law, { payerId, month, rows }: WageReport): Promise<Result<WageResult[]>> {
  const known = await findMonth(tx, month)
  if (known?.state === 'closed')
    return refuse({
      code: 'month-closed',
      rule: 'Nothing is reported for a closed month; what changes is a correction.',
      data: { month, closed: known.closed_on ?? '' },
      next: 'Ask for a correction of that month.',
    })
  const targets = await findTargets(
    tx,
    payerId,
    month,
    rows.map(({ personId, ordinal }) => ({ personId, ordinal: ordinal ?? null })),
  )
  const good: ReportRow[] = []
  const results = rows.map((row, index): WageResult => {
    const place = index + 1
    const wrong = wrongWage(place, row.base)
    if (wrong) return { row: place, refusal: wrong }
    const target = targets.find((each) => each.place === place)
    if (!target?.person_id || target.ordinal === null) {
      return {
        row: place,
        refusal: {
          code: 'worker-unknown',
          rule: 'A wage is reported for a worker who is with this payer.',
          data: { row: String(place), field: 'memberNumber' },
          next: 'Register the worker, or leave the row out.',
        },
      }
    }
    if (target.billed)
      return {
        row: place,
        refusal: {
          code: 'month-issued',
          rule: 'The bill of this month is issued; its wages do not change any more.',
          data: { row: String(place), month },
          next: 'Ask for a correction of that month.',
        },
      }
    good.push({ personId: target.person_id, ordinal: target.ordinal, base: BigInt(row.base) })
    return { row: place, refusal: null }
  })
  if (good.length > 0) {
    await addReports(tx, payerId, month, good, tx.today(law.pack.timeZone))
    const sum = good.reduce((total, { base }) => total + base, 0n)
    await tx.emit({
      kind: 'wages-reported',
      room: 'contributions',
      subject: `payer:${payerId}`,
      payload: { month, rows: good.length, refused: rows.length - good.length, sum: sum.toString() },
    })
  }
  return ok(results)
}
