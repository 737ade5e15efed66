// Reinstatement and warnings over HTTP: each handler opens one transaction, calls one use case and translates its result.
import type { Arrears, LateWarning, Reinstatement } from '@payung/api'
import type { Law } from '@payung/law'
import { type Day, isDay, type Month, ok, type Result, refuse } from '@payung/values'
import { cursorOf, type Handlers, inTransaction, readAs } from '../platform/index.ts'
import { findPayer } from '../registry/index.ts'
import { readWarnings, type Warning } from './store/late-warnings.ts'
import { type CaseRow, readCases } from './store/reinstatements.ts'
import { moneyIn } from './translate.ts'
import { decideReinstatement } from './use-cases/decide-reinstatement.ts'
import { personOf, samePerson } from './use-cases/find-person.ts'
import { openReinstatement } from './use-cases/open-reinstatement.ts'
import { type ArrearsAnswer, type ArrearsQuestion, showArrears } from './use-cases/show-arrears.ts'

/** Who spoke is the office's own affair: the contract tells the level, the word and the reason. */
export const caseJson = ({ caseId, payerId, openedBy: _, levels, evidence, verdicts, ...rest }: CaseRow): Reinstatement => ({
  ...rest,
  caseId: caseId.toString(),
  payerId: payerId.toString(),
  levels: [...levels],
  evidence: [...evidence],
  verdicts: verdicts.map(({ by: __, ...verdict }) => verdict),
})

export const warningJson = (law: Law, { paidMonth, unpaid, members, amount, coveredUntil, toldOn }: Warning): LateWarning => ({
  paidUntil: paidMonth,
  unpaid,
  members,
  amount: moneyIn(law)(amount),
  coveredUntil,
  toldOn,
})

export const arrearsJson = (law: Law, on: Day, { months, since, programmes, knownNow, wage }: ArrearsAnswer): Arrears => {
  const money = moneyIn(law)
  return {
    on,
    months: [...months],
    since,
    programmes: programmes.map((each) => ({ ...each })),
    knownNow: { months: [...knownNow.months], since: knownNow.since },
    wage: wage && {
      ...wage,
      reported: money(wage.reported),
      actual: money(wage.actual),
      difference: money(wage.difference),
      later: wage.later && { base: money(wage.later.base), on: wage.later.on },
    },
  }
}

export const continuityHandlers = (law: Law): Handlers => ({
  openReinstatement: ({ body }, { platform, actor, key }) =>
    inTransaction(
      platform,
      { role: 'run', actor },
      { name: 'openReinstatement', input: body, ...(key ? { key } : {}) },
      async (tx, input) => {
        const opened = await openReinstatement(tx, law, { ...input, payerId: BigInt(input.payerId), from: input.from as Month })
        if (!opened.ok) return opened
        const [made] = await readCases(tx, { caseId: opened.value, limit: 1 })
        if (!made) throw new Error('a case was opened and is not there')
        return ok(caseJson(made))
      },
    ),
  decideReinstatement: ({ params, body }, { platform, actor, key }) =>
    inTransaction(
      platform,
      { role: 'run', actor },
      { name: 'decideReinstatement', input: { ...params, ...body }, ...(key ? { key } : {}) },
      async (tx, { caseId, verdict, reason }) => {
        const decided = await decideReinstatement(tx, law, BigInt(caseId), { verdict, reason })
        return decided.ok ? ok(caseJson(decided.value)) : decided
      },
    ),
  reinstatements: ({ query }, { platform, online }) =>
    readAs(platform, online, async (tx) => {
      const limit = query.limit ?? 50
      const below = cursorOf(query.cursor)
      if (!below.ok) return below
      const cases = await readCases(tx, {
        limit: limit + 1,
        ...(query.payerId === undefined ? {} : { payerId: BigInt(query.payerId) }),
        ...(below.value === null ? {} : { below: below.value }),
      })
      const shown = cases.slice(0, limit)
      return ok({ items: shown.map(caseJson), next: cases.length > limit ? (shown.at(-1)?.caseId.toString() ?? null) : null })
    }),
  arrears: async ({ params, query }, { platform, online }) => {
    const payerId = BigInt(params.payerId)
    const asked = await readAs(platform, online, async (tx): Promise<Result<ArrearsQuestion>> => {
      const on = (query.on ?? tx.today(law.pack.timeZone)) as Day
      if (!isDay(on))
        return refuse({ code: 'wrong-day', rule: 'A day is written YYYY-MM-DD.', data: { on }, next: 'Write for instance 2026-10-31.' })
      const payer = await findPayer(tx, payerId)
      if (!payer.ok) return payer
      if (query.member === undefined || query.wage === undefined) return ok({ payerId, on })
      const person = await personOf(tx, query.member, 'arrears', query.why)
      return person.ok ? ok({ payerId, on, worker: { persons: await samePerson(tx, person.value), wage: BigInt(query.wage) } }) : person
    })
    if (!asked.ok) return asked
    const shown = await readAs(platform, { role: 'run', actor: online.actor }, (tx) => showArrears(tx, law, asked.value))
    return shown.ok ? ok(arrearsJson(law, asked.value.on, shown.value)) : shown
  },
  lateWarnings: ({ params }, { platform, online }) =>
    readAs(platform, online, async (tx) => {
      const warnings = await readWarnings(tx, BigInt(params.payerId))
      return ok({ items: warnings.map((warning) => warningJson(law, warning)) })
    }),
})
