// Work that follows by itself: each month, when it has ended, its published rates are taken and its return is credited; in January the
// year before is closed, as soon as its months have rates; and rates that came late are settled.
import type { Law } from '@payung/law'
import { addMonths, type Day, isRefusal, monthOf, ok, type Result } from '@payung/values'
import { type Daily, inTransaction, type Platform, systemActor, type Task, Trouble, type Tx } from '../platform/index.ts'
import { savingsProgrammes } from './domain/programme.ts'
import { closeYear } from './use-cases/close-year.ts'
import { creditMonth } from './use-cases/credit-month.ts'
import { takePublishedRates } from './use-cases/declare-rates.ts'
import { settleDifferences } from './use-cases/settle-differences.ts'

/** What keeps a year open and will pass by itself, or is nobody's fault. */
const waits = ['rate-missing', 'nothing-saved', 'year-out-of-turn', 'takeover-unfinished']

const must = <Value>(result: Result<Value>): void => {
  if (!result.ok && isRefusal(result.refusal) && !waits.includes(result.refusal.code))
    throw new Trouble(result.refusal.rule, result.refusal.next)
}

/** All that is due on the first day of a month. */
export async function careForSavings(platform: Platform, law: Law, today: Day): Promise<void> {
  const caller = { role: 'run', actor: systemActor } as const
  const act = <Value>(name: string, work: (tx: Tx) => Promise<Result<Value>>): Promise<Result<Value>> =>
    inTransaction(platform, caller, { name, input: today }, (tx) => work(tx))
  must(await act('savings.take-rates', async (tx) => ok(await takePublishedRates(tx, law))))
  for (const { code } of savingsProgrammes(law.pack)) {
    must(await act('savings.credit-month', (tx) => creditMonth(tx, law, addMonths(monthOf(today), -1), code)))
    must(await closeYear(platform, law, Number(today.slice(0, 4)) - 1, { actor: systemActor, programme: code }))
    must(await act('savings.settle-differences', (tx) => settleDifferences(tx, law, code)))
  }
}

export const dailiesFor = (law: Law): readonly Daily[] =>
  savingsProgrammes(law.pack).length === 0
    ? []
    : [{ name: 'care-for-savings', due: (today) => today.endsWith('-01'), run: (platform, today) => careForSavings(platform, law, today) }]

export const tasksFor = (law: Law): readonly Task[] => [
  {
    name: 'close-savings-year',
    run: async (platform, payload) => {
      const closed = await closeYear(platform, law, Number(payload.year), { actor: systemActor })
      if (!closed.ok) throw new Trouble(closed.refusal.rule, closed.refusal.next)
    },
  },
]
