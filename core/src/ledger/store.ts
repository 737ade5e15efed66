// All SQL of the ledger.

import type { Words } from '@payung/law'
import { type Day, monthFromNumber, monthNumber } from '@payung/values'
import { repeatedFor, type Tx } from '../platform/index.ts'
import type { AccountKind, ChartAccount } from './domain/chart.ts'
import type { BookedTransfer, NewTransfer } from './domain/transfer.ts'

export type AccountRow = {
  readonly account: number
  readonly code: string
  readonly kind: AccountKind
  readonly fund: string
  readonly per_payer: boolean
  readonly labels: Words
}

export const readAccounts = (tx: Tx): Promise<AccountRow[]> =>
  tx.query<AccountRow>('select account, code, kind, fund, per_payer, labels from ledger.account order by account')

/** Adds the accounts that are not there; those that are keep their number for ever. */
export const addAccounts = (tx: Tx, chart: readonly ChartAccount[]): Promise<number> =>
  tx.run(
    `insert into ledger.account (account, code, kind, fund, per_payer, labels)
     select (select coalesce(max(account), 0) from ledger.account) + row_number() over (order by place), code, kind, fund, per_payer, labels
     from unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::jsonb[]) with ordinality as wanted (code, kind, fund, per_payer, labels, place)
     where code not in (select code from ledger.account)`,
    [
      chart.map(({ code }) => code),
      chart.map(({ kind }) => kind),
      chart.map(({ fund }) => fund),
      chart.map(({ perPayer }) => perPayer),
      chart.map(({ labels }) => JSON.stringify(labels)),
    ],
  )

/** An account of what we hold for payers: their credit, and what organisations keep with us for others. */
const holdsMoney = (account: string): string => `(${account}.per_payer and ${account}.kind = 'liability')`

/** Inserts transfers in their order; `number` gives the number of an account's code. */
export async function addTransfers(tx: Tx, transfers: readonly NewTransfer[], number: (code: string) => number): Promise<number> {
  if (transfers.length === 0) return 0
  return tx.run(
    `insert into ledger.transfer (payer_id, amount, source_id, reverses, day, month, debit, credit, reason, of_money)
     select payer_id, amount, source_id, reverses, day, month, debit, credit, reason,
       exists (select from ledger.account a where a.account in (debit, credit) and ${holdsMoney('a')})
     from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::date[], $6::smallint[], $7::smallint[], $8::smallint[], $9::text[])
       with ordinality as told (payer_id, amount, source_id, reverses, day, month, debit, credit, reason, place) order by place`,
    [
      transfers.map(({ payerId }) => payerId),
      transfers.map(({ amount }) => amount),
      transfers.map(({ sourceId }) => sourceId),
      transfers.map(({ reverses }) => reverses ?? null),
      transfers.map(({ day }) => day),
      transfers.map(({ month }) => monthNumber(month)),
      transfers.map(({ debit }) => number(debit)),
      transfers.map(({ credit }) => number(credit)),
      transfers.map(({ reason }) => reason),
    ],
    repeatedFor(transfers.length),
  )
}

/** Inserts what a query selects: payer_id, amount, source_id, day, month, debit, credit (codes) and reason. Rows without an amount are left out; an unknown account fails. */
export const addSelectedTransfers = (tx: Tx, select: string, values: readonly unknown[]): Promise<number> =>
  tx.run(
    `insert into ledger.transfer (payer_id, amount, source_id, day, month, debit, credit, reason, of_money)
     select s.payer_id, s.amount, s.source_id, s.day, s.month, d.account, c.account, s.reason, ${holdsMoney('d')} or ${holdsMoney('c')}
     from (${select}) s left join ledger.account d on d.code = s.debit left join ledger.account c on c.code = s.credit
     where s.amount <> 0`,
    values,
  )

type TransferRow = {
  transfer_id: bigint
  payer_id: bigint
  debit: string
  credit: string
  amount: bigint
  day: Day
  month: number
  reason: string
  source_id: bigint
  reverses: bigint | null
  reversed: boolean
}

const bookedOf = (row: TransferRow): BookedTransfer => ({
  transferId: row.transfer_id,
  payerId: row.payer_id,
  debit: row.debit,
  credit: row.credit,
  amount: row.amount,
  day: row.day,
  month: monthFromNumber(row.month),
  reason: row.reason,
  sourceId: row.source_id,
  ...(row.reverses === null ? {} : { reverses: row.reverses }),
  reversed: row.reversed,
})

const selectTransfers = `
  select t.transfer_id, t.payer_id, d.code as debit, c.code as credit, t.amount, t.day, t.month, t.reason, t.source_id, t.reverses,
    exists (select from ledger.transfer r where r.payer_id = t.payer_id and r.reverses = t.transfer_id) as reversed
  from ledger.transfer t join ledger.account d on d.account = t.debit join ledger.account c on c.account = t.credit`

