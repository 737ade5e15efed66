// A monthly run in a process of its own that kills itself (SIGKILL) at the statement it is told, as a lost machine would: before the
// statement is sent, while the database works on it, or just after its answer. Without a kill it says how many statements it took.
import { lawOf, loadPack } from '@payung/law'
import type { Month } from '@payung/values'
import pg from 'pg'
import { roomWith as contributionsRoom, runMonth } from '../../src/contributions/index.ts'
import { roomWith as paymentsRoom } from '../../src/payments/index.ts'
import { type Address, openDatabase } from '../../src/platform/database.ts'
import { encryptionWith } from '../../src/platform/encryption.ts'
import { fixedClock, makeSubscribers, systemActor } from '../../src/platform/index.ts'

export type Moment = 'before' | 'within' | 'after'
export type Errand = {
  readonly address: Address
  readonly now: string
  readonly month: string
  readonly chunk: number
  /** Statements are counted from 1. */
  readonly kill: { readonly at: number; readonly moment: Moment } | null
}

const { address, now, month, chunk, kill } = JSON.parse(process.env.ERRAND ?? '') as Errand
const die = (): void => void process.kill(process.pid, 'SIGKILL')

let statements = 0
const send = pg.Client.prototype.query as (...given: unknown[]) => Promise<unknown>
pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
  const last = ++statements === kill?.at
  if (last && kill?.moment === 'before') die()
  const answer = send.apply(this, given)
  if (last && kill?.moment === 'within') setImmediate(die)
  if (last && kill?.moment === 'after') answer.then(die, die)
  return answer
} as typeof pg.Client.prototype.query

const law = lawOf(await loadPack('indonesia'))
const subscribers = makeSubscribers()
for (const room of [contributionsRoom(law), paymentsRoom(law)]) room.subscribe?.(subscribers)
const database = openDatabase(address)
const platform = { database, clock: fixedClock(now), subscribers, encryption: encryptionWith(Buffer.alloc(32, 7)) }
const done = await runMonth(platform, law, month as Month, { actor: systemActor, chunk })
await database.close()
process.stdout.write(JSON.stringify({ ok: done.ok, statements }))
