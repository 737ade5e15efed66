// A split of a bill as whoever asked for it sees it: by numbers of members, with the codes by which each part is paid.
import type { BillSplit } from '@payung/api'
import type { Law } from '@payung/law'
import type { Tx } from '../../platform/index.ts'
import { billCode } from '../domain/bill-code.ts'
import type { Membership } from '../store/bill-splits.ts'
import { numbersOf } from '../store/persons.ts'
import { moneyIn } from '../translate.ts'
import type { SplitDone } from './split-bill.ts'

export async function showSplit(tx: Tx, law: Law, done: SplitDone, why: string): Promise<BillSplit> {
  const { payerId, month, billId, splitBillId, counterBillId, amount, taken, left } = done
  const persons = [...new Set([...taken, ...left].map(({ personId }) => personId))]
  const numbers = await numbersOf(tx, persons)
  // Who stays on the bill was not named by whoever asked.
  tx.look(null, 'split', why, { bill: billId.toString(), persons: persons.map(String) })
  const named = (rows: readonly Membership[]) =>
    rows.map(({ personId, ordinal }) => ({ memberNumber: numbers.get(personId) ?? '', ordinal }))
  return {
    payerId: payerId.toString(),
    month,
    billId: billId.toString(),
    splitBillId: splitBillId.toString(),
    counterBillId: counterBillId.toString(),
    amount: moneyIn(law)(amount),
    code: billCode(splitBillId),
    restCode: billCode(billId),
    taken: named(taken),
    left: named(left),
  }
}
