// What a payer of receivables was in arrears with on the day of an event, who pays a benefit therefore, and who owes the difference
// where a wage was reported too low (PP 44/2015 art 32, 38, 41; PP 6/2025 art 39). It can be asked at any time and stays the same: what was
// known by the end of that day decides, and what is known now is said beside it.
import { type Law, textAt } from '@payung/law'
import { type Day, ok, type Result, refuse } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { type Arrears, decideArrears, decideUnderReported, type UnderReported } from '../domain/arrears.ts'
import { billedBy, reportedBase } from '../store/arrears.ts'
import { rulesOn } from '../store/cover.ts'
import { payersOf } from '../store/payers.ts'
import { ruleOf } from './show-cover.ts'

export type ArrearsQuestion = {
  readonly payerId: bigint
  readonly on: Day
  /** A worker, as far as the asker may see him, and what he earned in truth. */
  readonly worker?: { readonly persons: readonly bigint[]; readonly wage: bigint }
}
type Source = { readonly rule: string; readonly article: string; readonly status: string }
export type ArrearsAnswer = Omit<Arrears, 'programmes'> & {
  readonly programmes: readonly (Arrears['programmes'][number] & Source & { readonly segment: string; readonly graceMonths: number })[]
  /** The months as they stand now: money that was there on the day may have been taken back since. */
  readonly knownNow: Pick<Arrears, 'months' | 'since'>
  /** `later`: what the payer said of the same months after the day; it frees nobody of the difference. */
  readonly wage:
    | (UnderReported & Source & { readonly reportedOn: Day; readonly later: { readonly base: bigint; readonly on: Day } | null })
    | null
}

const no = (code: string, rule: string, data: Record<string, string>, next: string): Result<never> => refuse({ code, rule, data, next })

async function wageOf(tx: Tx, law: Law, { payerId, on, worker }: ArrearsQuestion): Promise<Result<ArrearsAnswer['wage']>> {
  if (!worker) return ok(null)
  const known = await reportedBase(tx, worker.persons, payerId, on)
  if (!known)
    return no(
      'wage-unknown',
      'No wage of this worker was reported by this payer until then.',
      { on },
      'Check the member number and the day.',
    )
  const entry = law.on(on).entry('under-reported-wage')
  if (!entry || !(known.segment in Object(entry.value)))
    return no('no-source', 'No source says who owes the difference here.', { segment: known.segment, on }, 'Ask without a wage.')
  const later = await reportedBase(tx, worker.persons, payerId, on, 'after')
  const source = { rule: entry.act, article: entry.article, status: entry.status }
  return ok({
    ...decideUnderReported(known.base, worker.wage, textAt(entry, known.segment, 'owed_by')),
    ...source,
    reportedOn: known.reportedOn,
    later: later ? { base: later.base, on: later.reportedOn } : null,
  })
}

export async function showArrears(tx: Tx, law: Law, asked: ArrearsQuestion): Promise<Result<ArrearsAnswer>> {
  const payer = (await payersOf(tx, [asked.payerId])).get(asked.payerId)
  const data = { payer: asked.payerId.toString() }
  if (!payer) return no('payer-unknown', 'Arrears are a registered payer’s.', data, 'It stands in the list of payers: GET /v1/payers.')
  if (payer.settlement !== 'receivable')
    return no('payer-owes-nothing', 'Only who owes can be in arrears; this payer pays offers.', data, 'Ask for the cover of the member.')
  const rows = (await rulesOn(tx, asked.on)).filter(({ settlement }) => settlement === 'receivable')
  const arrears = decideArrears(asked.on, await billedBy(tx, asked.payerId, asked.on, asked.worker?.persons), rows.map(ruleOf))
  const now = decideArrears(asked.on, await billedBy(tx, asked.payerId, asked.on, asked.worker?.persons, 'now'), [])
  const wage = await wageOf(tx, law, asked)
  if (!wage.ok) return wage
  return ok({
    ...arrears,
    knownNow: { months: now.months, since: now.since },
    programmes: arrears.programmes.map((each, place) => ({
      ...each,
      segment: rows[place]?.segment ?? '',
      graceMonths: rows[place]?.grace_months ?? 0,
      rule: rows[place]?.act ?? '',
      article: rows[place]?.article ?? '',
      status: rows[place]?.status ?? '',
    })),
    wage: wage.value,
  })
}
