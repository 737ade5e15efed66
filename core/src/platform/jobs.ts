// Work that follows: jobs that run right after a commit, and daily work that is due by the clock.

import { EventEmitter } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { addDays, type Day, dayInZone, daysBetween, ok } from '@payung/values'
import { type Job, Logger, type Runner, run, type WorkerEvents } from 'graphile-worker'
import { systemActor } from './actor.ts'
import { storedClock } from './clock.ts'
import { openPool } from './database.ts'
import { inTransaction, readAs } from './in-transaction.ts'
import { fromJson } from './json.ts'
import type { Platform } from './platform.ts'
import type { Progress } from './progress.ts'
import { readSetting } from './settings.ts'
import { reasonOf } from './trouble.ts'

/** What a job does. It may run twice, when the process dies at the wrong moment: its own transactions carry keys. */
export type Task = { readonly name: string; run(platform: Platform, payload: Readonly<Record<string, unknown>>): Promise<void> }

/** Work of a day. `due` is pure; `run` is resumable, and is not called again for a day on which it ended well. */
export type Daily = {
  readonly name: string
  due(today: Day): boolean
  run(platform: Platform, today: Day, progress: Progress): Promise<void>
}

const caller = { role: 'run', actor: systemActor } as const

/**
 * Starts the worker of the job queue. It listens to no signals: whoever starts it stops it. When the database goes away it ends, and is
 * begun again until the database is back; a job that was cut short is taken up once its lock has run out. A job that fails is told to
 * `complain` in one line and tried again after a growing pause. The queue has a pool of its own: it writes the numbers of jobs as JSON,
 * which knows no bigint, and one that failed would end the process.
 */
export async function startWorker(
  platform: Platform,
  tasks: readonly Task[],
  complain: (line: string) => void,
): Promise<{ readonly events: WorkerEvents; stop(): Promise<void> }> {
  const taskList = Object.fromEntries(
    tasks.map((task) => [task.name, (payload: unknown) => task.run(platform, fromJson(payload) as Readonly<Record<string, unknown>>)]),
  )
  const events: WorkerEvents = new EventEmitter()
  const pool = openPool(platform.database.address, 'payung_work', { max: 4, name: 'payung jobs', numbersAsText: true })
  const begin = (): Promise<Runner> =>
    run({
      events,
      pgPool: pool,
      noHandleSignals: true,
      concurrency: 2,
      pollInterval: 2000,
      taskList,
      logger: quietLogger(complain),
    })
  const stopping = new AbortController()
  let runner = await begin().catch(async (error: unknown) => {
    await pool.end()
    throw error
  })
  const again = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await runner.promise.catch((error: unknown) => complain(`the job queue stopped: ${String(error)}`))
      while (!stopping.signal.aborted) {
        await pause(1000, undefined, { signal: stopping.signal }).catch(() => undefined)
        const begun = stopping.signal.aborted ? undefined : await begin().catch(() => undefined)
        if (!begun) continue
        runner = begun
        break
      }
    }
  }
  const kept = again()
  return {
    events,
    stop: async () => {
      stopping.abort()
      // One that has ended already cannot be stopped, and need not be.
      await runner.stop().catch(() => undefined)
      await kept
      await pool.end()
    },
  }
}

/** Of a failed job its name and the reason, without stack and payload: a payload may name persons. */
const quietLogger = (complain: (line: string) => void) =>
  new Logger(() => (level, message, meta) => {
    if (level !== 'error') return
    if (!meta?.failure) return complain(message.split('\n')[0] ?? message)
    const { task_identifier, attempts, max_attempts } = meta.job as Job
    const next = attempts < max_attempts ? 'it is tried again' : 'it is not tried again'
    complain(`the job ${task_identifier} failed (attempt ${attempts} of ${max_attempts}, ${next}): ${reasonOf(meta.error)}`)
  })

/** The day up to which daily work has run; on a database that never ran any, the day before today. */
async function ranThrough(platform: Platform, today: Day): Promise<Day> {
  const known = await readSetting(platform, 'daily-through')
  return (known as Day | undefined) ?? addDays(today, -1)
}