export async function findTransfers(
  tx: Tx,
  wanted: readonly { readonly payerId: bigint; readonly transferId: bigint }[],
): Promise<BookedTransfer[]> {
  const rows = await tx.query<TransferRow>(
    `${selectTransfers} join unnest($1::bigint[], $2::bigint[]) as wanted (payer_id, transfer_id) using (payer_id, transfer_id)`,
    [wanted.map(({ payerId }) => payerId), wanted.map(({ transferId }) => transferId)],
  )
  return rows.map(bookedOf)
}

export async function findTransfersOfSources(
  tx: Tx,
  payerId: bigint,
  sourceIds: readonly bigint[],
  reasons: readonly string[],
): Promise<BookedTransfer[]> {
  const rows = await tx.query<TransferRow>(
    `${selectTransfers} where t.payer_id = $1 and t.source_id = any ($2::bigint[]) and t.reason = any ($3::text[]) order by t.transfer_id`,
    [payerId, sourceIds, reasons],
  )
  return rows.map(bookedOf)
}

/** Reversing and reversed transfers are left out, and so are those of some reasons. */
export const findMoneyMoved = (
  tx: Tx,
  payerId: bigint,
  account: string,
  but: readonly string[],
): Promise<{ day: Day; amount: bigint; reason: string; sourceId: bigint }[]> =>
  tx.query(
    `select t.day, case when t.credit = a.account then t.amount else -t.amount end as amount, t.reason, t.source_id as "sourceId"
     from ledger.transfer t join ledger.account a on a.code = $2 and a.account in (t.debit, t.credit)
     where t.payer_id = $1 and t.of_money and t.reason <> all ($3::text[]) and t.reverses is null
       and not exists (select from ledger.transfer r where r.payer_id = t.payer_id and r.reverses = t.transfer_id)
     order by t.transfer_id`,
    [payerId, account, but],
  )

/** The transfers of a payer, latest first, before a transfer (exclusive). */
export async function pageOfPayer(tx: Tx, payerId: bigint, before: bigint | null, limit: number): Promise<BookedTransfer[]> {
  const rows = await tx.query<TransferRow>(
    `${selectTransfers} where t.payer_id = $1 and ($2::bigint is null or t.transfer_id < $2) order by t.transfer_id desc limit $3`,
    [payerId, before, limit],
  )
  return rows.map(bookedOf)
}

export type SumRow = {
  readonly code: string
  readonly kind: AccountKind
  readonly labels: Words
  readonly debit: bigint
  readonly credit: bigint
}

export const sumAccounts = (tx: Tx, on: Day | null): Promise<SumRow[]> =>
  tx.query<SumRow>(
    `with moved as (
       select debit, credit, sum(amount) as amount from ledger.transfer where $1::date is null or day <= $1 group by debit, credit
     )
     select a.code, a.kind, a.labels,
       coalesce((select sum(amount) from moved where debit = a.account), 0)::bigint as debit,
       coalesce((select sum(amount) from moved where credit = a.account), 0)::bigint as credit
     from ledger.account a order by a.account`,
    [on],
  )

/** What stands on the accounts kept per payer, for many payers in one statement. Payers without transfers are absent. */
export const sumPayers = (
  tx: Tx,
  payerIds: readonly bigint[],
): Promise<{ payer_id: bigint; code: string; balance: bigint; grew_on: Day | null }[]> =>
  tx.query(
    'select payer_id, code, balance, grew_on from ledger.payer_balance where payer_id = any($1::bigint[])',
    [payerIds],
    repeatedFor(payerIds.length),
  )

/** The day since which a payer has had something on an account without a break; null: he has never had anything there. */
export const waitsSince = async (tx: Tx, payerId: bigint, code: string): Promise<Day | null> =>
  (
    await tx.query<{ since: Day | null }>(
      `select max(day) filter (where moved > 0 and after - moved <= 0) as since from (
         select t.day, m.moved, sum(m.moved) over (order by t.transfer_id) as after
         from ledger.account a join ledger.transfer t on t.payer_id = $1 and a.account in (t.debit, t.credit)
         cross join lateral (select case when t.credit = a.account then t.amount else -t.amount end as moved) m where a.code = $2) moves`,
      [payerId, code],
    )
  )[0]?.since ?? null

/** Of some payers those that have money with us. */
export const findMoney = async (tx: Tx, payerIds: readonly bigint[]): Promise<bigint[]> =>
  (
    await tx.query<{ payer_id: bigint }>(
      `select t.payer_id from ledger.transfer t join ledger.account c on c.account = t.credit
       where t.of_money and t.payer_id = any ($1::bigint[])
       group by t.payer_id having sum(case when ${holdsMoney('c')} then t.amount else -t.amount end) > 0 order by t.payer_id`,
      [payerIds],
    )
  ).map(({ payer_id }) => payer_id)

const keptPerPayer = '(select account from ledger.account where per_payer)'

/**
 * What a transfer adds to what payers were billed, as SQL over a row of ledger.transfer: out of what they owe or have with us it adds,
 * into it it takes back, and from one account of theirs to another it does neither.
 */
export const billedAmount = `amount * ((debit in ${keptPerPayer})::integer - (credit in ${keptPerPayer})::integer)`
