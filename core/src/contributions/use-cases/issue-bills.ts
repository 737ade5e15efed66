// Issues the bills of some payers for a month: rows, bills, fines, transfers and the control, in the caller's transaction.
// The monthly run does the same for everybody, in steps (run-month.ts); both go through the statements of the store.
import type { Law } from '@payung/law'
import { type Day, firstDay, lastDay, type Month, monthNumber, ok, type Result, refuse } from '@payung/values'
import { fundAccount } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { lockPayers } from '../../registry/index.ts'
import { monthlyNumber } from '../domain/bill-number.ts'
import { byClass, type Tariff, tariffOf, writeRows } from '../store/assess-rows.ts'
import { billTheState, bookFines, makeFines, proveSums, stateIsBilled, sumBillsOf, writeIssuedBills } from '../store/book-bills.ts'
import { bookByFund, type FundAccountOf } from '../store/book-by-fund.ts'
import { isBeingReassessed } from '../store/corrections.ts'
import { noteDeferred } from '../store/deferrals.ts'
import { findMonth, lockMonthRows } from '../store/months.ts'
import { findStatePayer } from '../store/payers.ts'
import { profilesOfPayers } from '../store/profiles.ts'
import { classesOfPayers, rangesOf, rangesOfClasses } from '../store/tariff.ts'
import { ensureTariff } from './ensure-tariff.ts'
import { knowPayers } from './know-payers.ts'
import { beingReassessed } from './propose-correction.ts'

export type Issued = { readonly bills: number; readonly rows: number; readonly total: bigint }

/** The fund account that a programme's money is booked to: the fund that holds that programme alone. */
export const fundsOf =
  (law: Law): FundAccountOf =>
  (programme) => {
    const fund =
      law.pack.funds.find(({ programmes }) => programmes.length === 1 && programmes[0] === programme) ??
      law.pack.funds.find(({ code }) => code === programme)
    if (!fund) throw new Error(`the pack has no fund for ${programme}`)
    return fundAccount(fund.code)
  }

/** The day on which receivables of a month are due. */
export function receivableDue(law: Law, month: Month, today: Day): Day | null {
  const owed = law.pack.segments.filter(
    ({ assessed, payer }) =>
      assessed === 'monthly' && law.pack.payerKinds.some(({ code, settlement }) => code === payer && settlement === 'receivable'),
  )
  const view = law.asPublishedBy(today).on(firstDay(month))
  const days = owed.flatMap(({ code }) => law.pack.rules.dueDay(view, month, { segment: code }).due ?? [])
  return days.sort()[0] ?? null
}

export type LaidOut = { readonly tariff: Tariff; readonly byClass: Tariff }

/** Bills the State its share of what was issued since its last bill of the month; gives its payer, or nobody where there is nothing to bill. */
export async function billStateShare(tx: Tx, law: Law, month: Month): Promise<bigint[]> {
  const programme = law.pack.programmes.find(({ splitOnly }) => splitOnly)
  const payer = programme ? await findStatePayer(tx) : undefined
  if (!programme || payer === undefined) return []
  const amount = await billTheState(tx, month, tx.today(law.pack.timeZone), payer, fundsOf(law)(programme.code))
  return amount === 0n ? [] : [payer]
}

type LaidFor = {
  readonly month: Month
  readonly settlement: string
  readonly version: number
  readonly profiles: ReadonlySet<number> | null
  readonly laid: LaidOut
}
const laidBy = new WeakMap<Tx, LaidFor[]>()

/** What this transaction laid out before, where it serves: the same month and version, and at least the profiles asked for. */
function standing(tx: Tx, month: Month, settlement: string, version: number, profiles: readonly number[] | null): LaidOut | undefined {
  const serves = ({ profiles: known, ...laid }: LaidFor): boolean =>
    laid.month === month &&
    laid.settlement === settlement &&
    laid.version === version &&
    (known === null || profiles?.every((profile) => known.has(profile)) === true)
  return laidBy.get(tx)?.find(serves)?.laid
}

