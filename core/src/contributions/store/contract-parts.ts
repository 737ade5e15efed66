// SQL of the parts of premium contracts: their bills, what is offered, what paying one opens.
import { type Day, type Month, monthFromNumber, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { Part } from '../domain/contract-parts.ts'
import type { ContractAmounts } from '../domain/contract-transfers.ts'

export type PartRow = Part & {
  readonly payerId: bigint
  readonly contractId: bigint
  readonly nth: number
  readonly billId: bigint
  readonly month: Month
}

export const addParts = (tx: Tx, parts: readonly PartRow[], madeOn: Day): Promise<number> =>
  tx.run(
    `insert into contributions.premium_part (payer_id, contract_id, nth, bill_id, kind, month, due, from_day, until_day, amounts, employer, worker, made_on)
     select n.*, $13::date from unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::bigint[], $5::text[], $6::smallint[], $7::date[], $8::date[], $9::date[], $10::jsonb[], $11::bigint[], $12::bigint[]) n`,
    [
      parts.map(({ payerId }) => payerId),
      parts.map(({ contractId }) => contractId),
      parts.map(({ nth }) => nth),
      parts.map(({ billId }) => billId),
      parts.map(({ kind }) => kind),
      parts.map(({ month }) => monthNumber(month)),
      parts.map(({ due }) => due),
      parts.map(({ from }) => from),
      parts.map(({ until }) => until),
      parts.map(({ amounts }) => JSON.stringify(amounts)),
      parts.map(({ employer }) => employer),
      parts.map(({ worker }) => worker),
      madeOn,
    ],
  )

/** Bills of parts: issued, or paid on the day they are written where an offer's money pays them or where they give back. */
export const writePartBills = (tx: Tx, bills: readonly bigint[], day: Day, state: 'issued' | 'paid'): Promise<number> =>
  tx.run(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, worker, members, made_on, issued_on, due, paid_on)
     select p.payer_id, p.bill_id, p.month, 'contract', $3, p.employer, p.worker,
       (select count(*) from contributions.premium_member m where m.payer_id = p.payer_id and m.contract_id = p.contract_id), $2, $2, p.due, case when $3 = 'paid' then $2::date end
     from contributions.premium_part p where p.payer_id = any (select unnest($1::bigint[]) >> 20) and p.bill_id = any ($1::bigint[])`,
    [bills, day, state],
  )

/** The oldest part of each payer's contracts that is offered and not paid. A contract whose days are over is not offered. */
export const unpaidParts = (
  tx: Tx,
  payers: readonly bigint[],
  today: Day,
): Promise<{ payer_id: bigint; bill_id: bigint; month: number; amount: bigint }[]> =>
  tx.query(
    `select distinct on (p.payer_id) p.payer_id, p.bill_id, p.month, p.employer + p.worker as amount from contributions.premium_part p
     where p.payer_id = any ($1::bigint[]) and p.employer + p.worker > 0
       and exists (select from contributions.premium_part e where e.payer_id = p.payer_id and e.contract_id = p.contract_id and e.until_day > $2::date)
       and not exists (select from contributions.bill b where b.payer_id = p.payer_id and b.bill_id = p.bill_id) order by p.payer_id, p.contract_id, p.nth`,
    [payers, today],
  )

export type PartToSettle = {
  readonly payerId: bigint
  readonly billId: bigint
  readonly month: Month
  readonly amounts: ContractAmounts
  readonly total: bigint /** An organisation holds the money for others. */
  readonly held: boolean
}

/** Writes the paid bills of offered parts and opens the cover of the members named. */
export async function settlePartBills(tx: Tx, parts: readonly { payerId: bigint; billId: bigint }[], day: Day): Promise<PartToSettle[]> {
  const ids = parts.map(({ billId }) => billId)
  await writePartBills(tx, ids, day, 'paid')
  await openContractCover(tx, ids, day)
  const rows = await tx.query<Omit<PartToSettle, 'month'> & { month: number }>(
    `select p.payer_id as "payerId", p.bill_id as "billId", p.month, p.amounts, p.employer + p.worker as total, y.organisation_id is not null as held
     from contributions.premium_part p join registry.payer y using (payer_id) where p.payer_id = any ($2::bigint[]) and p.bill_id = any ($1::bigint[])`,
    [ids, parts.map(({ payerId }) => payerId)],
  )
  return rows.map((row) => ({ ...row, month: monthFromNumber(row.month) }))
}

export type PaidPart = Omit<PartToSettle, 'held'> & { readonly paidOn: Day; readonly members: number }

/** The parts that offers of a payer paid, latest first. A bill that was opened again is owed since then, as one of a project, and is not among them. */
export async function paidParts(tx: Tx, payerId: bigint): Promise<PaidPart[]> {
  const rows = await tx.query<Omit<PaidPart, 'month'> & { month: number }>(
    `select p.payer_id as "payerId", p.bill_id as "billId", p.month, p.amounts, p.employer + p.worker as total, b.paid_on as "paidOn", b.members
     from contributions.premium_part p join registry.payer y on y.payer_id = p.payer_id and y.settlement = 'offer'
     join contributions.bill b on b.payer_id = p.payer_id and b.bill_id = p.bill_id and b.paid_on is not null
     where p.payer_id = $1 and p.employer + p.worker > 0
       and not exists (select from contributions.paid_change k where k.payer_id = p.payer_id and k.bill_id = p.bill_id) order by b.paid_on desc, p.bill_id desc`,
    [payerId],
  )
  return rows.map((row) => ({ ...row, month: monthFromNumber(row.month) }))
}

/** The first part that covers days opens cover for those named: from the payment, or from the first day of work if later. */
export const openContractCover = (tx: Tx, bills: readonly bigint[], day: Day): Promise<number> =>
  tx.run(
    `insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month)
     select m.person_id, m.ordinal, o.on, 'first-instalment', contributions.month_number(o.on)
     from contributions.premium_part p join contributions.premium_member m on m.payer_id = p.payer_id and m.contract_id = p.contract_id
     cross join lateral (select greatest($2::date, m.from_day, p.from_day) as on) o
     where p.payer_id = any (select unnest($1::bigint[]) >> 20) and p.bill_id = any ($1::bigint[]) and p.from_day is not null
       and not exists (select from contributions.premium_part e join contributions.bill b on b.payer_id = e.payer_id and b.bill_id = e.bill_id
         where e.payer_id = p.payer_id and e.contract_id = p.contract_id and e.nth < p.nth and e.from_day is not null and b.paid_on is not null)
     on conflict do nothing`,
    [bills, day],
  )

export type CertifiedRow = {
  readonly payerId: bigint
  readonly contractId: bigint
  readonly name: string
  readonly segment: string
  readonly from: Day
  readonly until: Day
}

/** The contracts, with their terms of today, of which some of these bills cover days, and no other bill that covers days is paid. */
const contractsThatRestOn = `select c.payer_id as "payerId", c.contract_id as "contractId", c.name, c.segment, coalesce(a.from_day, c.from_day) as from, coalesce(a.until_day, c.until_day) as until
     from contributions.premium_contract c left join lateral (select * from contributions.addendum a
       where a.payer_id = c.payer_id and a.contract_id = c.contract_id order by a.nth desc limit 1) a on true
     where (c.payer_id, c.contract_id) in (select p.payer_id, p.contract_id from contributions.premium_part p
         where p.payer_id = any (select unnest($1::bigint[]) >> 20) and p.bill_id = any ($1::bigint[]) and p.from_day is not null)
       and not exists (select from contributions.premium_part e join contributions.bill b on b.payer_id = e.payer_id and b.bill_id = e.bill_id
         where e.payer_id = c.payer_id and e.contract_id = c.contract_id and e.from_day is not null and b.paid_on is not null and b.bill_id <> all ($1::bigint[]))
     order by 1, 2`

/** The contracts of which these bills were the first that were paid and cover days; or, taken back, the last. */
export const certifiedBy = (tx: Tx, bills: readonly bigint[]): Promise<CertifiedRow[]> =>
  tx.query<CertifiedRow>(contractsThatRestOn, [bills])

export type PublicCertificateRow = {
  readonly segment: string
  /** Null where a person pays. */
  readonly name: string | null
  readonly payer: string | null
  readonly from_day: Day
  readonly until_day: Day
  /** Of funds, in no order that means anything. */
  readonly codes: readonly string[]
  readonly paid_on: Day | null
  readonly revoked_on: Day | null
  readonly addenda: number
  readonly amended_on: Day | null
}

/** What anybody may know of a certificate; entered as the role `public`. */
export const askPublicCertificate = async (tx: Tx, contractId: bigint): Promise<PublicCertificateRow | undefined> =>
  (await tx.query<PublicCertificateRow>('select * from contributions.public_certificate($1)', [contractId]))[0]

/** Cover of those who are named on a day in a contract that is paid for: from their first day, or from the report where the window had passed. */
export const openNamedCover = (tx: Tx, contractId: bigint, day: Day): Promise<number> =>
  tx.run(
    `insert into contributions.cover_period (person_id, ordinal, opened_on, opened_by, from_month)
     select m.person_id, m.ordinal, o.on, 'reported', contributions.month_number(o.on)
     from contributions.premium_member m cross join lateral (
       select min(greatest(p.from_day, b.paid_on)) as paid from contributions.premium_part p join contributions.bill b on b.payer_id = p.payer_id and b.bill_id = p.bill_id
       where p.payer_id = m.payer_id and p.contract_id = m.contract_id and p.from_day is not null and b.paid_on is not null
     ) k cross join lateral (select greatest(k.paid, m.from_day, case when m.reported_on > m.window_until then m.reported_on end) as on) o
     where m.payer_id = $1::bigint >> 20 and m.contract_id = $1::bigint and m.reported_on = $2::date and k.paid is not null on conflict do nothing`,
    [contractId, day],
  )

export type StandingPart = PartRow & { readonly madeOn: Day; readonly issued: boolean; readonly paidOn: Day | null }

export async function partsOfContract(tx: Tx, contractId: bigint): Promise<StandingPart[]> {
  const rows = await tx.query<Omit<StandingPart, 'month'> & { month: number }>(
    `select p.payer_id as "payerId", p.contract_id as "contractId", p.nth, p.bill_id as "billId", p.kind, p.month, p.due, p.from_day as from, p.until_day as until, p.amounts, p.employer, p.worker,
       p.made_on as "madeOn", b.bill_id is not null as issued, b.paid_on as "paidOn"
     from contributions.premium_part p left join contributions.bill b on b.payer_id = p.payer_id and b.bill_id = p.bill_id
     where p.payer_id = $1::bigint >> 20 and p.contract_id = $1::bigint order by p.nth`,
    [contractId],
  )
  return rows.map((row) => ({ ...row, month: monthFromNumber(row.month) }))
}

export const movePart = (tx: Tx, part: Pick<PartRow, 'payerId' | 'contractId' | 'nth'>, span: { from: Day; until: Day }): Promise<number> =>
  tx.run('update contributions.premium_part set from_day = $4, until_day = $5 where payer_id = $1 and contract_id = $2 and nth = $3', [
    part.payerId,
    part.contractId,
    part.nth,
    span.from,
    span.until,
  ])

export type NewAddendum = {
  readonly payerId: bigint
  readonly contractId: bigint
  readonly nth: number
  readonly from: Day
  readonly until: Day
  readonly facts: Readonly<Record<string, string>>
  readonly employer: bigint
  readonly worker: bigint
  readonly reason: string
  readonly entries: readonly string[]
}

export const addAddendum = (tx: Tx, row: NewAddendum, madeOn: Day): Promise<number> =>
  tx.run(
    `insert into contributions.addendum (payer_id, contract_id, nth, from_day, until_day, facts, employer, worker, reason, entries, made_on)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      row.payerId,
      row.contractId,
      row.nth,
      row.from,
      row.until,
      JSON.stringify(row.facts),
      row.employer,
      row.worker,
      row.reason,
      row.entries,
      madeOn,
    ],
  )
