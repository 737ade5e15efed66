// Balances: of every account on a day, and of the accounts kept per payer for a set of payers.
import type { Words } from '@payung/law'
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { type AccountKind, balanceOf } from '../domain/chart.ts'
import { findMoney, sumAccounts, sumPayers } from '../store.ts'

export type Balance = {
  readonly account: string
  readonly kind: AccountKind
  readonly labels: Words
  readonly debit: bigint
  readonly credit: bigint
  readonly balance: bigint
}

/** Every account with its sums up to the end of a day; null: all that is booked. */
export async function balances(tx: Tx, on: Day | null = null): Promise<Balance[]> {
  const rows = await sumAccounts(tx, on)
  return rows.map(({ code, kind, labels, debit, credit }) => ({
    account: code,
    kind,
    labels,
    debit,
    credit,
    balance: balanceOf(kind, debit, credit),
  }))
}

type Account = 'receivable' | 'credit' | 'trust'

/** What a payer owes and what it has with us on either account, and the day on which each last grew. */
export type PayerBalance = { readonly [account in Account]: bigint } & { readonly grewOn: { readonly [account in Account]: Day | null } }

const nothing: PayerBalance = { receivable: 0n, credit: 0n, trust: 0n, grewOn: { receivable: null, credit: null, trust: null } }

/** The balances of each payer asked for, in one statement; a payer without transfers has nothing everywhere. */
export async function payerBalances(tx: Tx, payerIds: readonly bigint[]): Promise<Map<bigint, PayerBalance>> {
  const found = new Map<bigint, PayerBalance>(payerIds.map((payerId) => [payerId, nothing]))
  for (const { payer_id, code, balance, grew_on } of await sumPayers(tx, payerIds)) {
    const known = found.get(payer_id) ?? nothing
    found.set(payer_id, { ...known, [code]: balance, grewOn: { ...known.grewOn, [code]: grew_on } })
  }
  return found
}

/** Of some payers those that have money with us, in one statement: at issue that is few of very many. */
export const payersWithMoney = (tx: Tx, payerIds: readonly bigint[]): Promise<bigint[]> => findMoney(tx, payerIds)
