// Records payments, or approves a request or a correction, in a process of its own that kills itself (SIGKILL) at the statement it is told, while the database works on it.
// Without a kill it says how many statements it took.
import { lawOf, loadPack } from '@payung/law'
import pg from 'pg'
import { houseFor } from '../../core/src/channels/rooms.ts'
import { approveCorrection } from '../../core/src/contributions/index.ts'
import { billingBy, decideRequest, type NewPayment, recordPayments } from '../../core/src/payments/index.ts'
import { type Address, openDatabase } from '../../core/src/platform/database.ts'
import { encryptionWith } from '../../core/src/platform/encryption.ts'
import { fixedClock, inTransaction, systemActor } from '../../core/src/platform/index.ts'

export type Errand = {
  readonly address: Address
  readonly now: string
  readonly payments: readonly NewPayment[]
  /** The request that is approved instead. */
  readonly approve?: string
  /** The correction that is approved instead, with the difference that was seen. */
  readonly correct?: { readonly id: string; readonly seen: string }
  readonly killAt: number | null
}

const { address, now, payments, approve, correct, killAt } = JSON.parse(process.env.ERRAND ?? '') as Errand

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
const caller = { role: 'run', actor: systemActor } as const
const recording = { pack: law.pack, billing: billingBy(law) }
const decider = {
  actorId: 90n,
  kind: 'staff',
  name: 'Test',
  role: 'administrator',
  personId: null,
  organisationId: null,
  officeId: 1n,
} as const
if (correct) {
  const input = { id: BigInt(correct.id), seen: BigInt(correct.seen), why: 'checked' }
  await inTransaction(platform, { role: 'run', actor: decider }, { name: 'approve-correction', input }, (tx, asked) =>
    approveCorrection(tx, law, asked),
  )
} else if (approve === undefined) {
  await inTransaction(platform, caller, { name: 'record-payments', input: payments }, async (tx, rows) => ({
    ok: true,
    value: await recordPayments(tx, recording, rows),
  }))
} else {
  const input = { requestId: BigInt(approve), decision: 'approved', why: 'checked', decider } as const
  await inTransaction(platform, caller, { name: 'decide-request', input }, (tx, asked) => decideRequest(tx, law, recording, asked))
}
await database.close()
process.stdout.write(String(statements))
