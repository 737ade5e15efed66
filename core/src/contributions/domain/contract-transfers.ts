// The transfers of a part of a premium: out of what is owed or held, into the fund of each programme; or back, where the part is below nothing.
import type { Day, Month } from '@payung/values'
import type { NewTransfer } from '../../ledger/index.ts'

/** Programme (or undivided group) to its shares, as stored with the contract. */
export type ContractAmounts = Readonly<Record<string, { readonly employer: string; readonly worker: string }>>

/** `money` is the account in which the payer's own money stands: what is given back goes there, whatever the part was owed from. */
export function contractTransfers(
  part: { readonly payerId: bigint; readonly billId: bigint; readonly month: Month; readonly amounts: ContractAmounts },
  { debit, money }: { readonly debit: 'receivable' | 'credit' | 'trust'; readonly money: 'credit' | 'trust' },
  day: Day,
  fundOf: (programme: string) => string,
): NewTransfer[] {
  return Object.entries(part.amounts).flatMap(([programme, { employer, worker }]): NewTransfer[] => {
    const amount = BigInt(employer) + BigInt(worker)
    const { payerId, month, billId: sourceId } = part
    const both = { payerId, day, month, sourceId }
    if (amount > 0n) return [{ ...both, debit, credit: fundOf(programme), amount, reason: 'premium' }]
    return amount < 0n ? [{ ...both, debit: fundOf(programme), credit: money, amount: -amount, reason: 'correction' }] : []
  })
}
