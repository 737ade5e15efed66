// What a payer's months come to, decided without a database: who is billed what, what its money pays and when, which fines follow, and what
// happens to a month that was issued. It asks a price list instead of the law, so that a property can run it on invented prices a
// hundred thousand times.
import { addMonths, type Day, firstDay, lastDay, type Month } from '@payung/values'
import { pays, settleOldestFirst } from '../../../src/payments/domain/settle-oldest-first.ts'

export type Worker = { readonly base: bigint; readonly joined: Day; readonly lastDay: Day | null }
export type Bill = {
  /** A difference is what a correction or late law changes; below zero it is done at once. */
  readonly kind: 'month' | 'split' | 'difference'
  readonly month: Month
  readonly contribution: bigint
  readonly fine: bigint
  /** A difference that is owed is due with the running month, and stands in line by the day on which it was made. */
  readonly due: Day | null
  readonly madeOn: Day
  readonly paidOn: Day | null
  readonly fined: bigint
  /** What should have been paid of it, as is known now: a wage that turned out less, or late law, takes off the bill that asked for it. */
  readonly should: bigint
  /** Somebody was taken from it to a bill of his own, which is paid first. */
  readonly cut: boolean
}
/** What stands of a worker's month: his place among the workers, and the entry of the last row. */
export type Row = {
  readonly place: number
  readonly month: Month
  readonly base: bigint
  readonly amount: bigint
  readonly entry: number /** Which bills (by place) asked how much of it, in their order. */
  readonly asked: readonly Part[]
}
type Part = { readonly bill: number; readonly amount: bigint }
export type Ledger = {
  readonly workers: readonly Worker[]
  readonly bills: readonly Bill[]
  readonly rows: readonly Row[]
  readonly credit: bigint
  readonly received: bigint
  readonly refunded: bigint
  /** Months that a self-payer has paid, with their price. */
  readonly offers: readonly { readonly month: Month; readonly amount: bigint; readonly paidOn: Day }[]
}
export const nothing: Ledger = { workers: [], bills: [], rows: [], credit: 0n, received: 0n, refunded: 0n, offers: [] }

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
const change = (ledger: Ledger, place: number, more: Partial<Worker>): Ledger => ({
  ...ledger,
  workers: ledger.workers.map((worker, index) => (index === place ? { ...worker, ...more } : worker)),
})
export const leave = (ledger: Ledger, place: number, lastDay: Day): Ledger => change(ledger, place, { lastDay })
export const report = (ledger: Ledger, place: number, base: bigint): Ledger => change(ledger, place, { base })

/** Open bills as money pays them: by day and month, those who were named before the rest of their bill. */
export const inLine = (bills: readonly Bill[]): Bill[] => {
  const key = ({ kind, due, madeOn, month, cut }: Bill): string =>
    `${kind === 'difference' ? madeOn : (due ?? madeOn)} ${month} ${cut ? 1 : 0}`
  return bills.filter(({ paidOn }) => paidOn === null).sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}

/** Credit pays whole bills, oldest first. */
function applyCredit(ledger: Ledger, on: Day): Ledger {
  const line = inLine(ledger.bills).map((bill) => ({ bill, amount: totalOf(bill) }))
  const { settled, left } = settleOldestFirst(ledger.credit, line)
  const paid = new Set(settled.map(({ bill }) => bill))
  return { ...ledger, credit: left, bills: ledger.bills.map((bill) => (paid.has(bill) ? { ...bill, paidOn: on } : bill)) }
}

/** The bill of a month, with the fines that fell due since the bill before. */
export function issue(ledger: Ledger, prices: Prices, month: Month, on: Day): Ledger {
  const fines: bigint[] = []
  const bills = ledger.bills.map((bill) => {
    if (bill.due === null) return bill
    const late = begunMonths(bill.due, bill.paidOn !== null && bill.paidOn < on ? bill.paidOn : on)
    if (late <= bill.fined) return bill
    // The law: so much of what should have been paid, for each month; less what was fined of it before.
    fines.push(prices.fine(bill.should, late) - prices.fine(bill.should, bill.fined))
    return { ...bill, fined: late }
  })
  const rows = ledger.workers.flatMap((worker, place): Row[] => {
    if (!isIn(worker, month)) return []
    const amount = prices.contribution(worker, month, on)
    return [{ place, month, base: worker.base, amount, entry: 0, asked: [{ bill: ledger.bills.length, amount }] }]
  })
  const contribution = sum(rows.map(({ amount }) => amount))
  const due = prices.due(month, on)
  const state = { madeOn: on, paidOn: null, fined: 0n, cut: false }
  const bill: Bill = { kind: 'month', month, contribution, should: contribution, fine: sum(fines), due: due > on ? due : on, ...state }
  const isBilled = rows.length > 0 || bill.fine > 0n
  return applyCredit({ ...ledger, rows: [...ledger.rows, ...rows], bills: isBilled ? [...bills, bill] : bills }, on)
}

export const owed = (ledger: Ledger): bigint => sum(inLine(ledger.bills).map(totalOf))

