// Nobody is registered with an employer that is being closed at the same moment: whoever is first is counted, whoever comes after is refused.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { askRequest, billingBy, decideRequest, recordPayments } from '../../src/payments/index.ts'
import type { Tx } from '../../src/platform/index.ts'
import { closeEmployer, paymentCode, registerMemberships } from '../../src/registry/index.ts'

let scheme: TestScheme
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-09-01')
})
afterAll(() => scheme.close())

/** Waits, asking the database, until somebody waits for a lock. */
async function somebodyWaits(): Promise<void> {
  const waiting = `select count(*)::integer as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
  for (let asked = 0; asked < 5000; asked++) if ((await scheme.admin.query<{ n: number }>(waiting)).rows[0]?.n) return
  throw new Error('nobody waited')
}

test('who is being registered while the employer is being closed is counted, or refused', async () => {
  const firm = () => scheme.organisation({ kind: 'employer', facts: { employer_size: 'small', risk_class: 'I', active_workers: '1' } })
  const [[first, second], early, late] = [await scheme.persons(2), await firm(), await firm()]
  const register = (tx: Tx, organisationId: bigint, memberNumber = '') =>
    registerMemberships(tx, { pack: scheme.law.pack }, [
      { memberNumber, segment: 'PU', organisationId, base: '5000000', from: '2026-09-01' },
    ])
  const close = (tx: Tx, payerId: bigint) =>
    closeEmployer(tx, scheme.law, {
      payerId,
      ground: 'idle',
      papers: ['employer-letter', 'nil-tax-return'],
      witnesses: [],
      unbilled: null,
      money: 0n,
      evidence: 'Letter 9',
    })
  /** Does one thing, and ends its transaction only when the other waits for it. */
  const meanwhile = async <One, Other>(one: (tx: Tx) => Promise<One>, other: (tx: Tx) => Promise<Other>): Promise<Other> => {
    const begun = Promise.withResolvers<void>()
    const held = scheme.run(async (tx) => {
      await one(tx)
      begun.resolve()
      await somebodyWaits()
    })
    await begun.promise
    const [done] = await Promise.all([scheme.run(other), held])
    return done
  }
  const closed = await meanwhile(
    (tx) => register(tx, early.organisationId, first?.memberNumber),
    (tx) => close(tx, early.payerId),
  )
  expect(closed.ok ? 'ok' : closed.refusal.code).toBe('members-left')
  const [registered] = await meanwhile(
    (tx) => close(tx, late.payerId),
    (tx) => register(tx, late.organisationId, second?.memberNumber),
  )
  expect(registered?.refusal?.code).toBe('payer-closed')
  // Money that is being taken while the closing is decided is seen.
  const paying = await firm()
  const recording = { pack: scheme.law.pack, billing: billingBy(scheme.law) }
  const detail = { papers: 'employer-letter, nil-tax-return' }
  const asked = await scheme.run((tx) =>
    askRequest(tx, scheme.law, recording, { kind: 'closing', payerId: paying.payerId, ground: 'idle', evidence: 'Letter 9', detail }),
  )
  if (!asked.ok) throw new Error(asked.refusal.rule)
  const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
  const decision = { requestId: asked.value.requestId, decision: 'approved', why: 'checked', decider } as const
  const money = { channel: 'bank', day: '2026-09-01', externalId: 'meanwhile', code: paymentCode(paying.payerId), amount: '500' }
  const decided = await meanwhile(
    (tx) => recordPayments(tx, recording, [money]),
    (tx) => decideRequest(tx, scheme.law, recording, decision),
  )
  expect(decided.ok ? 'ok' : decided.refusal.code).toBe('money-left')
})
