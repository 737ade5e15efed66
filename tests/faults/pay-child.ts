// Records payments in a process of its own that kills itself (SIGKILL) at the statement it is told, while the database works on it.
// Without a kill it says how many statements it took.
import { lawOf, loadPack } from '@payung/law'
import pg from 'pg'
import { houseFor } from '../../core/src/channels/rooms.ts'
import { billingBy, type NewPayment, recordPayments } from '../../core/src/payments/index.ts'
import { type Address, openDatabase } from '../../core/src/platform/database.ts'
import { encryptionWith } from '../../core/src/platform/encryption.ts'
import { fixedClock, inTransaction, systemActor } from '../../core/src/platform/index.ts'

export type Errand = {
  readonly address: Address
  readonly now: string
  readonly payments: readonly NewPayment[]
  readonly killAt: number | null
}

const { address, now, payments, killAt } = JSON.parse(process.env.ERRAND ?? '') as Errand

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
await inTransaction(platform, { role: 'run', actor: systemActor }, { name: 'record-payments', input: payments }, async (tx, rows) => ({
  ok: true,
  value: await recordPayments(tx, { pack: law.pack, billing: billingBy(law) }, rows),
}))
await database.close()
process.stdout.write(String(statements))
