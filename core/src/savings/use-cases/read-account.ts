// What the savings of a member are worth on a day: the last statement, this year's entries, and the rates of the months that have ended.
import { type SavingsYear, savingsYears, yearOf } from '@payung/law'
import {
  addMonths,
  type Day,
  type Exact,
  exactFromDecimal,
  lastDay,
  type Month,
  monthFromNumber,
  monthNumber,
  monthOf,
  nothing,
  plus,
  sumOf,
} from '@payung/values'
import { readShares } from '../../contributions/index.ts'
import type { Tx } from '../../platform/index.ts'
import type { Booking } from '../domain/booking.ts'
import { creditedOn, monthsOf, yearMonth } from '../domain/days.ts'
import { bookingsSince } from '../store/bookings.ts'
import { type EntryKind, readEntries, readStatements } from '../store/entries.ts'
import { type ClosedYear, closedYears, type RateKind, readRates } from '../store/rates.ts'

export type AccountEntry = {
  readonly kind: 'contribution' | EntryKind
  /** The month from which it earns. */
  readonly month: Month
  readonly day: Day
  /** The contribution month that was paid for. */
  readonly forMonth: Month | null
  readonly amount: Exact
  readonly bearing: Exact
  readonly reference: string
}
/** `rate` is a year's, in millionths. Null: none is known, and nothing is earned yet. */
export type MonthRate = {
  readonly month: Month
  readonly rate: bigint | null
  readonly kind: RateKind | null
  readonly act: string
  readonly article: string
  readonly link: string
  readonly status: string
}
export type Account = {
  readonly programme: string
  readonly persons: readonly bigint[]
  readonly on: Day
  readonly balance: Exact
  /** What earns in the running year. */
  readonly base: Exact
  /** The year of the statement that it goes on from, and the balance of that; null before the first. */
  readonly statement: { readonly year: number; readonly balance: Exact } | null
  /** Years since the statement, the last one up to the day. */
  readonly years: readonly SavingsYear[]
  readonly entries: readonly AccountEntry[]
  /** The months credited since the statement, from the first that had anything to earn. */
  readonly rates: readonly MonthRate[]
}

/** A statement's balance: parts over the year's power of three. */
export const balanceOf = (parts: string, { thirds }: Pick<ClosedYear, 'thirds'>): Exact => exactFromDecimal(parts, 3n ** BigInt(thirds))

const noRate = { rate: null, kind: null, act: '', article: '', link: '', status: '' } as const

/** The rates of some months: those that a closed year was closed with, else those declared by now. */
async function ratesOf(tx: Tx, programme: string, from: Month, to: Month, closed: readonly ClosedYear[]): Promise<Map<Month, MonthRate>> {
  const known = await readRates(tx, programme, from, to)
  const found = new Map<Month, MonthRate>()
  for (let number = monthNumber(from); number <= monthNumber(to); number++) {
    const month = monthFromNumber(number)
    found.set(month, known.get(month) ?? { month, ...noRate })
  }
  for (const { year, rates, kinds } of closed)
    for (const [place, month] of monthsOf(year).entries())
      if (month >= from && month <= to) {
        const now = found.get(month)
        const [rate, kind] = [rates[place] ?? null, kinds[place] ?? null]
        // The source of a rate that was replaced since is told with the statement's own rate only where they agree.
        found.set(month, now && now.rate === rate && now.kind === kind ? now : { month, ...noRate, rate, kind })
      }
  return found
}

