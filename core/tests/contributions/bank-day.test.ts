// The day on which the bank booked money decides what is late; a bill is still never paid before it was issued.
import { addDays, type Day, type Month } from '@payung/values'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, issueBills, openMonth, receivableDue } from '../../src/contributions/index.ts'
import { paymentCode } from '../../src/registry/index.ts'

const [august, september] = ['2026-08' as Month, '2026-09' as Month]
let scheme: TestScheme
let due: Day
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-08-01')
  due = receivableDue(scheme.law, august, '2026-09-01' as Day) ?? ('' as Day)
  await scheme.run((tx) => openMonth(tx, scheme.law, august))
})
afterAll(() => scheme.close())

async function firm(): Promise<bigint> {
  const { organisationId, payerId } = await scheme.organisation({ kind: 'employer' })
  const [worker] = await scheme.persons(1)
  await scheme.memberships([
    { memberNumber: worker?.memberNumber ?? '', segment: 'PU', organisationId, base: '5000000', from: '2026-08-01' },
  ])
  return payerId
}

const issue = (payer: bigint) => scheme.run((tx) => issueBills(tx, scheme.law, august, [payer]))
const pay = (payer: bigint, day: string) =>
  scheme.pay([{ channel: 'bank', day, externalId: `${payer}`, code: paymentCode(payer), amount: '462000' }])
const billsOf = async (payer: bigint) =>
  (
    await scheme.admin.query<{ month: number; issued_on: Day; paid_on: Day | null; fine: bigint }>(
      'select month, issued_on, paid_on, fine from contributions.bill where payer_id = $1 order by month',
      [payer],
    )
  ).rows

test('money of before the issue pays on the day of the issue, opens cover then, and is never late', async () => {
  const [early, late, behind] = [await firm(), await firm(), await firm()]
  scheme.at('2026-08-31')
  await issue(early)
  scheme.at('2026-09-03')
  expect(await pay(early, '2026-08-20')).toMatchObject([{ outcome: 'booked', credit: 0n }])
  expect(await billsOf(early)).toMatchObject([{ issued_on: '2026-08-31', paid_on: '2026-08-31' }])
  const { rows } = await scheme.admin.query('select opened_on from contributions.cover_period')
  expect(rows).toEqual([{ opened_on: '2026-08-31' }])
  // Issued after its due day: who had sent the money by then is not late, who sends it afterwards is.
  scheme.at(addDays(due, 3))
  await issue(late)
  await issue(behind)
  scheme.at(addDays(due, 5))
  await pay(late, addDays(due, -2))
  await pay(behind, addDays(due, 5))
  expect(await billsOf(late)).toMatchObject([{ paid_on: addDays(due, 3) }])
  scheme.at('2026-09-30')
  await scheme.run((tx) => openMonth(tx, scheme.law, september))
  const issued = await scheme.run((tx) => issueBills(tx, scheme.law, september, [early, late, behind]))
  expect(issued).toMatchObject({ ok: true, value: { bills: 3 } })
  expect((await billsOf(early)).map(({ fine }) => fine)).toEqual([0n, 0n])
  expect((await billsOf(late)).map(({ fine }) => fine)).toEqual([0n, 0n])
  expect((await billsOf(behind)).map(({ fine }) => fine)).toEqual([0n, 9_240n])
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})
