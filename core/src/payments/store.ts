// All SQL of payments.
import { type Day, type Month, monthFromNumber } from '@payung/values'
import type { CounteredBill } from '../contributions/index.ts'
import { joinAsSet, repeatedFor, type Tx } from '../platform/index.ts'
import type { CheckedPayment } from './domain/payment.ts'

export type PaymentRow = CheckedPayment & { readonly paymentId: bigint; readonly payerId: bigint | null }
type Row = {
  channel: string
  day: Day
  external_id: string
  payment_id: bigint
  amount: bigint
  code: string
  payer_id: bigint | null
  sender: Uint8Array | null
  sender_key: Uint8Array | null
}

const paymentOf = (row: Row): PaymentRow => ({
  channel: row.channel,
  day: row.day,
  externalId: row.external_id,
  paymentId: row.payment_id,
  amount: row.amount,
  code: row.code,
  payerId: row.payer_id,
  sender: row.sender && row.sender_key ? { sealed: row.sender, key: row.sender_key } : null,
})
const columns = 'channel, day, external_id, payment_id, amount, code, payer_id, sender, sender_key'

/** Adds payments whose key is new, and gives those. The keys' order is one for everybody, so that two groups with the same keys never wait for each other. */
export async function addPayments(
  tx: Tx,
  payments: readonly (CheckedPayment & { readonly payerId: bigint | null })[],
): Promise<PaymentRow[]> {
  const rows = await tx.query<Row>(
    `insert into payments.payment (channel, day, external_id, amount, code, payer_id, sender, sender_key, received_at)
     select told.*, $9::timestamptz from unnest($1::text[], $2::date[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::bytea[], $8::bytea[]) as told (channel, day, external_id, amount, code, payer_id, sender, sender_key)
     order by channel, day, external_id
     on conflict (channel, day, external_id) do nothing returning ${columns}`,
    [
      payments.map(({ channel }) => channel),
      payments.map(({ day }) => day),
      payments.map(({ externalId }) => externalId),
      payments.map(({ amount }) => amount),
      payments.map(({ code }) => code),
      payments.map(({ payerId }) => payerId),
      payments.map(({ sender }) => sender?.sealed ?? null),
      payments.map(({ sender }) => sender?.key ?? null),
      tx.now,
    ],
    repeatedFor(payments.length),
  )
  return rows.map(paymentOf)
}

export async function findPayments(tx: Tx, keys: readonly Pick<CheckedPayment, 'channel' | 'day' | 'externalId'>[]): Promise<PaymentRow[]> {
  const rows = await tx.query<Row>(
    `select ${columns} from payments.payment join unnest($1::text[], $2::date[], $3::text[]) as wanted (channel, day, external_id) using (channel, day, external_id)`,
    [keys.map(({ channel }) => channel), keys.map(({ day }) => day), keys.map(({ externalId }) => externalId)],
  )
  return rows.map(paymentOf)
}

/** Who holds a payment now (null: nobody, it waits in the queue or was recalled), and in which turn. */
export type Holder = { readonly paymentId: bigint; readonly turn: number; readonly heldBy: bigint | null; readonly recalled: boolean }

export async function findHolders(tx: Tx, paymentIds: readonly bigint[]): Promise<Map<bigint, Holder>> {
  if (paymentIds.length === 0) return new Map()
  const rows = await tx.query<{ payment_id: bigint; turn: number; held_by: bigint | null; recalled: boolean }>(
    'select payment_id, turn, held_by, recalled from payments.holder where payment_id = any($1::bigint[])',
    [paymentIds],
  )
  return new Map(
    rows.map(({ payment_id, turn, held_by, recalled }) => [payment_id, { paymentId: payment_id, turn, heldBy: held_by, recalled }]),
  )
}

export async function findPayment(tx: Tx, paymentId: bigint): Promise<PaymentRow | undefined> {
  const [row] = await tx.query<Row>(`select ${columns} from payments.payment where payment_id = $1`, [paymentId])
  return row && paymentOf(row)
}

/** Money that names nobody and was given to nobody, oldest first, after a payment. */
export async function pageOfQueue(tx: Tx, after: bigint, limit: number): Promise<PaymentRow[]> {
  const rows = await tx.query<Row>(
    `select ${columns} from payments.payment p join payments.holder h using (payment_id)
     where payment_id > $1 and h.held_by is null and not h.recalled and (p.payer_id is null or exists (select from payments.reversal r where r.payment_id = p.payment_id))
     order by payment_id limit $2`,
    [after, limit],
  )
  return rows.map(paymentOf)
}