/** What asked for a row, when it comes to another amount: more is asked by the new bill, less is taken off the latest first. */
function askedOf({ asked, amount }: Row, now: bigint, bill: number): Part[] {
  if (now >= amount) return [...asked, { bill, amount: now - amount }]
  let less = amount - now
  return asked
    .toReversed()
    .flatMap((part) => {
      const off = less < part.amount ? less : part.amount
      less -= off
      return off === part.amount ? [] : [{ ...part, amount: part.amount - off }]
    })
    .reverse()
}

/** Rows that stand otherwise now, and the bill of their difference: a shortage is owed, what is too much is credit at once, with the fine on it. */
function differ(ledger: Ledger, prices: Prices, month: Month, changed: readonly Row[], on: Day): Ledger {
  const place = ledger.bills.length
  const now = new Map(changed.map((row) => [row.place, row]))
  const before = ledger.rows.filter((row) => row.month === month && now.has(row.place))
  const contribution = sum(changed.map(({ amount }) => amount)) - sum(before.map(({ amount }) => amount))
  const owes = contribution > 0n
  const rows = ledger.rows.map((row) => {
    const other = row.month === month ? now.get(row.place) : undefined
    return other ? { ...other, asked: askedOf(row, other.amount, place) } : row
  })
  const asks = (bill: number): bigint =>
    sum(rows.flatMap(({ asked }) => asked.flatMap((part) => (part.bill === bill ? [part.amount] : []))))
  const back: bigint[] = []
  const bills = ledger.bills.map((bill, index): Bill => {
    if (bill.month !== month || owes || bill.contribution <= 0n) return bill
    const should = asks(index)
    back.push(prices.fine(bill.should, bill.fined) - prices.fine(should, bill.fined))
    return { ...bill, should }
  })
  const fine = -sum(back)
  const state = { madeOn: on, paidOn: owes ? null : on, fined: 0n, cut: false }
  const due = owes ? prices.due(on.slice(0, 7) as Month, on) : null
  const bill: Bill = { kind: 'difference', month, contribution, should: contribution, fine, due, ...state }
  return applyCredit({ ...ledger, rows, bills: [...bills, bill], credit: ledger.credit - (owes ? 0n : totalOf(bill)) }, on)
}

export const standing = (ledger: Ledger, month: Month): Row[] => ledger.rows.filter((row) => row.month === month)

const priced = ({ workers }: Ledger, prices: Prices, row: Row, base: bigint, on: Day): Row => {
  const worker = workers[row.place]
  if (!worker) throw new RangeError(`nobody at place ${row.place}`)
  return { ...row, base, amount: prices.contribution({ ...worker, base }, row.month, on), entry: row.entry + 2 }
}

/** A wage of an issued month, told wrongly. */
export const correct = (ledger: Ledger, prices: Prices, row: Row, base: bigint, on: Day): Ledger =>
  differ(ledger, prices, row.month, [priced(ledger, prices, row, base, on)], on)

/** An issued month by the law known now: only rows whose amounts differ change. */
export function reassess(ledger: Ledger, prices: Prices, month: Month, on: Day): Ledger {
  const changed = standing(ledger, month).flatMap((row) => {
    const now = priced(ledger, prices, row, row.base, on)
    return now.amount === row.amount ? [] : [now]
  })
  return changed.length === 0 ? ledger : differ(ledger, prices, month, changed, on)
}

/** The bill of a month that may still be split. */
export const openMonth = (ledger: Ledger, month: Month): Bill | undefined =>
  ledger.bills.find((bill) => bill.kind === 'month' && bill.month === month && bill.paidOn === null)

/** Named workers get a bill of their own; the sum stays. */
export function split(ledger: Ledger, month: Month, places: readonly number[], on: Day): Ledger {
  const named = new Set(places)
  const isNamed = (row: Row): boolean => row.month === month && named.has(row.place)
  const amount = sum(ledger.rows.filter(isNamed).map((row) => row.amount))
  const bill = openMonth(ledger, month)
  if (!bill) throw new RangeError(`no open bill of ${month}`)
  const rest = { ...bill, contribution: bill.contribution - amount, should: bill.should - amount, cut: true }
  const own: Bill = { ...bill, kind: 'split', contribution: amount, should: amount, fine: 0n, madeOn: on }
  return applyCredit(
    {
      ...ledger,
      rows: ledger.rows.map((row) =>
        isNamed(row) ? { ...row, entry: row.entry + 2, asked: [{ bill: ledger.bills.length, amount: row.amount }] } : row,
      ),
      bills: [...ledger.bills.map((each) => (each === bill ? rest : each)), own],
    },
    on,
  )
}

/** All that waits goes back to who owes nothing. */
export const refund = (ledger: Ledger): Ledger => ({ ...ledger, credit: 0n, refunded: ledger.refunded + ledger.credit })
export const mayRefund = (ledger: Ledger): boolean => ledger.credit > 0n && inLine(ledger.bills).length === 0

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
