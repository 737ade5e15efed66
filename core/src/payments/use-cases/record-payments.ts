// Records payments and lets them pay, all in the caller's transaction. Told twice is booked once; a code that names nobody waits in a queue.
import { lawOf, numberAt, type Pack } from '@payung/law'
import { type Day, monthOf, type Refusal } from '@payung/values'
import { billOfCode, payerOfBill } from '../../contributions/index.ts'
import { postTransfers } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { lockPayers, moneyAccount, type Payer, payerOfCode, readPayers } from '../../registry/index.ts'
import { type CheckedPayment, checkPayment, keyOf, type NewPayment, refuseOtherContent } from '../domain/payment.ts'
import type { Billing, PaymentsRecorded, SettledItem } from '../events.ts'
import { addPayments, findHolders, findPayments, type PaymentRow } from '../store.ts'
import { type Applied, applyCredit, type Left } from './apply-credit.ts'
import { readAccounts } from './read-accounts.ts'

export type PaymentOutcome = {
  readonly row: number
  readonly outcome: 'booked' | 'already booked' | 'queued' | 'refused'
  readonly paymentId: bigint | null
  /** What the payer's money paid in this group; told at the payer's last row. */
  readonly settled: readonly SettledItem[]
  readonly credit: bigint
  readonly missing: bigint
  readonly refusal: Refusal | null
}

/** What recording stands on: the pack for its time zone, and the room that bills. */
export type Recording = { readonly pack: Pack; readonly billing: Billing }

type Known = { readonly payment: PaymentRow; readonly isNew: boolean }

const refused = (row: number, refusal: Refusal): PaymentOutcome => ({
  row,
  outcome: 'refused',
  paymentId: null,
  settled: [],
  credit: 0n,
  missing: 0n,
  refusal,
})

/** Whom a code names: a payer, or the payer of a bill. */
function payerNamed(code: string): bigint | undefined {
  const bill = billOfCode(code)
  return bill === undefined ? payerOfCode(code) : payerOfBill(bill)
}

/** The bills that payments name by their own codes, by payer. */
function billsNamed(payments: readonly PaymentRow[]): Map<bigint, Set<bigint>> {
  const bills = payments.flatMap(({ code }) => billOfCode(code) ?? [])
  return new Map([...Map.groupBy(bills, payerOfBill)].map(([payerId, all]) => [payerId, new Set(all)]))
}

/** Adds those whose key is new, and finds the others. */
async function addOrFind(tx: Tx, payments: readonly CheckedPayment[], payers: ReadonlyMap<bigint, Payer>): Promise<Map<string, Known>> {
  const first = new Map([...payments].reverse().map((payment) => [keyOf(payment), payment]))
  const named = [...first.values()].map((payment) => ({
    ...payment,
    payerId: payers.get(payerNamed(payment.code) ?? -1n)?.payerId ?? null,
  }))
  const added = await addPayments(tx, named)
  const known = new Map<string, Known>(added.map((payment) => [keyOf(payment), { payment, isNew: true }]))
  const others = named.filter((payment) => !known.has(keyOf(payment)))
  for (const payment of others.length === 0 ? [] : await findPayments(tx, others)) known.set(keyOf(payment), { payment, isNew: false })
  return known
}

/** Books the money of new payments, a day after the other: the day on which money came decides what is late. */
async function bookAndApply(tx: Tx, billing: Billing, added: readonly PaymentRow[], payers: ReadonlyMap<bigint, Payer>): Promise<Applied> {
  const settled: SettledItem[] = []
  const left = new Map<bigint, Left>()
  const days: Day[] = [...new Set(added.map(({ day }) => day))].sort()
  for (const day of days) {
    const today = added.filter((payment) => payment.day === day)
    const payerOf = ({ payerId }: PaymentRow): Payer | undefined => (payerId === null ? undefined : payers.get(payerId))
    const posted = await postTransfers(
      tx,
      today.map((payment) => {
        const payer = payerOf(payment)
        return {
          payerId: payer?.payerId ?? 0n,
          debit: 'bank',
          credit: payer ? moneyAccount(payer) : 'unallocated',
          amount: payment.amount,
          day,
          month: monthOf(day),
          reason: 'payment',
          sourceId: payment.paymentId,
        }
      }),
    )
    if (!posted.ok) throw new Error(posted.refusal.rule)
    const brought = new Map<bigint, bigint>()
    for (const { payerId, amount } of today) if (payerId !== null) brought.set(payerId, (brought.get(payerId) ?? 0n) + amount)
    const applied = await applyCredit(
      tx,
      billing,
      [...brought.keys()].flatMap((payerId) => payers.get(payerId) ?? []),
      { on: day, brought, named: billsNamed(today) },
    )
    settled.push(...applied.settled)
    for (const [payerId, told] of applied.left) left.set(payerId, told)
  }
  return { settled, left }
}

