// SQL of the queue of money that names nobody: who looks after it, and clues whose it may be.
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'
import type { Level } from './domain/approval.ts'
import type { Clue } from './domain/proposal.ts'

export type Taking = { readonly nth: number; readonly owner: bigint | null; readonly takenOn: Day; readonly level: Level | null }

/** The last taking of each payment: its number, the owner with his level, or null where it was let go. */
export async function takings(tx: Tx, paymentIds: readonly bigint[]): Promise<Map<bigint, Taking>> {
  const rows = await tx.query<{ payment_id: bigint; nth: number; owner: bigint | null; taken_on: Day; level: Level | null }>(
    'select distinct on (payment_id) payment_id, nth, owner, taken_on, level from payments.queue_taking where payment_id = any ($1::bigint[]) order by payment_id, nth desc',
    [paymentIds],
  )
  return new Map(rows.map(({ payment_id, nth, owner, taken_on, level }) => [payment_id, { nth, owner, takenOn: taken_on, level }]))
}

/** Holds one payment until the transaction ends. The payment's own row is never changed, and nobody may lock it as if it were; 724 is the class of payments. */
export const lockPayment = (tx: Tx, paymentId: bigint): Promise<number> =>
  tx.run('select pg_advisory_xact_lock(724, hashint8($1))', [paymentId])

/** False when another was faster. */
export const addTaking = async (tx: Tx, paymentId: bigint, { nth, owner, takenOn, level }: Taking): Promise<boolean> =>
  (await tx.run(
    'insert into payments.queue_taking (payment_id, nth, owner, taken_on, level) values ($1, $2, $3, $4, $5) on conflict do nothing',
    [paymentId, nth, owner, takenOn, level],
  )) === 1

/** Open payables of exactly this amount, oldest first. */
export const payablesOf = (tx: Tx, amount: bigint, limit: number): Promise<Clue[]> =>
  tx.query<Clue>(
    `select p.payer_id as "payerId", 'same amount' as reason, case when p.kind = 'bill' then p.id end as "billId" from payments.payable p
     where p.settled_on is null and p.amount - p.countered = $1 order by p.order_day, p.payer_id, p.id limit $2`,
    [amount, limit],
  )

/** Who holds what the same sender sent before, latest first. */
export const sentBefore = (tx: Tx, key: Uint8Array, paymentId: bigint): Promise<Clue[]> =>
  tx.query<Clue>(
    `select h.held_by as "payerId", 'same sender before' as reason, null::bigint as "billId" from payments.payment p join payments.holder h using (payment_id)
     where p.sender_key = $1 and p.payment_id <> $2 and h.held_by <> 0 and not h.recalled group by h.held_by order by max(p.day) desc, h.held_by limit 5`,
    [key, paymentId],
  )

/** To whom payments with the same code were allocated before, latest first. */
export const allocatedBefore = (tx: Tx, code: string, paymentId: bigint): Promise<Clue[]> =>
  tx.query<Clue>(
    `select a.payer_id as "payerId", 'same code before' as reason, null::bigint as "billId" from payments.payment p join payments.allocation a using (payment_id)
     where p.code = $1 and $1 <> '' and p.payment_id <> $2 and a.payer_id <> 0
       and not exists (select from payments.reversal r where r.payment_id = a.payment_id and r.turn = a.turn) group by a.payer_id order by max(a.allocated_on) desc limit 5`,
    [code, paymentId],
  )
