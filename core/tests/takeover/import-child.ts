// An import in a process of its own that kills itself (SIGKILL) at the statement it is told, as a lost machine would: before the statement
// is sent, while the database works on it, or just after its answer. Without a kill it says how many statements it took.
import { lawOf, loadPack } from '@payung/law'
import pg from 'pg'
import { type Address, openDatabase } from '../../src/platform/database.ts'
import { encryptionWith } from '../../src/platform/encryption.ts'
import { fixedClock, makeSubscribers, systemActor } from '../../src/platform/index.ts'
import { importFolder, openFolder } from '../../src/takeover/index.ts'

export type Moment = 'before' | 'within' | 'after'
export type Errand = {
  readonly address: Address
  readonly now: string
  readonly folder: string
  readonly block: number
  readonly chunk: number
  /** Statements are counted from 1. */
  readonly kill: { readonly at: number; readonly moment: Moment } | null
}

const { address, now, folder, block, chunk, kill } = JSON.parse(process.env.ERRAND ?? '') as Errand
const die = (): void => void process.kill(process.pid, 'SIGKILL')

let statements = 0
const send = pg.Client.prototype.query as (...given: unknown[]) => unknown
pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
  const last = ++statements === kill?.at
  if (last && kill?.moment === 'before') die()
  const answer = send.apply(this, given)
  if (last && kill?.moment === 'within') setImmediate(die)
  // A COPY is a stream and answers nothing that could be waited for.
  if (last && kill?.moment === 'after') Promise.resolve(answer).then(die, die)
  return answer
} as typeof pg.Client.prototype.query

const law = lawOf(await loadPack('indonesia'))
const database = openDatabase(address)
const platform = { database, clock: fixedClock(now), subscribers: makeSubscribers(), encryption: encryptionWith(Buffer.alloc(32, 7)) }
const opened = await openFolder(law.pack, folder)
const done = opened.ok ? await importFolder(platform, law, opened.value, { actor: systemActor, block, chunk }) : opened
await database.close()
process.stdout.write(JSON.stringify({ ok: done.ok, statements }))