async function tell(tx: Tx, added: readonly PaymentRow[], { settled, left }: Applied): Promise<void> {
  if (added.length === 0) return
  const sum = (amounts: readonly { readonly amount: bigint }[]): bigint => amounts.reduce((total, { amount }) => total + amount, 0n)
  const queued = added.filter(({ payerId }) => payerId === null)
  const detail: PaymentsRecorded = added.map(({ paymentId, payerId, amount, day }) => {
    const { credit, missing } = (payerId === null ? undefined : left.get(payerId)) ?? { credit: 0n, missing: 0n }
    return { paymentId, payerId, amount, day, credit, missing }
  })
  const payload = {
    payments: added.length,
    amount: sum(added),
    queued: queued.length,
    queuedAmount: sum(queued),
    settled: settled.length,
    settledAmount: sum(settled),
  }
  await tx.emit({ kind: 'payments-recorded', room: 'payments', subject: 'payments', payload, detail })
}

/** Each row is answered by itself, in the order given. Throws only when nothing of the set was booked. */
export async function recordPayments(tx: Tx, { pack, billing }: Recording, rows: readonly NewPayment[]): Promise<PaymentOutcome[]> {
  const today = tx.today(pack.timeZone)
  const limit = lawOf(pack).on(today).entry('bank-days-back')
  const daysBack = limit ? numberAt(limit) : null
  const checked = rows.map((row) => checkPayment(row, today, daysBack))
  const payments = checked.flatMap((result) => (result.ok ? [result.value] : []))
  const payers = await readPayers(tx, [...new Set(payments.flatMap(({ code }) => payerNamed(code) ?? []))])
  const known = payments.length === 0 ? new Map<string, Known>() : await addOrFind(tx, payments, payers)
  const added = [...known.values()].flatMap(({ payment, isNew }) => (isNew ? [payment] : []))
  await lockPayers(
    tx,
    added.flatMap(({ payerId }) => payerId ?? []),
  )
  const applied = await bookAndApply(tx, billing, added, payers)
  const { settled, left } = applied
  await tell(tx, added, applied)
  const holders = await findHolders(
    tx,
    [...known.values()].flatMap(({ payment, isNew }) => (isNew ? [] : [payment.paymentId])),
  )
  const payerOf = ({ payerId, paymentId }: PaymentRow): bigint | null => {
    const holder = holders.get(paymentId)
    return holder ? holder.heldBy : payerId
  }
  // Whom this group did not bring money, or whose next offer has a price of its own, is looked up.
  const others = [...new Set([...known.values()].flatMap(({ payment }) => payerOf(payment) ?? []))].filter((payerId) => !left.has(payerId))
  const concerned = others.length === 0 ? [] : [...(await readPayers(tx, others)).values()]
  const accounts = new Map<bigint, Left>([...left, ...(await readAccounts(tx, billing, concerned, (credit) => credit > 0n))])
  return answer(checked, known, accounts, settled, payerOf)
}

function answer(
  checked: readonly ReturnType<typeof checkPayment>[],
  known: ReadonlyMap<string, Known>,
  accounts: ReadonlyMap<bigint, Left>,
  settled: readonly SettledItem[],
  payerOf: (payment: PaymentRow) => bigint | null,
): PaymentOutcome[] {
  const seen = new Set<string>()
  const told = new Set<bigint>()
  const outcomes = checked.map((result, index): PaymentOutcome => {
    if (!result.ok) return refused(index + 1, result.refusal)
    const key = keyOf(result.value)
    const found = known.get(key)
    if (!found) throw new Error(`payment ${key} is neither new nor known`)
    const other = refuseOtherContent(result.value, found.payment)
    if (other) return refused(index + 1, other)
    const isNew = found.isNew && !seen.has(key)
    seen.add(key)
    const payerId = payerOf(found.payment)
    const account = payerId === null ? undefined : accounts.get(payerId)
    return {
      row: index + 1,
      outcome: isNew ? (payerId === null ? 'queued' : 'booked') : 'already booked',
      paymentId: found.payment.paymentId,
      settled: [],
      credit: account?.credit ?? 0n,
      missing: account?.missing ?? 0n,
      refusal: null,
    }
  })
  const payments = new Map([...known.values()].map(({ payment }) => [payment.paymentId, payment]))
  const settledOf = Map.groupBy(settled, ({ payerId }) => payerId)
  // From the last row back, so that what each payer's money paid is told once, where its last payment stands.
  return outcomes
    .reverse()
    .map((outcome) => {
      const payment = outcome.paymentId === null ? undefined : payments.get(outcome.paymentId)
      const payerId = payment ? payerOf(payment) : null
      if (outcome.outcome !== 'booked' || payerId === null || told.has(payerId)) return outcome
      told.add(payerId)
      return { ...outcome, settled: settledOf.get(payerId) ?? [] }
    })
    .reverse()
}
