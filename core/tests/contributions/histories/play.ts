// Plays many histories side by side on one database, a day at a time and in sets, and keeps beside it what the pure model says.
import { assess, type Facts, type Law, monthLaw, numberAt, rateAt } from '@payung/law'
import { addMonths, type Day, firstDay, lastDay, type Month } from '@payung/values'
import type { TestScheme } from '../../../../tests/scheme.ts'
import { checkControl, closeMonth, openMonth, reportWagesOfMany, runMonth } from '../../../src/contributions/index.ts'
import { systemActor } from '../../../src/platform/index.ts'
import { endMemberships, paymentCode, registerOrganisations } from '../../../src/registry/index.ts'
import { afterwards } from './afterwards.ts'
import { issue, join, type Ledger, leave, nextPrice, nothing, owed, type Prices, pay, report, type Worker } from './model.ts'
import type { Script, Step } from './script.ts'

export type History = {
  readonly script: Script
  readonly prices: Prices
  ledger: Ledger
  payerId: bigint
  organisationId: bigint
  readonly members: { readonly memberNumber: string; readonly personId: bigint }[]
}

const born = '1990-05-17' as Day
/** A self-payer is in grace for three contribution months (Perdir 22/2022; PP 44/2015 art 38). */
const graceMonths = 3

const there = <Value>(value: Value | undefined): Value => {
  if (value === undefined) throw new Error('the pack has no such entry')
  return value
}
const employerFacts = ({ size, risk, industry, headcount }: Script): Facts => ({
  employer_size: size,
  risk_class: risk,
  active_workers: headcount,
  ...(industry === 'none' ? {} : { industry }),
})

/** Prices by the law as it was known on a day; the same question is asked ten thousand times, so answers are kept. */
export function pricesOf(law: Law, script: Script, known: Map<string, bigint>): Prices {
  const { kind } = script
  const segment = kind === 'employer' ? 'PU' : 'BPU'
  const facts: Facts = {
    segment,
    born,
    payer: kind,
    ...(kind === 'employer' ? employerFacts(script) : {}),
  }
  const base = law.pack.segments.find(({ code }) => code === segment)?.base[0] ?? ''
  const viewOf = (knownOn: Day) => law.asPublishedBy(knownOn)
  return {
    graceMonths,
    monthsAhead: numberAt(there(law.on(firstDay('2026-01' as Month)).entry('months-ahead'))),
    due: (month, knownOn) => law.pack.rules.dueDay(viewOf(knownOn).on(firstDay(month)), month, { segment }).due as Day,
    fine: (amount, months) => {
      const entry = law.on(firstDay('2025-06' as Month)).entryForMonth('late-fine', '2025-06' as Month)
      return (amount * rateAt(there(entry), 'PU') * months + 500_000n) / 1_000_000n
    },
    contribution: (worker, month, knownOn) => {
      const key = [...Object.values(facts), worker.base, month, knownOn].join(' ')
      const found = known.get(key)
      if (found !== undefined) return found
      const monthly = monthLaw(viewOf(knownOn), month)
      if (!monthly.ok) throw new Error(monthly.refusal.rule)
      const assessed = assess(monthly.value, law, { ...facts, joined: worker.joined, [base]: worker.base.toString() })
      if (!assessed.ok) throw new Error(`${key}: ${assessed.refusal.rule}`)
      known.set(key, assessed.value.totals.billed)
      return assessed.value.totals.billed
    },
  }
}

/** Registers employers and the self-employed of so many histories. */
export async function begin(scheme: TestScheme, scripts: readonly Script[]): Promise<History[]> {
  const known = new Map<string, bigint>()
  const histories = scripts.map(
    (script): History => ({
      script,
      prices: pricesOf(scheme.law, script, known),
      ledger: nothing,
      payerId: 0n,
      organisationId: 0n,
      members: [],
    }),
  )
  const employers = histories.filter(({ script }) => script.kind === 'employer')
  const { rows } = await scheme.admin.query<{ region_code: string }>(
    `select region_code from registry.region where level = 'district' limit 1`,
  )
  const made = await scheme.run((tx) =>
    registerOrganisations(
      tx,
      { pack: scheme.law.pack },
      employers.map(({ script }) => ({
        kind: 'employer',
        name: 'History',
        regionCode: rows[0]?.region_code ?? '',
        facts: employerFacts(script),
      })),
    ),
  )
  for (const [index, history] of employers.entries()) {
    history.payerId = made[index]?.payerId ?? 0n
    history.organisationId = made[index]?.organisationId ?? 0n
  }
  return histories
}

type Joiner = { readonly history: History; readonly base: number }

async function joinOn(scheme: TestScheme, day: Day, joiners: readonly Joiner[]): Promise<void> {
  if (joiners.length === 0) return
  scheme.at(day)
  const persons = await scheme.persons(joiners.length, born)
  await scheme.memberships(
    joiners.map(({ history, base }, index) => ({
      memberNumber: persons[index]?.memberNumber ?? '',
      base: String(base),
      from: day,
      ...(history.script.kind === 'employer' ? { segment: 'PU', organisationId: history.organisationId } : { segment: 'BPU' }),
    })),
  )
  const alone: bigint[] = []
  for (const [index, { history, base }] of joiners.entries()) {
    const person = persons[index]
    if (!person) throw new Error('no person')
    history.members.push(person)
    if (history.script.kind === 'self') alone.push(person.personId)
    history.ledger = join(history.ledger, { base: BigInt(base), joined: day, lastDay: null })
  }
  const { rows } = await scheme.admin.query<{ person_id: bigint; payer_id: bigint }>(
    'select person_id, payer_id from registry.payer where person_id = any ($1::bigint[])',
    [alone],
  )
  const payers = new Map(rows.map(({ person_id, payer_id }) => [person_id, payer_id]))
  for (const { history } of joiners)
    if (history.script.kind === 'self') history.payerId = payers.get(history.members[0]?.personId ?? 0n) ?? 0n
}

