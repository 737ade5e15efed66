// Numbers, money, days and months in the manner of a language. Nothing here breaks across lines inside a figure.
import { formatMoney, isMonth, type Month, moneyFromJson, monthNumber } from '@payung/values'
import type { Scheme } from './context.ts'
import type { Language } from './languages.ts'

export type Count = { value: number | null; hidden: 'small' | 'protecting' | null }
export type MoneyJson = { amount: string; currency: string }

const locales: Record<Language, string> = { id: 'id-ID', en: 'en-GB' }
const space = '\u00a0'
const firstOf = (month: string): Date => new Date(`${month}-01T00:00:00Z`)

/** How many whole ones of a hundred: what is begun does not count. */
export const wholeOf = (perHundred: string): number => Math.floor(Number(perHundred))

export type Format = {
  number: (value: number) => string
  /** A small count is `< 5`; one that is hidden to protect it, or that nobody has counted, is a dash. */
  count: (count: Count) => string
  /** "41.0" as `41,0 %` or `41.0%`. */
  percent: (text: string | null) => string
  /** "49.6" as `49`, for "49 of every 100": whole workers only, so that it agrees with "fewer than half" and with the classes of the map. */
  hundred: (text: string | null) => string
  money: (money: MoneyJson) => string
  day: (day: string) => string
  month: (month: string) => string
  monthName: (month: string) => string
  monthShort: (month: string) => string
  /** `Januari–Maret 2027` for months that follow one another, else a list. */
  months: (months: readonly string[]) => string
  list: (parts: readonly string[]) => string
}

export function formatFor(language: Language, currency: Scheme['currency'] | undefined): Format {
  const locale = locales[language]
  const written = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  const [whole, tenths] = [
    new Intl.NumberFormat(locale),
    new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  ]
  const [day, month] = [written({ dateStyle: 'long' }), written({ month: 'long', year: 'numeric' })]
  const [monthName, monthShort] = [written({ month: 'long' }), written({ month: 'short' })]
  const list = new Intl.ListFormat(locale, { type: 'conjunction' })
  const unbroken = (text: string): string => text.replaceAll(' ', space)
  const self: Format = {
    number: (value) => whole.format(value),
    count: ({ value, hidden }) => (hidden === 'small' ? `<${space}5` : value === null ? '–' : whole.format(value)),
    percent: (text) => (text === null ? '–' : `${tenths.format(Number(text))}${language === 'id' ? space : ''}%`),
    hundred: (text) => (text === null ? '–' : whole.format(wholeOf(text))),
    money(json) {
      const money = currency && moneyFromJson(json, currency)
      return money ? formatMoney(money, locale, currency.symbol) : `${json.currency}${space}${json.amount}`
    },
    day: (value) => unbroken(day.format(new Date(`${value.slice(0, 10)}T00:00:00Z`))),
    month: (value) => unbroken(month.format(firstOf(value))),
    monthName: (value) => monthName.format(firstOf(value)),
    monthShort: (value) => monthShort.format(firstOf(value)).slice(0, 3),
    months(values) {
      const known = values.filter((value): value is Month => isMonth(value))
      const [first, last] = [known.at(0), known.at(-1)]
      if (!first || !last) return ''
      if (first === last) return self.month(first)
      const unbrokenRow = known.every((value, index) => monthNumber(value) === monthNumber(first) + index)
      if (!unbrokenRow) return list.format(known.map(self.month))
      return first.slice(0, 4) === last.slice(0, 4)
        ? `${self.monthName(first)}–${self.month(last)}`
        : `${self.month(first)}–${self.month(last)}`
    },
    list: (parts) => list.format(parts),
  }
  return self
}
