// The State's bills of a month: one at the run, and one more whenever something is added or corrected afterwards, however often that is.
import type { Month } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, issueBills, openMonth, runMonth } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'

const [june, july] = ['2026-06' as Month, '2026-07' as Month]
let scheme: TestScheme
let firm: { organisationId: bigint; payerId: bigint }

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-06-01')
  firm = await scheme.organisation({ kind: 'employer', facts: { employer_size: 'large', risk_class: 'III', active_workers: '80' } })
})
afterAll(() => scheme.close())

async function join(from: string): Promise<void> {
  const [worker] = await scheme.persons(1)
  await scheme.memberships([
    { memberNumber: worker?.memberNumber ?? '', segment: 'PU', organisationId: firm.organisationId, base: '5000000', from },
  ])
}
async function issue(month: Month): Promise<void> {
  const issued = await scheme.run((tx) => issueBills(tx, scheme.law, month, [firm.payerId]))
  if (!issued.ok) throw new Error(issued.refusal.rule)
}
async function run(month: Month): Promise<void> {
  scheme.at(`${month}-28`)
  await scheme.run((tx) => openMonth(tx, scheme.law, month))
  const done = await runMonth(scheme.platform, scheme.law, month, { actor: systemActor })
  if (!done.ok) throw new Error(done.refusal.rule)
}
const numbers = async () =>
  (
    await scheme.admin.query<{ month: number; n: number }>(
      `select month, (bill_id & 1048575)::integer as n from contributions.bill where kind = 'state' and state_share > 0 order by month, bill_id`,
    )
  ).rows.map(({ month, n }) => [month, n])

it('has numbers of their month while there are any, and running ones after them', async () => {
  const first = (month: number): number => (month - 24_000) * 32
  const [six, seven] = [2026 * 12 + 5, 2026 * 12 + 6]
  await join('2026-06-01')
  await run(june)
  await join('2026-06-02')
  await issue(june)
  // Thirty bills of nothing stand for thirty corrections.
  await scheme.admin.query(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, made_on, issued_on, paid_on)
     select payer_id, bill_id + k, month, kind, 'paid', made_on, made_on, made_on
     from (select * from contributions.bill where kind = 'state' order by bill_id limit 1) b, generate_series(2, 31) k`,
  )
  for (const day of ['2026-06-03', '2026-06-04']) {
    await join(day)
    await issue(june)
  }
  await run(july)
  expect(await numbers()).toEqual([
    [six, first(six)],
    [six, first(six) + 1],
    [six, 2 ** 19],
    [six, 2 ** 19 + 1],
    [seven, first(seven)],
  ])
  for (const month of [june, july]) expect(await scheme.run((tx) => checkControl(tx, 'test', month))).toMatchObject({ difference: 0n })
})
