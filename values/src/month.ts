// A contribution month, written "2026-10". Its number (months since year 0) is what the database stores and computes with.
import type { Day } from './day.ts'

declare const month: unique symbol
export type Month = string & { readonly [month]: true }

export const isMonth = (text: string): text is Month => /^\d{4}-(0[1-9]|1[0-2])$/.test(text)

/** "2026-10" as a month, or undefined. */
export const parseMonth = (text: string): Month | undefined => (isMonth(text) ? text : undefined)

/** year × 12 + (month − 1): fits a smallint until the year 2730. */
export const monthNumber = (value: Month): number => Number(value.slice(0, 4)) * 12 + Number(value.slice(5)) - 1

export const monthFromNumber = (number: number): Month =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}` as Month

export const addMonths = (value: Month, months: number): Month => monthFromNumber(monthNumber(value) + months)

/** How many months lie from the first to the second: 0 when they are the same. */
export const monthsBetween = (from: Month, to: Month): number => monthNumber(to) - monthNumber(from)

export const monthOf = (day: Day): Month => day.slice(0, 7) as Month

export const firstDay = (value: Month): Day => `${value}-01` as Day

export const lastDay = (value: Month): Day =>
  new Date(Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5)), 0)).toISOString().slice(0, 10) as Day
