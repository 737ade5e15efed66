// What savings tells, in the past tense; none of it names a person but by number. kind `savings-entry-asked`, `savings-entry-approved`,
// `savings-entry-refused`, `savings-entry-booked`, `savings-rates-declared`,
// `savings-month-credited`, `savings-year-closed`, `savings-differences-settled`,
// `savings-openings-taken`.
export type SavingsYearClosed = {
  readonly programme: string
  readonly year: number
  readonly accounts: number
  readonly provisional: number
}
