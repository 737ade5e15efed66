// SQL of payout orders: money on its way out, until the bank has paid it.
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'

export type PayoutOrder = {
  readonly orderId: bigint
  readonly payerId: bigint
  readonly requestId: bigint
  readonly amount: bigint
  readonly bank: string
  readonly account: string
  readonly holder: string
  readonly state: 'ordered' | 'paid'
  readonly orderedOn: Day
  readonly paidOn: Day | null
  readonly reference: string | null
}
const columns = `order_id as "orderId", payer_id as "payerId", request_id as "requestId", amount, bank, account, holder, state, ordered_on as "orderedOn", paid_on as "paidOn", reference`

export async function addOrder(
  tx: Tx,
  order: Pick<PayoutOrder, 'payerId' | 'requestId' | 'amount' | 'bank' | 'account' | 'holder'>,
  on: Day,
): Promise<PayoutOrder> {
  const [row] = await tx.query<PayoutOrder>(
    `insert into payments.payout_order (payer_id, request_id, amount, bank, account, holder, ordered_on) values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
    [order.payerId, order.requestId, order.amount, order.bank, order.account, order.holder, on],
  )
  if (!row) throw new Error('a payout order was not written')
  return row
}

export const holdOrder = async (tx: Tx, orderId: bigint): Promise<PayoutOrder | undefined> =>
  (await tx.query<PayoutOrder>(`select ${columns} from payments.payout_order where order_id = $1 for update`, [orderId]))[0]

export const payOrder = (tx: Tx, orderId: bigint, on: Day, reference: string): Promise<number> =>
  tx.run(`update payments.payout_order set state = 'paid', paid_on = $2, reference = $3 where order_id = $1 and state = 'ordered'`, [
    orderId,
    on,
    reference,
  ])

/** Oldest first, after an order. */
export const pageOfOrders = (tx: Tx, state: string | null, after: bigint, limit: number): Promise<PayoutOrder[]> =>
  tx.query<PayoutOrder>(
    `select ${columns} from payments.payout_order where ($1::text is null or state = $1) and order_id > $2 order by order_id limit $3`,
    [state, after, limit],
  )
