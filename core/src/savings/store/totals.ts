// SQL of the totals: what all accounts together hold, from the ledger's side, and the returns moved to it.
import { type Day, type Exact, exactFromDecimal, lastDay, type Month, monthFromNumber, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { byPaidDay } from './bookings.ts'

const ofBills = `t.reason in ('contribution', 'premium', 'split', 'correction')`

const fund = '(select account from ledger.account where code = $1)'

/** What the bills paid brought to a fund, by the month in which their money was booked: after a month and through another. From transfers. */
export const bookedByMonth = (tx: Tx, account: string, after: Month, through: Month): Promise<{ month: Month; amount: bigint }[]> =>
  tx
    .query<{ month: number; amount: bigint }>(
      `with paid as materialized (
         select b.payer_id, b.bill_id, contributions.month_number(b.paid_on) as month, 1 as times from contributions.bill b
         where b.paid_on > $2::date and b.paid_on <= $4::date and ${byPaidDay}
         union all select payer_id, bill_id, month, times from savings.bill_booking where month > $3 and month <= $5
       ), moved as (
         select t.payer_id, t.source_id, case when t.credit = ${fund} then t.amount else -t.amount end as amount
         from ledger.transfer t where (t.credit = ${fund} or t.debit = ${fund}) and ${ofBills}
       )
       select p.month, sum(p.times * m.amount)::bigint as amount from paid p join moved m on m.payer_id = p.payer_id and m.source_id = p.bill_id
       group by p.month order by p.month`,
      [account, lastDay(after), monthNumber(after), lastDay(through), monthNumber(through)],
    )
    .then((rows) => rows.map(({ month, amount }) => ({ month: monthFromNumber(month), amount })))

export type EntrySum = { readonly month: Month; readonly amount: Exact; readonly bearing: Exact; readonly money: boolean }

/** Entries by month: what they add and what of it earns. `money`: paid in or out, not the difference of a rate. */
export const entrySums = async (tx: Tx, programme: string, after: Month, through: Month): Promise<EntrySum[]> =>
  (
    await tx.query<{ month: number; amount: string; bearing: string; thirds: number; money: boolean }>(
      `select month, thirds, kind <> 'difference' as money, sum(amount) as amount, sum(bearing) as bearing from savings.entry
       where programme = $1 and month > $2 and month <= $3 group by month, thirds, kind <> 'difference'`,
      [programme, monthNumber(after), monthNumber(through)],
    )
  ).map(({ month, amount, bearing, thirds, money }) => ({
    month: monthFromNumber(month),
    amount: exactFromDecimal(amount, 3n ** BigInt(thirds)),
    bearing: exactFromDecimal(bearing, 3n ** BigInt(thirds)),
    money,
  }))

export const movedSoFar = async (tx: Tx, programme: string): Promise<bigint> =>
  (
    await tx.query<{ moved: bigint }>('select coalesce(sum(moved), 0)::bigint as moved from savings.credit where programme = $1', [
      programme,
    ])
  )[0]?.moved ?? 0n

export const findCredit = async (tx: Tx, programme: string, month: Month, step: 'month' | 'year'): Promise<bigint | undefined> =>
  (
    await tx.query<{ moved: bigint }>('select moved from savings.credit where programme = $1 and month = $2 and step = $3', [
      programme,
      monthNumber(month),
      step,
    ])
  )[0]?.moved

export const addCredit = (tx: Tx, programme: string, month: Month, step: 'month' | 'year', moved: bigint, day: Day): Promise<number> =>
  tx.run('insert into savings.credit (programme, month, step, moved, day) values ($1, $2, $3, $4, $5)', [
    programme,
    monthNumber(month),
    step,
    moved,
    day,
  ])

/** The first month in which anything was booked for anybody: a bill paid, or an entry. */
export const firstBooked = async (tx: Tx, programme: string): Promise<Month | undefined> => {
  const [row] = await tx.query<{ month: number | null }>(
    `select least((select min(contributions.month_number(paid_on)) from contributions.bill), (select min(month) from savings.entry where programme = $1)) as month`,
    [programme],
  )
  return row?.month == null ? undefined : monthFromNumber(row.month)
}

/** What stands on the fund's account at the end of a day. */
export const liabilityOn = async (tx: Tx, account: string, day: Day): Promise<bigint> =>
  (
    await tx.query<{ balance: bigint }>(
      `select coalesce(sum(case when t.credit = a.account then t.amount else -t.amount end), 0)::bigint as balance
       from ledger.transfer t join ledger.account a on a.account in (t.credit, t.debit) where a.code = $1 and t.day <= $2::date`,
      [account, day],
    )
  )[0]?.balance ?? 0n

export type ControlRow = {
  readonly at: Date
  readonly step: string
  readonly programme: string
  readonly year: number
  readonly balances: bigint
  readonly outstanding: bigint
  readonly liability: bigint
  readonly difference: bigint
}

export const addControl = (tx: Tx, control: Omit<ControlRow, 'at'>): Promise<number> =>
  tx.run(
    'insert into savings.control_check (at, step, programme, year, balances, outstanding, liability, difference) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [tx.now, control.step, control.programme, control.year, control.balances, control.outstanding, control.liability, control.difference],
  )

export const isChecked = async (tx: Tx, programme: string, year: number): Promise<boolean> =>
  (await tx.query('select from savings.control_check where programme = $1 and year = $2 limit 1', [programme, year])).length > 0

export const readControls = (tx: Tx, limit: number): Promise<ControlRow[]> =>
  tx.query<ControlRow>('select * from savings.control_check order by check_id desc limit $1', [limit])
