// SQL of reinstatements: cases, their members, their verdicts.
import { type Day, type Month, monthFromNumber, monthNumber } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { paidByPayer } from './paid-spans.ts'

export type LapsedMember = { readonly person_id: bigint; readonly ordinal: number; readonly grace_months: number }

/** The members whom a payer paid for last in the month before `from`, who live today and have lapsed by the running month. */
export const lapsedMembers = (tx: Tx, payer: bigint, from: Month, running: Month, today: Day): Promise<LapsedMember[]> =>
  tx.query<LapsedMember>(
    `select f.person_id, f.ordinal, r.grace_months from contributions.membership_fact f
     join contributions.profile p on p.profile_id = f.profile_id and p.settlement = 'offer'
     join lateral (select s.to_month, s.bill_id from contributions.paid_span s where s.person_id = f.person_id and s.ordinal = f.ordinal order by s.to_month desc limit 1) l
       on l.to_month = $2::smallint - 1 and ${paidByPayer}
     join lateral (select c.grace_months from contributions.cover_rule c where c.segment = p.segment and c.settlement = 'offer' and c.from_day <= $4::date
       order by c.from_day desc, c.grace_months desc limit 1) r on l.to_month + r.grace_months < $3::smallint
     where f.payer_id = $1 and f.from_day <= $4::date and (f.until_day is null or f.until_day > $4::date) order by 1, 2`,
    [payer, monthNumber(from), monthNumber(running), today],
  )

/** The payers among these that have a case nobody has decided: their money waits. */
export const openCases = async (tx: Tx, payers: readonly bigint[]): Promise<Map<bigint, bigint>> =>
  new Map(
    (
      await tx.query<{ payer_id: bigint; case_id: bigint }>(
        `select payer_id, case_id from contributions.reinstatement_state where payer_id = any ($1::bigint[]) and state = 'open'`,
        [payers],
      )
    ).map(({ payer_id, case_id }) => [payer_id, case_id]),
  )

export type NewCase = {
  readonly payerId: bigint
  readonly from: Month
  readonly through: Month
  readonly graceMonths: number
  readonly levels: readonly string[]
  readonly reason: string
  readonly evidence: readonly string[]
  readonly members: readonly LapsedMember[]
}

export async function addCase(tx: Tx, opened: NewCase, on: Day): Promise<bigint> {
  const [made] = await tx.query<{ case_id: bigint }>(
    `insert into contributions.reinstatement (payer_id, from_month, through_month, grace_months, levels, reason, evidence, opened_on, actor)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning case_id`,
    [
      opened.payerId,
      monthNumber(opened.from),
      monthNumber(opened.through),
      opened.graceMonths,
      opened.levels,
      opened.reason,
      opened.evidence,
      on,
      tx.actor.actorId,
    ],
  )
  if (!made) throw new Error('a case was opened and is not there')
  await tx.run(
    'insert into contributions.reinstatement_member (person_id, ordinal, payer_id, case_id) select m.*, $3::bigint, $4::bigint from unnest($1::bigint[], $2::smallint[]) as m',
    [opened.members.map(({ person_id }) => person_id), opened.members.map(({ ordinal }) => ordinal), opened.payerId, made.case_id],
  )
  return made.case_id
}

export type CaseRow = {
  readonly payerId: bigint
  readonly caseId: bigint
  readonly state: 'open' | 'approved' | 'refused' | 'withdrawn'
  readonly from: Month
  readonly through: Month
  readonly levels: readonly string[]
  readonly reason: string
  readonly evidence: readonly string[]
  readonly members: number
  readonly openedOn: Day
  readonly openedBy: bigint
  readonly verdicts: readonly { level: number; verdict: string; reason: string; on: Day; by: bigint }[]
}
type Raw = {
  payer_id: bigint
  case_id: bigint
  state: CaseRow['state']
  from_month: number
  through_month: number
  levels: string[]
  reason: string
  evidence: string[]
  members: number
  opened_on: Day
  actor: bigint
  verdicts: { level: number; verdict: string; reason: string; on: Day; by: string }[]
}

