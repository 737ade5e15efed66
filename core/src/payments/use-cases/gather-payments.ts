// Gathers payments that arrive at the same moment into one transaction: while one group commits, the next one gathers. Nobody waits
// for a clock: somebody who comes alone is served at once, and under load groups grow by themselves.
import type { Caller, Platform } from '../../platform/index.ts'
import { type NewPayment, plainCode } from '../domain/payment.ts'
import type { PaymentOutcome, Recording } from './record-payments.ts'
import { takePayments } from './take-payments.ts'

/** A request that waits for its group. */
type Waiting = {
  readonly rows: readonly NewPayment[]
  readonly codes: readonly string[]
  answer(outcomes: PaymentOutcome[]): void
  fail(error: unknown): void
}

/** More rows than this are not put into one transaction, unless one request alone brings them. */
const largestGroup = 1000

/** Two who act differently never share a transaction: row security and the event log know one actor each. */
const lineOf = ({ role, actor }: Caller): string =>
  [role, actor.actorId, actor.officeId, actor.personId, actor.organisationId].map(String).join(' ')

/** The requests that go together now, in the order in which they came. Two for one payer come after each other, so that each hears what its own money paid. */
export function nextGroup<Request extends Pick<Waiting, 'rows' | 'codes'>>(waiting: readonly Request[], largest = largestGroup): Request[] {
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
  const lines = new WeakMap<Platform, Map<string, Waiting[]>>()

  async function serve(platform: Platform, caller: Caller, group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await takePayments(
        platform,
        caller,
        recording,
        group.flatMap(({ rows }) => rows),
        complain,
      )
      let from = 0
      for (const { rows, answer } of group) {
        answer(outcomes.slice(from, from + rows.length).map((outcome, index) => ({ ...outcome, row: index + 1 })))
        from += rows.length
      }
    } catch (error) {
      for (const { fail } of group) fail(error)
    }
  }

  async function work(platform: Platform, caller: Caller, line: Waiting[], end: () => void): Promise<void> {
    while (line.length > 0) {
      // Whoever arrives in the same turn of the event loop comes along.
      await new Promise((resolve) => setImmediate(resolve))
      const group = nextGroup(line)
      const chosen = new Set(group)
      line.splice(0, line.length, ...line.filter((request) => !chosen.has(request)))
      await serve(platform, caller, group)
    }
    end()
  }

  const take = (platform: Platform, caller: Caller, rows: readonly NewPayment[]): Promise<PaymentOutcome[]> =>
    new Promise((answer, fail) => {
      const ofPlatform = lines.get(platform) ?? new Map<string, Waiting[]>()
      lines.set(platform, ofPlatform)
      const key = lineOf(caller)
      const known = ofPlatform.get(key)
      const request: Waiting = { rows, codes: [...new Set(rows.map(({ code }) => plainCode(code)))], answer, fail }
      if (known) {
        known.push(request)
        return
      }
      const line = [request]
      ofPlatform.set(key, line)
      void work(platform, caller, line, () => ofPlatform.delete(key))
    })

  return { take }
}
