// SQL of counter bills: what is still owed on a bill, and a bill below nothing that takes off it what is not asked any more.
import { type Day, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { DebtFacts, EndOfDebt } from '../domain/end-of-debt.ts'

export type Debt = Omit<DebtFacts, 'money'> & { readonly month: number }

/** Holds the bill; `monthsLate` is of the payer's oldest open bill. */
export async function holdDebt(tx: Tx, payerId: bigint, billId: bigint, today: Day): Promise<Debt> {
  const [found] = await tx.query<Omit<Debt, 'payerId' | 'billId'>>(
    `select b.state, b.kind, b.month, p.settlement, b.due, (b.total - gone.amount)::bigint as owed, (b.fine - gone.fines)::bigint as fine,
       coalesce((select max(contributions.months_late(o.due, $3::date)) from contributions.bill o where o.payer_id = b.payer_id and o.state = 'issued' and o.total > 0 and o.due is not null
         and not exists (select from contributions.counter_bill w where w.payer_id = o.payer_id and w.bill_id = o.bill_id and w.kind = 'write-off')), 0) as "monthsLate",
       (select max(w.made_on) from contributions.counter_bill w where w.payer_id = b.payer_id and w.kind = 'fine-waiver') as "waivedOn"
     from contributions.bill b join registry.payer p on p.payer_id = b.payer_id
     cross join lateral (select coalesce(sum(c.amount), 0) as amount, coalesce(sum(c.amount) filter (where c.kind = 'fine-waiver'), 0) as fines
       from contributions.counter_bill c where c.payer_id = b.payer_id and c.bill_id = b.bill_id) gone
     where b.payer_id = $1 and b.bill_id = $2 for update of b`,
    [payerId, billId, today],
  )
  const none = { state: null, kind: '', month: 0, settlement: '', due: null, owed: 0n, fine: 0n, monthsLate: 0, waivedOn: null }
  return { payerId, billId, ...(found ?? none) }
}

/** The bills that counter a bill. */
export const countersOf = async (tx: Tx, payerId: bigint, billId: bigint): Promise<bigint[]> =>
  (
    await tx.query<{ counter_id: bigint }>('select counter_id from contributions.counter_bill where payer_id = $1 and bill_id = $2', [
      payerId,
      billId,
    ])
  ).map(({ counter_id }) => counter_id)

export type NewCounter = {
  readonly payerId: bigint
  readonly billId: bigint
  readonly counterId: bigint
  readonly month: Month
  readonly kind: EndOfDebt
  readonly amount: bigint
}

/** A bill of kind `correction` that asks for so much less. */
export async function addCounter(tx: Tx, { payerId, billId, counterId, month, kind, amount }: NewCounter, day: Day): Promise<void> {
  await tx.run(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, correction, made_on, issued_on) values ($1, $2, $3, 'correction', 'issued', $4, $5, $5)`,
    [payerId, counterId, monthNumber(month), -amount, day],
  )
  await tx.run(
    'insert into contributions.counter_bill (payer_id, bill_id, counter_id, kind, amount, made_on) values ($1, $2, $3, $4, $5, $6)',
    [payerId, billId, counterId, kind, amount, day],
  )
}
