// SQL of what was asked to be booked on accounts by hand, and who decided.
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { NewEntry } from './entries.ts'

export type NewRequest = Pick<NewEntry, 'personId' | 'programme' | 'kind' | 'day' | 'reference' | 'act'> & {
  /** As it was asked: a withdrawal is above zero. */
  readonly amount: bigint
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
/** With the number under which the person was registered. */
export type ListedRequest = RequestRow & { readonly memberNumber: string }

const columns = `r.request_id as "requestId", r.person_id as "personId", r.programme, r.kind, r.amount, r.day, r.reference, r.act, r.state,
  r.asked_by as "askedBy", r.asked_on as "askedOn", r.decided_by as "decidedBy", r.decided_on as "decidedOn", r.decided_why as "decidedWhy"`

export const addRequest = async (tx: Tx, request: NewRequest, askedBy: bigint, on: Day): Promise<RequestRow> => {
  const { personId, programme, kind, amount, day, reference, act } = request
  const [row] = await tx.query<RequestRow>(
    `insert into savings.request as r (person_id, programme, kind, amount, day, reference, act, asked_by, asked_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${columns}`,
    [personId, programme, kind, amount, day, reference, act, askedBy, on],
  )
  if (!row) throw new Error('a request was not written')
  return row
}

/** What some persons were asked for by one reference and was not refused. */
export const requestsOf = (tx: Tx, persons: readonly bigint[], programme: string, kind: string, reference: string): Promise<RequestRow[]> =>
  tx.query<RequestRow>(
    `select ${columns} from savings.request r where r.person_id = any ($1::bigint[]) and r.programme = $2 and r.kind = $3 and r.reference = $4 and r.state <> 'refused' order by r.request_id`,
    [persons, programme, kind, reference],
  )

/** A request, with the number of the person. */
export const findRequest = async (tx: Tx, requestId: bigint): Promise<ListedRequest | undefined> =>
  (
    await tx.query<ListedRequest>(
      `select ${columns}, p.member_number as "memberNumber" from savings.request r join registry.person p using (person_id) where r.request_id = $1`,
      [requestId],
    )
  )[0]

/** Holds the request until the transaction ends: two who decide come after each other. */
export const holdRequest = async (tx: Tx, requestId: bigint): Promise<RequestRow | undefined> =>
  (await tx.query<RequestRow>(`select ${columns} from savings.request r where r.request_id = $1 for update`, [requestId]))[0]

export const decideRequest = (
  tx: Tx,
  requestId: bigint,
  state: 'approved' | 'refused',
  by: bigint,
  on: Day,
  why: string,
): Promise<number> =>
  tx.run(
    `update savings.request set state = $2, decided_by = $3, decided_on = $4, decided_why = $5 where request_id = $1 and state = 'asked'`,
    [requestId, state, by, on, why],
  )

/** Latest first, before a request (exclusive). */
export const pageOfRequests = (tx: Tx, state: string | null, before: bigint | null, limit: number): Promise<ListedRequest[]> =>
  tx.query<ListedRequest>(
    `select ${columns}, p.member_number as "memberNumber" from savings.request r join registry.person p using (person_id)
     where ($1::text is null or r.state = $1) and ($2::bigint is null or r.request_id < $2) order by r.request_id desc limit $3`,
    [state, before, limit],
  )
