// The room over HTTP: each handler opens one transaction, calls one use case and translates its result.
import type { Law } from '@payung/law'
import { type Day, isDay, type Month, ok, type Result, refuse } from '@payung/values'
import { type Handlers, inTransaction, type RequestContext, readAs, type Tx } from '../platform/index.ts'
import { findNamedByNumber, findPayer, serveAll } from '../registry/index.ts'
import { ageingHandlers } from './ageing-routes.ts'
import { continuityHandlers } from './continuity-routes.ts'
import { contractHandlers } from './contract-routes.ts'
import { correctionHandlers } from './correction-routes.ts'
import { deferralHandlers } from './deferral-routes.ts'
import { reliefHandlers } from './relief-routes.ts'
import { readControls, readMonths } from './store/reading.ts'
import { assessmentJson, controlJson, inFields, moneyIn, monthJson } from './translate.ts'
import { assessContractOrMonth } from './use-cases/assess-facts.ts'
import { calculateBill } from './use-cases/calculate-bill.ts'
import { closeMonth } from './use-cases/close-month.ts'
import { personOf } from './use-cases/find-person.ts'
import { gatherCoverQuestions } from './use-cases/gather-cover-questions.ts'
import { issueBills } from './use-cases/issue-bills.ts'
import { noteClaim } from './use-cases/note-claim.ts'
import { openMonth } from './use-cases/open-month.ts'
import { priceMonths } from './use-cases/price-months.ts'
import { reassessPrepaid } from './use-cases/reassess-prepaid.ts'
import { reportWages } from './use-cases/report-wages.ts'
import { showBill, showBills } from './use-cases/show-bills.ts'
import { showContributions } from './use-cases/show-contributions.ts'

/** One keyed command of the run role on behalf of the caller: months are nobody's own data, and the head office's to move. */
const doMonth = <Value>(
  { platform, actor, key }: RequestContext,
  name: string,
  month: Month,
  work: (tx: Tx, month: Month) => Promise<Result<Value>>,
): Promise<Result<Value>> =>
  inTransaction(platform, { role: 'run', actor }, { name, input: month, ...(key ? { key } : {}) }, async (tx, asked) => {
    const head = await serveAll(tx)
    return head.ok ? work(tx, asked) : head
  })

const monthState = async (tx: Tx, law: Law, month: Month) => {
  const found = (await readMonths(tx)).map((row) => monthJson(law, row)).find((each) => each.month === month)
  return found ? ok(found) : refuse({ code: 'month-not-open', rule: 'This month was not opened.', data: { month }, next: 'Open it first.' })
}

const dayOf = (text: string | undefined, today: Day): Result<Day> =>
  text === undefined
    ? ok(today)
    : isDay(text)
      ? ok(text)
      : refuse({ code: 'wrong-day', rule: 'A day is written YYYY-MM-DD.', data: { on: text }, next: 'Write for instance 2026-10-31.' })

export const monthHandlers = (law: Law): Handlers => ({
  months: ({ query }, { platform, actor }) =>
    readAs(platform, { role: 'run', actor }, async (tx) =>
      ok((await readMonths(tx)).slice(0, query.limit).map((row) => monthJson(law, row))),
    ),
  openMonth: ({ params }, context) =>
    doMonth(context, 'openMonth', params.month as Month, async (tx, month) => {
      const opened = await openMonth(tx, law, month)
      return opened.ok ? monthState(tx, law, month) : opened
    }),
  closeMonth: ({ params }, context) =>
    doMonth(context, 'closeMonth', params.month as Month, async (tx, month) => {
      const closed = await closeMonth(tx, law, month)
      return closed.ok ? monthState(tx, law, month) : closed
    }),
  runMonth: ({ params }, context) =>
    doMonth(context, 'runMonth', params.month as Month, async (tx, month) => {
      const open = await monthState(tx, law, month)
      if (!open.ok) return open
      tx.enqueue({ task: 'run-month', payload: { month }, key: `run-month:${month}` })
      return ok({ job: `run-month:${month}` })
    }),
  reassessPrepaid: ({ params }, context) =>
    doMonth(context, 'reassessPrepaid', params.month as Month, async (tx, month) => {
      const done = await reassessPrepaid(tx, law, month)
      return ok({ ...done, returned: moneyIn(law)(done.returned) })
    }),
  control: (_, { platform, public: caller }) =>
    readAs(platform, caller, async (tx) => ok((await readControls(tx, 24)).map((row) => controlJson(law, row)))),
  assess: async ({ body }, { platform, public: caller }) =>
    readAs(platform, caller, async (tx) => {
      const assessed = assessContractOrMonth(law, body.month as Month, body.facts, tx.today(law.pack.timeZone))
      return assessed.ok ? ok(assessmentJson(law.pack, assessed.value)) : { ok: false, refusal: inFields(law.pack, assessed.refusal) }
    }),
})

