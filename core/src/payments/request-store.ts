// SQL of requests: who asked for what, and who decided.
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'

export type RequestKind = 'reversal' | 'refund' | 'return' | 'parts' | 'fine-waiver' | 'write-off' | 'closing' | 'reopening'
/** What one part of a payment is given to: a bill, or (null) a payer. */
export type RequestPart = { readonly payerId: bigint; readonly billId: bigint | null; readonly amount: bigint }
export type NewRequest = {
  readonly kind: RequestKind
  readonly payerId: bigint
  readonly paymentId: bigint | null
  readonly billId: bigint | null
  readonly amount: bigint
  readonly ground: string
  readonly evidence: string
  readonly detail: Readonly<Record<string, string>>
  readonly parts?: readonly RequestPart[]
}
export type RequestRow = NewRequest & {
  readonly requestId: bigint
  readonly state: 'asked' | 'approved' | 'refused'
  readonly askedBy: bigint
  readonly askedOn: Day
  readonly decidedBy: bigint | null
  readonly decidedOn: Day | null
  readonly decidedWhy: string | null
}

const columns = `request_id as "requestId", kind, payer_id as "payerId", payment_id as "paymentId", bill_id as "billId", amount, ground, evidence, detail, state,
  asked_by as "askedBy", asked_on as "askedOn", decided_by as "decidedBy", decided_on as "decidedOn", decided_why as "decidedWhy"`

export async function addRequest(tx: Tx, request: NewRequest, askedBy: bigint, on: Day): Promise<RequestRow> {
  const [row] = await tx.query<RequestRow>(
    `insert into payments.request (kind, payer_id, payment_id, bill_id, amount, ground, evidence, detail, asked_by, asked_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${columns}`,
    [
      request.kind,
      request.payerId,
      request.paymentId,
      request.billId,
      request.amount,
      request.ground,
      request.evidence,
      JSON.stringify(request.detail),
      askedBy,
      on,
    ],
  )
  if (!row) throw new Error('a request was not written')
  const { parts = [], paymentId } = request
  if (parts.length > 0)
    await tx.run(
      `insert into payments.request_part (request_id, nth, payment_id, payer_id, bill_id, amount)
       select $1, p.nth, $2, p.payer_id, p.bill_id, p.amount from unnest($3::bigint[], $4::bigint[], $5::bigint[]) with ordinality as p (payer_id, bill_id, amount, nth)`,
      [row.requestId, paymentId, parts.map(({ payerId }) => payerId), parts.map(({ billId }) => billId), parts.map(({ amount }) => amount)],
    )
  return row
}

export const partsOfRequest = (tx: Tx, requestId: bigint): Promise<RequestPart[]> =>
  tx.query<RequestPart>(
    'select payer_id as "payerId", bill_id as "billId", amount from payments.request_part where request_id = $1 order by nth',
    [requestId],
  )

/** The payers among whom a payment was parted, by the request that was approved last. */
export const partedAmong = async (tx: Tx, paymentId: bigint): Promise<bigint[]> =>
  (
    await tx.query<{ payer_id: bigint }>(
      `select distinct payer_id from payments.request_part where request_id = (
         select max(p.request_id) from payments.request_part p join payments.request r using (request_id) where p.payment_id = $1 and r.state = 'approved') order by payer_id`,
      [paymentId],
    )
  ).map(({ payer_id }) => payer_id)

/** Holds the request until the transaction ends: two who decide come after each other. */
export const holdRequest = async (tx: Tx, requestId: bigint): Promise<RequestRow | undefined> =>
  (await tx.query<RequestRow>(`select ${columns} from payments.request where request_id = $1 for update`, [requestId]))[0]

/** Open requests for the same thing. */
export const sameAsked = async (tx: Tx, { kind, payerId, paymentId, billId }: NewRequest): Promise<bigint | undefined> =>
  (
    await tx.query<{ request_id: bigint }>(
      `select request_id from payments.request where state = 'asked' and kind = $1 and payer_id = $2 and payment_id is not distinct from $3::bigint and bill_id is not distinct from $4::bigint limit 1`,
      [kind, payerId, paymentId, billId],
    )
  )[0]?.request_id

export const decide = (tx: Tx, requestId: bigint, state: 'approved' | 'refused', by: bigint, on: Day, why: string): Promise<number> =>
  tx.run(
    `update payments.request set state = $2, decided_by = $3, decided_on = $4, decided_why = $5 where request_id = $1 and state = 'asked'`,
    [requestId, state, by, on, why],
  )

/** Latest first, before a request (exclusive). */
export const pageOfRequests = (tx: Tx, state: string | null, before: bigint | null, limit: number): Promise<RequestRow[]> =>
  tx.query<RequestRow>(
    `select ${columns} from payments.request where ($1::text is null or state = $1) and ($2::bigint is null or request_id < $2) order by request_id desc limit $3`,
    [state, before, limit],
  )

export const officeKind = async (tx: Tx, officeId: bigint | null): Promise<string | null> =>
  officeId === null
    ? null
    : ((await tx.query<{ kind: string }>('select kind from registry.office where office_id = $1', [officeId]))[0]?.kind ?? null)
