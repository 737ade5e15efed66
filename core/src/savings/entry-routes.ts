// Entries by hand over HTTP: one person asks, another decides. They act as the role `run` in the name of the caller, because the money
// of an account is not theirs to read; whether the caller's office serves the member is asked first.
import type { SavingsRequest } from '@payung/api'
import type { Law } from '@payung/law'
import { ok, type Result } from '@payung/values'
import { cursorOf, type Handlers, inTransaction, type RequestContext, readAs } from '../platform/index.ts'
import { findRequest, type ListedRequest, pageOfRequests, type RequestRow } from './store/requests.ts'
import { moneyIn } from './translate.ts'
import { askEntry } from './use-cases/ask-entry.ts'
import { decideEntry } from './use-cases/decide-entry.ts'
import { findSaver } from './use-cases/find-saver.ts'

const requestJson = (law: Law, row: RequestRow, memberNumber: string): SavingsRequest => ({
  requestId: row.requestId.toString(),
  memberNumber,
  programme: row.programme,
  kind: row.kind,
  amount: moneyIn(law)(row.amount),
  day: row.day,
  reference: row.reference,
  act: row.act,
  state: row.state,
  askedBy: row.askedBy.toString(),
  askedOn: row.askedOn,
  decidedBy: row.decidedBy?.toString() ?? null,
  decidedOn: row.decidedOn,
  decidedWhy: row.decidedWhy,
})

/** The member whom the caller's own office serves; the look stands in the trail. */
const admit = ({ platform, online }: RequestContext, number: string, why: string) =>
  readAs(platform, online, (tx) => findSaver(tx, number, 'savings request', why))

/** A request, where the caller's own office serves the member; undefined where there is none. */
async function admitToRequest(context: RequestContext, requestId: bigint, why: string): Promise<Result<ListedRequest | undefined>> {
  const { platform, actor } = context
  const request = await readAs(platform, { role: 'run', actor }, (tx) => findRequest(tx, requestId))
  if (!request) return ok(undefined)
  const saver = await admit(context, request.memberNumber, why)
  return saver.ok ? ok(request) : saver
}

export const entryHandlers = (law: Law): Handlers => ({
  askSavingsEntry: async ({ params, body }, context) => {
    const saver = await admit(context, params.number, body.act)
    if (!saver.ok) return saver
    const { personId, memberNumber } = saver.value
    const { platform, actor, key } = context
    const command = { name: 'askSavingsEntry', input: { personId, ...body }, ...(key ? { key } : {}) }
    return inTransaction(platform, { role: 'run', actor }, command, async (tx, input) => {
      const asked = await askEntry(tx, law, input)
      return asked.ok ? ok(requestJson(law, asked.value, memberNumber)) : asked
    })
  },
  savingsRequests: async ({ query }, { platform, online }) => {
    const before = cursorOf(query.cursor)
    if (!before.ok) return before
    const limit = query.limit ?? 50
    const rows = await readAs(platform, online, async (tx) => {
      tx.look(null, 'savings requests', query.why ?? '', { state: query.state ?? null })
      return pageOfRequests(tx, query.state ?? null, before.value, limit + 1)
    })
    const items = rows.slice(0, limit).map((row) => requestJson(law, row, row.memberNumber))
    return ok({ items, next: rows.length > limit ? (items.at(-1)?.requestId ?? null) : null })
  },
  decideSavingsEntry: async ({ params, body }, context) => {
    const requestId = BigInt(params.requestId)
    const seen = await admitToRequest(context, requestId, body.why)
    if (!seen.ok) return seen
    const { platform, actor, key } = context
    const input = { requestId, ...body, decider: actor }
    const command = { name: 'decideSavingsEntry', input, ...(key ? { key } : {}) }
    return inTransaction(platform, { role: 'run', actor }, command, async (tx, given) => {
      const decided = await decideEntry(tx, law, given)
      if (!decided.ok) return decided
      const { request, booked } = decided.value
      const balance = booked && moneyIn(law)(booked.balance)
      return ok({ request: requestJson(law, request, seen.value?.memberNumber ?? ''), balance })
    })
  },
})
