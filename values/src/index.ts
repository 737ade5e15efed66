// The pure values that every package shares: money, months, days, spans, ids and refusals. No dependencies, no effects.

export { addDays, type Day, dayInZone, daysBetween, isDay, parseDay, weekday, yearsBetween } from './day.ts'
export { decimals, type Exact, exact, exactFromDecimal, minus, nothing, plus, raised, sumOf, times, truncated } from './exact.ts'
export { checkDigit, formatMemberNumber, memberNumber, parseMemberNumber, plainNumber } from './member-number.ts'
export { type Currency, formatMoney, type Money, money, moneyFromJson, moneyToJson, parseAmount } from './money.ts'
export {
  addMonths,
  firstDay,
  isMonth,
  lastDay,
  type Month,
  monthFromNumber,
  monthNumber,
  monthOf,
  monthsBetween,
  parseMonth,
} from './month.ts'
export { quantile } from './quantile.ts'
export { type RoundingMode, roundRatio, splitExact } from './ratio.ts'
export { isRefusal, type Ok, ok, type Refusal, type Refused, type Result, refuse } from './refusal.ts'
export { contains, overlaps, type Span, span } from './span.ts'
export { findTextFault, nameFault, type TextFault, textFault } from './text.ts'
