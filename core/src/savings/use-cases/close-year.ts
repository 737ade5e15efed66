// Closes a year: the statements of all accounts by one set statement, with unrounded balances (PP 46/2015 art 22: once a year).
import { type Law, yearOf } from '@payung/law'
import { type Day, exactFromDecimal, firstDay, type Month, minus, ok, plus, type Result, refuse, sumOf } from '@payung/values'
import { selectShares } from '../../contributions/index.ts'
import { type Actor, inTransaction, type Platform, type Tx } from '../../platform/index.ts'
import { type Closing, closingOf } from '../domain/closing.ts'
import { monthsOf, yearEnd, yearMonth } from '../domain/days.ts'
import { programmeOf } from '../domain/programme.ts'
import { bookedWithin, bookingsWithin, byPaidDay } from '../store/bookings.ts'
import { awaitedSince } from '../store/handed-over.ts'
import {
  addClosedYear,
  beginClosing,
  type ClosedYear,
  closedYears,
  lockClosing,
  lockSavings,
  type RateKind,
  readRates,
} from '../store/rates.ts'
import {
  balancesSql,
  contributedSql,
  entriesOfYear,
  forgetContributed,
  gatherContributed,
  shareByDay,
  statementsOf,
  writeStatements,
  type YearShares,
} from '../store/statements.ts'
import { firstBooked, isChecked } from '../store/totals.ts'
import { checkSavings, type SavingsControl } from './check-savings.ts'
import { moveReturns } from './credit-month.ts'
import { balanceOf } from './read-account.ts'

export type YearClosed = {
  readonly programme: string
  readonly year: number
  readonly accounts: bigint
  readonly already: boolean
  readonly provisional: number
  readonly control: SavingsControl | null
}

/** Where the contributions of a year stand. Bills that are booked otherwise than on their paid day are read with their bookings. */
async function sharesOfYear(tx: Tx, programme: string, year: number, closing: Closing): Promise<YearShares> {
  const [first, last] = [yearMonth(year, 1), yearMonth(year, 12)]
  return {
    paid: await selectShares(tx, programme, {
      from: firstDay(first),
      to: yearEnd(year),
      and: byPaidDay,
      weigh: (day) => shareByDay(day, year, closing),
    }),
    booked: (await bookingsWithin(tx, first, last)) > 0n ? await selectShares(tx, programme, { among: bookedWithin(first, last) }) : [],
  }
}

/**
 * Sums what each account was paid in a year where the statement that writes balances can join it. Money of the year that goes back meanwhile is
 * booked where it was (`book-bills`): what was asked before that is asked again.
 */
export async function gatherYear(tx: Tx, name: string, programme: string, year: number, closing: Closing): Promise<string | null> {
  const booked = () => bookingsWithin(tx, yearMonth(year, 1), yearMonth(year, 12))
  for (;;) {
    const before = await booked()
    const shares = await sharesOfYear(tx, programme, year, closing)
    const contributed = await gatherContributed(tx, name, contributedSql(shares, year, closing))
    if ((await booked()) === before) return contributed
    await forgetContributed(tx, name)
  }
}

const no = (code: string, rule: string, data: Record<string, string>, next: string): Result<never> => refuse({ code, rule, data, next })

function mayClose(programme: string, year: number, today: Day, closed: readonly ClosedYear[], first: Month | undefined): Result<null> {
  if (!Number.isInteger(year) || year < 1900 || year > 2700)
    return no('wrong-year', 'A year has four digits.', { year: String(year) }, 'Write for instance 2025.')
  if (yearEnd(year) >= today)
    return no('year-not-over', 'A year is closed after its last day.', { year: String(year), today }, `Close it after ${yearEnd(year)}.`)
  const due = closed.at(-1)?.year ?? (first === undefined ? undefined : yearOf(first) - 1)
  if (due === undefined)
    return no('nothing-saved', 'Nothing has been booked in this programme yet.', { programme }, 'Close the year when somebody has saved.')
  if (due + 1 !== year)
    return no(
      'year-out-of-turn',
      'Years are closed one after the other, from the first in which anybody saved.',
      { year: String(year), next: String(due + 1) },
      `Close ${due + 1} first.`,
    )
  return ok(null)
}

type Used = { readonly rates: readonly (bigint | null)[]; readonly kinds: readonly (RateKind | null)[] }

/** The rates that the year is closed with; before anybody saved, a month needs none. */
async function ratesFor(tx: Tx, programme: string, year: number, first: Month | undefined): Promise<Result<Used>> {
  const months = monthsOf(year)
  const rates = await readRates(tx, programme, months[0] as Month, months[11] as Month)
  const needed = months.filter((month) => first !== undefined && month >= first)
  const missing = needed.filter((month) => !rates.has(month))
  if (missing.length > 0)
    return no(
      'rate-missing',
      'A year is closed when each month of it has a rate, a provisional one at least. No source gives these.',
      { programme, months: missing.join(', ') },
      'Declare them: payung savings rate declare.',
    )
  const used = months.map((month) => (needed.includes(month) ? rates.get(month) : undefined))
  return ok({ rates: used.map((rate) => rate?.rate ?? null), kinds: used.map((rate) => rate?.kind ?? null) })
}