/** Cases as the actor may see them, latest first: one (`caseId`), those of a payer, or all after a cursor. */
export async function readCases(
  tx: Tx,
  asked: { readonly caseId?: bigint; readonly payerId?: bigint; readonly below?: bigint; readonly limit: number },
): Promise<CaseRow[]> {
  const rows = await tx.query<Raw>(
    `select r.*, s.state, (select count(*)::integer from contributions.reinstatement_member m where m.payer_id = r.payer_id and m.case_id = r.case_id) as members,
       coalesce((select jsonb_agg(jsonb_build_object('level', v.level, 'verdict', v.verdict, 'reason', v.reason, 'on', v.decided_on, 'by', v.actor::text) order by v.level)
         from contributions.reinstatement_verdict v where v.payer_id = r.payer_id and v.case_id = r.case_id), '[]') as verdicts
     from contributions.reinstatement r join contributions.reinstatement_state s using (payer_id, case_id)
     where ($1::bigint is null or r.case_id = $1) and ($2::bigint is null or r.payer_id = $2) and ($3::bigint is null or r.case_id < $3)
     order by r.case_id desc limit $4`,
    [asked.caseId ?? null, asked.payerId ?? null, asked.below ?? null, asked.limit],
  )
  return rows.map((row) => ({
    payerId: row.payer_id,
    caseId: row.case_id,
    state: row.state,
    from: monthFromNumber(row.from_month),
    through: monthFromNumber(row.through_month),
    levels: row.levels,
    reason: row.reason,
    evidence: row.evidence,
    members: row.members,
    openedOn: row.opened_on,
    openedBy: row.actor,
    verdicts: row.verdicts.map((each) => ({ ...each, by: BigInt(each.by) })),
  }))
}

export const addVerdict = (
  tx: Tx,
  { payerId, caseId }: Pick<CaseRow, 'payerId' | 'caseId'>,
  verdict: { readonly level: number; readonly verdict: string; readonly reason: string },
  on: Day,
): Promise<number> =>
  tx.run(
    'insert into contributions.reinstatement_verdict (payer_id, case_id, level, verdict, reason, decided_on, actor) values ($1, $2, $3, $4, $5, $6, $7)',
    [payerId, caseId, verdict.level, verdict.verdict, verdict.reason, on, tx.actor.actorId],
  )

/** What kind of office the actor is of; null for somebody who is of none. */
export const officeKindOf = async (tx: Tx): Promise<string | null> =>
  (await tx.query<{ kind: string }>('select kind from registry.office where office_id = $1', [tx.actor.officeId]))[0]?.kind ?? null

export type Reinstated = { readonly from: Month; readonly through: Month; readonly decidedOn: Day }

/** The reinstatements approved by the end of a day, by person and ordinal. */
export async function reinstatedBy(tx: Tx, persons: readonly bigint[], day: Day): Promise<Map<string, Reinstated[]>> {
  const rows = await tx.query<{ key: string; from_month: number; through_month: number; decided_on: Day }>(
    `select m.person_id || ' ' || m.ordinal as key, r.from_month, r.through_month, s.decided_on from contributions.reinstatement_member m
     join contributions.reinstatement r using (payer_id, case_id) join contributions.reinstatement_state s using (payer_id, case_id)
     where m.person_id = any ($1::bigint[]) and s.state = 'approved' and s.decided_on <= $2 order by s.decided_on, r.case_id`,
    [persons, day],
  )
  const told = rows.map(({ key, from_month, through_month, decided_on }) => ({
    key,
    row: { from: monthFromNumber(from_month), through: monthFromNumber(through_month), decidedOn: decided_on },
  }))
  return new Map([...Map.groupBy(told, ({ key }) => key)].map(([key, each]) => [key, each.map(({ row }) => row)]))
}
