// SQL of the control: each side is summed from its own rows, never from the other side.
import { billedAmount } from '../../ledger/index.ts'
import type { Tx } from '../../platform/index.ts'

export type ControlSums = {
  readonly contributions: bigint
  readonly premiums: bigint
  readonly fines: bigint
  readonly stateShare: bigint
  readonly corrections: bigint
  readonly deferred: bigint
  readonly billed: bigint
  readonly booked: bigint
  readonly bank: bigint
  readonly statement: bigint
}

type MonthSums = Omit<ControlSums, 'bank' | 'statement'>
/** Contributions are summed where they are kept: single entries, and what replaced others. */
type Summed = Exclude<keyof MonthSums, 'contributions'> | 'entries' | 'replacements'

/** Each sum is a statement of its own, so that a large month is summed on all cores. A month is named by its number: the planner then reads one partition. */
const sumsOf = (month: number | null): Record<Summed, string> => {
  const of = (column: string): string => (month === null ? 'true' : `${column} = ${month}`)
  return {
    entries: `select platform.total(case when entry % 2 = 0 then employer + worker else -employer - worker end) as sum from contributions.entry where ${of('month')}`,
    replacements: `select platform.total(employer + worker - was_employer - was_worker) as sum from contributions.replacement where ${of('month')}`,
    premiums: `select sum(p.employer + p.worker) from contributions.premium_part p where ${of('p.month')}
      and exists (select from contributions.bill b where b.payer_id = p.payer_id and b.bill_id = p.bill_id)`,
    fines: `select sum(f.amount) from contributions.fine f join contributions.bill b on b.payer_id = f.payer_id and b.bill_id = f.on_bill_id where ${of('b.month')}`,
    stateShare:
      month === null
        ? `with billed as materialized (select distinct month from contributions.bill where kind = 'state')
           select sum(b.state_part) from contributions.bill b join billed using (month) where b.state <> 'calculated'`
        : `select sum(state_part) from contributions.bill where state <> 'calculated' and month = ${month}
           and (select count(*) from contributions.bill where kind = 'state' and month = ${month}) > 0`,
    deferred: `select sum(i.amount) from contributions.deferral_instalment i join contributions.bill b using (payer_id, bill_id) where ${of('b.month')}`,
    corrections: `select sum(correction) from contributions.bill where state <> 'calculated' and ${of('month')}`,
    billed: `select sum(total) from contributions.bill where state <> 'calculated' and ${of('month')}`,
    booked: `select sum(${billedAmount}) from ledger.transfer
      where reason in ('contribution', 'premium', 'fine', 'state-share', 'correction', 'deferred') and ${of('month')}`,
  }
}

const one = async (tx: Tx, select: string): Promise<bigint> => BigInt((await tx.query<{ sum: string | null }>(select))[0]?.sum ?? 0)

/** Rows on one side, bills on the next, transfers on the third. Fines are summed from their own table, by the bill they stand on. */
export async function measureMonth(tx: Tx, month: number | null): Promise<MonthSums> {
  const sums = sumsOf(month)
  return {
    contributions: (await one(tx, sums.entries)) + (await one(tx, sums.replacements)),
    premiums: await one(tx, sums.premiums),
    fines: await one(tx, sums.fines),
    stateShare: await one(tx, sums.stateShare),
    corrections: await one(tx, sums.corrections),
    deferred: await one(tx, sums.deferred),
    billed: await one(tx, sums.billed),
    booked: await one(tx, sums.booked),
  }
}

/** Every payment received, less what the bank took back and what it paid out. */
const statement = `select coalesce((select sum(amount) from payments.payment), 0) - coalesce((select sum(amount) from payments.reversal where kind = 'recall'), 0)
  - coalesce((select sum(amount) from payments.payout_order where state = 'paid'), 0) as sum`

/** What the ledger says the bank holds, and what the bank's statement says. */
export async function measureBank(tx: Tx): Promise<{ bank: bigint; statement: bigint }> {
  const [account] = await tx.query<{ account: number }>(`select account from ledger.account where code = 'bank'`)
  const bank = account?.account ?? 0
  const moved = `select sum(case when debit = ${bank} then amount else -amount end) from ledger.transfer where debit = ${bank} or credit = ${bank}`
  return { bank: await one(tx, moved), statement: await one(tx, statement) }
}

/** Months for which bills were made since the last check of this kind, the oldest first. */
export const monthsBilledSince = async (tx: Tx, step: string): Promise<number[]> =>
  (
    await tx.query<{ month: number }>(
      `select distinct month from contributions.bill where state <> 'calculated'
         and made_on >= coalesce((select max(at)::date - 1 from contributions.control_check where step like $1 || ' %'), '-infinity') order by month`,
      [step],
    )
  ).map(({ month }) => month)

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
      control.contributions + control.corrections + control.deferred,
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
