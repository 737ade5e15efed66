// SQL of cover: the rule's rows, the set answer of the database, the facts behind it for one member, and the public question.
import type { CoverRuleRow } from '@payung/law'
import { type Day, type Month, monthFromNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import type { ContractCover, CoverFacts, CoverState, MonthBill, Settlement } from '../domain/cover.ts'

export const addCoverRules = (tx: Tx, from: Day, rows: readonly CoverRuleRow[]): Promise<number> =>
  tx.run(
    `insert into contributions.cover_rule (from_day, segment, settlement, programme, grace_months, beyond, arrears_limit, waiting_months, waiting_limit, act, article, status, entries)
     select $1, r.segment, r.settlement, r.programme, r.grace, r.beyond, r.arrears_limit, r.waiting, r.waiting_limit, r.act, r.article, r.status, string_to_array(r.entries, ' ')
     from unnest($2::text[], $3::text[], $4::text[], $5::smallint[], $6::text[], $7::text[], $8::smallint[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
       as r (segment, settlement, programme, grace, beyond, arrears_limit, waiting, waiting_limit, act, article, status, entries) on conflict do nothing`,
    [
      from,
      rows.map(({ segment }) => segment),
      rows.map(({ settlement }) => settlement),
      rows.map(({ programme }) => programme),
      rows.map(({ graceMonths }) => graceMonths),
      rows.map(({ beyond }) => beyond),
      rows.map(({ arrearsLimit }) => arrearsLimit),
      rows.map(({ waitingMonths }) => waitingMonths),
      rows.map(({ waitingLimit }) => waitingLimit),
      rows.map(({ act }) => act),
      rows.map(({ article }) => article),
      rows.map(({ status }) => status),
      rows.map(({ entries }) => entries.join(' ')),
    ],
  )

export type CoverRow = {
  readonly person_id: bigint
  readonly ordinal: number
  readonly segment: string
  readonly payer_id: bigint
  readonly payer_kind: string
  readonly settlement: Settlement
  readonly programme: string
  readonly state: CoverState
  readonly since: Day | null
  readonly paid_until: Day | null
  readonly covered_until: Day | null
  readonly limits: string[]
  readonly reason: string | null
}

/** The database's own answer: persons, or everybody (null). */
export const coverOn = (tx: Tx, day: Day, persons: readonly bigint[] | null): Promise<CoverRow[]> =>
  tx.query<CoverRow>('select * from contributions.cover_on($1, $2) order by person_id, ordinal, programme', [day, persons])

export type RuleRow = {
  readonly segment: string
  readonly settlement: Settlement
  readonly programme: string
  readonly grace_months: number
  readonly beyond: CoverState
  readonly arrears_limit: string
  readonly waiting_months: number
  readonly waiting_limit: string
  readonly act: string
  readonly article: string
  readonly status: string
}

export const rulesOn = (tx: Tx, day: Day): Promise<RuleRow[]> =>
  tx.query<RuleRow>(
    'select distinct on (segment, settlement, programme) * from contributions.cover_rule where from_day <= $1 order by segment, settlement, programme, from_day desc',
    [day],
  )

/** The opened month whose law cover goes by on a day; undefined before the first month was opened. */
export const lawMonth = async (tx: Tx, day: Day): Promise<Month | undefined> => {
  const number = (await tx.query<{ month: number | null }>('select contributions.law_month($1) as month', [day]))[0]?.month
  return number == null ? undefined : monthFromNumber(number)
}

export type MembershipAlive = {
  readonly person_id: bigint
  readonly ordinal: number
  readonly segment: string
  readonly settlement: Settlement
  readonly programmes: string
  readonly payer_id: bigint
  readonly joined: Day
}

/** The memberships that live on a day, with the programmes of their class in that month. */
export const membershipsAlive = (tx: Tx, day: Day, persons: readonly bigint[]): Promise<MembershipAlive[]> =>
  tx.query<MembershipAlive>(
    `select f.person_id, f.ordinal, p.segment, p.settlement, c.programmes, f.payer_id, f.joined
     from contributions.membership_fact f join contributions.profile p using (profile_id)
     join contributions.tariff_range t on t.month = contributions.law_month($1::date) and t.profile_id = f.profile_id and f.born >= t.born_from and f.born < t.born_until
       and t.version = (select max(v.version) from contributions.tariff_version v where v.month = t.month)
     join contributions.tariff_class c on c.month = t.month and c.class = t.class
     where f.person_id = any ($2::bigint[]) and f.from_day <= $1::date and (f.until_day is null or f.until_day > $1::date) order by f.person_id, f.ordinal`,
    [day, persons],
  )

type NamedCover = ContractCover & { readonly person_id: bigint; readonly ordinal: number }

/** The spans that parts of contracts cover for some persons, each with the days of all parts of its contract. */
async function contractCovers(tx: Tx, persons: readonly bigint[]): Promise<NamedCover[]> {
  const rows = await tx.query<Omit<NamedCover, 'dues'> & { dues: { due: Day; paidOn: Day | null }[] | null }>(
    `select m.person_id, m.ordinal, greatest(m.from_day, s.from_day) as from, least(m.until_day, s.until_day) as until, b.paid_on as "paidOn", m.window_until as "windowUntil", m.reported_on as "reportedOn",
       (select json_agg(json_build_object('due', i.due, 'paidOn', k.paid_on)) from contributions.premium_part i join contributions.bill k on k.payer_id = i.payer_id and k.bill_id = i.bill_id
        where i.payer_id = m.payer_id and i.contract_id = m.contract_id and i.due is not null) as dues
     from contributions.premium_member m join contributions.premium_part s on s.payer_id = m.payer_id and s.contract_id = m.contract_id
     left join contributions.bill b on b.payer_id = s.payer_id and b.bill_id = s.bill_id
     where m.person_id = any ($1::bigint[]) and greatest(m.from_day, s.from_day) < least(m.until_day, s.until_day)`,
    [persons],
  )
  return rows.map((row) => ({ ...row, dues: row.dues ?? [] }))
}

type BillOfPayer = { payer_id: bigint; bill_id: bigint; month: number; due: Day | null; issued_on: Day; paid_on: Day | null }

/** The bills of a payer and those to which a membership was taken, each until it was taken from it. */
function billsOf(sent: readonly BillOfPayer[], taken: readonly (BillOfPayer & { from_bill: bigint })[]): MonthBill[] {
  const left = new Map(taken.map(({ from_bill, issued_on }) => [from_bill, issued_on]))
  return [...sent, ...taken].map(({ bill_id, month, due, issued_on, paid_on }) => ({
    month: monthFromNumber(month),
    due,
    issuedOn: issued_on,
    paidOn: paid_on,
    leftOn: left.get(bill_id) ?? null,
  }))
}

/** Everything that the pure decision asks about some memberships, read in a few statements. */
export async function coverFacts(tx: Tx, alive: readonly MembershipAlive[]): Promise<CoverFacts[]> {
  const persons = [...new Set(alive.map(({ person_id }) => person_id))]
  const openings = await tx.query<{ person_id: bigint; ordinal: number; opened_on: Day }>(
    'select person_id, ordinal, opened_on from contributions.cover_period where person_id = any ($1::bigint[])',
    [persons],
  )
  const paid = await tx.query<{ person_id: bigint; ordinal: number; to_month: number; paid_on: Day }>(
    'select person_id, ordinal, to_month, paid_on from contributions.paid_span where person_id = any ($1::bigint[])',
    [persons],
  )
  const contracts = await contractCovers(tx, persons)
  const payers = [...new Set(alive.flatMap(({ settlement, payer_id }) => (settlement === 'receivable' ? [payer_id] : [])))]
  const billed = await tx.query<BillOfPayer>(
    `select payer_id, bill_id, month, due, issued_on, paid_on from contributions.bill
     where payer_id = any ($1::bigint[]) and kind in ('month', 'supplement') and state <> 'calculated' and total > 0`,
    [payers],
  )
  const taken = await tx.query<BillOfPayer & { person_id: bigint; ordinal: number; from_bill: bigint }>(
    `select m.person_id, m.ordinal, m.bill_id as from_bill, b.payer_id, b.bill_id, b.month, b.due, m.split_on as issued_on, b.paid_on
     from contributions.split_member m join contributions.bill b on b.payer_id = m.payer_id and b.bill_id = m.split_bill_id
     where m.person_id = any ($1::bigint[]) and m.payer_id = any ($2::bigint[])`,
    [persons, payers],
  )
  const dues = await tx.query<{ month: number; segment: string; due: Day | null }>(
    'select month, segment, due from contributions.month_due',
  )
  const dueDays = new Map(dues.map(({ month, segment, due }) => [`${segment} ${monthFromNumber(month)}`, due]))
  const key = ({ person_id, ordinal }: { person_id: bigint; ordinal: number }): string => `${person_id} ${ordinal}`
  const [opened, spans, named] = [Map.groupBy(openings, key), Map.groupBy(paid, key), Map.groupBy(contracts, key)]
  const sent = Map.groupBy(billed, ({ payer_id }) => payer_id)
  const moved = Map.groupBy(taken, (each) => `${key(each)} ${each.payer_id}`)
  return alive.map((membership) => ({
    settlement: membership.settlement,
    joined: membership.joined,
    openings: (opened.get(key(membership)) ?? []).map(({ opened_on }) => opened_on),
    paid: (spans.get(key(membership)) ?? []).map(({ to_month, paid_on }) => ({ month: monthFromNumber(to_month), paidOn: paid_on })),
    contracts: named.get(key(membership)) ?? [],
    billed: billsOf(sent.get(membership.payer_id) ?? [], moved.get(`${key(membership)} ${membership.payer_id}`) ?? []),
    dueOf: (month: Month) => dueDays.get(`${membership.segment} ${month}`) ?? null,
  }))
}

export type CoverPeriod = { readonly openedOn: Day; readonly openedBy: string; readonly fromMonth: Month }

/** The periods of cover that had opened by the end of a day, by person and ordinal, in order. */
export async function periodsBy(tx: Tx, persons: readonly bigint[], day: Day): Promise<Map<string, CoverPeriod[]>> {
  const rows = await tx.query<{ key: string; opened_on: Day; opened_by: string; from_month: number }>(
    `select person_id || ' ' || ordinal as key, opened_on, opened_by, from_month from contributions.cover_period
     where person_id = any ($1::bigint[]) and opened_on <= $2 order by person_id, ordinal, opened_on`,
    [persons, day],
  )
  const found = new Map<string, CoverPeriod[]>()
  for (const { key, opened_on, opened_by, from_month } of rows)
    found.set(key, [...(found.get(key) ?? []), { openedOn: opened_on, openedBy: opened_by, fromMonth: monthFromNumber(from_month) }])
  return found
}

export type PublicRow = {
  readonly merged: boolean
  readonly segment: string | null
  readonly settlement: Settlement | null
  readonly programme: string | null
  readonly state: CoverState | null
  readonly since: Day | null
  readonly paid_until: Day | null
  readonly covered_until: Day | null
  readonly limits: string[] | null
  readonly reason: string | null
}

export const askPublicCover = (tx: Tx, number: string, day: Day): Promise<PublicRow[]> =>
  tx.query<PublicRow>('select * from contributions.public_cover($1, $2)', [number, day])

/** A month of one membership: paid, or the state of its cover without payment. */
export type PublicMonth = {
  readonly ordinal: number
  readonly left_on: Day | null
  readonly month: number
  readonly paid: boolean
  readonly state: Exclude<CoverState, 'covered'> | null
}
export const askPublicMonths = (tx: Tx, number: string, day: Day, since: number): Promise<PublicMonth[]> =>
  tx.query<PublicMonth>('select * from contributions.public_months($1, $2, $3)', [number, day, since])

export type PublicMembership = { readonly left_on: Day | null; readonly begins_on: Day | null; readonly lives: boolean }
export const askPublicMembership = async (tx: Tx, number: string, day: Day): Promise<PublicMembership> =>
  (await tx.query<PublicMembership>('select * from contributions.public_membership($1, $2)', [number, day]))[0] ?? {
    left_on: null,
    begins_on: null,
    lives: false,
  }

export type PriceFacts = {
  readonly facts: Readonly<Record<string, string>>
  readonly born: Day
  readonly base: bigint
  readonly paid_month: number | null
  /** Pays alone already; otherwise somebody else paid, and paying alone would begin a period of one's own. */
  readonly alone: boolean
}
export const askPriceFacts = async (tx: Tx, number: string, day: Day): Promise<PriceFacts | undefined> =>
  (await tx.query<PriceFacts>('select * from contributions.public_price_facts($1, $2)', [number, day]))[0]
