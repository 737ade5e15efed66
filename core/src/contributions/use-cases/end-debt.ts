// Ends a debt without money, after another person than who asked for it has decided: waives the fine on a bill, or writes the rest of a bill
// off. A counter bill takes it off, the transfers that asked for it are taken back to the last unit, and nothing issued is edited.
import type { Law } from '@payung/law'
import { type Month, monthFromNumber, ok, type Result, refuse } from '@payung/values'
import { payerBalances, postTransfers, transfersFrom } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { lockPayers } from '../../registry/index.ts'
import { payerOfBill } from '../domain/bill-number.ts'
import { type EndOfDebt, refuseEndOfDebt, takeBackAll } from '../domain/end-of-debt.ts'
import type { CounteredBill } from '../events.ts'
import { addCounter, countersOf, type Debt, holdDebt } from '../store/counter-bills.ts'
import { nextBills } from './next-bills.ts'

/** What would end: the fine on the bill, or all that is owed on it. */
export async function endableDebt(
  tx: Tx,
  law: Law,
  kind: EndOfDebt,
  bill: bigint,
  ground: string,
): Promise<Result<Debt & { readonly amount: bigint }>> {
  const payerId = payerOfBill(bill)
  await lockPayers(tx, [payerId])
  const today = tx.today(law.pack.timeZone)
  const money = (await payerBalances(tx, [payerId])).get(payerId)?.credit ?? 0n
  const debt = { ...(await holdDebt(tx, payerId, bill, today)), money }
  const refusal = refuseEndOfDebt(law, today, kind, ground, debt)
  if (refusal) return refuse(refusal)
  return ok({ ...debt, amount: kind === 'fine-waiver' ? debt.fine : debt.owed })
}

/** What asked for it, taken back: the fine, or what the bill and its counter bills have moved, fund by fund. */
async function transfersOf(tx: Tx, kind: EndOfDebt, { payerId, billId }: Debt, amount: bigint) {
  if (kind === 'fine-waiver') return [{ debit: 'fines', credit: 'receivable', amount }]
  const sources = [billId, ...(await countersOf(tx, payerId, billId))]
  const back = takeBackAll(
    await transfersFrom(tx, payerId, sources, ['contribution', 'premium', 'fine', 'correction', 'split', 'deferred']),
  )
  const owed = back.reduce(
    (sum, each) => sum + (each.credit === 'receivable' ? each.amount : each.debit === 'receivable' ? -each.amount : 0n),
    0n,
  )
  if (owed !== amount) throw new Error(`bill ${billId} asks for ${amount} and its transfers for ${owed}; nothing was booked`)
  return back
}

export type EndedDebt = { readonly counterId: bigint; readonly amount: bigint }

export async function endDebt(
  tx: Tx,
  law: Law,
  { kind, bill, ground, amount }: { readonly kind: EndOfDebt; readonly bill: bigint; readonly ground: string; readonly amount: bigint },
): Promise<Result<EndedDebt>> {
  const found = await endableDebt(tx, law, kind, bill, ground)
  if (!found.ok) return found
  const debt = found.value
  const data = { bill: bill.toString(), asked: amount.toString(), owed: debt.amount.toString() }
  if (debt.amount !== amount)
    return refuse({
      code: 'amount-changed',
      rule: 'Whoever decides has seen the amount as it is now.',
      data,
      next: 'Refuse it, and ask anew.',
    })
  const month: Month = monthFromNumber(debt.month)
  const numbers = await nextBills(tx, month, debt.payerId, 1)
  if (!numbers.ok) return numbers
  const [day, counterId = 0n] = [tx.today(law.pack.timeZone), numbers.value[0]]
  const transfers = await transfersOf(tx, kind, debt, amount)
  await addCounter(tx, { payerId: debt.payerId, billId: bill, counterId, month, kind, amount }, day)
  const posted = await postTransfers(
    tx,
    transfers.map((each) => ({
      ...each,
      payerId: debt.payerId,
      day,
      month,
      reason: each.debit === 'receivable' || each.credit === 'receivable' ? 'correction' : 'split',
      sourceId: counterId,
    })),
  )
  if (!posted.ok) return posted
  await tx.emit({
    kind: kind === 'fine-waiver' ? 'fine-waived' : 'receivable-written-off',
    room: 'contributions',
    subject: `bill:${bill}`,
    payload: {
      payer: debt.payerId.toString(),
      bill: bill.toString(),
      billKind: debt.kind,
      counterBill: counterId.toString(),
      month,
      amount: amount.toString(),
      ground,
    },
    detail: { payerId: debt.payerId, billId: bill, amount } satisfies CounteredBill,
  })
  return ok({ counterId, amount })
}
