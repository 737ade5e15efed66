// The overview: who is covered, the contributions of the month, the control, and what a month costs.
import type { MonthFigure, Overview } from '@payung/api'
import type { Law } from '@payung/law'
import { type Day, monthFromNumber, monthNumber, monthOf, ok, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { billsDifference, monthDifference } from '../domain/month-difference.ts'
import { perHundred } from '../domain/per-hundred.ts'
import { priceAhead } from '../domain/price.ts'
import { activePersons, byGroup, byProgramme, bySegment, type Snapshot } from '../domain/snapshot.ts'
import type { Count } from '../domain/suppress.ts'
import { type MonthBillsRow, type MonthRow, readExamples, readMonthBills, readMonths } from '../read-store.ts'
import { inWords, numberInWords } from '../words/words.ts'
import { readSnapshot } from './read-snapshot.ts'

type Rate = Overview['rate']
type Money = MonthFigure['computed']

export const moneyIn =
  ({ pack }: Law) =>
  (amount: bigint): Money => ({ amount: amount.toString(), currency: pack.currency.code })

export function sourceOf({ nation, population, demonstration }: Snapshot): Rate['source'] {
  return { ...sourceWith(nation, demonstration, nation?.source ?? population?.source ?? ''), link: nation?.link ?? null }
}

const sourceWith = (nation: Snapshot['nation'], demonstration: boolean, source: Rate['source']['text'] | string): Rate['source'] => ({
  text: demonstration
    ? inWords((words) => words.syntheticSource, { scale: numberInWords(nation?.scale ?? 1), source })
    : inWords((words) => words.source, { source }),
  link: null,
  synthetic: demonstration,
})

/** The source of what is counted in our own books, without a count of people to divide by. */
export const ownSource = ({ nation, demonstration }: Snapshot): Rate['source'] => sourceWith(nation, demonstration, '')

/** People as the persons of the nation stand for them: in one of one for every thousand, a thousand workers are one. */
export function scaled({ nation }: Snapshot, people: bigint): bigint {
  const scale = BigInt(nation?.scale ?? 1)
  return (people + scale / 2n) / scale
}

export const rateAmong = ({ value }: Count, eligible: bigint): string | null =>
  value === null ? null : perHundred(BigInt(value), eligible)

export function rateOf(snapshot: Snapshot, covered: Count, people: bigint, eligible: bigint): Rate {
  const whole = scaled(snapshot, eligible)
  return {
    covered,
    eligible: Number(whole),
    people: Number(scaled(snapshot, people)),
    perHundred: rateAmong(covered, whole),
    asOf: snapshot.day,
    source: sourceOf(snapshot),
  }
}

export function nationalRate(snapshot: Snapshot): Rate {
  const people = snapshot.provinces.reduce((sum, province) => sum + province.people, 0n)
  const eligible = snapshot.provinces.reduce((sum, province) => sum + province.eligible, 0n)
  return rateOf(snapshot, activePersons(snapshot), people, eligible)
}

function billsIn(law: Law, row: MonthBillsRow): NonNullable<MonthFigure['bills']> {
  const money = moneyIn(law)
  return {
    contributions: money(row.contributions),
    premiums: money(row.premiums),
    fines: money(row.fines),
    stateShare: money(row.state_share),
    billed: money(row.billed),
    booked: money(row.booked),
    difference: money(billsDifference(row)),
    collected: money(row.collected),
  }
}

export function monthFigure(law: Law, row: MonthRow, bills: MonthBillsRow | undefined): MonthFigure {
  const money = moneyIn(law)
  return {
    month: monthFromNumber(row.month),
    state: row.state,
    computed: money(row.computed),
    billed: money(row.billed),
    booked: money(row.booked),
    difference: money(monthDifference(row)),
    collected: money(row.collected),
    collectedPerHundred: perHundred(row.collected, row.billed) ?? '0.0',
    asOf: row.as_of,
    bills: bills ? billsIn(law, bills) : null,
  }
}

/** The latest month whose contributions of receivables are past their due date, which is when it is closed; and the one that runs. */
function monthsOf(
  law: Law,
  rows: readonly MonthRow[],
  bills: readonly MonthBillsRow[],
  today: Day,
): Pick<Overview, 'month' | 'running' | 'history'> {
  const figure = (row: MonthRow): MonthFigure =>
    monthFigure(
      law,
      row,
      bills.find(({ month }) => month === row.month),
    )
  const whole = rows.filter(({ segment }) => segment === '')
  const running = whole.find(({ month }) => month === monthNumber(monthOf(today)))
  const past = whole.find(
    (row) => row.month < monthNumber(monthOf(today)) && (row.state === 'closed' || row.month < monthNumber(monthOf(today)) - 1),
  )
  return {
    month: past ? figure(past) : null,
    running: running ? figure(running) : null,
    history: whole.map(figure),
  }
}

function priceOf(law: Law, { nation }: Snapshot, today: Day): Overview['price'] {
  const price = nation ? priceAhead(law, nation.price, today) : null
  const money = moneyIn(law)
  return (
    price && {
      amount: money(price.amount),
      from: price.from,
      next: price.next && { amount: money(price.next.amount), from: price.next.from },
    }
  )
}

export async function readOverview(tx: Tx, law: Law): Promise<Result<Overview>> {
  const today = tx.today(law.pack.timeZone)
  const snapshot = await readSnapshot(tx, today)
  const { nation } = snapshot
  return ok({
    synthetic: snapshot.demonstration,
    asOf: snapshot.day,
    counted: snapshot.counted,
    rate: nationalRate(snapshot),
    registered: snapshot.provinces.reduce((sum, { registered }) => sum + Number(registered), 0),
    segments: bySegment(snapshot, law.pack),
    groups: byGroup(snapshot, law.pack),
    programmes: byProgramme(snapshot, law.pack),
    created: nation ? { asOf: nation.asOf, active: nation.active, segments: [...nation.segments], groups: [...nation.groups] } : null,
    examples: snapshot.demonstration ? (await readExamples(tx)).map((example) => ({ ...example })) : [],
    ...monthsOf(law, await readMonths(tx), await readMonthBills(tx), today),
    price: priceOf(law, snapshot, today),
  })
}
