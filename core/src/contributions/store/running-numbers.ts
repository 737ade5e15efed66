// The next numbers of payers' bills: running ones, and those of a month, which run on where the month has none left (domain/bill-number.ts).
import { type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { billsPerMonth, firstRunning, numberedKinds } from '../domain/bill-number.ts'

/** The payers are locked by the caller until the numbers are used; for the State whoever bills it holds its own lock. */
export async function nextRunning(tx: Tx, payers: readonly bigint[]): Promise<Map<bigint, number>> {
  const rows = await tx.query<{ payer_id: bigint; n: number }>('select payer_id, n from contributions.next_running($1::bigint[])', [payers])
  return new Map(rows.map(({ payer_id, n }) => [payer_id, n]))
}

/** The number of each payer's next bill of a month, running where the month is full. A payer without any number left is not among them. Held as above. */
export async function nextOfMonth(tx: Tx, month: Month, payers: readonly bigint[]): Promise<Map<bigint, number>> {
  const rows = await tx.query<{ payer_id: bigint; n: number }>(
    'select payer_id, n from contributions.next_of_month($1::bigint[], $2::smallint)',
    [payers, monthNumber(month)],
  )
  return new Map(rows.map(({ payer_id, n }) => [payer_id, n]))
}

/** Those of the payers whose last number is not used. Each is looked up by its key, however many there are. */
export const payersWithNumbers = async (tx: Tx, payers: readonly bigint[]): Promise<bigint[]> =>
  (
    await tx.query<{ payer_id: bigint }>(
      `select p.payer_id from unnest($1::bigint[]) as p (payer_id)
       where not exists (select from contributions.bill b where b.payer_id = p.payer_id and b.bill_id = (p.payer_id << 20) + 1048575 offset 0)`,
      [payers],
    )
  ).map(({ payer_id }) => payer_id)

/** The greatest number of a month's own among bills, as SQL of an aggregate. */
export const lastOfMonth = `max(bill_id & 1048575) filter (where kind in ${numberedKinds} and (bill_id & 1048575) < ${firstRunning})`

/** Whether a payer has used the last number of a month, as SQL. */
export const monthIsFull = (month: string): string =>
  `exists (select from contributions.bill where month = ${month} and (bill_id & 1048575) < ${firstRunning} and bill_id % ${billsPerMonth} = ${billsPerMonth - 1})`

/**
 * The number after `last`, as SQL: of the month's own as long as there are `most`, then running. `null`: no payer has used the last one. Then
 * no function is asked, which also lets several cores work on the statement.
 */
export const numberAfter = (last: string, most: number | null): string =>
  most === null
    ? `${last} + 1`
    : `case when ${last} % ${billsPerMonth} < ${most - 1} then ${last} + 1 else (select r.n from contributions.next_running(array[payer_id]) r) end`

/**
 * The number `n` of each payer's next bill of a month of which bills were issued to him, as SQL for set work: the month's bills are read once.
 * A calculation holds no number, because issuing replaces it. `payers`: those named, whom the caller holds.
 */
export const nextNumbers = (month: string, most: number | null, payers?: string): string =>
  `select payer_id, ${numberAfter(lastOfMonth, most)} as n from contributions.bill
   where month = ${month} and kind in ${numberedKinds} and state <> 'calculated' ${payers ? `and payer_id = any (${payers})` : ''} group by payer_id`
