// Payments that arrive at the same moment go into one transaction; those for one payer go after each other.
import { type Caller, gather, type Platform } from '../../platform/index.ts'
import { type NewPayment, plainCode } from '../domain/payment.ts'
import type { PaymentOutcome, Recording } from './record-payments.ts'
import { takePayments } from './take-payments.ts'

/** A request: its payments, and the codes that they name. */
type Asked = { readonly rows: readonly NewPayment[]; readonly codes: readonly string[] }

/** More rows than this are not put into one transaction, unless one request alone brings them. */
const largestGroup = 1000

/** The requests that go together now, in the order in which they came. Two for one payer come after each other, so that each hears what its own money paid. */
export function nextGroup<Request extends Asked>(waiting: readonly Request[], largest = largestGroup): Request[] {
  const group: Request[] = []
  const taken = new Set<string>()
  let rows = 0
  for (const request of waiting) {
    if (group.length > 0 && rows + request.rows.length > largest) break
    const apart = request.codes.every((code) => !taken.has(code))
    // Who stays behind keeps his place before everybody who comes later for the same payer.
    for (const code of request.codes) taken.add(code)
    if (!apart) continue
    group.push(request)
    rows += request.rows.length
  }
  return group
}

export type Gatherer = {
  /** Answers when the payments are durable. Each row is answered by itself, in the order given. */
  take(platform: Platform, caller: Caller, rows: readonly NewPayment[]): Promise<PaymentOutcome[]>
}

/** One for a process. `complain` hears of errors that should never happen. */
export function gatherPayments(recording: Recording, complain: (error: unknown) => void = () => {}): Gatherer {
  const ask = gather<Asked, PaymentOutcome[]>({
    // Taking payments parts a group that fails by itself.
    apart: false,
    next: (waiting) => nextGroup(waiting),
    serve: async (platform, caller, group) => {
      const outcomes = await takePayments(
        platform,
        caller,
        recording,
        group.flatMap(({ rows }) => rows),
        complain,
      )
      let from = 0
      return group.map(({ rows }) => {
        const own = outcomes.slice(from, from + rows.length).map((outcome, index) => ({ ...outcome, row: index + 1 }))
        from += rows.length
        return own
      })
    },
  })
  return {
    take: (platform, caller, rows) => ask(platform, caller, { rows, codes: [...new Set(rows.map(({ code }) => plainCode(code)))] }),
  }
}
