// Assesses an issued month anew by the law known now, because an act was published late: each membership whose amounts differ gets a
// reversal and a new row, each payer one bill of the differences. What is too much is the payer's money at once, what is too little a
// supplementary bill. Steps of set statements like those of the monthly run; cut short anywhere, it goes on where it was.
import type { Law } from '@payung/law'
import { type Day, type Month, monthOf, ok, type Result, refuse } from '@payung/values'
import { type Actor, inTransaction, joinWholeSets, type Platform, type Tx } from '../../platform/index.ts'
import { lawChange, slotsThatDiffer } from '../domain/law-change.ts'
import type { ClassOfRange } from '../domain/wide-tariff.ts'
import type { MonthReassessed } from '../events.ts'
import { byClass, type Leaf, tariffOf } from '../store/assess-rows.ts'
import { proveSums } from '../store/book-bills.ts'
import { bookByFund } from '../store/book-by-fund.ts'
import { bookSurplus, sumReplacements, writeDifferenceBills } from '../store/book-differences.ts'
import { noteDeferred } from '../store/deferrals.ts'
import { findMonth, lockMonthRows, noteStep, type Step, stepsDone } from '../store/months.ts'
import {
  beginReassessment,
  countFacts,
  endReassessment,
  isIssued,
  layChanges,
  type Reassessment,
  reassessmentsOf,
  writeChanges,
} from '../store/reassessment.ts'
import { bookReductions, layReductions } from '../store/reductions.ts'
import { rangesOf } from '../store/tariff.ts'
import { tellBills } from './apply-changes.ts'
import { type Control, checkControl } from './check-control.ts'
import { ensureTariff } from './ensure-tariff.ts'
import { fundsOf, receivableDue } from './issue-bills.ts'
import { type Part, partsOf } from './run-month.ts'

export type ReassessOptions = {
  readonly actor: Actor
  /** Persons in one transaction. */
  readonly chunk?: number
  readonly progress?: (step: string, done: number, of: number) => void
}
export type ReassessReport = Omit<Reassessment, 'state'> & { readonly month: Month; readonly control: Control }

type Work = { readonly platform: Platform; readonly law: Law; readonly month: Month; readonly options: ReassessOptions }
type Open = { readonly version: number; readonly report: Reassessment | undefined; readonly parts: readonly Part[] }

const step = <Value>({ platform, options }: Work, name: string, work: (tx: Tx) => Promise<Result<Value>>): Promise<Result<Value>> =>
  inTransaction(platform, { role: 'run', actor: options.actor }, { name, input: null }, (tx) => work(tx))

const stepName = (version: number, part: Part): string => `reassess ${version} ${part.step}`
/** Noted beside a part: how many of its rows the law alone does not explain. */
const unexplainedName = (version: number, part: Part): string => `unexplained ${version} ${part.step}`

/** Whether there is anything to assess anew: asked before a job is made of it, and by the job. */
export async function mayReassess(tx: Tx, month: Month): Promise<Result<null>> {
  const no = (code: string, rule: string, next: string) => refuse({ code, rule, data: { month }, next })
  if (!(await findMonth(tx, month)))
    return no('month-not-open', 'Only a month that was opened is assessed anew.', `Open it first: payung month open ${month}.`)
  if (!(await isIssued(tx, month)))
    return no('month-not-issued', 'Only what was issued is assessed anew.', `Run the month: payung month run ${month}.`)
  return ok(null)
}

/** The version to assess by, and the parts that no earlier attempt has done; a version that was reassessed already gives its report. */
const open = (work: Work): Promise<Result<Open>> =>
  step<Open>(work, 'contributions.prepare-reassessment', async (tx) => {
    const { law, month, options } = work
    const may = await mayReassess(tx, month)
    if (!may.ok) return may
    await lockMonthRows(tx, month)
    const known = await reassessmentsOf(tx, month)
    const version = known.find(({ state }) => state === 'running')?.version ?? (await ensureTariff(tx, law, month, null))
    const report = known.find((each) => each.version === version && each.state === 'done')
    if (report) return ok({ version, report, parts: [] })
    await beginReassessment(tx, month, version, tx.today(law.pack.timeZone))
    const done = await stepsDone(tx, month)
    const parts = (await partsOf(tx, month, options)).filter((part) => !isDone(done, version, part))
    return ok({ version, report: undefined, parts })
  })

const isDone = (done: readonly Step[], version: number, part: Part): boolean =>
  done.some((each) => each.step === stepName(version, part) && each.chunk === part.chunk)

async function rangesUpTo(tx: Tx, month: Month, version: number): Promise<ClassOfRange[]> {
  const ranges: ClassOfRange[] = []
  for (let each = 1; each <= version; each++) ranges.push(...(await rangesOf(tx, month, each, 'receivable', null)))
  return ranges
}

