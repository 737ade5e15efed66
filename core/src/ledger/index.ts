// The front door of the ledger.
import type { Pack } from '@payung/law'
import type { Room } from '../platform/index.ts'
import { commands } from './commands.ts'
import { handlersOf } from './routes.ts'

export { type AccountKind, balanceOf, type ChartAccount, chartOf, fundAccount } from './domain/chart.ts'
export type { BookedTransfer, NewTransfer } from './domain/transfer.ts'
export { billedAmount, waitsSince } from './store.ts'
export { type Accounts, accounts } from './use-cases/find-accounts.ts'
export { type Moved, moneyMoved, transfersFrom } from './use-cases/find-transfers.ts'
export { installAccounts } from './use-cases/install-accounts.ts'
export { postSelectedTransfers, postTransfers } from './use-cases/post-transfers.ts'
export { type Balance, balances, type PayerBalance, payerBalances, payersWithMoney } from './use-cases/read-balances.ts'
export { type Statement, statement } from './use-cases/read-statement.ts'
export { type ReversalRequest, reverseTransfers } from './use-cases/reverse-transfers.ts'

export const roomWith = (pack: Pack): Room => ({ name: 'ledger', commands, handlers: handlersOf(pack) })
