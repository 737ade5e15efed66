// Large work in steps: each step one short transaction, done once, so that work cut short goes on where it was.
import { ok } from '@payung/values'
import type { Actor } from './actor.ts'
import { inTransaction, readAs } from './in-transaction.ts'
import { fromJson, toJson } from './json.ts'
import type { Platform } from './platform.ts'
import type { Progress } from './progress.ts'
import type { Tx } from './transaction.ts'

/** `key` names the step within its work for ever; `run` gives what is remembered of it. */
export type Step<Value> = { readonly key: string; run(tx: Tx): Promise<Value> }

/**
 * Runs the steps of `work` (for instance "month-run:2026-10") in order. A step that was done before is not run: its remembered value
 * is given. A step's rows and the note that it is done are written together.
 */
export async function runSteps<Value>(
  platform: Platform,
  actor: Actor,
  work: string,
  label: string,
  steps: readonly Step<Value>[],
  progress: Progress,
): Promise<Value[]> {
  const caller = { role: 'run', actor } as const
  const rows = await readAs(platform, caller, (tx) =>
    tx.query<{ step: string; result: unknown }>(`select step, result from platform.progress where work = $1 and state = 'done'`, [work]),
  )
  const known = new Map(rows.map(({ step, result }) => [step, fromJson(result) as Value]))
  const values: Value[] = []
  for (const [index, step] of steps.entries()) {
    const before = known.get(step.key)
    values.push(known.has(step.key) ? (before as Value) : await runStep(platform, caller, work, step))
    progress.step(label, index + 1, steps.length)
  }
  return values
}

async function runStep<Value>(platform: Platform, caller: { role: 'run'; actor: Actor }, work: string, step: Step<Value>): Promise<Value> {
  const result = await inTransaction(platform, caller, { name: work, input: step.key }, async (tx, key) => {
    // Two at once: the second waits here, and finds what the first one did.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [work])
    const [known] = await tx.query<{ result: unknown }>(
      `select result from platform.progress where work = $1 and step = $2 and state = 'done'`,
      [work, key],
    )
    if (known) return ok(fromJson(known.result) as Value)
    const value = await step.run(tx)
    await tx.query(`insert into platform.progress (work, step, state, result, ended) values ($1, $2, 'done', $3, now())`, [
      work,
      key,
      toJson(value),
    ])
    return ok(value)
  })
  if (!result.ok) throw new Error(`a step of ${work} was refused`)
  return result.value
}

/** Forgets how far a work is, when it is to be done again as a whole. */
export async function forgetSteps(tx: Tx, work: string): Promise<void> {
  await tx.query('delete from platform.progress where work = $1', [work])
}
