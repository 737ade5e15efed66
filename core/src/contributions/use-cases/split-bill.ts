// Takes named workers from an issued bill to a bill of their own, so that they can be paid for alone. Nothing issued is edited: their rows
// are reversed on a counter bill and stand again on the split bill, and bill - counter + split is the bill, to the last unit.
import type { Law } from '@payung/law'
import { type Month, monthFromNumber, ok, type Refusal, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { findNamedByNumber, lockPayers, servePayers } from '../../registry/index.ts'
import { decideSplit, refuseBill, type TakenRow } from '../domain/bill-split.ts'
import {
  addSplit,
  carriedBy,
  holdBill,
  layOutTaken,
  type Membership,
  type NewBills,
  type OpenBill,
  readNamed,
  writeSplitBills,
} from '../store/bill-splits.ts'
import { bookByFund } from '../store/book-by-fund.ts'
import { writeChangedRows } from '../store/changed-rows.ts'
import { isBeingReassessed } from '../store/corrections.ts'
import { lockMonthRows } from '../store/months.ts'
import { sumChanges, tellBills } from './apply-changes.ts'
import { fundsOf } from './issue-bills.ts'
import { nextBills } from './next-bills.ts'
import { beingReassessed } from './propose-correction.ts'

export type AskedSplit = {
  readonly payerId: bigint
  readonly billId: bigint
  /** Who is paid for on the new bill; without an ordinal, all that stands of them on the bill. */
  readonly workers: readonly { readonly memberNumber: string; readonly ordinal?: number }[]
  readonly reason: string
}
export type SplitDone = {
  readonly payerId: bigint
  readonly billId: bigint
  readonly splitBillId: bigint
  readonly counterBillId: bigint
  readonly month: Month
  readonly amount: bigint
  readonly taken: readonly Membership[]
  /** Those whose contributions stay on the bill, and who are told. */
  readonly left: readonly Membership[]
}

function refuseText({ reason, workers, billId }: AskedSplit): Refusal | undefined {
  const data = { bill: billId.toString() }
  if (reason.trim() === '')
    return { code: 'reason-missing', rule: 'A split says why the bill is not paid whole.', data, next: 'Write the reason of the employer.' }
  if (workers.length === 0)
    return { code: 'nobody-named', rule: 'A split names the workers who are paid for.', data, next: 'Name them by their numbers.' }
  return undefined
}

async function decide(tx: Tx, bill: OpenBill, { workers }: AskedSplit): Promise<Result<TakenRow[]>> {
  const persons = await findNamedByNumber(
    tx,
    workers.map(({ memberNumber }) => memberNumber),
  )
  const named = workers.map((worker, index) => ({ ...worker, persons: persons[index] ?? [] }))
  return decideSplit(bill, await readNamed(tx, bill, named))
}

export async function splitBill(tx: Tx, law: Law, asked: AskedSplit): Promise<Result<SplitDone>> {
  const wrong = refuseText(asked)
  if (wrong) return refuse(wrong)
  const { payerId, billId } = asked
  const served = await servePayers(tx, [payerId])
  if (!served.ok) return served
  await lockPayers(tx, [payerId])
  const bill = await holdBill(tx, payerId, billId)
  const refusal = refuseBill(bill, payerId, billId)
  if (refusal || !bill) return refuse(refusal as Refusal)
  const month = monthFromNumber(bill.month)
  await lockMonthRows(tx, month)
  if (await isBeingReassessed(tx, month)) return refuse(beingReassessed(month))
  const rows = await decide(tx, bill, asked)
  if (!rows.ok) return rows
  const bills = await nextBills(tx, month, payerId, 2)
  if (!bills.ok) return bills
  const [counterId = 0n, splitId = 0n] = bills.value
  const done = await record(tx, law, bill, rows.value, { counterId, splitId }, asked.reason.trim())
  return ok(done)
}

async function record(tx: Tx, law: Law, bill: OpenBill, rows: readonly TakenRow[], bills: NewBills, reason: string): Promise<SplitDone> {
  const { payerId, billId } = bill
  const [month, today] = [monthFromNumber(bill.month), tx.today(law.pack.timeZone)]
  await layOutTaken(tx, month, rows, bills)
  const tariff = await sumChanges(tx, month)
  await writeChangedRows(tx, month)
  const amount = await writeSplitBills(tx, tariff.wide, bill, bills, today)
  await addSplit(tx, bill, { ...bills, amount, members: rows.length, reason }, rows, today)
  await bookByFund(tx, tariff.wide, { month, day: today, fundOf: fundsOf(law), from: 'receivable', reason: 'correction' })
  const left = await carriedBy(tx, bill)
  const taken = rows.map(({ personId, ordinal }) => ({ personId, ordinal }))
  const done: SplitDone = { payerId, billId, splitBillId: bills.splitId, counterBillId: bills.counterId, month, amount, taken, left }
  await tx.emit({
    kind: 'bill-split',
    room: 'contributions',
    subject: `bill:${billId}`,
    payload: {
      payer: payerId.toString(),
      month,
      bill: billId.toString(),
      splitBill: bills.splitId.toString(),
      counterBill: bills.counterId.toString(),
      amount: amount.toString(),
      members: taken.length,
      left: left.length,
    },
    detail: done,
  })
  await tellBills(tx, law, month, [{ payer_id: payerId, bill_id: bills.splitId, state: 'issued', total: amount }])
  return done
}
