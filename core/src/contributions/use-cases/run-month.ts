// The monthly run: assesses every membership whose money is a receivable, issues the bills, books them and checks the control.
// Each step is one statement in one short transaction that notes its end, so that a run that was killed goes on where it stopped.
import type { Law } from '@payung/law'
import { type Month, monthNumber, ok, type Result, refuse } from '@payung/values'
import { type Actor, inTransaction, type Platform, type Tx } from '../../platform/index.ts'
import { monthlyNumber } from '../domain/bill-number.ts'
import type { ClassOfRange } from '../domain/wide-tariff.ts'
import { byClass, type Leaf, layLeaf, preparedFor, tariffOf, writeRows } from '../store/assess-rows.ts'
import { bookFines, makeFines, proveSums, sumNewBills, writeIssuedBills } from '../store/book-bills.ts'
import { bookByFund } from '../store/book-by-fund.ts'
import { isBeingReassessed } from '../store/corrections.ts'
import { noteDeferred } from '../store/deferrals.ts'
import { findMonth, holdMonth, issuedStep, leavesOf, lockMonthRows, noteStep, personRange, type Step, stepsDone } from '../store/months.ts'
import { rangesOf } from '../store/tariff.ts'
import { type Control, checkControl } from './check-control.ts'
import { ensureTariff } from './ensure-tariff.ts'
import { billStateShare, fundsOf, receivableDue } from './issue-bills.ts'
import { beingReassessed } from './propose-correction.ts'

export type RunOptions = {
  readonly actor: Actor
  /** Persons in one transaction. */
  readonly chunk?: number
  readonly progress?: (step: string, done: number, of: number) => void
}
export type RunReport = {
  readonly month: Month
  readonly rows: number
  readonly bills: number
  readonly total: bigint
  readonly control: Control
}

const chunkOfPersons = 1_000_000
/** From so many numbers of persons on, the leaves of a month are laid anew; below, rows are added to them. */
const largeMonth = 100_000n

async function step<Value>(
  platform: Platform,
  { actor }: RunOptions,
  name: string,
  work: (tx: Tx) => Promise<Result<Value>>,
): Promise<Result<Value>> {
  return inTransaction(platform, { role: 'run', actor }, { name, input: null }, (tx) => work(tx))
}

/** A part of the persons whose rows one transaction writes: a whole leaf laid anew, or rows added to what stands. */
export type Part = { readonly step: string; readonly chunk: bigint; readonly leaf?: Leaf; readonly persons: readonly [bigint, bigint] }

export async function partsOf(tx: Tx, month: Month, options: Pick<RunOptions, 'chunk'>): Promise<Part[]> {
  const { first, last } = await personRange(tx)
  if (last - first >= largeMonth)
    return (await leavesOf(tx, month, first, last)).map((leaf) => ({
      step: 'leaf',
      chunk: BigInt(leaf.leaf),
      leaf,
      persons: [leaf.from, leaf.until],
    }))
  const size = BigInt(options.chunk ?? chunkOfPersons)
  const parts: Part[] = []
  for (let from = first - (first % size); from <= last; from += size)
    parts.push({ step: `rows/${size}`, chunk: from, persons: [from, from + size] })
  return parts
}

/** What is left to do for the rows of a month: the parts that no earlier run has done. */
async function openParts(
  platform: Platform,
  law: Law,
  month: Month,
  options: RunOptions,
): Promise<Result<{ parts: Part[]; done: readonly Step[] }>> {
  return step(platform, options, 'contributions.prepare-month', async (tx) => {
    const known = await findMonth(tx, month)
    if (!known)
      return refuse({
        code: 'month-not-open',
        rule: 'The run issues the bills of a month that was opened.',
        data: { month },
        next: `Open it first: payung month open ${month}.`,
      })
    if (known.state === 'closed')
      return refuse({
        code: 'month-closed',
        rule: 'A closed month is not run again; what changes is a correction.',
        data: { month },
        next: 'Ask for a correction of that month.',
      })
    if (await isBeingReassessed(tx, month)) return refuse(beingReassessed(month))
    await ensureTariff(tx, law, month, null)
    const done = await stepsDone(tx, month)
    const parts = (await partsOf(tx, month, options)).filter(
      ({ step, chunk }) => !done.some((each) => each.step === step && each.chunk === chunk),
    )
    return ok({ parts, done })
  })
}

