// A rate that was declared (or corrected) after its year was closed: what each account would hold with it, less what it holds, becomes
// one entry, booked in the first month after the last closed year and earning from there as if it had always been there. The closed
// years from the first one concerned are gone through again beside the statements, which stay as they are.
import type { Law } from '@payung/law'
import { type Month, ok, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { closingOf } from '../domain/closing.ts'
import { monthsOf } from '../domain/days.ts'
import { programmeOf } from '../domain/programme.ts'
import { addRestatement, type ClosedYear, closedYears, lockSavings, readRates, readRestatements } from '../store/rates.ts'
import { addDifferences, balancesSql, entriesOfYear, forgetContributed, layOutBalances, statementsOf } from '../store/statements.ts'
import { gatherYear } from './close-year.ts'

export type Settled = { readonly programme: string; readonly years: readonly number[]; readonly accounts: number }
type Rates = readonly (bigint | null)[]

const same = (a: Rates, b: Rates): boolean => a.every((rate, place) => rate === b[place])

/** The rates that a closed year would be closed with now. Months that needed none then need none now. */
async function ratesNow(tx: Tx, programme: string, { year, rates }: ClosedYear): Promise<Rates> {
  const months = monthsOf(year)
  const known = await readRates(tx, programme, months[0] as Month, months[11] as Month)
  return months.map((month, place) => (rates[place] === null ? null : (known.get(month)?.rate ?? null)))
}

/** Gives how many accounts got an entry; none when no closed year has other rates than it was settled with. */
export async function settleDifferences(tx: Tx, law: Law, asked?: string): Promise<Result<Settled>> {
  const programme = programmeOf(law.pack, asked)
  if (!programme.ok) return programme
  const { code } = programme.value
  await lockSavings(tx)
  const closed = await closedYears(tx, code)
  const settled = await readRestatements(tx, code)
  const now = new Map<number, Rates>()
  for (const year of closed) now.set(year.year, await ratesNow(tx, code, year))
  const changed = closed.filter(({ year, rates }) => !same(now.get(year) ?? rates, settled.get(year)?.rates ?? rates))
  const last = closed.at(-1)
  if (changed.length === 0 || !last) return ok({ programme: code, years: [], accounts: 0 })
  // Earlier differences are made again from their year on, so that one entry never stands on another.
  const first = Math.min(...changed.map(({ year }) => year), ...settled.keys())
  let before = closed.find(({ year }) => year === first - 1)
  let table = before ? statementsOf(code, before.year) : null
  let thirds = before?.thirds ?? 0
  for (const year of closed.filter((each) => each.year >= first)) {
    const entries = await entriesOfYear(tx, code, year.year, first)
    const closing = closingOf(thirds, now.get(year.year) ?? year.rates, entries.thirds)
    const contributed = await gatherYear(tx, 'restated_contributed', code, year.year, closing)
    const balances = balancesSql({
      programme: code,
      year: year.year,
      closing,
      contributed,
      before: table,
      without: first,
      entries: entries.found,
    })
    await layOutBalances(tx, `restated_${year.year}`, balances)
    await forgetContributed(tx, 'restated_contributed')
    table = `select person_id, parts from restated_${year.year}`
    thirds = closing.thirds
    before = year
  }
  const turn = Math.max(0, ...[...settled.values()].map((each) => each.turn)) + 1
  const accounts = await addDifferences(tx, {
    programme: code,
    ofYear: first,
    lastYear: last.year,
    restated: { table: `restated_${last.year}`, thirds },
    stated: { thirds: last.thirds },
    reference: `${first}/${turn}`,
    day: tx.today(law.pack.timeZone),
  })
  for (const { year } of changed)
    await addRestatement(tx, code, { year, turn, rates: now.get(year) ?? [], on: tx.today(law.pack.timeZone) })
  await tx.emit({
    kind: 'savings-differences-settled',
    room: 'savings',
    subject: `programme:${code}`,
    payload: { programme: code, years: changed.map(({ year }) => year), accounts },
  })
  return ok({ programme: code, years: changed.map(({ year }) => year), accounts })
}