/** Contributions and other entries booked after a month and by the end of a day, oldest first. */
async function entriesBetween(tx: Tx, programme: string, persons: readonly bigint[], after: Month, on: Day): Promise<AccountEntry[]> {
  const booked = await bookingsSince(tx, lastDay(after))
  const counts = ({ times, month, day }: Booking): boolean => times !== 0 && month > after && day <= on
  const bills = [...booked].flatMap(([bill, bookings]) => (bookings.some(counts) ? [bill] : []))
  const shares = await readShares(tx, programme, persons, { after: lastDay(after), through: on, bills })
  const others = await readEntries(tx, programme, persons, after, on)
  const contributions = shares.flatMap(({ billId, paidOn, month: forMonth, amount }): AccountEntry[] => {
    const byPaidDay: Booking[] = paidOn === null ? [] : [{ times: 1, month: monthOf(paidOn), day: paidOn }]
    const bookings = booked.get(billId)?.filter(counts) ?? byPaidDay
    return bookings.map(({ times, month, day }) => {
      const whole = { over: times === 1 ? amount : -amount, under: 1n }
      return { kind: 'contribution', month, day, forMonth, amount: whole, bearing: whole, reference: billId.toString() }
    })
  })
  return [...contributions, ...others.map((entry) => ({ ...entry, forMonth: null }))].sort((a, b) =>
    a.month === b.month ? (a.day < b.day ? -1 : a.day > b.day ? 1 : 0) : a.month < b.month ? -1 : 1,
  )
}

export type ReadOptions = {
  /** Reads every entry from the first one on and no statement: what each statement must agree with. */
  readonly fromStart?: boolean
  /** Leaves the day's own month uncredited also on its last day: money paid out in a month earns nothing in it. */
  readonly beforeCredit?: boolean
}

/** `persons` are one human being: the person and those registered twice that were merged into him. */
export async function readAccount(
  tx: Tx,
  programme: string,
  persons: readonly bigint[],
  on: Day,
  options: ReadOptions = {},
): Promise<Account> {
  const closed = await closedYears(tx, programme)
  const year = yearOf(monthOf(on))
  const last = options.fromStart ? undefined : closed.findLast((each) => each.year < year)
  const rows = last ? await readStatements(tx, programme, persons, [last.year]) : []
  const opening = last ? sumOf(rows.map(({ parts }) => balanceOf(parts, last))) : nothing
  const after = last ? yearMonth(last.year, 12) : yearMonth(1, 12)
  const entries = await entriesBetween(tx, programme, persons, after, on)
  const credited = options.beforeCredit ? addMonths(monthOf(on), -1) : creditedOn(on)
  const first = last ? yearMonth(last.year + 1, 1) : (entries[0]?.month ?? monthOf(on))
  const rates = first <= credited ? await ratesOf(tx, programme, first, credited, closed) : new Map<Month, MonthRate>()
  const start = { year: yearOf(first) - 1, balance: opening }
  const years = savingsYears(start, entries, (month) => rates.get(month)?.rate ?? null, { last: monthOf(on), credited })
  const end = years.at(-1)
  return {
    programme,
    persons,
    on,
    balance: end?.closing ?? opening,
    base: end?.base ?? opening,
    statement: last ? { year: last.year, balance: opening } : null,
    years,
    entries,
    rates: [...rates.values()],
  }
}

export type StatedYear = {
  readonly year: number
  readonly opening: Exact
  readonly contributed: bigint
  readonly entered: bigint
  readonly closing: Exact
  readonly closedOn: Day
  readonly rates: readonly (bigint | null)[]
  readonly kinds: readonly (RateKind | null)[]
}

/** The statements of a member, oldest first: years with nothing in them are left out. */
export async function readStatedYears(tx: Tx, programme: string, persons: readonly bigint[]): Promise<StatedYear[]> {
  const closed = await closedYears(tx, programme)
  const rows = await readStatements(
    tx,
    programme,
    persons,
    closed.map(({ year }) => year),
  )
  let opening = nothing
  return closed.flatMap((year) => {
    const own = rows.filter((row) => row.year === year.year)
    if (own.length === 0) return []
    const closing = own.map(({ parts }) => balanceOf(parts, year)).reduce(plus, nothing)
    const stated = {
      year: year.year,
      opening,
      contributed: own.reduce((sum, { contributed }) => sum + contributed, 0n),
      entered: own.reduce((sum, { entered }) => sum + entered, 0n),
      closing,
      closedOn: year.closed_on,
      rates: year.rates,
      kinds: year.kinds,
    }
    opening = closing
    return [stated]
  })
}