const writePart = (work: Work, version: number, part: Part): Promise<Result<number>> =>
  step(work, 'contributions.reassess-part', async (tx) => {
    const { month } = work
    const all = await rangesUpTo(tx, month, version)
    const change = lawChange(await rangesOf(tx, month, version, 'receivable', null), all)
    const changed = change.ranges
    const changes = { tariff: tariffOf(changed), change, ranges: all }
    await lockMonthRows(tx, month)
    await joinWholeSets(tx)
    const leaf = await leafToLay(tx, changed, part)
    if (isDone(await stepsDone(tx, month), version, part)) return ok(0)
    const write = () => (leaf ? layChanges(tx, changes, month, leaf) : writeChanges(tx, changes, month, part.persons))
    const { rows, unexplained } = changed.length === 0 ? { rows: 0, unexplained: 0 } : await write()
    const note = (name: string, count: number) => noteStep(tx, month, { step: name, chunk: part.chunk, rows: BigInt(count), amount: 0n })
    await note(stepName(version, part), rows)
    if (unexplained > 0) await note(unexplainedName(version, part), unexplained)
    await tx.emit({
      kind: 'contributions-reassessed',
      room: 'contributions',
      subject: `month:${month}`,
      payload: { month, version, rows, from: part.persons[0].toString(), until: part.persons[1].toString() },
    })
    return ok(rows)
  })

/** A leaf is laid where more than a quarter of it changes; a few rows are sooner added than a table made for them. */
async function leafToLay(tx: Tx, changed: readonly ClassOfRange[], { leaf, persons }: Part): Promise<Leaf | undefined> {
  if (!leaf) return undefined
  const profiles = [...new Set(changed.map(({ profile_id }) => profile_id))]
  const { concerned, all } = await countFacts(tx, profiles, persons)
  return concerned * 4n > all ? leaf : undefined
}

/** Supplementary bills are due with the running month. */
const dueOf = (law: Law, today: Day): Day | null => receivableDue(law, monthOf(today), today)

/** The bills of all differences, their transfers, and the report: all in one transaction. */
const issueDifferences = (work: Work, version: number): Promise<Result<Reassessment>> =>
  step(work, 'contributions.issue-reassessment', async (tx) => {
    const { law, month } = work
    const today = tx.today(law.pack.timeZone)
    await lockMonthRows(tx, month)
    const ended = (await reassessmentsOf(tx, month)).find((each) => each.version === version && each.state === 'done')
    if (ended) return ok(ended)
    await joinWholeSets(tx)
    const steps = await stepsDone(tx, month)
    const rows = steps.filter((each) => each.step.startsWith(`reassess ${version} `))
    const all = await rangesUpTo(tx, month, version)
    const tariff = tariffOf(byClass(all))
    // What the law alone changed can only differ where the law does; rows on other facts than then may differ anywhere.
    const explained = !steps.some((each) => each.step.startsWith(`unexplained ${version} `))
    const change = lawChange(await rangesOf(tx, month, version, 'receivable', null), all)
    const differing = explained ? slotsThatDiffer(change, tariff.wide) : undefined
    await sumReplacements(tx, tariff, month, differing)
    await proveSums(tx, tariff.wide)
    await layReductions(tx, month)
    const bills = await writeDifferenceBills(tx, tariff.wide, month, today, 'supplement', dueOf(law, today))
    await bookByFund(tx, tariff.wide, { month, day: today, fundOf: fundsOf(law), from: 'receivable', reason: 'correction' })
    await bookReductions(tx, month, today)
    await bookSurplus(tx, month, today)
    await noteDeferred(tx, tariff.wide, month, today)
    const sumOf = (sign: bigint): bigint => bills.reduce((sum, { total }) => (total * sign > 0n ? sum + total * sign : sum), 0n)
    const report = {
      memberships: rows.reduce((sum, each) => sum + each.rows, 0n),
      payers: BigInt(bills.length),
      credits: sumOf(-1n),
      supplements: sumOf(1n),
    }
    await endReassessment(tx, month, version, report, today)
    await tellBills(tx, law, month, bills)
    await tx.emit({
      kind: 'month-reassessed',
      room: 'contributions',
      subject: `month:${month}`,
      payload: { month, version, ...asText(report) },
      detail: bills.map(({ bill_id }) => bill_id) satisfies MonthReassessed,
    })
    return ok({ ...report, version, state: 'done' })
  })

const asText = (report: Readonly<Record<string, bigint>>): Record<string, string> =>
  Object.fromEntries(Object.entries(report).map(([name, amount]) => [name, amount.toString()]))

/** Called again after a crash or by a second person, it does what is left and nothing twice. */
export async function reassessMonth(platform: Platform, law: Law, month: Month, options: ReassessOptions): Promise<Result<ReassessReport>> {
  const work = { platform, law, month, options }
  const opened = await open(work)
  if (!opened.ok) return opened
  const { version, parts } = opened.value
  for (const [index, part] of parts.entries()) {
    const written = await writePart(work, version, part)
    if (!written.ok) return written
    options.progress?.('assess', index + 1, parts.length)
  }
  const issued = opened.value.report ? ok(opened.value.report) : await issueDifferences(work, version)
  if (!issued.ok) return issued
  options.progress?.('issue', 1, 1)
  const control = await step(work, 'contributions.check-month', async (tx) => ok(await checkControl(tx, `reassess ${month}`, month)))
  if (!control.ok) return control
  options.progress?.('control', 1, 1)
  const { memberships, payers, credits, supplements } = issued.value
  return ok({ month, version, memberships, payers, credits, supplements, control: control.value })
}