export const billHandlers = (law: Law): Handlers => ({
  bills: ({ params, query }, { platform, online }) =>
    readAs(platform, online, (tx) => showBills(tx, law, BigInt(params.payerId), query.cursor, query.limit ?? 50)),
  prices: async ({ params }, { platform, online }) => {
    const payer = BigInt(params.payerId)
    // Who may not see the payer hears that it is unknown; the price itself counts all of its members, also those that the asker may not see.
    const visible = await readAs(platform, online, (tx) => findPayer(tx, payer))
    if (!visible.ok) return visible
    return readAs(platform, { role: 'run', actor: online.actor }, async (tx) => {
      const priced = await priceMonths(tx, law, payer)
      if (!priced.ok) return priced
      const money = moneyIn(law)
      return ok({
        months: priced.value.months.map(({ month, amount }) => ({ month, amount: money(amount) })),
        choices: priced.value.choices.map(({ months, amount, paidUntil }) => ({ months, amount: money(amount), paidUntil })),
      })
    })
  },
  calculateBill: ({ params }, { platform, actor, key }) =>
    inTransaction(
      platform,
      { role: 'run', actor },
      { name: 'calculateBill', input: params, ...(key ? { key } : {}) },
      async (tx, input) => {
        const done = await calculateBill(tx, law, input.month as Month, BigInt(input.payerId))
        return done.ok ? showBill(tx, law, BigInt(input.payerId), input.month as Month) : done
      },
    ),
  issueBill: ({ params }, { platform, actor, key }) =>
    inTransaction(platform, { role: 'run', actor }, { name: 'issueBill', input: params, ...(key ? { key } : {}) }, async (tx, input) => {
      const done = await issueBills(tx, law, input.month as Month, [BigInt(input.payerId)])
      return done.ok ? showBill(tx, law, BigInt(input.payerId), input.month as Month) : done
    }),
  reportWages: ({ body }, { platform, online, key }) =>
    inTransaction(platform, online, { name: 'reportWages', input: body, ...(key ? { key } : {}) }, async (tx, input) => {
      const persons = await findNamedByNumber(
        tx,
        input.rows.map(({ memberNumber }) => memberNumber),
      )
      const rows = input.rows.map(({ base, ordinal }, index) => ({
        personId: persons[index]?.[0] ?? 0n,
        base,
        ...(ordinal === undefined ? {} : { ordinal }),
      }))
      const reported = await reportWages(tx, law, { payerId: BigInt(input.payerId), month: input.month as Month, rows })
      return reported.ok
        ? ok({ results: reported.value.map(({ row, refusal }) => ({ row, id: null, existing: false, refusal })) })
        : reported
    }),
})

const memberHandlersWith = (law: Law, askCover: ReturnType<typeof gatherCoverQuestions>): Handlers => ({
  memberContributions: ({ params, query }, { platform, online }) =>
    readAs(platform, online, async (tx) => {
      const person = await personOf(tx, params.number, 'contributions', query.why)
      return person.ok ? showContributions(tx, law, person.value, query.cursor, query.limit ?? 50) : person
    }),
  memberCover: async ({ params, query }, { platform, online }) => {
    const day = dayOf(query.on, '1970-01-01' as Day)
    if (!day.ok) return day
    const on = query.on === undefined ? undefined : day.value
    const answered = await askCover(platform, online, { number: params.number, on, why: query.why })
    if (!answered.ok) return answered
    const told = answered.value.memberships.map(({ personId: _, ...membership }) => ({
      ...membership,
      periods: membership.periods.map((period) => ({ ...period })),
      reinstated: membership.reinstated.map((each) => ({ ...each })),
      programmes: membership.programmes.map((programme) => ({ ...programme, limits: [...programme.limits] })),
    }))
    return ok({ on: answered.value.on, memberships: told })
  },
})

/** One gatherer for a process: questions that arrive together are answered together. */
export const memberHandlers = (law: Law): Handlers => memberHandlersWith(law, gatherCoverQuestions(law))

const notingClaims = (law: Law): Handlers => ({
  noteClaim: ({ params, body }, { platform, online, key }) =>
    inTransaction(
      platform,
      online,
      { name: 'noteClaim', input: { ...params, ...body }, ...(key ? { key } : {}) },
      async (tx, { number, programme, claimedOn, evidence }) => {
        const person = await personOf(tx, number, 'claim', evidence)
        if (!person.ok) return person
        const noted = await noteClaim(tx, law, { personId: person.value, programme, claimedOn, evidence })
        return noted.ok ? ok({ claimedOn: noted.value }) : noted
      },
    ),
})

export const handlersFor = (law: Law): Handlers => ({
  ...monthHandlers(law),
  ...billHandlers(law),
  ...contractHandlers(law),
  ...memberHandlers(law),
  ...correctionHandlers(law),
  ...ageingHandlers(law),
  ...deferralHandlers(law),
  ...reliefHandlers(law),
  ...notingClaims(law),
  ...continuityHandlers(law),
})
