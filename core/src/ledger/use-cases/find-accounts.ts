// The accounts of the database, by code. Read once for each transaction.
import type { Tx } from '../../platform/index.ts'
import { type AccountRow, readAccounts } from '../store.ts'

export type Accounts = {
  readonly all: readonly AccountRow[]
  has(code: string): boolean
  /** The number that transfers store. Throws for a code that the chart does not have. */
  number(code: string): number
}

const known = new WeakMap<Tx, Promise<Accounts>>()

async function read(tx: Tx): Promise<Accounts> {
  const all = await readAccounts(tx)
  const byCode = new Map(all.map(({ code, account }) => [code, account]))
  return {
    all,
    has: (code) => byCode.has(code),
    number: (code) => {
      const account = byCode.get(code)
      if (account === undefined) throw new Error(`the chart of accounts has no "${code}"`)
      return account
    },
  }
}

export function accounts(tx: Tx): Promise<Accounts> {
  const found = known.get(tx) ?? read(tx)
  known.set(tx, found)
  return found
}
