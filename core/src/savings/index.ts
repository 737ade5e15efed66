// The front door of savings.
import type { Law } from '@payung/law'
import type { Room } from '../platform/index.ts'
import { commandsFor } from './commands.ts'
import { dailiesFor, tasksFor } from './jobs.ts'
import { handlersFor } from './routes.ts'
import { bookDifferences, bookPaid, bookReopened } from './use-cases/book-bills.ts'
import { keepApart } from './use-cases/keep-apart.ts'
import { takeOpenings } from './use-cases/take-openings.ts'

export { type Closing, closingOf } from './domain/closing.ts'
export type * from './events.ts'
export { careForSavings } from './jobs.ts'
export { printStatement } from './print-statement.ts'
export { bookEntry, type EntryAsked, type EntryBooked } from './use-cases/add-entry.ts'
export { askEntry } from './use-cases/ask-entry.ts'
export { awaitBalances, endAwaiting } from './use-cases/await-balances.ts'
export { bookBalances } from './use-cases/book-balances.ts'
export { checkSavings, type SavingsControl } from './use-cases/check-savings.ts'
export { closeYear, type YearClosed } from './use-cases/close-year.ts'
export { creditMonth } from './use-cases/credit-month.ts'
export { decideEntry, type EntryDecision } from './use-cases/decide-entry.ts'
export { declareRates, type RatesAsked, takePublishedRates } from './use-cases/declare-rates.ts'
export { type Account, readAccount, readStatedYears, type StatedYear } from './use-cases/read-account.ts'
export { settleDifferences } from './use-cases/settle-differences.ts'
export { takeOpenings } from './use-cases/take-openings.ts'

/** The room for a scheme. Where the pack has no savings it listens to nothing, and each question about savings is refused. */
export const roomWith = (law: Law): Room => ({
  name: 'savings',
  commands: commandsFor(law),
  handlers: handlersFor(law),
  tasks: tasksFor(law),
  dailies: dailiesFor(law),
  subscribe: (subscribers) => {
    const paid = bookPaid(law)
    subscribers.on('persons-unmerged', keepApart(law))
    for (const kind of ['bills-paid', 'offers-settled']) subscribers.on(kind, paid)
    subscribers.on('bills-reopened', bookReopened(law))
    subscribers.on('bills-issued', bookDifferences(law))
    subscribers.on('folder-taken-over', async (tx) => void (await takeOpenings(tx, law)))
  },
})
