// What the close of a year does to every account, as a few numbers: then one statement of the database does it to all of them.
//
// A month earns a twelfth of a yearly rate in millionths, so a balance has a divisor of 12,000,000 = 3 · 4,000,000 for each year. The
// 4,000,000 ends in decimals, which numeric multiplies exactly; only thirds do not. So balances are stored as `parts` over a power of
// three that is the same for all accounts of a year. Where the twelve rates sum to a multiple of three, as twelve equal ones do, the
// balance carried over needs no further third, and the power stays where it is.

export type Closing = {
  /** Balances of this year stand over 3^thirds. */
  readonly thirds: number
  /** Parts of the year before times this are parts of this year. A decimal, exact. */
  readonly carry: string
  /** For each month the sum of the yearly rates from it to December, in millionths: what an entry of that month earns twelfths of. */
  readonly shares: readonly bigint[]
  /** An entry's parts are `entry` × (3 × amount + share × 0.00000025 × bearing) ÷ 3^(thirds of the entry). */
  readonly entry: bigint
}

const unit = 4_000_000n

/** n / 4,000,000 as a decimal without trailing zeros. */
const decimal = (over: bigint): string => {
  const digits = (over * 25n).toString().padStart(9, '0')
  const part = digits.slice(-8).replace(/0+$/, '')
  return `${digits.slice(0, -8)}${part ? `.${part}` : ''}`
}

/** `thirds` of the year before (0 where there is none), the twelve rates (null: nothing is earned), and the most thirds of an entry of this year. */
export function closingOf(thirds: number, rates: readonly (bigint | null)[], entryThirds: number): Closing {
  if (rates.length !== 12) throw new RangeError('a year has twelve rates')
  const shares: bigint[] = []
  for (let place = 11; place >= 0; place--) shares[place] = (shares[place + 1] ?? 0n) + (rates[place] ?? 0n)
  const all = shares[0] ?? 0n
  const next = Math.max(thirds + (all % 3n === 0n ? 0 : 1), entryThirds + 1, 1)
  const carry = next === thirds ? decimal(unit + all / 3n) : decimal((3n * unit + all) * 3n ** BigInt(next - thirds - 1))
  return { thirds: next, carry, shares, entry: 3n ** BigInt(next - 1) }
}
