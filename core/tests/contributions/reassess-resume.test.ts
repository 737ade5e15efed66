// A reassessment that is cut short at any statement and taken up again ends exactly as one that nobody disturbed: same rows, bills,
// transfers and payables, and the control at 0. So do two at the same moment. In chunks, and with whole leaves laid anew.
import type { Month } from '@payung/values'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../../../tests/database.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { roomWith as contributionsRoom, issueBills, openMonth, reassessMonth, runMonth } from '../../src/contributions/index.ts'
import { roomWith as paymentsRoom } from '../../src/payments/index.ts'
import { fixedClock, makeSubscribers, systemActor } from '../../src/platform/index.ts'

const month = '2025-08' as Month
const members = 24
const points = fc.sample(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { seed: 20_250_904, numRuns: 6 })

/** Mills to which the late act applies, mills that it leaves out, and one worker who came after the run. */
async function plant(idsApart: number): Promise<TestScheme> {
  const scheme = await freshScheme('indonesia', '2025-08-01')
  await scheme.owner.query(`alter sequence registry.person_id increment by ${idsApart}`)
  const persons = await scheme.persons(members)
  const employers: { organisationId: bigint; payerId: bigint }[] = []
  for (const industry of ['textile', 'food', 'none'])
    employers.push(
      await scheme.organisation({ kind: 'employer', facts: { employer_size: 'large', risk_class: 'III', active_workers: '80', industry } }),
    )
  const rows = persons.map(({ memberNumber }, index) => ({
    memberNumber,
    segment: 'PU',
    organisationId: employers[index % employers.length]?.organisationId ?? 0n,
    base: String(4_000_000 + index * 250_000),
    from: '2025-08-01',
  }))
  await scheme.memberships(rows.slice(1))
  await scheme.run((tx) => openMonth(tx, scheme.law, month))
  scheme.at('2025-08-30')
  if (!(await runMonth(scheme.platform, scheme.law, month, { actor: systemActor })).ok) throw new Error('the run was refused')
  await scheme.memberships(rows.slice(0, 1))
  scheme.at('2025-08-31')
  const payers = employers.slice(0, 1).map(({ payerId }) => payerId)
  if (!(await scheme.run((tx) => issueBills(tx, scheme.law, month, payers))).ok) throw new Error('the issue was refused')
  // A template for clones: nobody stays connected.
  await Promise.all([scheme.platform.database.close(), scheme.owner.end(), scheme.admin.end()])
  return scheme
}

const tables = [
  'select bill_id >> 20 as payer_id, c.* from contributions.contribution c order by payer_id, person_id, month, ordinal, entry',
  'select * from contributions.bill order by payer_id, bill_id',
  'select * from contributions.reassessment order by month, version',
  'select payer_id, month, day, debit, credit, amount, reason, source_id from ledger.transfer order by 1, 2, 3, 4, 5, 6, 7, 8',
  'select * from payments.payable order by payer_id, kind, id',
]
const stateOf = async ({ admin }: TestDatabase): Promise<unknown[]> => {
  const state: unknown[] = []
  for (const table of tables) state.push((await admin.query(table)).rows)
  return state
}

const send = pg.Client.prototype.query as (...given: unknown[]) => Promise<unknown>
/** Does the work; the statement of that number is never sent, as if the line had broken. Gives how many were sent. */
async function cutShort(at: number, work: () => Promise<unknown>): Promise<number> {
  let statements = 0
  pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
    if (++statements === at) throw new Error('the line is broken')
    return send.apply(this, given)
  } as typeof pg.Client.prototype.query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = send as typeof pg.Client.prototype.query
  }
  return statements
}

describe.each`
  path                          | idsApart
  ${'rows are added in chunks'} | ${1}
  ${'leaves are laid anew'}     | ${1_000_000}
`('where $path', ({ idsApart }: { idsApart: number }) => {
  let planted: TestScheme
  let undisturbed: unknown[]
  let statements = 0
  const clone = (): Promise<TestDatabase> => {
    const subscribers = makeSubscribers()
    for (const room of [contributionsRoom(planted.law), paymentsRoom(planted.law)]) room.subscribe?.(subscribers)
    return freshDatabase({ template: planted.address, subscribers, clock: fixedClock('2025-09-16T05:00:00Z') })
  }
  const reassess = async ({ platform }: TestDatabase) => {
    const done = await reassessMonth(platform, planted.law, month, { actor: systemActor, chunk: 5 })
    if (!done.ok) throw new Error(done.refusal.rule)
    return done.value
  }

  beforeAll(async () => {
    planted = await plant(idsApart)
    const twin = await clone()
    statements = await cutShort(-1, async () => {
      const { memberships, payers, control } = await reassess(twin)
      expect([memberships, payers, control.difference]).toEqual([16n, 2n, 0n])
    })
    undisturbed = await stateOf(twin)
    await twin.close()
  })
  afterAll(async () => {
    const database = await clone()
    await database.admin.query(`drop database ${planted.address.database} with (force)`)
    await database.close()
  })

  it('is cut short at six statements, each time on a database of its own, and resumed', async () => {
    for (const [sixth, within] of points.entries()) {
      const database = await clone()
      const at = 1 + Math.floor(((sixth + within) / points.length) * (statements - 1))
      try {
        await cutShort(at, () => reassess(database).catch(() => undefined))
        expect((await reassess(database)).control.difference, `statement ${at}`).toBe(0n)
        expect(await stateOf(database), `statement ${at}`).toEqual(undisturbed)
      } finally {
        await database.close()
      }
    }
  }, 180_000)

  it('is done by two at the same moment', async () => {
    const database = await clone()
    try {
      await Promise.all([reassess(database), reassess(database)])
      expect(await stateOf(database)).toEqual(undisturbed)
    } finally {
      await database.close()
    }
  }, 60_000)
})
