// Wages of a month as a payer reports them (PP 44/2015 art 9, 19). Each row is answered by itself; good rows are taken, bad ones come
// back with the place and the reason. A month that is issued is not reported again: that is a correction.
import type { Law } from '@payung/law'
import { type Month, ok, parseAmount, type Refusal, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { servePayers } from '../../registry/index.ts'
import { findMonth } from '../store/months.ts'
import { addReports, findTargets, type ReportRow, type ReportTarget } from '../store/wage-reports.ts'

export type WageRow = { readonly personId: bigint; readonly ordinal?: number /** As typed: whole minor units. */; readonly base: string }
export type PayerWageRow = WageRow & { readonly payerId: bigint }
export type WageReport = { readonly payerId: bigint; readonly month: Month; readonly rows: readonly WageRow[] }
export type WageResult = { readonly row: number; readonly refusal: Refusal | null }

/** A wage beyond this is a slip of the keyboard: more than any base that a tariff can hold. */
const largest = 999_999_999_999n

export function wrongWage(row: number, base: string): Refusal | undefined {
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

const refused = (row: number, code: string, rule: string, next: string, data: Record<string, string> = {}): WageResult => ({
  row,
  refusal: { code, rule, data: { row: String(row), ...data }, next },
})

/** What becomes of one row, in a fixed order of reasons. `seen`: the memberships that rows before it have named. */
function judge(row: WageRow, place: number, month: Month, target: ReportTarget | undefined, seen: Set<string>): WageResult {
  const wrong = wrongWage(place, row.base)
  if (wrong) return { row: place, refusal: wrong }
  if (!target?.person_id)
    return refused(
      place,
      'worker-unknown',
      'A wage is reported for a worker who is with this payer.',
      'Register the worker, or leave the row out.',
      {
        field: 'memberNumber',
      },
    )
  if (target.billed)
    return refused(
      place,
      'month-issued',
      'The bill of this month is issued; its wages do not change any more.',
      'Ask for a correction of that month.',
      {
        month,
      },
    )
  const membership = `${target.person_id} ${target.ordinal}`
  if (seen.has(membership))
    return refused(place, 'worker-twice', 'A report names each worker once.', 'Leave one of the two rows out.', { field: 'memberNumber' })
  seen.add(membership)
  return { row: place, refusal: null }
}

/** Wages of one month from several payers at once, each row by itself; the rows are answered in the order given. */
export async function reportWagesOfMany(tx: Tx, law: Law, month: Month, rows: readonly PayerWageRow[]): Promise<Result<WageResult[]>> {
  const known = await findMonth(tx, month)
  if (known?.state === 'closed')
    return refuse({
      code: 'month-closed',
      rule: 'Nothing is reported for a closed month; what changes is a correction.',
      data: { month, closed: known.closed_on ?? '' },
      next: 'Ask for a correction of that month.',
    })
  const targets = await findTargets(tx, month, rows)
  const good: ReportRow[] = []
  const seen = new Set<string>()
  const results = rows.map((row, index) => {
    const target = targets[index]
    const result = judge(row, index + 1, month, target, seen)
    if (result.refusal === null && target?.person_id != null)
      good.push({ personId: target.person_id, ordinal: target.ordinal ?? 1, payerId: row.payerId, base: BigInt(row.base) })
    return result
  })
  if (good.length > 0) {
    await addReports(tx, month, good, tx.today(law.pack.timeZone))
    const sum = good.reduce((total, { base }) => total + base, 0n)
    const payers = new Set(good.map(({ payerId }) => payerId))
    const [only] = payers
    const payload = { month, payers: payers.size, rows: good.length, refused: rows.length - good.length, sum: sum.toString() }
    await tx.emit({
      kind: 'wages-reported',
      room: 'contributions',
      subject: payers.size === 1 ? `payer:${only}` : `payers:${payers.size}`,
      payload,
    })
  }
  return ok(results)
}

export async function reportWages(tx: Tx, law: Law, { payerId, month, rows }: WageReport): Promise<Result<WageResult[]>> {
  const served = await servePayers(tx, [payerId])
  if (!served.ok) return served
  return reportWagesOfMany(
    tx,
    law,
    month,
    rows.map((row) => ({ ...row, payerId })),
  )
}