/** Workers who were there before this month and have not left, by their place. */
const present = ({ ledger }: History, month: Month): number[] =>
  ledger.workers.flatMap(({ joined, lastDay: last }: Worker, place) => (last === null && joined < firstDay(month) ? [place] : []))

async function leaveOn(
  scheme: TestScheme,
  day: Day,
  month: Month,
  histories: readonly History[],
  stepOf: (history: History) => Step,
): Promise<void> {
  scheme.at(day)
  const rows = histories.flatMap((history) => {
    const { leave: wanted } = stepOf(history)
    const places = present(history, month)
    const place = places[(wanted ?? 0) % places.length]
    if (wanted === null || place === undefined || history.script.kind === 'self') return []
    history.ledger = leave(history.ledger, place, day)
    return [{ memberNumber: history.members[place]?.memberNumber ?? '', ordinal: 1, lastDay: day, reason: 'resigned' }]
  })
  const results = await scheme.run((tx) => endMemberships(tx, scheme.law.pack, rows))
  const refused = results.find(({ refusal }) => refusal)?.refusal
  if (refused) throw new Error(`${refused.code}: ${refused.rule}`)
}

async function reportOn(
  scheme: TestScheme,
  day: Day,
  month: Month,
  histories: readonly History[],
  stepOf: (history: History) => Step,
): Promise<void> {
  scheme.at(day)
  const rows = histories.flatMap((history) => {
    const { report: wanted } = stepOf(history)
    const places = present(history, month)
    const place = places[(wanted?.worker ?? 0) % places.length]
    if (!wanted || place === undefined || history.script.kind === 'self') return []
    history.ledger = report(history.ledger, place, BigInt(wanted.base))
    return [{ payerId: history.payerId, personId: history.members[place]?.personId ?? 0n, base: String(wanted.base) }]
  })
  const done = await scheme.run((tx) => reportWagesOfMany(tx, scheme.law, month, rows))
  if (!done.ok) throw new Error(done.refusal.rule)
  const refused = done.value.find(({ refusal }) => refusal)?.refusal
  if (refused) throw new Error(`${refused.code}: ${refused.rule}`)
}

async function payOn(
  scheme: TestScheme,
  day: Day,
  which: 'early' | 'late',
  histories: readonly History[],
  stepOf: (history: History) => Step,
): Promise<void> {
  scheme.at(day)
  const rows = histories.flatMap((history) => {
    const { kind } = history.script
    const wanted = stepOf(history).pay.find(({ on }) => on === which)
    if (!wanted || history.members.length === 0) return []
    const price = kind === 'self' ? nextPrice(history.ledger, history.prices, day) : owed(history.ledger)
    const amount = (price * BigInt(wanted.part)) / 100n
    if (amount <= 0n) return []
    history.ledger = pay(history.ledger, history.prices, kind, amount, day)
    return [
      { channel: 'bank', day, externalId: `${history.payerId} ${day}`, code: paymentCode(history.payerId), amount: amount.toString() },
    ]
  })
  if (rows.length > 0) await scheme.pay(rows)
}

/** Plays one month of all histories; gives the control's difference after each of its steps. */
export async function playMonth(scheme: TestScheme, month: Month, index: number, histories: readonly History[]): Promise<bigint[]> {
  const stepOf = ({ script }: History): Step => script.steps[index] as Step
  const differences: bigint[] = []
  const check = async (): Promise<void> => {
    differences.push((await scheme.run((tx) => checkControl(tx, 'history', null))).difference)
  }
  const on = (date: string): Day => `${month}-${date}` as Day
  scheme.at(firstDay(month))
  await scheme.run((tx) => openMonth(tx, scheme.law, month))
  const joiners = (middle: boolean): Joiner[] =>
    histories.flatMap((history) => {
      const { kind, base } = history.script
      if (kind === 'self') return index === 0 && !middle ? [{ history, base }] : []
      return stepOf(history)
        .join.filter((each) => each.middle === middle)
        .map((each) => ({ history, base: each.base }))
    })
  await joinOn(scheme, firstDay(month), joiners(false))
  await payOn(scheme, on('05'), 'early', histories, stepOf)
  await check()
  await joinOn(scheme, on('10'), joiners(true))
  await leaveOn(scheme, on('12'), month, histories, stepOf)
  await reportOn(scheme, on('14'), month, histories, stepOf)
  await payOn(scheme, on('20'), 'late', histories, stepOf)
  if (index > 0) await scheme.run((tx) => closeMonth(tx, scheme.law, addMonths(month, -1)))
  await check()
  if (index > 0) await afterwards(scheme, { month, born }, histories, stepOf, check)
  scheme.at(lastDay(month))
  const run = await runMonth(scheme.platform, scheme.law, month, { actor: systemActor })
  if (!run.ok) throw new Error(run.refusal.rule)
  for (const history of histories)
    if (history.script.kind === 'employer') history.ledger = issue(history.ledger, history.prices, month, lastDay(month))
  await check()
  return differences
}
