// SQL of the control: each side is summed from its own rows, never from the other side.
import type { Tx } from '../../platform/index.ts'

export type ControlSums = {
  readonly contributions: bigint
  readonly premiums: bigint
  readonly fines: bigint
  readonly stateShare: bigint
  readonly corrections: bigint
  readonly billed: bigint
  readonly booked: bigint
  readonly bank: bigint
  readonly statement: bigint
}
const zero = { contributions: 0n, premiums: 0n, fines: 0n, stateShare: 0n, corrections: 0n, billed: 0n, booked: 0n }

/** Rows on one side, bills on the next, transfers on the third. Fines are summed from their own table, by the bill they stand on. */
export const measureMonth = async (tx: Tx, month: number | null): Promise<Omit<ControlSums, 'bank' | 'statement'>> =>
  (
    await tx.query<Omit<ControlSums, 'bank' | 'statement'>>(
      `select
        (select coalesce(sum(case when entry % 2 = 0 then employer + worker else -employer - worker end), 0)::bigint from contributions.contribution where $1::smallint is null or month = $1) as contributions,
        (select coalesce(sum(p.employer + p.worker), 0)::bigint from contributions.premium_contract p where ($1::smallint is null or p.month = $1)
          and exists (select from contributions.bill b where b.payer_id = p.payer_id and b.bill_id = p.contract_id)) as premiums,
        (select coalesce(sum(f.amount), 0)::bigint from contributions.fine f join contributions.bill b on b.payer_id = f.payer_id and b.bill_id = f.on_bill_id where $1::smallint is null or b.month = $1) as fines,
        (select coalesce(sum(state_part), 0)::bigint from contributions.bill b where b.state <> 'calculated' and ($1::smallint is null or b.month = $1)
          and exists (select from contributions.bill s where s.kind = 'state' and s.month = b.month)) as "stateShare",
        (select coalesce(sum(correction), 0)::bigint from contributions.bill where state <> 'calculated' and ($1::smallint is null or month = $1)) as corrections,
        (select coalesce(sum(total), 0)::bigint from contributions.bill where state <> 'calculated' and ($1::smallint is null or month = $1)) as billed,
        (select coalesce(sum(case when t.reverses is null then t.amount else -t.amount end), 0)::bigint from ledger.transfer t
          where t.reason in ('contribution', 'premium', 'fine', 'state-share', 'correction') and ($1::smallint is null or t.month = $1)) as booked`,
      [month],
    )
  )[0] ?? { ...zero }

/** What the ledger says the bank holds, and what the bank's statement (every payment received) says. */
export const measureBank = async (tx: Tx): Promise<{ bank: bigint; statement: bigint }> =>
  (
    await tx.query<{ bank: bigint; statement: bigint }>(
      `select (select coalesce(sum(case when d.code = 'bank' then t.amount else 0 end) - sum(case when c.code = 'bank' then t.amount else 0 end), 0)::bigint
         from ledger.transfer t join ledger.account d on d.account = t.debit join ledger.account c on c.account = t.credit where d.code = 'bank' or c.code = 'bank') as bank,
        (select coalesce(sum(amount), 0)::bigint from payments.payment) as statement`,
    )
  )[0] ?? { bank: 0n, statement: 0n }

export const addControlCheck = (
  tx: Tx,
  control: ControlSums & { step: string; difference: bigint },
  month: number | null,
): Promise<number> =>
  tx.run(
    `insert into contributions.control_check (at, step, month, contributions, premiums, fines, state_share, billed, booked, bank, statement, difference)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tx.now,
      control.step,
      month,
      control.contributions + control.corrections,
      control.premiums,
      control.fines,
      control.stateShare,
      control.billed,
      control.booked,
      control.bank,
      control.statement,
      control.difference,
    ],
  )
