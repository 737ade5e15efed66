// A calendar day, written "2026-10-31". Instants become days only through a named time zone.

declare const day: unique symbol
export type Day = string & { readonly [day]: true }

const milliseconds = 86_400_000
const utc = (value: Day): number => Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5, 7)) - 1, Number(value.slice(8)))

/** True for an existing calendar day; "2026-02-30" is not one. */
export const isDay = (text: string): text is Day =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(utc(text as Day)).toISOString().slice(0, 10) === text

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

/** The calendar day of an instant in a time zone, for instance "Asia/Jakarta". */
export const dayInZone = (instant: Date, timeZone: string): Day =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant) as Day
