// Cover on a day, as a pure decision: the same rule that the database applies in sets (migrations, contributions.cover_on). Facts of
// the membership and its payer come in; for each programme a state, its dates, its limits and the reason come out.
// PP 44/2015 art 38–42, PP 6/2025 art 39; what the pack says of grace and limits is in its cover rules.
import { addDays, addMonths, type Day, firstDay, lastDay, type Month, monthFromNumber, monthNumber, monthOf } from '@payung/values'

export type CoverState = 'covered' | 'covered, contribution outstanding' | 'employer pays first' | 'not covered'
export type Settlement = 'receivable' | 'offer' | 'contract'

/** One row of the pack's cover rule: how many months may be outstanding and what follows then, and the limits shown. */
export type CoverRule = {
  readonly programme: string
  readonly graceMonths: number
  readonly beyond: Exclude<CoverState, 'covered'>
  readonly arrearsLimit: string
  readonly waitingMonths: number
  readonly waitingLimit: string
}

/** A bill that asks for a month of the membership. */
export type MonthBill = {
  readonly month: Month
  readonly due: Day | null
  readonly issuedOn: Day
  readonly paidOn: Day | null
  /** From this day on another bill carries the membership's month: it was split. */
  readonly leftOn?: Day | null
}
/** A month by its bills on a day: its first due day, and whether one of them is unpaid, or late. */
export type PayerMonth = { readonly month: Month; readonly due: Day | null; readonly unpaid: boolean; readonly overdue: boolean }
export type CoverFacts = {
  readonly settlement: Settlement
  readonly joined: Day
  /** Days on which periods of cover opened. */
  readonly openings: readonly Day[]
  /** Receivable: the bills that the payer was sent, and those to which the membership was taken. */
  readonly billed: readonly MonthBill[]
  /** Offer: months paid, with the day of payment. */
  readonly paid: readonly { readonly month: Month; readonly paidOn: Day }[]
  /** Offer: the due day of a month; null where there is none. */
  readonly dueOf: (month: Month) => Day | null
  /** Contract: spans of days that a part of its premium covers. */
  readonly contracts: readonly ContractCover[]
}
export type ContractCover = {
  readonly from: Day
  /** Exclusive. */
  readonly until: Day
  /** The day on which the part was paid that covers this span. */
  readonly paidOn: Day | null
  /** Days of the contract's other parts. */
  readonly dues: readonly { readonly due: Day; readonly paidOn: Day | null }[]
  /** The first day on which the payer answers as long as the member is not reported, and the day of the report; null: the law names no window. */
  readonly windowUntil: Day | null
  readonly reportedOn: Day | null
}
export type ProgrammeCover = {
  readonly programme: string
  readonly state: CoverState
  readonly since: Day | null
  readonly paidUntil: Day | null
  readonly coveredUntil: Day | null
  readonly limits: readonly string[]
  readonly reason: string | null
}

type Judged = Omit<ProgrammeCover, 'programme' | 'limits'>
const outstanding = 'covered, contribution outstanding'

/** The months of bills as they stood by the end of a day: a month is unpaid while any of the bills is that carry it. */
export function monthsBilled(day: Day, bills: readonly MonthBill[]): PayerMonth[] {
  const stood = bills.filter(({ issuedOn, leftOn }) => issuedOn <= day && (leftOn == null || leftOn > day))
  return [...Map.groupBy(stood, ({ month }) => month)].map(([month, all]) => {
    const unpaid = all.filter(({ paidOn }) => paidOn === null || paidOn > day)
    const [due = null] = all.flatMap((bill) => bill.due ?? []).sort()
    return { month, due, unpaid: unpaid.length > 0, overdue: unpaid.some((bill) => bill.due !== null && bill.due < day) }
  })
}

/** The longest run of consecutive months whose due day has passed unpaid; the later one of two that are equal is not preferred. */
export function longestRun(overdue: readonly PayerMonth[]): PayerMonth[] {
  let best: PayerMonth[] = []
  let run: PayerMonth[] = []
  for (const each of [...overdue].sort((a, b) => (a.month < b.month ? -1 : 1))) {
    const last = run.at(-1)
    run = last && monthNumber(each.month) === monthNumber(last.month) + 1 ? [...run, each] : [each]
    if (run.length > best.length) best = run
  }
  return best
}

function judgeReceivable(day: Day, { graceMonths, beyond }: CoverRule, facts: CoverFacts, opened: Day): Judged {
  const issued = monthsBilled(day, facts.billed)
  const unpaid = issued.filter((month) => month.unpaid)
  const overdue = issued.filter((month) => month.overdue)
  const run = longestRun(overdue)
  const state = run.length === 0 ? 'covered' : run.length <= graceMonths ? outstanding : beyond
  const firstUnpaid = unpaid.map(({ month }) => month).sort()[0]
  const lastMonth = issued
    .map(({ month }) => month)
    .sort()
    .at(-1)
  const paidUntil = firstUnpaid ? addDays(firstDay(firstUnpaid), -1) : lastMonth ? lastDay(lastMonth) : null
  const firstDue = overdue.map(({ due }) => due ?? day).sort()[0]
  const turned = run[graceMonths]?.due
  const since =
    state === 'covered' ? opened : state === outstanding ? (firstDue ? addDays(firstDue, 1) : null) : turned ? addDays(turned, 1) : null
  return {
    state,
    since,
    paidUntil,
    coveredUntil: null,
    reason: state === 'covered' ? null : state === outstanding ? 'contribution-outstanding' : 'employer-unpaid',
  }
}

