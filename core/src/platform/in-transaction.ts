// The one write path: role, actor, idempotency key, rows, events and jobs of a command stand or fall together.

import { setTimeout as pause } from 'node:timers/promises'
import { isRefusal, type Refused, type Result, refuse } from '@payung/values'
import pg from 'pg'
import type { Actor } from './actor.ts'
import { findReplies, isLateDuplicate, type Keyed, keepReplies } from './idempotency.ts'
import type { Platform } from './platform.ts'
import type { Role } from './roles.ts'
import { type OpenTransaction, type Tx, transactionOn } from './transaction.ts'
import { codeOf } from './trouble.ts'

export type Caller = { readonly role: Role; readonly actor: Actor }

/** What is asked. With a key the command is done once: the same key with the same name and input gives the stored reply. */
export type Command<Input> = { readonly name: string; readonly input: Input; readonly key?: string }

/** In a group, one command's outcome: its result, or the error that it alone met. */
export type Outcome<Reply> = Result<Reply> | { readonly ok: false; readonly error: unknown }

export type Work<Input, Reply> = (tx: Tx, input: Input) => Promise<Result<Reply>>

const attempts = 6
const worthRetrying = (error: unknown): boolean => ['40001', '40P01', '55P03'].includes(codeOf(error) ?? '') || isLateDuplicate(error)

/** Ends a transaction because a command was refused; it carries the refusal out of the open transaction. */
class RolledBack extends Error {
  readonly refused: Refused
  constructor(refused: Refused) {
    super(refused.refusal.code)
    this.refused = refused
  }
}

/** Ends the command with a refusal, from where nothing can be given back: who listens to an event cannot let it stand. Nothing of it stands then. */
export function refuseCommand(refused: Refused): never {
  throw new RolledBack(refused)
}

const poolFor = ({ database }: Platform, role: Role): pg.Pool => (role === 'run' || role === 'seal' ? database.work : database.http)

/** Opens the transaction, enters the role and sets who acts, in one round trip. The values are escaped: a simple query has no parameters. */
async function open(client: pg.PoolClient, platform: Platform, { role, actor }: Caller): Promise<OpenTransaction> {
  const settings = { actor: actor.actorId, person: actor.personId, organisation: actor.organisationId, office: actor.officeId }
  const set = Object.entries(settings).map(
    ([name, value]) => `set_config('payung.${name}', ${pg.escapeLiteral(value === null ? '' : String(value))}, true)`,
  )
  const results: unknown = await client.query(`begin; set local role payung_${role}; select ${set.join(', ')}, platform.now() as now`)
  const opened = (results as pg.QueryResult<{ now: Date }>[])[2]?.rows[0]
  const now = platform.clock.stored && opened ? opened.now : await platform.clock.now()
  return transactionOn(client, now, actor, platform.subscribers)
}

/** Runs `body` in a transaction of its own; a failed serialisation or a deadlock is tried again, with a growing pause. */
async function attempt<Value>(
  platform: Platform,
  caller: Caller,
  body: (opened: OpenTransaction, client: pg.PoolClient) => Promise<Value>,
): Promise<Value> {
  for (let tried = 1; ; tried++) {
    const client = await poolFor(platform, caller.role).connect()
    let broken: Error | undefined
    try {
      const value = await body(await open(client, platform, caller), client)
      await client.query('commit')
      return value
    } catch (error) {
      // A connection that cannot even roll back is thrown away, never given to the next one.
      await client.query('rollback').catch((lost: Error) => (broken = lost))
      if (tried >= attempts || !worthRetrying(error)) throw error
    } finally {
      client.release(broken)
    }
    await pause(2 ** tried * (1 + Math.random()))
  }
}

/** Does the commands of one transaction; the first that is refused or fails ends it for all. */
async function doAll<Input, Reply>(
  opened: OpenTransaction,
  client: pg.PoolClient,
  commands: readonly Command<Input>[],
  work: Work<Input, Reply>,
): Promise<Result<Reply>[]> {
  const replies = await findReplies(client, opened.tx.actor, commands)
  const fresh: Keyed[] = []
  const results: Result<Reply>[] = []
  for (const [index, command] of commands.entries()) {
    const known = replies.get(index)
    if (known?.reused) throw new RolledBack(keyReused(command))
    if (known) {
      results.push({ ok: true, value: known.reply as Reply })
      continue
    }
    const result = await work(opened.tx, command.input)
    if (!result.ok) throw new RolledBack(result)
    results.push(result)
    if (command.key !== undefined) fresh.push({ key: command.key, digest: replies.digest(index), reply: result.value })
  }
  await opened.flush()
  if (fresh.length > 0) await keepReplies(client, opened.tx.actor, fresh)
  return results
}

const keyReused = ({ key, name }: Command<unknown>): Refused =>
  refuse({
    code: 'key-reused',
    rule: 'An idempotency key belongs to one request for 35 days.',
    data: { key: key ?? '', command: name },
    next: 'Send this request with a key of its own.',
  })

async function alone<Input, Reply>(
  platform: Platform,
  caller: Caller,
  command: Command<Input>,
  work: Work<Input, Reply>,
): Promise<Result<Reply>> {
  try {
    const [result] = await attempt(platform, caller, (opened, client) => doAll(opened, client, [command], work))
    if (!result) throw new Error('a command gave no result')
    return result
  } catch (error) {
    if (error instanceof RolledBack && isRefusal(error.refused.refusal)) return error.refused
    throw error
  }
}

async function together<Input, Reply>(
  platform: Platform,
  caller: Caller,
  commands: readonly Command<Input>[],
  work: Work<Input, Reply>,
): Promise<Outcome<Reply>[]> {
  if (commands.length === 0) return []
  const keys = commands.flatMap(({ key }) => key ?? [])
  if (commands.length > 1 && new Set(keys).size === keys.length) {
    try {
      return await attempt(platform, caller, (opened, client) => doAll(opened, client, commands, work))
    } catch {
      // Somebody in the group cannot be done. Below each is done alone, so that the others are not harmed and the guilty one is named.
    }
  }
  const outcomes: Outcome<Reply>[] = []
  for (const command of commands)
    outcomes.push(await alone(platform, caller, command, work).catch((error: unknown) => ({ ok: false, error })))
  return outcomes
}

/**
 * Does one command, or many as a group in one transaction. A refusal rolls back whatever the work had written. Of a group,
 * a command that is refused or fails is done alone after the rest was rolled back, and so are its neighbours: none harms another.
 * Throws only for what should never happen (one command); in a group such an error is that command's outcome.
 */
export function inTransaction<Input, Reply>(
  platform: Platform,
  caller: Caller,
  command: Command<Input>,
  work: Work<Input, Reply>,
): Promise<Result<Reply>>
export function inTransaction<Input, Reply>(
  platform: Platform,
  caller: Caller,
  commands: readonly Command<Input>[],
  work: Work<Input, Reply>,
): Promise<Outcome<Reply>[]>
export function inTransaction<Input, Reply>(
  platform: Platform,
  caller: Caller,
  asked: Command<Input> | readonly Command<Input>[],
  work: Work<Input, Reply>,
): Promise<Result<Reply> | Outcome<Reply>[]> {
  return 'name' in asked ? alone(platform, caller, asked, work) : together(platform, caller, asked, work)
}

/** Reads as a role and an actor, in one transaction. What is noted with `tx.look` is written before the value is returned. */
export function readAs<Value>(platform: Platform, caller: Caller, read: (tx: Tx) => Promise<Value>): Promise<Value> {
  return attempt(platform, caller, async (opened) => {
    const value = await read(opened.tx)
    await opened.flush()
    return value
  })
}
