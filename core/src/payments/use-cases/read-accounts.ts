// What payers have with us, what they owe, and what is missing for the next thing that would be paid.
import type { Month } from '@payung/values'
import { payerBalances } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'
import { moneyAccount, type Payer, paymentCode } from '../../registry/index.ts'
import { settleOldestFirst } from '../domain/settle-oldest-first.ts'
import type { Billing, Offer } from '../events.ts'
import { openPayables } from '../store.ts'

export type PayerAccount = {
  readonly payerId: bigint
  readonly code: string
  readonly credit: bigint
  /** The sum of open payables; an offer is not owed. */
  readonly outstanding: bigint
  /** For the oldest open payable, or else for the next offer. */
  readonly missing: bigint
  /** The month of that payable or offer. */
  readonly oldest: Month | null
}

/** `offersFor` says whose next offer is looked up: it costs a computation by the law of its month. */
export async function readAccounts(
  tx: Tx,
  billing: Billing,
  payers: readonly Payer[],
  offersFor: (credit: bigint) => boolean,
): Promise<Map<bigint, PayerAccount>> {
  if (payers.length === 0) return new Map()
  const payerIds = payers.map(({ payerId }) => payerId)
  const balances = await payerBalances(tx, payerIds)
  const payables = await openPayables(tx, payerIds)
  const creditOf = (payer: Payer): bigint => balances.get(payer.payerId)?.[moneyAccount(payer)] ?? 0n
  const asking = payers
    .filter((payer) => payer.settlement === 'offer' && payables.get(payer.payerId)?.length === 0 && offersFor(creditOf(payer)))
    .map(({ payerId }) => payerId)
  const offers = new Map<bigint, Offer>(
    asking.length === 0 ? [] : (await billing.nextOffers(tx, asking)).map((offer) => [offer.payerId, offer]),
  )
  return new Map(
    payers.map((payer) => {
      const open = payables.get(payer.payerId) ?? []
      const offer = offers.get(payer.payerId)
      const next = open.length > 0 ? open : offer ? [offer] : []
      const credit = creditOf(payer)
      const account: PayerAccount = {
        payerId: payer.payerId,
        code: paymentCode(payer.payerId),
        credit,
        outstanding: open.reduce((sum, { amount }) => sum + amount, 0n),
        missing: settleOldestFirst(credit, next).missing,
        oldest: next[0]?.month ?? null,
      }
      return [payer.payerId, account] as const
    }),
  )
}
