// SQL that writes letters: rows that are known in memory, and set statements for what a run has changed. Each cause writes one letter to
// each addressee: told again, nothing is added.
import { type Day, type Month, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { LetterKind, Why } from '../domain/kinds.ts'
import type { LetterFacts } from '../domain/letter.ts'
import type { TellBy } from '../domain/tell-by.ts'

export type NewLetter = {
  readonly personId?: bigint | null
  readonly payerId?: bigint | null
  readonly kind: LetterKind
  readonly cause: string
  readonly amount?: bigint | null
  readonly facts: LetterFacts
  readonly tellBy?: TellBy
}

export const addLetters = (tx: Tx, letters: readonly NewLetter[], on: Day): Promise<number> =>
  letters.length === 0
    ? Promise.resolve(0)
    : tx.run(
        `insert into notices.letter (person_id, payer_id, kind, cause, amount, facts, written_on, tell_by, tell_by_law)
         select person, payer, kind, cause, amount, facts, $1, aim, law
         from unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::jsonb[], $8::date[], $9::date[])
           as l (person, payer, kind, cause, amount, facts, aim, law) on conflict do nothing`,
        [
          on,
          letters.map(({ personId }) => personId ?? null),
          letters.map(({ payerId }) => payerId ?? null),
          letters.map(({ kind }) => kind),
          letters.map(({ cause }) => cause),
          letters.map(({ amount }) => amount ?? null),
          letters.map(({ facts }) => JSON.stringify(facts)),
          letters.map((letter) => letter.tellBy?.aim ?? null),
          letters.map((letter) => letter.tellBy?.law ?? null),
        ],
      )

/** The bills of `$1` with their payers, apart from the join: where row security holds, a key computed in it would be compared with every bill. */
const namedBills = '(select u.bill_id, u.bill_id >> 20 as payer_id from unnest($1::bigint[]) as u (bill_id) offset 0) n'

type Occasion = { readonly why: Why; readonly on: Day; readonly tellBy: TellBy }

/** To the payers of bills that changed a month: what comes back, what is owed, or that nothing is. One statement however many there are. */
export const addLettersOfBills = (tx: Tx, bills: readonly bigint[], { why, on, tellBy }: Occasion): Promise<number> =>
  tx.run(
    `insert into notices.letter (payer_id, kind, cause, amount, facts, written_on, tell_by, tell_by_law)
     select b.payer_id, case when b.total < 0 then 'credit' when b.total > 0 then 'supplementary-bill' else 'nothing-owed' end, 'bill ' || b.bill_id, abs(b.total),
       jsonb_strip_nulls(jsonb_build_object('month', to_char(contributions.first_day(b.month), 'YYYY-MM'), 'bill', b.bill_id::text, 'why', $2::text,
         'due', case when b.paid_on is null then b.due end, 'unpaid', case when b.paid_on is null then 'yes' end, 'paidOn', case when b.total > 0 then b.paid_on end,
         'corrected', case when $2::text = 'correction' then 'yes' end, 'open', case when exists (select from contributions.reduction r join contributions.bill k on k.payer_id = r.payer_id and k.bill_id = r.bill_id
           where r.payer_id = b.payer_id and r.difference_id = b.bill_id and k.paid_on is null and r.written_off = 0) then 'yes' end)),
       $3, case when b.total <> 0 then $4::date end, case when b.total <> 0 then $5::date end
     from ${namedBills} join contributions.bill b on b.payer_id = n.payer_id and b.bill_id = n.bill_id
     on conflict do nothing`,
    [bills, why, on, tellBy.aim, tellBy.law],
  )

/** To the payers of instalments of what was deferred: what is to be paid by when, or what comes back because less was deferred. */
export const addLettersOfDeferred = (tx: Tx, bills: readonly bigint[], on: Day): Promise<number> =>
  tx.run(
    `insert into notices.letter (payer_id, kind, cause, amount, facts, written_on)
     select b.payer_id, case when b.total > 0 then 'deferred-instalment' else 'deferred-returned' end, 'bill ' || b.bill_id, abs(b.total),
       jsonb_strip_nulls(jsonb_build_object('bill', b.bill_id::text, 'due', b.due, 'months', (select jsonb_agg(distinct to_char(contributions.first_day(i.month), 'YYYY-MM'))
         from contributions.deferral_instalment i where i.payer_id = b.payer_id and i.bill_id = b.bill_id))), $2
     from ${namedBills} join contributions.bill b on b.payer_id = n.payer_id and b.bill_id = n.bill_id
     where b.total <> 0 on conflict do nothing`,
    [bills, on],
  )

/** To the members whose month stands differently by some bills: what it was assessed on and cost before, and what now. */
export const addLettersOfMonth = (
  tx: Tx,
  month: Month,
  bills: readonly bigint[],
  { why, on }: Pick<Occasion, 'why' | 'on'>,
): Promise<number> =>
  tx.run(
    `insert into notices.letter (person_id, kind, cause, amount, facts, written_on)
     select c.person_id, 'month-corrected', 'month ' || $2::text || ' ' || c.ordinal || '.' || max(c.entry),
       sum(case when c.entry % 2 = 0 then c.employer + c.worker else -(c.employer + c.worker) end),
       jsonb_strip_nulls(jsonb_build_object('month', $2::text, 'why', $4::text, 'bill', c.bill_id::text,
         'baseBefore', (max(c.base) filter (where c.entry % 2 = 1))::text, 'classBefore', max(c.class) filter (where c.entry % 2 = 1),
         'before', (max(c.employer + c.worker) filter (where c.entry % 2 = 1))::text,
         'baseAfter', (max(c.base) filter (where c.entry % 2 = 0))::text, 'classAfter', max(c.class) filter (where c.entry % 2 = 0),
         'after', (max(c.employer + c.worker) filter (where c.entry % 2 = 0))::text)), $5
     from contributions.contribution c join unnest($3::bigint[]) as n (bill_id) on n.bill_id = c.bill_id
     where c.month = $1 group by c.person_id, c.ordinal, c.bill_id on conflict do nothing`,
    [monthNumber(month), month, bills, why, on],
  )

/** The bill of a correction; null as long as it is not approved. */
export const billOfCorrection = async (tx: Tx, correction: bigint): Promise<bigint | null> =>
  (await tx.query<{ bill_id: bigint | null }>('select bill_id from contributions.correction where correction_id = $1', [correction]))[0]
    ?.bill_id ?? null

/** To who pays and to each member of a case of late money. `state`: opened, approved, refused, withdrawn. */
export const addLettersOfCase = (tx: Tx, caseId: bigint, state: string, on: Day): Promise<number> =>
  tx.run(
    `with r as (
       select r.payer_id, r.case_id, jsonb_strip_nulls(jsonb_build_object('from', to_char(contributions.first_day(r.from_month), 'YYYY-MM'),
         'through', to_char(contributions.first_day(r.through_month), 'YYYY-MM'), 'case', r.case_id::text,
         'reason', (select v.reason from contributions.reinstatement_verdict v where v.payer_id = r.payer_id and v.case_id = r.case_id and v.verdict = 'refused' limit 1))) as facts,
         (select count(*) from contributions.reinstatement_member m where m.payer_id = r.payer_id and m.case_id = r.case_id) as members
       from contributions.reinstatement r where r.case_id = $1)
     insert into notices.letter (person_id, payer_id, kind, cause, facts, written_on)
     select null, payer_id, 'reinstatement-' || $2::text, 'case ' || case_id, facts || jsonb_build_object('members', members), $3::date from r
     union all
     select distinct m.person_id, null::bigint, 'reinstatement-' || $2::text, 'case ' || r.case_id, r.facts - 'reason', $3::date
     from r join contributions.reinstatement_member m on m.payer_id = r.payer_id and m.case_id = r.case_id on conflict do nothing`,
    [caseId, state, on],
  )

/** Which of some payers the law offers the next months first for money that is too much. */
export const payersOfKinds = async (tx: Tx, payers: readonly bigint[], kinds: readonly string[]): Promise<bigint[]> =>
  (
    await tx.query<{ payer_id: bigint }>(
      'select payer_id from registry.payer where payer_id = any ($1::bigint[]) and kind = any ($2::text[])',
      [payers, kinds],
    )
  ).map(({ payer_id }) => payer_id)

export type MergeFacts = { readonly person_id: bigint; readonly merged_id: bigint | null; readonly numbers: string[] }

/** Whose numbers a merge brought together. */
export const findMergeFacts = async (tx: Tx, mergeId: bigint): Promise<MergeFacts | undefined> =>
  (await tx.query<MergeFacts>('select person_id, merged_id, numbers from registry.merge where merge_id = $1', [mergeId]))[0]

export type AddendumFacts = {
  readonly name: string
  /** Of the bill that its difference has: not there yet where it is offered. */
  readonly bill: bigint | null
  readonly due: Day | null
  readonly paidOn: Day | null
}

/** How a contract is called, and the bill of what an addendum costs more. */
export const findAddendumFacts = async (tx: Tx, contractId: bigint, bill: bigint | null): Promise<AddendumFacts | undefined> =>
  (
    await tx.query<AddendumFacts>(
      `select c.name, b.bill_id as bill, b.due, b.paid_on as "paidOn" from contributions.premium_contract c
       left join contributions.bill b on b.payer_id = c.payer_id and b.bill_id = $2::bigint where c.payer_id = $1::bigint >> 20 and c.contract_id = $1::bigint`,
      [contractId, bill],
    )
  )[0]

export type CertificateTurn = {
  readonly contractId: bigint
  /** How often its certificate was told to be in force no more. */
  readonly turn: number
  /** The bill that opens cover, and what it asks: the first part that covers days. */
  readonly bill: bigint
  readonly amount: bigint
}

/** What letters about certificates ask of their contracts. */
export const certificateTurns = (tx: Tx, contracts: readonly bigint[]): Promise<CertificateTurn[]> =>
  tx.query<CertificateTurn>(
    `select distinct on (p.payer_id, p.contract_id) p.contract_id as "contractId", b.bill_id as bill, b.total as amount,
       (select count(*)::integer from notices.letter l where l.payer_id = p.payer_id and l.kind = 'certificate-revoked'
         and starts_with(l.cause, 'certificate ' || p.contract_id || ' ')) as turn
     from contributions.premium_part p join contributions.bill b on b.payer_id = p.payer_id and b.bill_id = p.bill_id
     where p.payer_id = any (select unnest($1::bigint[]) >> 20) and p.contract_id = any ($1::bigint[]) and p.from_day is not null
     order by p.payer_id, p.contract_id, p.nth`,
    [contracts],
  )

export type OrderFacts = { readonly bank: string; readonly account: string }

/** To which account a payout goes. */
export const findOrderFacts = async (tx: Tx, orderId: bigint): Promise<OrderFacts | undefined> =>
  (await tx.query<OrderFacts>('select bank, account from payments.payout_order where order_id = $1', [orderId]))[0]
