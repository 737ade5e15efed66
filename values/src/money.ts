// Money: a whole number of a currency's minor unit. Never a float.

export type Currency = { readonly code: string /** Decimal places of the minor unit: IDR 0, MYR 2. */; readonly exponent: number }
export type Money = { readonly amount: bigint; readonly currency: Currency }

export const money = (amount: bigint, currency: Currency): Money => ({ amount, currency })

export const moneyToJson = ({ amount, currency }: Money): { amount: string; currency: string } => ({
  amount: amount.toString(),
  currency: currency.code,
})

/** Reads `{amount, currency}` as the API writes it; undefined when it is not money of this currency. */
export function moneyFromJson(json: { amount: string; currency: string }, currency: Currency): Money | undefined {
  return json.currency === currency.code && /^-?\d{1,18}$/.test(json.amount) ? money(BigInt(json.amount), currency) : undefined
}

/** Reads whole minor units as typed on a command line or in a file: digits only, no separators, at most 18 digits. */
export function parseAmount(text: string): bigint | undefined {
  return /^-?\d{1,18}$/.test(text) ? BigInt(text) : undefined
}

/** Shows money in a language's own manner, for instance `Rp 16.800`. The space does not break across lines. */
export function formatMoney({ amount, currency }: Money, locale: string, symbol: string = currency.code): string {
  const negative = amount < 0n
  const digits = (negative ? -amount : amount).toString().padStart(currency.exponent + 1, '0')
  const whole = digits.slice(0, digits.length - currency.exponent)
  const part = digits.slice(digits.length - currency.exponent)
  const decimal = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.'
  const shown = new Intl.NumberFormat(locale).format(BigInt(whole)) + (part ? decimal + part : '')
  return `${negative ? '−' : ''}${symbol}\u00a0${shown}`
}
