// Does the savings work of a first of January in a process of its own that kills itself (SIGKILL) at the statement it is told.
import { lawOf, loadPack } from '@payung/law'
import type { Day } from '@payung/values'
import pg from 'pg'
import { houseFor } from '../../core/src/channels/rooms.ts'
import { type Address, openDatabase } from '../../core/src/platform/database.ts'
import { encryptionWith } from '../../core/src/platform/encryption.ts'
import { fixedClock } from '../../core/src/platform/index.ts'
import { careForSavings } from '../../core/src/savings/index.ts'

export type Errand = { readonly address: Address; readonly now: string; readonly today: string; readonly killAt: number | null }

const { address, now, today, killAt } = JSON.parse(process.env.ERRAND ?? '') as Errand

let statements = 0
const send = pg.Client.prototype.query as (...given: unknown[]) => Promise<unknown>
pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
  const last = ++statements === killAt
  const answer = send.apply(this, given)
  if (last) setImmediate(() => process.kill(process.pid, 'SIGKILL'))
  return answer
} as typeof pg.Client.prototype.query

const law = lawOf(await loadPack('indonesia'))
const database = openDatabase(address)
const platform = {
  database,
  clock: fixedClock(now),
  subscribers: houseFor(law).subscribers,
  encryption: encryptionWith(Buffer.alloc(32, 7)),
}
await careForSavings(platform, law, today as Day)
await database.close()
process.stdout.write(String(statements))
