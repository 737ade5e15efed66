// How savings earn: simple within a year, each month a twelfth of its yearly rate, capitalised at the year's end, and never rounded on
// the way. An entry earns from the month in which its money was booked. PP 46/2015 art 22 and 27 leave the arithmetic open; this is
// the one that gives the published simulator's figures (case E-JHT-1).
import { type Exact, exact, type Month, minus, monthFromNumber, monthNumber, nothing, plus, sumOf, times } from '@payung/values'

/** Money on an account: a contribution, or below zero what was paid out. */
export type SavingsEntry = {
  /** The month in which the money was booked. */
  readonly month: Month
  readonly amount: Exact
  /** The part that earns in the year of its booking; absent: all. Paying out what has been earned but not capitalised takes no base away. */
  readonly bearing?: Exact
}
/** The yearly rate of a month in millionths; null where none is known, and then nothing is earned. */
export type RateOf = (month: Month) => bigint | null
export type SavingsYear = {
  readonly year: number
  readonly opening: Exact
  readonly added: Exact
  readonly returned: Exact
  readonly closing: Exact
  /** What earns at the end: the opening balance and the bearing part of the entries. */
  readonly base: Exact
}

/** A yearly rate in millionths, for one month, as a share. */
const monthly = 12_000_000n

export const yearOf = (month: Month): number => Number(month.slice(0, 4))

/**
 * The years after a known balance, up to the one of `last`. `last` is the month whose entries count, `credited` the last month whose
 * return is credited: the same at a month's end, the month before in its middle.
 */
export function savingsYears(
  start: { readonly year: number; readonly balance: Exact },
  entries: readonly SavingsEntry[],
  rateOf: RateOf,
  { last, credited }: { readonly last: Month; readonly credited: Month },
): SavingsYear[] {
  const years: SavingsYear[] = []
  let opening = start.balance
  for (let year = start.year + 1; year <= yearOf(last); year++) {
    const own = entries.filter(({ month }) => yearOf(month) === year && month <= last)
    const january = year * 12
    const through = Math.min(monthNumber(credited), january + 11)
    // The sum of the rates from each month to the last one credited.
    const shares: bigint[] = Array.from({ length: 13 }, () => 0n)
    for (let place = 11; place >= 0; place--) {
      const rate = january + place <= through ? (rateOf(monthFromNumber(january + place)) ?? 0n) : 0n
      shares[place] = (shares[place + 1] ?? 0n) + rate
    }
    const shareFrom = (month: Month): Exact => exact(shares[monthNumber(month) - january] ?? 0n, monthly)
    const returned = plus(
      times(opening, exact(shares[0] ?? 0n, monthly)),
      sumOf(own.map(({ month, amount, bearing }) => times(bearing ?? amount, shareFrom(month)))),
    )
    const added = sumOf(own.map(({ amount }) => amount))
    const closing = plus(plus(opening, added), returned)
    const base = plus(opening, sumOf(own.map(({ amount, bearing }) => bearing ?? amount)))
    years.push({ year, opening, added, returned, closing, base })
    opening = closing
  }
  return years
}

/** What of a payment out takes base away: first goes what has been earned this year and earns nothing yet. Never more than the base. */
export function bearingOf(amount: bigint, balance: Exact, base: Exact): bigint {
  const { over, under } = minus(balance, base)
  const unbearing = over > 0n ? (over + under - 1n) / under : 0n
  return amount > unbearing ? amount - unbearing : 0n
}

/** The balance from the first entry on: what every statement must agree with. */
export function savingsFromStart(
  entries: readonly SavingsEntry[],
  rateOf: RateOf,
  at: { readonly last: Month; readonly credited: Month },
): Exact {
  const first = entries.map(({ month }) => month).sort()[0]
  return first === undefined
    ? nothing
    : (savingsYears({ year: yearOf(first) - 1, balance: nothing }, entries, rateOf, at).at(-1)?.closing ?? nothing)
}