const writePart = (platform: Platform, law: Law, month: Month, options: RunOptions, part: Part): Promise<Result<number>> =>
  step(platform, options, 'contributions.assess-part', async (tx) => {
    const ranges = await rangesOf(tx, month, await ensureTariff(tx, law, month, null), 'receivable', null)
    const tariff = tariffOf(ranges)
    await lockMonthRows(tx, month)
    if (part.leaf) {
      await holdMonth(tx, month)
      // Another run may have laid this leaf while we waited; laying it again would be right, and a waste.
      if ((await stepsDone(tx, month)).some((each) => each.step === part.step && each.chunk === part.chunk)) return ok(0)
    }
    const prepared = await preparedFor(tx, month)
    const rows = part.leaf
      ? await layLeaf(tx, tariff, month, part.leaf, monthlyNumber(month), prepared)
      : await writeRows(tx, tariff, month, { persons: part.persons }, monthlyNumber(month), prepared)
    await noteStep(tx, month, { step: part.step, chunk: part.chunk, rows: BigInt(rows), amount: 0n })
    await tx.emit({
      kind: 'contributions-assessed',
      room: 'contributions',
      subject: `month:${month}`,
      payload: { month, rows, from: part.persons[0].toString(), until: part.persons[1].toString() },
    })
    return ok(rows)
  })

/** Bills, fines, transfers, the State's bill and payables of the rows that have no issued bill yet: all in one transaction. */
const issueAll = (platform: Platform, law: Law, month: Month, options: RunOptions): Promise<Result<{ bills: number; total: bigint }>> =>
  step(platform, options, 'contributions.issue-month', async (tx) => {
    const today = tx.today(law.pack.timeZone)
    const version = await ensureTariff(tx, law, month, null)
    await lockMonthRows(tx, month)
    // Rows of an interrupted run may carry classes of an earlier version: a law published since must not leave them out of the sums.
    const ranges: ClassOfRange[] = []
    for (let each = 1; each <= version; each++) ranges.push(...(await rangesOf(tx, month, each, 'receivable', null)))
    const tariff = tariffOf(byClass(ranges))
    await sumNewBills(tx, tariff, month)
    await proveSums(tx, tariff.wide)
    await makeFines(tx, month, today, 'all')
    const written = await writeIssuedBills(tx, tariff, month, today, receivableDue(law, month, today))
    await bookByFund(tx, tariff.wide, { month, day: today, fundOf: fundsOf(law), from: 'receivable', reason: 'contribution' })
    await bookFines(tx, month, today)
    await noteDeferred(tx, tariff.wide, month, today)
    await billStateShare(tx, law, month)
    await noteStep(tx, month, { step: issuedStep, chunk: 0n, rows: 0n, amount: 0n })
    await tx.emit({
      kind: 'bills-issued',
      room: 'contributions',
      subject: `month:${month}`,
      payload: { month, bills: written.bills, total: written.total.toString() },
      detail: { month, number: monthNumber(month), payers: null },
    })
    return ok(written)
  })

/** Runs a month to its end; called again after a crash or by a second person, it does what is left and nothing twice. */
export async function runMonth(platform: Platform, law: Law, month: Month, options: RunOptions): Promise<Result<RunReport>> {
  const open = await openParts(platform, law, month, options)
  if (!open.ok) return open
  const { parts, done } = open.value
  let rows = Number(done.reduce((sum, each) => sum + each.rows, 0n))
  for (const [index, part] of parts.entries()) {
    const written = await writePart(platform, law, month, options, part)
    if (!written.ok) return written
    rows += written.value
    options.progress?.('assess', index + 1, parts.length)
  }
  const issued = await issueAll(platform, law, month, options)
  if (!issued.ok) return issued
  options.progress?.('issue', 1, 1)
  const control = await step(platform, options, 'contributions.check-month', async (tx) =>
    ok(await checkControl(tx, `run ${month}`, month)),
  )
  if (!control.ok) return control
  options.progress?.('control', 1, 1)
  return ok({ month, rows, bills: issued.value.bills, total: issued.value.total, control: control.value })
}
