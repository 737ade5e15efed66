// An exact ratio of two whole numbers, in lowest terms: what an amount is before it is shown or paid.

/** `under` is above zero. */
export type Exact = { readonly over: bigint; readonly under: bigint }

const greatestDivisor = (a: bigint, b: bigint): bigint => {
  let [larger, smaller] = [a < 0n ? -a : a, b]
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller]
  return larger
}

export function exact(over: bigint, under = 1n): Exact {
  if (under <= 0n) throw new RangeError('an exact ratio stands over a number above zero')
  const divisor = greatestDivisor(over, under)
  return divisor === 1n ? { over, under } : { over: over / divisor, under: under / divisor }
}

export const nothing: Exact = { over: 0n, under: 1n }

export const plus = (a: Exact, b: Exact): Exact => exact(a.over * b.under + b.over * a.under, a.under * b.under)
export const minus = (a: Exact, b: Exact): Exact => exact(a.over * b.under - b.over * a.under, a.under * b.under)
export const times = (a: Exact, b: Exact): Exact => exact(a.over * b.over, a.under * b.under)
export const sumOf = (parts: readonly Exact[]): Exact => parts.reduce(plus, nothing)

/** The whole part, cut off towards zero: what is shown and paid. */
export const truncated = ({ over, under }: Exact): bigint => over / under

/** The least whole number that is not below it. */
export const raised = ({ over, under }: Exact): bigint => (over > 0n && over % under !== 0n ? over / under + 1n : over / under)

/** A decimal number as the database writes it, such as "-12.50", divided by `under`. */
export function exactFromDecimal(text: string, under = 1n): Exact {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) throw new RangeError(`"${text}" is not a decimal number`)
  const digits = match[3] ?? ''
  const over = BigInt(`${match[2] ?? '0'}${digits}`)
  return exact(match[1] ? -over : over, 10n ** BigInt(digits.length) * under)
}

/** With so many decimal places, cut off towards zero: for showing how an amount came about. */
export function decimals({ over, under }: Exact, places: number): string {
  const scaled = ((over < 0n ? -over : over) * 10n ** BigInt(places)) / under
  const digits = scaled.toString().padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  return `${over < 0n && scaled !== 0n ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`
}
