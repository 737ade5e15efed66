// What is told late or ahead: a worker registered after his employer changed, another payer before a change that is told already, a
// change for somebody who leaves. On each day exactly one set of facts holds for a membership, the right one, and the month counts it once.
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { openMonth, runMonth } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { changeArrangements, changeOrganisationFacts, endMemberships } from '../../src/registry/index.ts'

let scheme: TestScheme
let firm: { organisationId: bigint; payerId: bigint }
let sister: typeof firm
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-06-01')
  const facts = { employer_size: 'small', risk_class: 'I', active_workers: '20' }
  firm = await scheme.organisation({ kind: 'employer', facts })
  sister = await scheme.organisation({ kind: 'employer', facts })
})
afterAll(() => scheme.close())

const hired = async (from: string) => {
  const [worker] = await scheme.persons(1)
  if (!worker) throw new Error('no person')
  await scheme.memberships([
    { memberNumber: worker.memberNumber, segment: 'PU', organisationId: firm.organisationId, base: '10000000', from },
  ])
  return worker
}
const becomes = (risk_class: string, from: string) =>
  scheme.run((tx) =>
    changeOrganisationFacts(tx, scheme.law.pack, { organisationId: firm.organisationId, from: from as Day, facts: { risk_class } }),
  )
const paidBy = async ({ memberNumber }: { memberNumber: string }, payerId: bigint, from: string) => {
  const [changed] = await scheme.run((tx) => changeArrangements(tx, scheme.law.pack, [{ memberNumber, ordinal: 1, payerId, from }]))
  expect(changed?.refusal).toBeNull()
}
const factsOf = async ({ personId }: { personId: bigint }) =>
  (
    await scheme.admin.query<{ from_day: string; until_day: string | null; payer_id: bigint; risk: string; base: bigint }>(
      `select f.from_day, f.until_day, f.payer_id, p.facts ->> 'risk_class' as risk, f.base
       from contributions.membership_fact f join contributions.profile p using (profile_id) where person_id = $1 order by from_day`,
      [personId],
    )
  ).rows.map((row) => [row.from_day, row.until_day, row.payer_id === firm.payerId ? 'firm' : 'sister', row.risk, Number(row.base)])

it('a worker is hired, the employer changes twice, another is registered late with both changes', async () => {
  const early = await hired('2026-06-01')
  expect(await becomes('II', '2026-08-01')).toEqual({ ok: true, value: 1 })
  expect(await becomes('III', '2026-10-01')).toEqual({ ok: true, value: 1 })
  const late = await hired('2026-07-01')
  expect(await factsOf(early)).toEqual([
    ['2026-06-01', '2026-08-01', 'firm', 'I', 10_000_000],
    ['2026-08-01', '2026-10-01', 'firm', 'II', 10_000_000],
    ['2026-10-01', null, 'firm', 'III', 10_000_000],
  ])
  expect(await factsOf(late)).toEqual(
    (await factsOf(early)).map(([from, ...rest]) => [from === '2026-06-01' ? '2026-07-01' : from, ...rest]),
  )
})

it('another payer from a day before a change that is told keeps the change', async () => {
  const worker = await hired('2026-06-01')
  await paidBy(worker, sister.payerId, '2026-09-01')
  expect(await factsOf(worker)).toEqual([
    ['2026-06-01', '2026-08-01', 'firm', 'I', 10_000_000],
    ['2026-08-01', '2026-09-01', 'firm', 'II', 10_000_000],
    ['2026-09-01', '2026-10-01', 'sister', 'II', 10_000_000],
    ['2026-10-01', null, 'sister', 'III', 10_000_000],
  ])
})

it('a change of the employer before another payer begins keeps the payer of each day, and ends where the membership ends', async () => {
  const worker = await hired('2026-06-01')
  await paidBy(worker, sister.payerId, '2026-12-01')
  const [ended] = await scheme.run((tx) =>
    endMemberships(tx, scheme.law.pack, [{ memberNumber: worker.memberNumber, ordinal: 1, lastDay: '2026-12-31', reason: 'left' }]),
  )
  expect(ended?.refusal).toBeNull()
  expect((await becomes('IV', '2026-11-01')).ok).toBe(true)
  expect((await factsOf(worker)).slice(-2)).toEqual([
    ['2026-11-01', '2026-12-01', 'firm', 'IV', 10_000_000],
    ['2026-12-01', '2027-01-01', 'sister', 'IV', 10_000_000],
  ])
})

it('each month counts everybody once, by the facts and the payer of its first day', async () => {
  const months = ['2026-06', '2026-09', '2026-11', '2026-12', '2027-01'] as Month[]
  const counted: unknown[] = []
  for (const month of months) {
    scheme.at(`${month}-28`)
    await scheme.run((tx) => openMonth(tx, scheme.law, month))
    const done = await runMonth(scheme.platform, scheme.law, month, { actor: systemActor })
    if (!done.ok) throw new Error(done.refusal.rule)
    const { rows } = await scheme.admin.query<{ payer_id: bigint; members: number }>(
      `select payer_id, members from contributions.bill where month = $1 and kind = 'month' order by payer_id`,
      [Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1],
    )
    counted.push([month, done.value.rows, rows.map(({ members }) => members), done.value.control.difference])
  }
  expect(counted).toEqual([
    ['2026-06', 3, [3], 0n],
    ['2026-09', 4, [3, 1], 0n],
    ['2026-11', 4, [3, 1], 0n],
    ['2026-12', 4, [2, 2], 0n],
    ['2027-01', 3, [2, 1], 0n],
  ])
})
