// Of two who decide about one queued payment at the same moment one does it and the other is refused: no money is given to a payer and
// sent back too. Each pair of deeds runs on two connections, in both orders; the control's difference is 0 after each.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkControl } from '../../src/contributions/index.ts'
import { allocatePayment, decideRequest } from '../../src/payments/index.ts'
import type { Tx } from '../../src/platform/index.ts'
import { type Answer, type Asked, code, decider, openQueueDesk, type QueueDesk, value } from './queue-desk.ts'

let desk: QueueDesk
beforeAll(async () => {
  desk = await openQueueDesk()
})
afterAll(() => desk.scheme.close())

/** Two deeds at once: the first waits with its commit until the second waits for it, or has gone through beside it. */
async function atOnce(first: Deed, second: Deed): Promise<string[]> {
  const blocked = Promise.withResolvers<void>()
  let later: Promise<string> | undefined
  const earlier = desk
    .as(first.actorId, async (tx) => {
      const done = await first.act(tx)
      later = desk.as(second.actorId, second.act as never).then(code, String)
      void later.then(() => blocked.resolve())
      void untilSomebodyWaits(blocked)
      await blocked.promise
      return done as Answer<unknown>
    })
    .then(code, String)
  return [await earlier, (await later) ?? 'never told']
}
async function untilSomebodyWaits(blocked: PromiseWithResolvers<void>): Promise<void> {
  let over = false
  void blocked.promise.then(() => {
    over = true
  })
  const waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
  while (!over) if ((await desk.scheme.admin.query(waiting)).rowCount) blocked.resolve()
}
type Deed = { readonly actorId: bigint; readonly act: (tx: Tx) => Promise<Answer<unknown>> }

test('of two who decide about one payment at the same moment one does it, and the other is refused', async () => {
  desk.scheme.at('2026-06-21')
  const { payerId: stranger } = await desk.scheme.organisation({ kind: 'employer' })
  const parts = [0, 1].map((index) => ({ payerId: desk.payer(index), billId: desk.bill(index).bill_id, amount: 50n }))
  const detail = { bank: 'BRI', account: '12 34', holder: 'PT Tak Dikenal' }
  const asked: Record<string, Omit<Asked, 'paymentId'>> = {
    parts: { kind: 'parts', parts },
    return: { kind: 'return', detail },
    recall: { kind: 'reversal', ground: 'recall' },
  }
  const names = ['allocate', ...Object.keys(asked)]
  const deedsOf = async (paymentId: bigint, chosen: string[]): Promise<Deed[]> => {
    const deeds: Deed[] = []
    for (const name of chosen) {
      const wanted = asked[name]
      if (!wanted) {
        const allocated = { paymentId, payerId: stranger, reason: 'By its letter' }
        deeds.push({ actorId: 11n, act: (tx) => allocatePayment(tx, desk.recording, allocated) })
        continue
      }
      const { requestId } = value(await desk.ask({ ...wanted, paymentId }))
      const given = { requestId, decision: 'approved', why: 'checked', decider } as const
      deeds.push({ actorId: 90n, act: (tx) => decideRequest(tx, desk.scheme.law, desk.recording, given) })
    }
    return deeds
  }
  const waiting = await desk.balance('unallocated')
  const seen: Record<string, string[]> = {}
  for (const one of names)
    for (const other of names.filter((name) => name !== one)) {
      const [first, second] = await deedsOf(await desk.pay('one code for all', 100n, '2026-06-21'), [one, other])
      if (!first || !second) throw new Error('two deeds are needed')
      seen[`${one} before ${other}`] = await atOnce(first, second)
      expect(await desk.balance('unallocated'), `${one} before ${other}`).toBe(waiting)
      expect(await desk.scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
    }
  expect(seen).toEqual({
    'allocate before parts': ['ok', 'payment-not-queued'],
    'allocate before return': ['ok', 'payment-not-queued'],
    'allocate before recall': ['ok', 'holder-changed'],
    'parts before allocate': ['ok', 'payment-not-queued'],
    'parts before return': ['ok', 'payment-not-queued'],
    'parts before recall': ['ok', 'holder-changed'],
    'return before allocate': ['ok', 'payment-not-queued'],
    'return before parts': ['ok', 'payment-not-queued'],
    'return before recall': ['ok', 'already-reversed'],
    'recall before allocate': ['ok', 'payment-not-queued'],
    'recall before parts': ['ok', 'payment-not-queued'],
    'recall before return': ['ok', 'payment-not-queued'],
  })
})
