// Balances: of every account on a day, and of the accounts kept per payer for a set of payers.
import type { Words } from '@payung/law'
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { type AccountKind, balanceOf } from '../domain/chart.ts'
import { sumAccounts, sumPayers } from '../store.ts'

export type Balance = { readonly account: string; readonly kind: AccountKind; readonly labels: Words; readonly debit: bigint; readonly credit: bigint; readonly balance: bigint }

/** Every account with its sums up to the end of a day; null: all that is booked. */
export async function balances(tx: Tx, on: Day | null = null): Promise<Balance[]> {
  const rows = await sumAccounts(tx, on)
  return rows.map(({ code, kind, labels, debit, credit }) => ({ account: code, kind, labels, debit, credit, balance: balanceOf(kind, debit, credit) }))
}

/** What a payer owes, and what it has with us on either account. */
export type PayerBalance = { readonly receivable: bigint; readonly credit: bigint; readonly trust: bigint }

/** The balances of each payer asked for, in one statement; a payer without transfers has nothing everywhere. */
export async function payerBalances(tx: Tx, payerIds: readonly bigint[]): Promise<Map<bigint, PayerBalance>> {
  const found = new Map<bigint, PayerBalance>(payerIds.map((payerId) => [payerId, { receivable: 0n, credit: 0n, trust: 0n }]))
  for (const { payer_id, code, balance } of await sumPayers(tx, payerIds)) found.set(payer_id, { receivable: 0n, credit: 0n, trust: 0n, ...found.get(payer_id), [code]: balance })
  return found
}