async function runDay(platform: Platform, dailies: readonly Daily[], day: Day, progress: Progress): Promise<void> {
  const done = await readAs(platform, caller, (tx) =>
    tx.query<{ name: string }>('select name from platform.daily_run where day = $1', [day]),
  )
  for (const daily of dailies) {
    if (done.some(({ name }) => name === daily.name) || !daily.due(day)) continue
    await daily.run(platform, day, progress)
    await inTransaction(platform, caller, { name: 'daily-run', input: undefined }, async (tx) => {
      await tx.query('insert into platform.daily_run (day, name) values ($1, $2) on conflict do nothing', [day, daily.name])
      return ok(undefined)
    })
  }
  await inTransaction(platform, caller, { name: 'daily-through', input: undefined }, async (tx) => {
    await tx.query(
      `insert into platform.setting (key, value) values ('daily-through', to_jsonb($1::text)) on conflict (key) do update set value = excluded.value, at = now()`,
      [day],
    )
    return ok(undefined)
  })
}

/** One process at a time runs daily work; undefined when another is at it and `wait` is false. */
async function withDailyLock<Value>(platform: Platform, wait: boolean, body: () => Promise<Value>): Promise<Value | undefined> {
  const client = await platform.database.work.connect()
  try {
    const lock = wait ? 'select pg_advisory_lock(hashtext($1)) is not null as held' : 'select pg_try_advisory_lock(hashtext($1)) as held'
    const { rows } = await client.query<{ held: boolean }>(lock, ['payung daily work'])
    if (!rows[0]?.held) return undefined
    try {
      return await body()
    } finally {
      await client.query('select pg_advisory_unlock(hashtext($1))', ['payung daily work'])
    }
  } finally {
    client.release()
  }
}

/** The time zone by whose days this nation lives; the first start writes it from the country pack. */
export async function timeZoneOf(platform: Platform): Promise<string> {
  const zone = await readSetting(platform, 'time-zone')
  return typeof zone === 'string' ? zone : 'UTC'
}

/** Runs the daily work of every day that has passed since the last time, in order, up to today by the clock. */
export async function runDue(platform: Platform, dailies: readonly Daily[], progress: Progress, wait = false): Promise<void> {
  await withDailyLock(platform, wait, async () => {
    const today = dayInZone(await platform.clock.now(), await timeZoneOf(platform))
    const through = await ranThrough(platform, today)
    for (let day = addDays(through, 1); day <= today; day = addDays(day, 1)) await runDay(platform, dailies, day, progress)
  })
}

/**
 * Moves the demonstration's clock forward to an instant, a day at a time, and runs each day's work on its day: what a day's work
 * writes bears that day's date. It can be cut short and begun again.
 */
export async function forwardClock(platform: Platform, dailies: readonly Daily[], to: Date, progress: Progress): Promise<void> {
  const zone = await timeZoneOf(platform)
  const clock = storedClock(platform.database)
  const from = dayInZone(await clock.now(), zone)
  const last = dayInZone(to, zone)
  const moving: Platform = { ...platform, clock }
  for (let day = addDays(from, 1); day <= last; day = addDays(day, 1)) {
    const morning = startOfDay(day, zone)
    await advanceClock(platform, day === last && to < morning ? to : morning)
    await runDue(moving, dailies, progress, true)
    progress.step('Days', daysBetween(from, day), daysBetween(from, last))
  }
  await advanceClock(platform, to)
}

/** Moves the clock on to an instant, and never back: two commands that move it at once go on from wherever the other has come. */
async function advanceClock(platform: Platform, to: Date): Promise<void> {
  await inTransaction(platform, caller, { name: 'advance-clock', input: to }, async (tx, instant) => {
    await tx.query('update platform.clock set demonstration = true, ahead = greatest(ahead, $1::timestamptz - now())', [instant])
    return ok(undefined)
  })
}

/** Half past midnight of a day in a time zone: after the day began, whatever the season did to its first hour. */
function startOfDay(day: Day, zone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: '00:30' }).epochMilliseconds)
}

/** Sets the demonstration's clock, back too: for founding a nation. The machine's own time is never touched. */
export async function setClock(platform: Platform, to: Date): Promise<void> {
  await inTransaction(platform, caller, { name: 'set-clock', input: to }, async (tx, instant) => {
    await tx.query('update platform.clock set demonstration = true, ahead = $1::timestamptz - now()', [instant])
    return ok(undefined)
  })
}
