// The front door of the ledger.
export { type AccountKind, balanceOf, type ChartAccount, chartOf, fundAccount } from './domain/chart.ts'
export type { BookedTransfer, NewTransfer } from './domain/transfer.ts'
export { type Accounts, accounts } from './use-cases/find-accounts.ts'
export { installAccounts } from './use-cases/install-accounts.ts'
export { postSelectedTransfers, postTransfers } from './use-cases/post-transfers.ts'
export { type Balance, balances, type PayerBalance, payerBalances } from './use-cases/read-balances.ts'
export { statement, type Statement } from './use-cases/read-statement.ts'
export { reverseTransfers, type ReversalRequest } from './use-cases/reverse-transfers.ts'
