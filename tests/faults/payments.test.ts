// Money is booked whole or not at all: a failure at each single statement of a group of payments, a listener that fails, a connection that
// is lost and a process that is killed leave everything as it was, and the same payments told again end as if nothing had happened.
import type { Month } from '@payung/values'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { houseFor } from '../../core/src/channels/rooms.ts'
import { checkControl, openMonth, runMonth } from '../../core/src/contributions/index.ts'
import { billingBy, type NewPayment, recordPayments } from '../../core/src/payments/index.ts'
import { fixedClock, inTransaction, type Platform, type Subscribers, systemActor } from '../../core/src/platform/index.ts'
import { paymentCode } from '../../core/src/registry/index.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { freshScheme, type TestScheme } from '../scheme.ts'
import { isFull, size } from '../size.ts'
import { faulty, type State, send, stateOf } from './faulty.ts'

const now = '2026-09-10T05:00:00Z'
const run = { role: 'run', actor: systemActor } as const
let planted: TestScheme
let payments: NewPayment[] = []
let before: State
let after: State
/** Statements of an undisturbed recording, from the begin to the commit. */
let statements = 0

/** An employer with a bill that is due, a fisher who pays three months, a sponsor of three, and money whose code names nobody. */
async function plant(): Promise<TestScheme> {
  const scheme = await freshScheme('indonesia', '2026-08-01')
  const firm = await scheme.organisation({ kind: 'employer' })
  const sponsor = await scheme.organisation({ kind: 'sponsor' })
  const persons = await scheme.persons(8)
  const row = (place: number) => ({ memberNumber: persons[place]?.memberNumber ?? '', from: '2026-08-01' })
  await scheme.memberships([
    ...[0, 1, 2, 3].map((place) => ({ ...row(place), segment: 'PU', organisationId: firm.organisationId, base: '5000000' })),
    ...[4, 5, 6].map((place) => ({ ...row(place), segment: 'BPU', base: '1000000', payerId: sponsor.payerId })),
    { ...row(7), segment: 'BPU', base: '1000000' },
  ])
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-08' as Month))
  scheme.at('2026-08-31')
  const done = await runMonth(scheme.platform, scheme.law, '2026-08' as Month, { actor: systemActor })
  if (!done.ok) throw new Error(done.refusal.rule)
  const { rows } = await scheme.admin.query<{ payer_id: bigint; total: bigint; self: bigint }>(
    `select payer_id, total, (select p.payer_id from registry.payer p where p.person_id is not null) as self from contributions.bill where payer_id = $1`,
    [firm.payerId],
  )
  const pay = (payer: bigint, amount: bigint, externalId: string): NewPayment => ({
    channel: 'bank',
    day: '2026-09-10',
    externalId,
    code: paymentCode(payer),
    amount: amount.toString(),
  })
  payments = [
    pay(firm.payerId, rows[0]?.total ?? 0n, 'firm'),
    pay(rows[0]?.self ?? 0n, 3n * 8_400n, 'fisher'),
    pay(sponsor.payerId, 3n * 8_400n + 50n, 'sponsor'),
    { ...pay(firm.payerId, 777n, 'lost'), code: 'thank you' },
  ]
  await Promise.all([scheme.platform.database.close(), scheme.owner.end(), scheme.admin.end()])
  return scheme
}

const clone = async (): Promise<TestDatabase> =>
  freshDatabase({ template: planted.address, clock: fixedClock(now), subscribers: houseFor(planted.law).subscribers })

const record = (platform: Platform) =>
  inTransaction(platform, run, { name: 'record-payments', input: payments }, async (tx, rows) => ({
    ok: true,
    value: await recordPayments(tx, { pack: planted.law.pack, billing: billingBy(planted.law) }, rows),
  }))

beforeAll(async () => {
  planted = await plant()
  const twin = await clone()
  before = await stateOf(twin)
  const { platform, count } = faulty(twin, 0, 'not sent')
  const done = await record(platform)
  statements = count()
  after = await stateOf(twin)
  if (!done.ok) throw new Error(done.refusal.rule)
  expect(done.value.map(({ outcome, settled, credit }) => [outcome, settled.length, credit])).toEqual([
    ['booked', 1, 0n],
    ['booked', 3, 0n],
    ['booked', 1, 50n],
    ['queued', 0, 0n],
  ])
  await twin.close()
})
afterAll(async () => {
  const last = await freshDatabase()
  await last.admin.query(`drop database ${planted.address.database} with (force)`)
  await last.close()
})

test.each(['not sent', 'connection cut'] as const)(
  'each statement in turn %s: nothing is half booked, and told again all is booked once',
  async (fault) => {
    const database = await clone()
    try {
      expect(statements).toBeGreaterThan(30)
      // Every statement in full size, else every seventh; the last, the commit, always.
      for (let at = statements; at >= 1; at -= size(7, 1)) {
        await expect(record(faulty(database, at, fault).platform), `statement ${at}`).rejects.toThrow()
        expect(await stateOf(database), `statement ${at}`).toEqual(before)
      }
      expect((await record(database.platform)).ok).toBe(true)
      expect(await stateOf(database)).toEqual(after)
      expect(await record(database.platform)).toMatchObject({ ok: true, value: [{ outcome: 'already booked' }, {}, {}, {}] })
      expect(await stateOf(database)).toEqual(after)
    } finally {
      await database.close()
    }
  },
)

test.each(['bills-paid', 'offers-settled', 'payments-recorded'])(
  'a listener to %s that fails takes the money back with it',
  async (kind) => {
    const database = await clone()
    try {
      const { subscribers } = database.platform
      const failing: Subscribers = {
        on: subscribers.on,
        of: (told) =>
          told === kind
            ? [
                ...subscribers.of(told),
                async () => {
                  throw new Error('the listener failed')
                },
              ]
            : subscribers.of(told),
      }
      await expect(record({ ...database.platform, subscribers: failing })).rejects.toThrow('the listener failed')
      expect(await stateOf(database)).toEqual(before)
      await record(database.platform)
      expect(await stateOf(database)).toEqual(after)
    } finally {
      await database.close()
    }
  },
)

test('a process killed at any moment, also while it commits: all or nothing, and told again all is booked once', async () => {
  const undisturbed = await clone()
  const last = Number((await send({ address: undisturbed.address, now, payments, killAt: null })).said)
  expect(await stateOf(undisturbed)).toEqual(after)
  await undisturbed.close()
  for (const killAt of [...(isFull ? [0.1, 0.3, 0.5, 0.7, 0.9] : [0.4]).map((part) => Math.ceil(part * last)), last]) {
    const database = await clone()
    try {
      expect((await send({ address: database.address, now, payments, killAt })).signal, `statement ${killAt}`).toBe('SIGKILL')
      // Whoever tells the same payments again waits for the one that died, and then finds all of it or nothing.
      const again = await record(database.platform)
      const outcomes = again.ok ? again.value.map(({ outcome }) => outcome) : []
      expect([
        ['booked', 'booked', 'booked', 'queued'],
        ['already booked', 'already booked', 'already booked', 'already booked'],
      ]).toContainEqual(outcomes)
      expect(await stateOf(database), `statement ${killAt}`).toEqual(after)
      const control = await inTransaction(database.platform, run, { name: 'control', input: null }, async (tx) => ({
        ok: true,
        value: await checkControl(tx, 'test', null),
      }))
      expect(control).toMatchObject({ ok: true, value: { difference: 0n } })
    } finally {
      await database.close()
    }
  }
})
