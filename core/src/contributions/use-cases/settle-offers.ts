// Settles offers that a payer's money covers: writes the rows, the bill (paid at once), the transfers out of the payer's money,
// and the cover that the payment opens or continues. The caller holds the payers and has looked at the prices in this transaction.
import type { Law } from '@payung/law'
import type { Month } from '@payung/values'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { contractTransfers } from '../domain/contract-transfers.ts'
import { proveSums, sumBillsOf } from '../store/book-bills.ts'
import { bookByFund } from '../store/book-by-fund.ts'
import { type PartToSettle, settlePartBills } from '../store/contract-parts.ts'
import { dueMonths, writeOfferRows, writePaidBills } from '../store/offers.ts'
import { fundsOf, layOutMonth } from './issue-bills.ts'
import type { Offer } from './next-offers.ts'
import { tellCertified } from './tell-certified.ts'

export type SettledBill = { readonly payerId: bigint; readonly billId: bigint; readonly month: Month; readonly amount: bigint }

async function settleMonth(tx: Tx, law: Law, month: Month, offers: readonly Offer[]): Promise<SettledBill[]> {
  const today = tx.today(law.pack.timeZone)
  const payers = offers.map(({ payerId }) => payerId)
  const asked = new Set(payers)
  const profiles = (await dueMonths(tx)).flatMap((due) => (asked.has(due.payer_id) ? due.profiles : []))
  const laid = await layOutMonth(tx, law, month, 'offer', [...new Set(profiles)])
  if (!laid) return []
  await writeOfferRows(tx, laid.tariff, payers, month, today)
  await sumBillsOf(tx, laid.byClass, month, payers)
  await proveSums(tx, laid.byClass.wide)
  await bookByFund(tx, laid.byClass.wide, { month, day: today, fundOf: fundsOf(law), from: 'money', reason: 'contribution' })
  const bills = await writePaidBills(tx, month, today)
  const settled = bills.map(({ payer_id, bill_id, total }) => ({ payerId: payer_id, billId: bill_id, month, amount: total }))
  const byPayer = new Map(settled.map((bill) => [bill.payerId, bill]))
  for (const offer of offers) {
    const bill = byPayer.get(offer.payerId)
    if (bill?.amount !== offer.amount)
      throw new Error(
        `the offer of payer ${offer.payerId} for ${month} was ${offer.amount} and settled at ${bill?.amount ?? 0n}; nothing was booked`,
      )
  }
  return settled
}

async function settleContracts(tx: Tx, law: Law, offers: readonly Offer[]): Promise<SettledBill[]> {
  const today = tx.today(law.pack.timeZone)
  const contracts = offers.flatMap(({ payerId, billId }) => (billId === undefined ? [] : [{ payerId, billId }]))
  if (contracts.length === 0) return []
  const settled: readonly PartToSettle[] = await settlePartBills(tx, contracts, today)
  const booked = await postTransfers(
    tx,
    settled.flatMap((part) => {
      const money = part.held ? 'trust' : 'credit'
      return contractTransfers(part, { debit: money, money }, today, fundsOf(law))
    }),
  )
  if (!booked.ok) throw new Error(booked.refusal.rule)
  await tellCertified(
    tx,
    contracts.map(({ billId }) => billId),
  )
  return settled.map(({ payerId, billId, month, total }) => ({ payerId, billId, month, amount: total }))
}

/** Right after `nextOffers` in the same transaction: what it laid out is what is settled. */
export async function settleOffers(tx: Tx, law: Law, offers: readonly Offer[]): Promise<SettledBill[]> {
  const settled = await settleContracts(
    tx,
    law,
    offers.filter(({ billId }) => billId !== undefined),
  )
  const monthly = offers.filter(({ billId }) => billId === undefined)
  for (const month of new Set(monthly.map((offer) => offer.month)))
    settled.push(
      ...(await settleMonth(
        tx,
        law,
        month,
        monthly.filter((offer) => offer.month === month),
      )),
    )
  if (settled.length > 0) {
    const amount = settled.reduce((sum, bill) => sum + bill.amount, 0n)
    await tx.emit({
      kind: 'offers-settled',
      room: 'contributions',
      subject: `bills:${settled.length}`,
      payload: { bills: settled.length, amount: amount.toString() },
      detail: settled,
    })
  }
  return settled
}
