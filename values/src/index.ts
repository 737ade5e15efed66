// The pure values that every package shares: money, months, days, spans, ids and refusals. No dependencies, no effects.
export { type Currency, type Money, formatMoney, money, moneyFromJson, moneyToJson, parseAmount } from './money.ts'
export { roundRatio, type RoundingMode, splitExact } from './ratio.ts'
export { addMonths, firstDay, isMonth, lastDay, type Month, monthFromNumber, monthNumber, monthOf, monthsBetween, parseMonth } from './month.ts'
export { addDays, type Day, dayInZone, daysBetween, isDay, parseDay, weekday, yearsBetween } from './day.ts'
export { contains, overlaps, type Span, span } from './span.ts'
export { isRefusal, ok, type Ok, type Refusal, refuse, type Refused, type Result } from './refusal.ts'
export { checkDigit, formatMemberNumber, memberNumber, parseMemberNumber } from './member-number.ts'