/** Lays out the tariff of a month for the profiles given (null: all) of one settlement; undefined when there are none. */
export async function layOutMonth(
  tx: Tx,
  law: Law,
  month: Month,
  settlement: 'receivable' | 'offer',
  profiles: readonly number[] | null,
): Promise<LaidOut | undefined> {
  const version = await ensureTariff(tx, law, month, profiles)
  const stands = standing(tx, month, settlement, version, profiles)
  if (stands) return stands
  const ranges = await rangesOf(tx, month, version, settlement, profiles)
  if (ranges.length === 0) return undefined
  const laid = { tariff: tariffOf(ranges), byClass: tariffOf(byClass(ranges)) }
  const known = { month, settlement, version, profiles: profiles === null ? null : new Set(profiles), laid }
  laidBy.set(tx, [...(laidBy.get(tx) ?? []), known])
  return laid
}

/** The classes that rows of these payers carry. An interrupted run may have written some under an earlier version of the law: then they are laid out anew. */
async function classesInUse(tx: Tx, month: Month, payers: readonly bigint[], laid: LaidOut): Promise<Tariff> {
  const known = new Set(laid.byClass.wide.rows.map((row) => row.class))
  const used = await classesOfPayers(tx, month, payers)
  if (used.every((each) => known.has(each))) return laid.byClass
  return tariffOf(byClass(await rangesOfClasses(tx, month, used)))
}

export async function issueBills(tx: Tx, law: Law, month: Month, payers: readonly bigint[]): Promise<Result<Issued>> {
  const today = tx.today(law.pack.timeZone)
  const known = await findMonth(tx, month)
  if (!known)
    return refuse({
      code: 'month-not-open',
      rule: 'Bills are issued for a month that was opened.',
      data: { month },
      next: `Open it first: payung month open ${month}.`,
    })
  if (known.state === 'closed')
    return refuse({
      code: 'month-closed',
      rule: 'Nothing is added to a closed month; what changes is a correction.',
      data: { month, closed: known.closed_on ?? '' },
      next: 'Ask for a correction of that month.',
    })
  if (await isBeingReassessed(tx, month)) return refuse(beingReassessed(month))
  const registered = await knowPayers(tx, payers)
  if (!registered.ok) return registered
  const laid = await layOutMonth(tx, law, month, 'receivable', await profilesOfPayers(tx, payers, firstDay(month), lastDay(month)))
  if (!laid) return ok({ bills: 0, rows: 0, total: 0n })
  // The month before its payers, as the run holds them: a bill of one employer would otherwise end the run of everybody, and hold up his
  // payments meanwhile. A running number is held with its payer.
  await lockMonthRows(tx, month)
  await lockPayers(tx, payers)
  const rows = await writeRows(tx, laid.tariff, month, { payers }, monthlyNumber(month), { rowsStand: true, billsStand: true, full: true })
  const tariff = await classesInUse(tx, month, payers, laid)
  await sumBillsOf(tx, tariff, month, payers)
  await proveSums(tx, tariff.wide)
  await makeFines(tx, month, today, payers)
  const written = await writeIssuedBills(tx, tariff, month, today, receivableDue(law, month, today))
  await bookByFund(tx, tariff.wide, { month, day: today, fundOf: fundsOf(law), from: 'receivable', reason: 'contribution' })
  await bookFines(tx, month, today)
  await noteDeferred(tx, tariff.wide, month, today)
  const state = (await stateIsBilled(tx, month)) ? await billStateShare(tx, law, month) : []
  await tx.emit({
    kind: 'bills-issued',
    room: 'contributions',
    subject: `month:${month}`,
    payload: { month, bills: written.bills, rows, total: written.total.toString() },
    detail: { month, number: monthNumber(month), payers: [...payers, ...state] },
  })
  return ok({ ...written, rows })
}