function judgeOffer(day: Day, { graceMonths, beyond }: CoverRule, facts: CoverFacts, opened: Day): Judged {
  const last = facts.paid
    .filter(({ paidOn }) => paidOn <= day)
    .map(({ month }) => monthNumber(month))
    .sort((a, b) => b - a)[0]
  if (last === undefined)
    return {
      state: 'not covered',
      since: firstDay(addMonths(monthOf(facts.joined), graceMonths)),
      paidUntil: null,
      coveredUntil: null,
      reason: 'never-paid',
    }
  const paidUntil = lastDay(monthFromNumber(last))
  const coveredUntil = lastDay(monthFromNumber(last + graceMonths))
  const unpaid = monthNumber(monthOf(day)) - last
  if (unpaid > graceMonths) return { state: beyond, since: addDays(coveredUntil, 1), paidUntil, coveredUntil, reason: 'lapsed' }
  const due = facts.dueOf(monthFromNumber(last + 1))
  if (unpaid > 1 || (unpaid === 1 && due !== null && due < day))
    return { state: outstanding, since: due === null ? null : addDays(due, 1), paidUntil, coveredUntil, reason: 'contribution-outstanding' }
  return { state: 'covered', since: opened, paidUntil, coveredUntil, reason: null }
}

const earliest = (days: readonly Day[]): Day | null => [...days].sort()[0] ?? null

/** An event inside the window is covered though nobody had reported the worker yet; after it the payer answers until the report (Perdir 22/2022). */
const unreportedSince = (day: Day, { windowUntil, reportedOn }: ContractCover): Day | null =>
  windowUntil !== null && reportedOn !== null && windowUntil <= day && reportedOn > day ? windowUntil : null

const lateSince = (day: Day, { dues }: ContractCover): Day | null =>
  earliest(dues.filter(({ due, paidOn }) => due < day && (paidOn === null || paidOn > day)).map(({ due }) => due))

function judgeContract(day: Day, { beyond }: CoverRule, facts: CoverFacts, opened: Day | undefined): Judged {
  const paid = facts.contracts.filter(({ paidOn }) => paidOn !== null && paidOn <= day)
  const until = paid
    .map((contract) => contract.until)
    .sort()
    .at(-1)
  const last = until === undefined ? null : addDays(until, -1)
  const dates = { paidUntil: last, coveredUntil: last }
  const running = paid.filter((contract) => contract.from <= day && contract.until > day)
  const reported = running.filter((contract) => unreportedSince(day, contract) === null)
  const late = reported.map((contract) => lateSince(day, contract))
  if (late.includes(null)) return { state: 'covered', since: opened ?? null, ...dates, reason: null }
  const firstDue = earliest(late.flatMap((due) => due ?? []))
  if (firstDue !== null)
    return {
      state: beyond,
      since: addDays(firstDue, 1),
      ...dates,
      reason: beyond === outstanding ? 'contribution-outstanding' : 'employer-unpaid',
    }
  const window = earliest(running.flatMap((contract) => unreportedSince(day, contract) ?? []))
  if (window !== null) return { state: 'employer pays first', since: window, ...dates, reason: 'reported-late' }
  const begins = paid.some((contract) => contract.from > day)
  const reason = until !== undefined && until <= day ? 'contract-ended' : begins ? 'contract-not-begun' : 'never-paid'
  return { state: 'not covered', since: until ?? facts.joined, ...dates, reason }
}

function judge(day: Day, rule: CoverRule, facts: CoverFacts, opened: Day | undefined): Judged {
  if (facts.settlement === 'contract') return judgeContract(day, rule, facts, opened)
  if (opened === undefined) {
    const paidUntil = facts.settlement === 'offer' ? judgeOffer(day, rule, facts, facts.joined) : null
    return {
      state: 'not covered',
      since: facts.joined,
      paidUntil: paidUntil?.paidUntil ?? null,
      coveredUntil: paidUntil?.coveredUntil ?? null,
      reason: facts.settlement === 'receivable' ? 'employer-unpaid' : 'never-paid',
    }
  }
  return facts.settlement === 'receivable' ? judgeReceivable(day, rule, facts, opened) : judgeOffer(day, rule, facts, opened)
}

/** The end of `day` decides: a payment booked on that day counts, a due day that is `day` itself has not passed. */
export function decideCover(day: Day, rules: readonly CoverRule[], facts: CoverFacts): ProgrammeCover[] {
  const opened = facts.openings
    .filter((opening) => opening <= day)
    .sort()
    .at(-1)
  return rules.map((rule) => {
    const judged = judge(day, rule, facts, opened)
    const limits: string[] = []
    const covered = judged.state === 'covered' || judged.state === outstanding
    if (rule.waitingMonths > 0 && rule.waitingLimit && covered && opened !== undefined && day < monthsAfter(opened, rule.waitingMonths))
      limits.push(rule.waitingLimit)
    if (rule.arrearsLimit && judged.state === outstanding) limits.push(rule.arrearsLimit)
    return { programme: rule.programme, ...judged, limits }
  })
}

/** The same day some months later; a month without that day ends on its last. */
export function monthsAfter(day: Day, months: number): Day {
  const month = addMonths(monthOf(day), months)
  const last = lastDay(month)
  return Number(day.slice(8)) > Number(last.slice(8)) ? last : (`${month}${day.slice(7)}` as Day)
}
