// Requests over HTTP: each handler translates and calls one use case.
import type { MoneyRequest } from '@payung/api'
import type { Law } from '@payung/law'
import { moneyToJson, ok } from '@payung/values'
import { cursorOf, type Handlers, inTransaction, readAs } from '../platform/index.ts'
import { billingBy } from './billing.ts'
import { pageOfRequests, type RequestRow } from './request-store.ts'
import { takingMoney } from './taking-money.ts'
import { askRequest } from './use-cases/ask-request.ts'
import { decideRequest } from './use-cases/decide-request.ts'
import { reopenedEmployers } from './use-cases/reopened-employers.ts'

const idOrNull = (id: bigint | null): string | null => id?.toString() ?? null

const requestJson = (law: Law, row: RequestRow): MoneyRequest => ({
  requestId: row.requestId.toString(),
  kind: row.kind,
  payerId: row.payerId.toString(),
  paymentId: idOrNull(row.paymentId),
  billId: idOrNull(row.billId),
  amount: moneyToJson({ amount: row.amount, currency: law.pack.currency }),
  ground: row.ground,
  evidence: row.evidence,
  detail: { ...row.detail },
  state: row.state,
  askedBy: row.askedBy.toString(),
  askedOn: row.askedOn,
  decidedBy: idOrNull(row.decidedBy),
  decidedOn: row.decidedOn,
  decidedWhy: row.decidedWhy,
})

const keyed = (key: string | undefined) => (key === undefined ? {} : { key })
const idOf = (text: string | undefined): bigint | undefined => (text === undefined ? undefined : BigInt(text))

const partOf = ({ payerId, billId, amount }: { readonly payerId: string; readonly billId?: string; readonly amount: string }) => ({
  payerId: BigInt(payerId),
  billId: idOf(billId) ?? null,
  amount: BigInt(amount),
})

export function requestHandlersOf(law: Law): Handlers {
  const recording = { pack: law.pack, billing: billingBy(law) }
  return {
    askRequest: async ({ body }, context) => {
      const { payerId, paymentId, billId, amount } = body
      const named = Object.entries({ payerId, paymentId, billId, amount }).flatMap(([field, text]) => {
        const id = idOf(text)
        return id === undefined ? [] : [[field, id] as const]
      })
      const { kind, ground, evidence, detail } = body
      const parts = body.parts?.map(partOf)
      const input = { kind, ground, evidence, ...(detail ? { detail } : {}), ...(parts ? { parts } : {}), ...Object.fromEntries(named) }
      const done = await inTransaction(
        context.platform,
        takingMoney(context),
        { name: 'askRequest', input, ...keyed(context.key) },
        (tx, asked) => askRequest(tx, law, recording, asked),
      )
      return done.ok ? ok(requestJson(law, done.value)) : done
    },
    listRequests: async ({ query }, context) => {
      const limit = query.limit ?? 50
      const before = cursorOf(query.cursor)
      if (!before.ok) return before
      const rows = await readAs(context.platform, context.online, (tx) => pageOfRequests(tx, query.state ?? null, before.value, limit + 1))
      const items = rows.slice(0, limit).map((row) => requestJson(law, row))
      return ok({ items, next: rows.length > limit ? (items.at(-1)?.requestId ?? null) : null })
    },
    listReopened: async (_input, context) => {
      const rows = await readAs(context.platform, context.online, reopenedEmployers)
      const items = rows.map(({ payerId, money, ...row }) => ({
        ...row,
        payerId: payerId.toString(),
        money: moneyToJson({ amount: money, currency: law.pack.currency }),
      }))
      return ok({ items })
    },
    decideRequest: async ({ params, body }, context) => {
      const { actorId, kind, role, officeId } = context.actor
      const input = {
        requestId: BigInt(params.requestId),
        decision: body.decision,
        why: body.why,
        decider: { actorId, kind, role, officeId },
      }
      const done = await inTransaction(
        context.platform,
        takingMoney(context),
        { name: 'decideRequest', input, ...keyed(context.key) },
        (tx, asked) => decideRequest(tx, law, recording, asked),
      )
      if (!done.ok) return done
      const figures = Object.fromEntries(Object.entries(done.value.done).map(([name, figure]) => [name, figure.toString()]))
      return ok({ request: requestJson(law, done.value.request), done: figures })
    },
  }
}
