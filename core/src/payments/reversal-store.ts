// SQL of money that goes back: reversals of payments, and payables that are open again.
import { type Day, type Month, monthFromNumber, monthNumber } from '@payung/values'
import type { Tx } from '../platform/index.ts'
import type { Payable } from './store.ts'

export type ReversalKind = 'recall' | 'wrong-payer' | 'returned'
export type NewReversal = {
  readonly paymentId: bigint
  readonly turn: number
  readonly kind: ReversalKind
  readonly payerId: bigint
  readonly amount: bigint
  readonly requestId: bigint
}

export const addReversal = (tx: Tx, { paymentId, turn, kind, payerId, amount, requestId }: NewReversal, on: Day): Promise<number> =>
  tx.run(
    'insert into payments.reversal (payment_id, turn, kind, payer_id, amount, request_id, reversed_on) values ($1, $2, $3, $4, $5, $6, $7)',
    [paymentId, turn, kind, payerId, amount, requestId, on],
  )

export type SettledPayable = Payable & { readonly settledOn: Day }

/** What a payer's money has paid and owed, in the order in which it was paid. */
export async function settledPayables(tx: Tx, payerId: bigint): Promise<SettledPayable[]> {
  const rows = await tx.query<{
    payer_id: bigint
    kind: string
    id: bigint
    month: number
    order_day: Day
    amount: bigint
    settled_on: Day
  }>(
    `select p.payer_id, p.kind, p.id, p.month, p.order_day, p.amount - p.countered as amount, p.settled_on from payments.payable p
     where p.payer_id = $1 and p.settled_on is not null and p.amount > p.countered order by p.settled_on, p.order_day, p.month, p.id`,
    [payerId],
  )
  return rows.map(({ payer_id, kind, id, month, order_day, amount, settled_on }) => ({
    payerId: payer_id,
    kind,
    id,
    month: monthFromNumber(month),
    orderDay: order_day,
    amount,
    settledOn: settled_on,
  }))
}

export const changeSettledDays = (
  tx: Tx,
  changes: readonly { readonly payable: Payable; readonly settledOn: Day | null }[],
): Promise<number> =>
  tx.run(
    `update payments.payable p set settled_on = n.settled_on
     from unnest($1::bigint[], $2::text[], $3::bigint[], $4::date[]) as n (payer_id, kind, id, settled_on)
     where p.payer_id = n.payer_id and p.kind = n.kind and p.id = n.id`,
    [
      changes.map(({ payable }) => payable.payerId),
      changes.map(({ payable }) => payable.kind),
      changes.map(({ payable }) => payable.id),
      changes.map(({ settledOn }) => settledOn),
    ],
  )

/** What a payer owes because money that was his and is used went back. */
export const addRecallPayable = (tx: Tx, payerId: bigint, paymentId: bigint, month: Month, day: Day, amount: bigint): Promise<number> =>
  tx.run(`insert into payments.payable (payer_id, kind, id, month, order_day, amount) values ($1, 'recall', $2, $3, $4, $5)`, [
    payerId,
    paymentId,
    monthNumber(month),
    day,
    amount,
  ])

export async function paymentDays(tx: Tx, paymentIds: readonly bigint[]): Promise<Map<bigint, Day>> {
  if (paymentIds.length === 0) return new Map()
  const rows = await tx.query<{ payment_id: bigint; day: Day }>(
    'select payment_id, day from payments.payment where payment_id = any ($1::bigint[])',
    [paymentIds],
  )
  return new Map(rows.map(({ payment_id, day }) => [payment_id, day]))
}
