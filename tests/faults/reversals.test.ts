// Money goes back whole or not at all: a reversal of a payment that had paid a bill, and of one that had paid months, is cut at each
// single statement, and a process that approves is killed; what stood stands, and approving again does it once.
import type { Month } from '@payung/values'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { houseFor } from '../../core/src/channels/rooms.ts'
import { checkControl, openMonth, runMonth } from '../../core/src/contributions/index.ts'
import { askRequest, billingBy, decideRequest } from '../../core/src/payments/index.ts'
import { fixedClock, inTransaction, type Platform, systemActor } from '../../core/src/platform/index.ts'
import { paymentCode } from '../../core/src/registry/index.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { freshScheme, type TestScheme } from '../scheme.ts'
import { isFull, size } from '../size.ts'
import { faulty, type State, send, stateOf } from './faulty.ts'

const now = '2026-09-20T05:00:00Z'
const run = { role: 'run', actor: systemActor } as const
const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
let planted: TestScheme
/** Requests about money that paid a bill, and about money that paid three months. */
const requests: { name: string; requestId: bigint; before: State; after: State; statements: number }[] = []

async function plant(): Promise<bigint[]> {
  const scheme = planted
  const firm = await scheme.organisation({ kind: 'employer' })
  const persons = await scheme.persons(3)
  const row = (place: number) => ({ memberNumber: persons[place]?.memberNumber ?? '', from: '2026-08-01' })
  await scheme.memberships([
    ...[0, 1].map((place) => ({ ...row(place), segment: 'PU', organisationId: firm.organisationId, base: '5000000' })),
    { ...row(2), segment: 'BPU', base: '1000000' },
  ])
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-08' as Month))
  scheme.at('2026-08-31')
  const done = await runMonth(scheme.platform, scheme.law, '2026-08' as Month, { actor: systemActor })
  if (!done.ok) throw new Error(done.refusal.rule)
  scheme.at('2026-09-10')
  const { rows } = await scheme.admin.query<{ total: bigint; self: bigint }>(
    'select total, (select p.payer_id from registry.payer p where p.person_id is not null) as self from contributions.bill where payer_id = $1',
    [firm.payerId],
  )
  const pay = (payer: bigint, amount: bigint, externalId: string) => ({
    channel: 'bank',
    day: '2026-09-10',
    externalId,
    code: paymentCode(payer),
    amount: amount.toString(),
  })
  const paid = await scheme.pay([pay(firm.payerId, rows[0]?.total ?? 0n, 'firm'), pay(rows[0]?.self ?? 0n, 3n * 8_400n, 'fisher')])
  const asked: bigint[] = []
  for (const { paymentId } of paid) {
    const made = await scheme.run((tx) =>
      askRequest(
        tx,
        scheme.law,
        { pack: scheme.law.pack, billing: billingBy(scheme.law) },
        { kind: 'reversal', paymentId: paymentId ?? 0n, ground: 'recall', evidence: 'letter' },
      ),
    )
    if (!made.ok) throw new Error(made.refusal.rule)
    asked.push(made.value.requestId)
  }
  await Promise.all([scheme.platform.database.close(), scheme.owner.end(), scheme.admin.end()])
  return asked
}

const clone = (): Promise<TestDatabase> =>
  freshDatabase({ template: planted.address, clock: fixedClock(now), subscribers: houseFor(planted.law).subscribers })

const approve = (platform: Platform, requestId: bigint) =>
  inTransaction(
    platform,
    run,
    { name: 'decide-request', input: { requestId, decision: 'approved', why: 'checked', decider } as const },
    (tx, input) => decideRequest(tx, planted.law, { pack: planted.law.pack, billing: billingBy(planted.law) }, input),
  )

beforeAll(async () => {
  planted = await freshScheme('indonesia', '2026-08-01')
  const asked = await plant()
  const expected = [
    { reopened: 1, movedDays: 0, months: 0, owed: 0n },
    { reopened: 0, movedDays: 0, months: 3, owed: 0n },
  ]
  for (const [place, name] of (['a bill', 'months'] as const).entries()) {
    const requestId = asked[place] ?? 0n
    const twin = await clone()
    const before = await stateOf(twin)
    const { platform, count } = faulty(twin, 0, 'not sent')
    expect(await approve(platform, requestId)).toMatchObject({ ok: true, value: { done: expected[place] } })
    requests.push({ name, requestId, before, after: await stateOf(twin), statements: count() })
    await twin.close()
  }
})
afterAll(async () => {
  const last = await freshDatabase()
  await last.admin.query(`drop database ${planted.address.database} with (force)`)
  await last.close()
})

const difference = async (database: TestDatabase): Promise<bigint> => {
  const control = await inTransaction(database.platform, run, { name: 'control', input: null }, async (tx) => ({
    ok: true,
    value: await checkControl(tx, 'test', null),
  }))
  return control.ok ? control.value.difference : -1n
}

test.each(['not sent', 'connection cut'] as const)(
  'each statement in turn %s: nothing is half undone, and approved again it is done once',
  async (fault) => {
    for (const { name, requestId, before, after, statements } of requests) {
      const database = await clone()
      try {
        expect(statements, name).toBeGreaterThan(15)
        // Every statement in full size, else every seventh; the last, the commit, always.
        for (let at = statements; at >= 1; at -= size(7, 1)) {
          await expect(approve(faulty(database, at, fault).platform, requestId), `${name}, statement ${at}`).rejects.toThrow()
          expect(await stateOf(database), `${name}, statement ${at}`).toEqual(before)
        }
        expect((await approve(database.platform, requestId)).ok).toBe(true)
        expect(await stateOf(database)).toEqual(after)
        expect(await approve(database.platform, requestId)).toMatchObject({ ok: false, refusal: { code: 'request-decided' } })
        expect(await stateOf(database)).toEqual(after)
        expect(await difference(database)).toBe(0n)
      } finally {
        await database.close()
      }
    }
  },
)

test('two who approve at the same moment do it once', async () => {
  const { requestId = 0n, after } = requests[1] ?? {}
  const database = await clone()
  try {
    const done = await Promise.all([approve(database.platform, requestId), approve(database.platform, requestId)])
    expect(done.map((each) => (each.ok ? 'done' : each.refusal.code)).sort()).toEqual(['done', 'request-decided'])
    expect(await stateOf(database)).toEqual(after)
  } finally {
    await database.close()
  }
})

test.each(isFull ? [0, 1] : [1])(
  'a process killed at any moment, also while it commits: all or nothing, and approved again it is done once (%i)',
  async (place) => {
    const { name, requestId = 0n, after } = requests[place] ?? {}
    const undisturbed = await clone()
    const errand = { address: undisturbed.address, now, payments: [], approve: requestId.toString() }
    const last = Number((await send({ ...errand, killAt: null })).said)
    expect(await stateOf(undisturbed), name).toEqual(after)
    await undisturbed.close()
    for (const killAt of [...(isFull ? [0.1, 0.3, 0.5, 0.7, 0.9] : [0.6]).map((part) => Math.ceil(part * last)), last]) {
      const database = await clone()
      try {
        expect((await send({ ...errand, address: database.address, killAt })).signal, `${name}, statement ${killAt}`).toBe('SIGKILL')
        const again = await approve(database.platform, requestId)
        expect(['done', 'request-decided']).toContain(again.ok ? 'done' : again.refusal.code)
        expect(await stateOf(database), `${name}, statement ${killAt}`).toEqual(after)
        expect(await difference(database)).toBe(0n)
      } finally {
        await database.close()
      }
    }
  },
)
