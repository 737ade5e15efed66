// The days of a month on which money comes, by who pays.
/** Those on which punctual payers pay, before any due day; and the day of those who are late. */
export const payDays = [4, 8, 12] as const
export const lateDay = 25

/** The day on which an organisation pays, by its place in the plan. */
export const payDayOf = (place: number): number => payDays[place % payDays.length] ?? payDays[0]
