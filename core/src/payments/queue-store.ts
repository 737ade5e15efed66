// SQL of the queue of money that names nobody: who looks after it, and clues whose it may be.
import type { Day } from '@payung/values'
import type { Tx } from '../platform/index.ts'
import type { Clue } from './domain/proposal.ts'

/** The last taking of each payment: its number and the owner, or null where it was let go. */
export async function takings(
  tx: Tx,
  paymentIds: readonly bigint[],
): Promise<Map<bigint, { nth: number; owner: bigint | null; takenOn: Day }>> {
  const rows = await tx.query<{ payment_id: bigint; nth: number; owner: bigint | null; taken_on: Day }>(
    'select distinct on (payment_id) payment_id, nth, owner, taken_on from payments.queue_taking where payment_id = any ($1::bigint[]) order by payment_id, nth desc',
    [paymentIds],
  )
  return new Map(rows.map(({ payment_id, nth, owner, taken_on }) => [payment_id, { nth, owner, takenOn: taken_on }]))
}

/** False when another was faster. */
export const addTaking = async (tx: Tx, paymentId: bigint, nth: number, owner: bigint | null, on: Day): Promise<boolean> =>
  (await tx.run('insert into payments.queue_taking (payment_id, nth, owner, taken_on) values ($1, $2, $3, $4) on conflict do nothing', [
    paymentId,
    nth,
    owner,
    on,
  ])) === 1

/** Open payables of exactly this amount, oldest first. */
export const payablesOf = (tx: Tx, amount: bigint, limit: number): Promise<Clue[]> =>
  tx.query<Clue>(
    `select p.payer_id as "payerId", 'same amount' as reason, case when p.kind = 'bill' then p.id end as "billId" from payments.payable p
     where p.settled_on is null and p.amount - p.countered = $1 order by p.order_day, p.payer_id, p.id limit $2`,
    [amount, limit],
  )

/** To whom payments with the same code were allocated before, latest first. */
export const allocatedBefore = (tx: Tx, code: string, paymentId: bigint): Promise<Clue[]> =>
  tx.query<Clue>(
    `select a.payer_id as "payerId", 'same code before' as reason, null::bigint as "billId" from payments.payment p join payments.allocation a using (payment_id)
     where p.code = $1 and $1 <> '' and p.payment_id <> $2 and a.payer_id <> 0
       and not exists (select from payments.reversal r where r.payment_id = a.payment_id and r.turn = a.turn) group by a.payer_id order by max(a.allocated_on) desc limit 5`,
    [code, paymentId],
  )
