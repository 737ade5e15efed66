// Cover of a member on a day, decided in TypeScript from the facts, with the rule and article behind each programme.
import type { Law } from '@payung/law'
import type { Day } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { type CoverRule, decideCover, type ProgrammeCover } from '../domain/cover.ts'
import { type Standing, standingOf } from '../domain/standing.ts'
import { type CoverPeriod, coverFacts, lawMonth, membershipsAlive, periodsBy, type RuleRow, rulesOn } from '../store/cover.ts'
import { claimedBy } from '../store/noted-claims.ts'
import { payersOf } from '../store/payers.ts'
import { numbersOf } from '../store/persons.ts'
import { type Reinstated, reinstatedBy } from '../store/reinstatements.ts'
import { ensureTariff } from './ensure-tariff.ts'

export type ExplainedCover = ProgrammeCover & { readonly rule: string; readonly article: string; readonly status: string }
export type MembershipCover = {
  readonly personId: bigint
  readonly ordinal: number
  /** The number it stands under: the member's own, or an old one that leads to him. */
  readonly memberNumber: string
  readonly segment: string
  readonly payerKind: string
  readonly reason: string | null
  /** What the membership is called once its cover has lapsed. */
  readonly standing: Standing | null
  /** When its cover opened, and by what deed; the latest counts. Only what was so on that day. */
  readonly periods: readonly CoverPeriod[]
  /** Months whose lapse was undone: the period before goes on. */
  readonly reinstated: readonly Reinstated[]
  readonly programmes: readonly ExplainedCover[]
}

export const ruleOf = (row: RuleRow): CoverRule => ({
  programme: row.programme,
  graceMonths: row.grace_months,
  beyond: row.beyond as CoverRule['beyond'],
  arrearsLimit: row.arrears_limit,
  waitingMonths: row.waiting_months,
  waitingLimit: row.waiting_limit,
})

export async function showCover(tx: Tx, law: Law, persons: readonly bigint[], day: Day): Promise<MembershipCover[]> {
  const month = await lawMonth(tx, day)
  if (month) await ensureTariff(tx, law, month, null)
  const alive = await membershipsAlive(tx, day, persons)
  const facts = await coverFacts(tx, alive)
  const rules = await rulesOn(tx, day)
  const savings = law.pack.programmes.flatMap((programme) => (programme.savings ? [programme.code] : []))
  const claimed = await claimedBy(tx, persons, savings, day)
  const numbers = await numbersOf(tx, persons)
  const reinstated = await reinstatedBy(tx, persons, day)
  const periods = await periodsBy(tx, persons, day)
  const payers = await payersOf(
    tx,
    alive.map(({ payer_id }) => payer_id),
  )
  return alive.map((membership, place) => {
    const rows = rules.filter(
      (row) =>
        row.segment === membership.segment &&
        row.settlement === membership.settlement &&
        membership.programmes.split(',').includes(row.programme),
    )
    const fact = facts[place]
    const decided = fact ? decideCover(day, rows.map(ruleOf), fact) : []
    const programmes = decided.map((cover, index) => ({
      ...cover,
      rule: rows[index]?.act ?? '',
      article: rows[index]?.article ?? '',
      status: rows[index]?.status ?? '',
    }))
    return {
      personId: membership.person_id,
      ordinal: membership.ordinal,
      memberNumber: numbers.get(membership.person_id) ?? '',
      segment: membership.segment,
      payerKind: payers.get(membership.payer_id)?.kind ?? '',
      standing: standingOf(law, day, { ...membership, programmes, savingsClaimed: claimed.has(membership.person_id) }),
      periods: periods.get(`${membership.person_id} ${membership.ordinal}`) ?? [],
      reinstated: reinstated.get(`${membership.person_id} ${membership.ordinal}`) ?? [],
      reason: programmes.find(({ reason }) => reason)?.reason ?? null,
      programmes,
    }
  })
}
