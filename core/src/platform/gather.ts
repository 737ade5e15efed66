// Requests that arrive at the same moment are served together, in one transaction: while one group commits, the next one gathers. Nobody
// waits for a clock: somebody who comes alone is served at once, and under load groups grow by themselves.
import type { Caller } from './in-transaction.ts'
import type { Platform } from './platform.ts'

export type Gathering<Request, Answer> = {
  /** Which of those who wait, in the order in which they came, go now: one at least. */
  readonly next: (waiting: readonly Request[]) => readonly Request[]
  /** Answers in the order of the requests. */
  readonly serve: (platform: Platform, caller: Caller, group: readonly Request[]) => Promise<readonly Answer[]>
  /** Whether a group that fails is served again one by one, so that one does not harm its neighbours; else all of it fails. */
  readonly apart: boolean
}

/** Two who act differently never share a transaction: row security, event log and access trail know one actor each. */
const lineOf = ({ role, actor }: Caller): string =>
  [role, actor.actorId, actor.officeId, actor.personId, actor.organisationId].map(String).join(' ')

type Waiting<Request, Answer> = { readonly request: Request; answer(given: Answer): void; fail(error: unknown): void }

/** One for a process. */
export function gather<Request extends object, Answer>({ next, serve, apart }: Gathering<Request, Answer>) {
  type Line = Waiting<Request, Answer>[]
  const lines = new WeakMap<Platform, Map<string, Line>>()

  async function serveGroup(platform: Platform, caller: Caller, group: Line): Promise<void> {
    try {
      const answers = await serve(
        platform,
        caller,
        group.map(({ request }) => request),
      )
      if (answers.length !== group.length) throw new Error(`${group.length} requests had ${answers.length} answers`)
      for (const [place, { answer }] of group.entries()) answer(answers[place] as Answer)
    } catch (error) {
      if (apart && group.length > 1) for (const each of group) await serveGroup(platform, caller, [each])
      else for (const { fail } of group) fail(error)
    }
  }

  async function work(platform: Platform, caller: Caller, line: Line, end: () => void): Promise<void> {
    while (line.length > 0) {
      // Whoever arrives in the same turn of the event loop comes along.
      await new Promise((resolve) => setImmediate(resolve))
      const chosen = new Set(next(line.map(({ request }) => request)))
      const group = line.filter(({ request }) => chosen.has(request))
      line.splice(0, line.length, ...line.filter(({ request }) => !chosen.has(request)))
      await serveGroup(platform, caller, group)
    }
    end()
  }

  return (platform: Platform, caller: Caller, request: Request): Promise<Answer> =>
    new Promise((answer, fail) => {
      const ofPlatform = lines.get(platform) ?? new Map<string, Line>()
      lines.set(platform, ofPlatform)
      const key = lineOf(caller)
      const known = ofPlatform.get(key)
      if (known) return void known.push({ request, answer, fail })
      const line: Line = [{ request, answer, fail }]
      ofPlatform.set(key, line)
      void work(platform, caller, line, () => ofPlatform.delete(key))
    })
}