/** Whether the close of a year may begin: asked before a job is made of it, and by the job. `already` where it is closed. */
export async function mayCloseYear(tx: Tx, law: Law, programme: string, year: number): Promise<Result<{ readonly already: boolean }>> {
  const closed = await closedYears(tx, programme)
  if (closed.some((each) => each.year === year)) return ok({ already: true })
  const first = await firstBooked(tx, programme)
  const may = mayClose(programme, year, tx.today(law.pack.timeZone), closed, first)
  if (!may.ok) return may
  const since = await awaitedSince(tx)
  if (since !== null)
    return no(
      'takeover-unfinished',
      'No year is closed while records of the system before are being written: their balances may belong to it.',
      { year: String(year), since },
      'Run: payung import --continue',
    )
  const used = await ratesFor(tx, programme, year, first)
  return used.ok ? ok({ already: false }) : used
}

/** Begins a close that is allowed, in a moment: the word that nothing is added to the year any more. */
async function begin(tx: Tx, law: Law, programme: string, year: number): Promise<Result<null>> {
  await lockClosing(tx)
  const may = await mayCloseYear(tx, law, programme, year)
  if (!may.ok) return may
  if (!may.value.already) await beginClosing(tx, programme, year, tx.today(law.pack.timeZone))
  return ok(null)
}

const closedAlready = ({ programme, year, accounts, kinds }: ClosedYear): Omit<YearClosed, 'control'> => ({
  programme,
  year,
  accounts,
  already: true,
  provisional: kinds.filter((kind) => kind === 'provisional').length,
})

/** Where the close keeps what each account was paid in the year. */
const gathered = 'year_contributed'

/** One transaction: statements, what the year was closed with, the return still missing in the ledger, the event. */
async function close(
  tx: Tx,
  law: Law,
  programme: string,
  year: number,
  progress: CloseOptions['progress'],
): Promise<Result<Omit<YearClosed, 'control'>>> {
  await lockSavings(tx)
  const closed = await closedYears(tx, programme)
  const known = closed.find((each) => each.year === year)
  if (known) return ok(closedAlready(known))
  const used = await ratesFor(tx, programme, year, await firstBooked(tx, programme))
  if (!used.ok) return used
  const before = closed.at(-1)
  const { found, thirds } = await entriesOfYear(tx, programme, year, null)
  const closing = closingOf(before?.thirds ?? 0, used.value.rates, thirds)
  const contributed = await gatherYear(tx, gathered, programme, year, closing)
  progress?.('gather')
  const balances = balancesSql({
    programme,
    year,
    closing,
    contributed,
    before: before ? statementsOf(programme, before.year) : null,
    without: null,
    entries: found,
  })
  const written = await writeStatements(tx, programme, year, balances)
  await forgetContributed(tx, gathered)
  progress?.('statements')
  const done: ClosedYear = {
    programme,
    year,
    thirds: closing.thirds,
    ...used.value,
    ...written,
    accounts: BigInt(written.accounts),
    closed_on: tx.today(law.pack.timeZone),
  }
  await addClosedYear(tx, done)
  const put = sumOf([...closed, done].map((each) => plus(exactFromDecimal(each.contributed), exactFromDecimal(each.entered))))
  await moveReturns(tx, law, programme, yearMonth(year, 12), 'year', minus(balanceOf(done.parts, done), put))
  const told = { ...closedAlready(done), already: false }
  const { accounts, provisional } = told
  await tx.emit({
    kind: 'savings-year-closed',
    room: 'savings',
    subject: `year:${year}`,
    payload: { programme, year, accounts, provisional },
  })
  return ok(told)
}

export type CloseOptions = { readonly actor: Actor; readonly programme?: string; readonly progress?: (step: string) => void }

/** Closes a year that has ended; done again it changes nothing, and cut short it goes on. Readers and payments do not wait for it. */
export async function closeYear(
  platform: Platform,
  law: Law,
  year: number,
  { actor, programme: asked, progress }: CloseOptions,
): Promise<Result<YearClosed>> {
  const programme = programmeOf(law.pack, asked)
  if (!programme.ok) return programme
  const { code } = programme.value
  const step = <Value>(name: string, work: (tx: Tx) => Promise<Result<Value>>): Promise<Result<Value>> =>
    inTransaction(platform, { role: 'run', actor }, { name, input: { year, code } }, (tx) => work(tx))
  const begun = await step('savings.begin-close', (tx) => begin(tx, law, code, year))
  if (!begun.ok) return begun
  progress?.('begin')
  const done = await step('savings.close-year', (tx) => close(tx, law, code, year, progress))
  if (!done.ok) return done
  progress?.('book')
  // A close that was cut short right after its statements has no control yet.
  const control = await step('savings.check-year', async (tx) =>
    ok(done.value.already && (await isChecked(tx, code, year)) ? null : await checkSavings(tx, law, code, year, `close ${year}`)),
  )
  progress?.('control')
  return control.ok ? ok({ ...done.value, control: control.value }) : control
}