/** True when the payment was still in the queue and is this payer's now. */
export const addAllocation = async (tx: Tx, paymentId: bigint, turn: number, payerId: bigint, on: Day, reason: string): Promise<boolean> =>
  (await tx.run(
    'insert into payments.allocation (payment_id, turn, payer_id, allocated_on, reason) values ($1, $2, $3, $4, $5) on conflict (payment_id, turn) do nothing',
    [paymentId, turn, payerId, on, reason],
  )) === 1

export type Payable = {
  readonly payerId: bigint
  readonly kind: string
  readonly id: bigint
  readonly month: Month
  readonly orderDay: Day
  readonly amount: bigint
}
type PayableRow = { payer_id: bigint; kind: string; id: bigint; month: number; order_day: Day; amount: bigint }

/** Open payables of payers, oldest first. Of a bill that was split, the bill of those who were named comes before the rest. */
export async function openPayables(tx: Tx, payerIds: readonly bigint[]): Promise<Map<bigint, Payable[]>> {
  const rows = await tx.query<PayableRow>(
    `select p.payer_id, p.kind, p.id, p.month, p.order_day, p.amount - p.countered as amount from payments.payable p where p.payer_id = any($1::bigint[]) and p.settled_on is null
     order by p.payer_id, p.order_day, p.month, p.countered > 0, p.id`,
    [payerIds],
    repeatedFor(payerIds.length),
  )
  const found = new Map<bigint, Payable[]>(payerIds.map((payerId) => [payerId, []]))
  for (const { payer_id, kind, id, month, order_day, amount } of rows)
    found.get(payer_id)?.push({ payerId: payer_id, kind, id, month: monthFromNumber(month), orderDay: order_day, amount })
  return found
}

export async function settlePayables(tx: Tx, payables: readonly Payable[], on: Day): Promise<void> {
  await joinAsSet(tx, payables.length)
  const settled = await tx.run(
    `update payments.payable p set settled_on = $4
     from unnest($1::bigint[], $2::text[], $3::bigint[]) as s (payer_id, kind, id) where p.payer_id = s.payer_id and p.kind = s.kind and p.id = s.id and p.settled_on is null`,
    [payables.map(({ payerId }) => payerId), payables.map(({ kind }) => kind), payables.map(({ id }) => id), on],
    repeatedFor(payables.length),
  )
  if (settled !== payables.length) throw new Error(`${payables.length} payables were to be settled and ${settled} were open`)
}

/** Takes what is not asked any more off the payable of a bill. */
export async function counterPayable(tx: Tx, { payerId, billId, amount }: CounteredBill): Promise<void> {
  const found = await tx.run(
    `update payments.payable set countered = countered + $3 where payer_id = $1 and kind = 'bill' and id = $2 and settled_on is null`,
    [payerId, billId, amount],
  )
  if (found !== 1) throw new Error(`bill ${billId} was countered and is no open payable`)
}

/** A bill that was written off is asked for no more; nobody has paid it. */
export const closePayable = (tx: Tx, payerId: bigint, billId: bigint, on: Day): Promise<number> =>
  tx.run(`update payments.payable set settled_on = $3 where payer_id = $1 and kind = 'bill' and id = $2 and settled_on is null`, [
    payerId,
    billId,
    on,
  ])

export type IssuedBills = {
  /** Null: all months. */ readonly number: number | null /** Null: all payers. */
  readonly payers: readonly bigint[] | null
}

/**
 * Registers the issued bills of receivables, and corrections of whoever pays, that are not registered yet; gives their payers. A correction
 * stands in line by its day: an older shortage is settled before what falls due later (Perdir 22/2022). A contract of who pays by offer is issued
 * only when it is open again.
 */
export async function addPayablesOfBills(tx: Tx, { number, payers }: IssuedBills): Promise<{ payerId: bigint; nothing: boolean }[]> {
  const rows = await tx.query<{ payer_id: bigint; nothing: boolean }>(
    `with added as (
       insert into payments.payable (payer_id, kind, id, month, order_day, amount)
       select b.payer_id, 'bill', b.bill_id, b.month, case when b.kind = 'correction' then b.made_on else coalesce(b.due, b.made_on) end, b.total
       from contributions.bill b join registry.payer p on p.payer_id = b.payer_id and (p.settlement = 'receivable' or b.kind in ('correction', 'contract'))
       where b.state = 'issued' and b.total >= 0 and ($1::smallint is null or b.month = $1) and ($2::bigint[] is null or b.payer_id = any ($2::bigint[]))
       on conflict (payer_id, kind, id) do nothing
       returning payer_id, amount
     ) select payer_id, bool_or(amount = 0) as nothing from added group by payer_id order by payer_id`,
    [number, payers],
  )
  return rows.map(({ payer_id, nothing }) => ({ payerId: payer_id, nothing }))
}
