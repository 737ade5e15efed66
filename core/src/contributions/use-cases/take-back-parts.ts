// Takes back parts of premium contracts that an offer paid, when the money that paid them goes back: they are owed from now on, as those of a project are
// (Permenaker 4/2023 art 18). The payer has their money again, the funds wait for it, and cover and certificate end until they are paid again.
import type { Law } from '@payung/law'
import type { Day } from '@payung/values'
import { postTransfers, reverseTransfers, transfersFrom } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { contractTransfers } from '../domain/contract-transfers.ts'
import type { PaidPart } from '../store/contract-parts.ts'
import { fundsOf } from './issue-bills.ts'
import { reopenBills } from './reopen-bills.ts'

/** All of one payer at once, so that a certificate that rested on several is revoked once. Whoever registers payables does it in the same transaction. */
export async function takeBackParts(tx: Tx, law: Law, payerId: bigint, parts: readonly PaidPart[], today: Day): Promise<void> {
  const bills = parts.map(({ billId }) => billId)
  const booked = await transfersFrom(tx, payerId, bills, ['premium'])
  const back = await reverseTransfers(tx, { transfers: booked, day: today, reason: 'premium' })
  if (!back.ok) throw new Error(back.refusal.rule)
  const owed = await postTransfers(
    tx,
    parts.flatMap((part) => contractTransfers(part, { debit: 'receivable', money: 'credit' }, today, fundsOf(law))),
  )
  if (!owed.ok) throw new Error(owed.refusal.rule)
  await reopenBills(
    tx,
    bills.map((billId) => ({ payerId, billId, paidOn: null })),
    today,
  )
}
