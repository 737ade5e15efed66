// Keeps a server's database up: when its process goes away by itself, it is started again in its place, so that whoever serves goes on
// serving. What had been committed is there again; what was at work fails and is told so.
import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { reasonOf } from '../trouble.ts'

/** Who is told. `lost`: it does not come back, or not for long; whoever serves should end and say so. */
export type Watch = { note(line: string): void; lost(error: unknown): void }

const attempts = 3
/** A database that goes away so often within `span` milliseconds has a fault that starting again does not mend. */
const often = { times: 5, span: 10 * 60_000 }

const gone = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null
const untilGone = (child: ChildProcess): Promise<void> =>
  gone(child) ? Promise.resolve() : new Promise((done) => child.once('exit', () => done()))

/** Holds the process that runs now; `begin` starts another in its place and waits until it takes connections. */
export class Kept {
  #child: ChildProcess
  #stopping = false
  #reviving: Promise<void> = Promise.resolve()
  readonly #begin: () => Promise<ChildProcess>
  readonly #watch: Watch | undefined
  readonly #deaths: number[] = []

  constructor(first: ChildProcess, begin: () => Promise<ChildProcess>, watch: Watch | undefined) {
    this.#child = first
    this.#begin = begin
    this.#watch = watch
    this.#guard()
  }

  #guard(): void {
    const watch = this.#watch
    if (watch)
      void untilGone(this.#child).then(() => {
        if (!this.#stopping) this.#reviving = this.#revive(watch)
      })
  }

  async #revive(watch: Watch): Promise<void> {
    this.#deaths.push(Date.now())
    if (this.#deaths.filter((at) => at > Date.now() - often.span).length > often.times) {
      watch.lost(new Error(`it stopped ${often.times + 1} times within ten minutes`))
      return
    }
    watch.note('The database stopped by itself; starting it again.')
    let last: unknown
    for (let attempt = 1; attempt <= attempts && !this.#stopping; attempt++) {
      try {
        this.#child = await this.#begin()
        this.#guard()
        watch.note('The database runs again. What had been finished is there.')
        return
      } catch (error) {
        last = error
        watch.note(`It did not start (${attempt} of ${attempts}): ${reasonOf(error)}`)
        await pause(1000 * attempt)
      }
    }
    if (!this.#stopping) watch.lost(last)
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#reviving
    if (!gone(this.#child)) this.#child.kill('SIGINT')
    await untilGone(this.#child)
  }
}
