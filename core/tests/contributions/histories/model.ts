// What a payer's months come to, decided without a database: who is billed what, what its money pays and when, and which fines follow.
// It asks a price list instead of the law, so that a property can run it on invented prices a hundred thousand times.
import { addMonths, type Day, firstDay, lastDay, type Month } from '@payung/values'
import { pays, settleOldestFirst } from '../../../src/payments/domain/settle-oldest-first.ts'

export type Worker = { readonly base: bigint; readonly joined: Day; readonly lastDay: Day | null }
export type Bill = {
  readonly month: Month
  readonly contribution: bigint
  readonly fine: bigint
  readonly due: Day
  readonly paidOn: Day | null
  readonly fined: bigint
}
export type Ledger = {
  readonly workers: readonly Worker[]
  readonly bills: readonly Bill[]
  readonly credit: bigint
  readonly received: bigint
  /** Months that a self-payer has paid, with their price. */
  readonly offers: readonly { readonly month: Month; readonly amount: bigint; readonly paidOn: Day }[]
}
export const nothing: Ledger = { workers: [], bills: [], credit: 0n, received: 0n, offers: [] }

export type Prices = {
  /** What a month of a worker costs, by the law known on a day. */
  contribution(worker: Worker, month: Month, knownOn: Day): bigint
  due(month: Month, knownOn: Day): Day
  /** The fine on an amount that is so many begun months late. */
  fine(amount: bigint, months: bigint): bigint
  readonly graceMonths: number
  readonly monthsAhead: number
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n)
export const totalOf = ({ contribution, fine }: Bill): bigint => contribution + fine
/** Whether a worker belongs to a month: somebody who leaves owes the whole of his last one. */
const isIn = ({ joined, lastDay: last }: Worker, month: Month): boolean =>
  joined <= lastDay(month) && (last === null || last >= (joined > firstDay(month) ? joined : firstDay(month)))

/** Begun months between two days, counted by days of the calendar. */
export function begunMonths(due: Day, day: Day): bigint {
  if (day <= due) return 0n
  let months = 0n
  const [year = 0, month = 1, date = 1] = due.split('-').map(Number)
  for (;;) {
    const next = month - 1 + Number(months)
    const last = new Date(Date.UTC(year, next + 1, 0)).getUTCDate()
    const reached = new Date(Date.UTC(year, next, Math.min(date, last))).toISOString().slice(0, 10)
    if (reached >= day) return months
    months++
  }
}

export const join = (ledger: Ledger, worker: Worker): Ledger => ({ ...ledger, workers: [...ledger.workers, worker] })
export const leave = (ledger: Ledger, place: number, lastDay: Day): Ledger => ({
  ...ledger,
  workers: ledger.workers.map((worker, index) => (index === place ? { ...worker, lastDay } : worker)),
})
export const report = (ledger: Ledger, place: number, base: bigint): Ledger => ({
  ...ledger,
  workers: ledger.workers.map((worker, index) => (index === place ? { ...worker, base } : worker)),
})

/** Credit pays whole bills, oldest first. */
function applyCredit(ledger: Ledger, on: Day): Ledger {
  const open = ledger.bills.filter(({ paidOn }) => paidOn === null)
  const { settled, left } = settleOldestFirst(
    ledger.credit,
    open.map((bill) => ({ ...bill, amount: totalOf(bill) })),
  )
  const paid = new Set(settled.map(({ month }) => month))
  return {
    ...ledger,
    credit: left,
    bills: ledger.bills.map((bill) => (paid.has(bill.month) && bill.paidOn === null ? { ...bill, paidOn: on } : bill)),
  }
}

/** The bill of a month, with the fines that fell due since the bill before. */
export function issue(ledger: Ledger, prices: Prices, month: Month, on: Day): Ledger {
  const fines: bigint[] = []
  const bills = ledger.bills.map((bill) => {
    const late = begunMonths(bill.due, bill.paidOn !== null && bill.paidOn < on ? bill.paidOn : on)
    if (late <= bill.fined) return bill
    fines.push(prices.fine(bill.contribution, late) - prices.fine(bill.contribution, bill.fined))
    return { ...bill, fined: late }
  })
  const contribution = sum(ledger.workers.filter((worker) => isIn(worker, month)).map((worker) => prices.contribution(worker, month, on)))
  const isBilled = ledger.workers.some((worker) => isIn(worker, month)) || sum(fines) > 0n
  const due = prices.due(month, on)
  const bill: Bill = { month, contribution, fine: sum(fines), due: due > on ? due : on, paidOn: null, fined: 0n }
  return applyCredit({ ...ledger, bills: isBilled ? [...bills, bill] : bills }, on)
}

export const owed = (ledger: Ledger): bigint => sum(ledger.bills.filter(({ paidOn }) => paidOn === null).map(totalOf))

/** The next month that a self-payer would pay: after the last paid one within grace, else the running one. */
function nextMonth({ offers, workers }: Ledger, { graceMonths }: Prices, running: Month): Month {
  const last = offers.at(-1)?.month
  const joined = (workers[0]?.joined ?? '').slice(0, 7) as Month
  if (last === undefined || addMonths(last, graceMonths) < running) return joined > running ? joined : running
  return addMonths(last, 1)
}

export const nextPrice = (ledger: Ledger, prices: Prices, on: Day): bigint => {
  const [worker] = ledger.workers
  return worker ? prices.contribution(worker, nextMonth(ledger, prices, on.slice(0, 7) as Month), on) : 0n
}

/** Money comes in: bills first; for a self-payer it pays month after month as far as it reaches. */
export function pay(ledger: Ledger, prices: Prices, kind: 'employer' | 'self', amount: bigint, on: Day): Ledger {
  let next = applyCredit({ ...ledger, credit: ledger.credit + amount, received: ledger.received + amount }, on)
  const [worker] = ledger.workers
  if (kind === 'employer' || !worker) return next
  const running = on.slice(0, 7) as Month
  for (;;) {
    const month = nextMonth(next, prices, running)
    const price = month > addMonths(running, prices.monthsAhead) ? 0n : prices.contribution(worker, month, on)
    if (!pays(next.credit, { amount: price })) return next
    next = { ...next, credit: next.credit - price, offers: [...next.offers, { month, amount: price, paidOn: on }] }
  }
}
