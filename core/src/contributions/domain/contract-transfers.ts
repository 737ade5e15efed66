// The transfers of a premium contract: out of what is owed or held, into the fund of each programme.
import type { Day, Month } from '@payung/values'
import type { NewTransfer } from '../../ledger/index.ts'

/** Programme (or undivided group) to its shares, as stored with the contract. */
export type ContractAmounts = Readonly<Record<string, { readonly employer: string; readonly worker: string }>>

export function contractTransfers(
  contract: { readonly payerId: bigint; readonly contractId: bigint; readonly month: Month; readonly amounts: ContractAmounts },
  debit: 'receivable' | 'credit' | 'trust',
  day: Day,
  fundOf: (programme: string) => string,
): NewTransfer[] {
  return Object.entries(contract.amounts)
    .map(
      ([programme, { employer, worker }]): NewTransfer => ({
        payerId: contract.payerId,
        debit,
        credit: fundOf(programme),
        amount: BigInt(employer) + BigInt(worker),
        day,
        month: contract.month,
        reason: 'premium',
        sourceId: contract.contractId,
      }),
    )
    .filter(({ amount }) => amount > 0n)
}
