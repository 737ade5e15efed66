// Lets the money that payers have with us pay what it covers: open payables whole and oldest first, then offers month by month.
import type { Day } from '@payung/values'
import { payerBalances, postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { moneyAccount, type Payer } from '../../registry/index.ts'
import { namedFirst, pays, settleOldestFirst } from '../domain/settle-oldest-first.ts'
import type { Billing, Offer, SettledBill, SettledItem } from '../events.ts'
import { openPayables, type Payable, settlePayables } from '../store.ts'

type Settled = Payable & { readonly account: 'credit' | 'trust'; readonly bookedOn: Day; readonly paidOn: Day }

/**
 * `on`: the day of the money that came. `brought`: how much of each payer's balance that is. `named`: bills that it names, by payer. `payablesOnly`:
 * it buys no months.
 */
export type Occasion = {
  readonly on: Day
  readonly brought: ReadonlyMap<bigint, bigint>
  readonly named?: ReadonlyMap<bigint, ReadonlySet<bigint>>
  readonly payablesOnly?: boolean
}

const latest = (...days: readonly (Day | null)[]): Day =>
  days.filter((day) => day !== null).reduce((late, day) => (day > late ? day : late))

/** What was paid, and what payers have left and lack. Payers whose next offer would have to be priced again are not told here. */
export type Applied = { readonly settled: readonly SettledItem[]; readonly left: ReadonlyMap<bigint, Left> }
export type Left = { readonly credit: bigint; readonly missing: bigint }

/**
 * A payable is paid on the day of the last money that completes it (Perdir 22/2022). It is booked when both the money and the
 * payable were there, so that no account is below nothing on any day. The payers are locked by the caller.
 */
export async function applyCredit(tx: Tx, billing: Billing, payers: readonly Payer[], occasion: Occasion): Promise<Applied> {
  const { on, brought, named, payablesOnly = false } = occasion
  if (payers.length === 0) return { settled: [], left: new Map() }
  const payerIds = payers.map(({ payerId }) => payerId)
  const balances = await payerBalances(tx, payerIds)
  const payables = await openPayables(tx, payerIds)
  const left = new Map<bigint, bigint>()
  const told = new Map<bigint, Left>()
  const settled: Settled[] = []
  for (const payer of payers) {
    const account = moneyAccount(payer)
    const balance = balances.get(payer.payerId)
    const money = balance?.[account] ?? 0n
    const decided = settleOldestFirst(money, namedFirst(payables.get(payer.payerId) ?? [], named?.get(payer.payerId)))
    const grewOn = balance?.grewOn[account] ?? null
    const paidOn = money > (brought.get(payer.payerId) ?? 0n) ? latest(on, grewOn) : on
    const bookedOn = latest(on, grewOn, balance?.grewOn.receivable ?? null)
    settled.push(...decided.settled.map((payable) => ({ ...payable, account, bookedOn, paidOn })))
    // An open payable comes before any offer: what waits for it is not spent on something else.
    if (payer.settlement === 'offer' && decided.missing === 0n && !payablesOnly) left.set(payer.payerId, decided.left)
    else told.set(payer.payerId, { credit: decided.left, missing: decided.missing })
  }
  await recordSettled(tx, billing, settled)
  return { settled: [...settled.map(itemOf), ...(await takeOffers(tx, billing, left))], left: told }
}

/** The id of a payable is that of its bill, or of the payment whose taking back left something owed. */
const itemOf = ({ payerId, kind, id, month, amount }: Payable): SettledItem =>
  kind === 'bill' ? { payerId, billId: id, month, amount } : { payerId, billId: null, reversedPaymentId: id, month, amount }

async function recordSettled(tx: Tx, billing: Billing, settled: readonly Settled[]): Promise<void> {
  const transfers = settled.map(({ payerId, account, amount, bookedOn, month, id }) => ({
    payerId,
    debit: account,
    credit: 'receivable',
    amount,
    day: bookedOn,
    month,
    reason: 'bill-settled',
    sourceId: id,
  }))
  const posted = await postTransfers(
    tx,
    transfers.filter(({ amount }) => amount > 0n),
  )
  if (!posted.ok) throw new Error(posted.refusal.rule)
  for (const day of [...new Set(settled.map(({ paidOn }) => paidOn))].sort()) {
    const ofDay = settled.filter(({ paidOn }) => paidOn === day)
    await settlePayables(tx, ofDay, day)
    const bills = ofDay.flatMap(({ kind, payerId, id }) => (kind === 'bill' ? [{ payerId, billId: id }] : []))
    if (bills.length > 0) await billing.settleBills(tx, bills, day)
  }
}

/** Takes one offer of each payer at a time until nobody's money covers the next. */
async function takeOffers(tx: Tx, billing: Billing, left: Map<bigint, bigint>): Promise<SettledBill[]> {
  const bills: SettledBill[] = []
  const taken = new Set<string>()
  let asking = [...left].filter(([, money]) => money > 0n).map(([payerId]) => payerId)
  while (asking.length > 0) {
    const affordable = (await billing.nextOffers(tx, asking)).filter((offer) => pays(left.get(offer.payerId) ?? 0n, offer))
    if (affordable.length === 0) break
    for (const offer of affordable) refuseRepetition(taken, offer)
    bills.push(...(await billing.settleOffers(tx, affordable)))
    for (const { payerId, amount } of affordable) left.set(payerId, (left.get(payerId) ?? 0n) - amount)
    asking = affordable.map(({ payerId }) => payerId).filter((payerId) => (left.get(payerId) ?? 0n) > 0n)
  }
  return bills
}

/** An offer that was settled and is made again would take the payer's money for nothing, for ever. */
function refuseRepetition(taken: Set<string>, { payerId, month, billId }: Offer): void {
  const key = `${payerId} ${month} ${billId ?? ''}`
  if (taken.has(key)) throw new Error(`the offer of payer ${payerId} for ${month} was settled and is made again; nothing was booked`)
  taken.add(key)
}
