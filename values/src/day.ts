// A calendar day, written "2026-10-31". Instants become days only through a named time zone.

declare const day: unique symbol
export type Day = string & { readonly [day]: true }

const milliseconds = 86_400_000
const utc = (value: Day): number => Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5, 7)) - 1, Number(value.slice(8)))

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** True for an existing calendar day from the year 100 on; "2026-02-30" is not one. Millions of rows ask this, so it makes no date. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year, month, number] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))]
  return year >= 100 && number > 0 && number <= (month === 2 && isLeap(year) ? 29 : (lengths[month - 1] ?? 0))
}

export const parseDay = (text: string): Day | undefined => (isDay(text) ? text : undefined)

export const addDays = (value: Day, days: number): Day => new Date(utc(value) + days * milliseconds).toISOString().slice(0, 10) as Day

export const daysBetween = (from: Day, to: Day): number => Math.round((utc(to) - utc(from)) / milliseconds)

/** 1 is Monday, 7 is Sunday. */
export const weekday = (value: Day): number => new Date(utc(value)).getUTCDay() || 7

/** Completed years from one day to another, as for an age. Someone born on 29 February completes a year on 1 March. */
export function yearsBetween(from: Day, to: Day): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return to.slice(5) < from.slice(5) ? years - 1 : years
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day of an instant in a time zone, for instance "Asia/Jakarta". */
export function dayInZone(instant: Date, timeZone: string): Day {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formats.set(timeZone, format)
  return format.format(instant) as Day
}
