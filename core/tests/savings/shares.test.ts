// What of each paid contribution and premium is savings: the set query of the database and the split in TypeScript say the same, row by
// row, also where several members share one premium.
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { openMonth, readShares, registerContracts, runMonth, selectShares } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'

let scheme: TestScheme
let persons: { memberNumber: string; personId: bigint }[] = []
const month = '2026-08' as Month

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-08-01')
  const { law, run } = scheme
  const firm = await scheme.organisation({ kind: 'employer' })
  persons = await scheme.persons(7)
  const row = (place: number) => ({ memberNumber: persons[place]?.memberNumber ?? '', from: '2026-08-01' })
  await scheme.memberships([
    ...[0, 1].map((place) => ({
      ...row(place),
      segment: 'PU',
      organisationId: firm.organisationId,
      base: String(4_999_999 + place * 777_777),
    })),
    { ...row(2), segment: 'BPU', base: '3700000', programmes: ['JKK', 'JKM', 'JHT'] },
    { ...row(3), segment: 'BPU', base: '3700000' },
    ...[4, 5].map((place) => ({
      ...row(place),
      segment: 'PMI',
      organisationId: firm.organisationId,
      base: '24',
      payerId: firm.payerId,
      programmes: ['JKK', 'JKM', 'JHT'],
    })),
  ])
  await run((tx) => openMonth(tx, law, month))
  const made = await run((tx) =>
    registerContracts(tx, law, [
      {
        payerId: firm.payerId,
        segment: 'PMI',
        name: 'Abroad',
        from: '2026-08-01' as Day,
        until: '2028-09-01' as Day,
        facts: { months: '25', via: 'placement', savings: '50001', programmes: 'JKK,JKM,JHT' },
        members: [4, 5].map((place) => ({ personId: persons[place]?.personId ?? 0n, ordinal: 1 })),
      },
    ]),
  )
  if (!made.ok) throw new Error(`${made.refusal.rule} ${JSON.stringify(made.refusal.data)}`)
  scheme.at('2026-08-31')
  const done = await runMonth(scheme.platform, law, month, { actor: systemActor })
  if (!done.ok) throw new Error(done.refusal.rule)
  const { rows } = await scheme.admin.query<{ total: bigint }>(
    `select sum(total)::bigint as total from contributions.bill where payer_id = $1`,
    [firm.payerId],
  )
  const { rows: selves } = await scheme.admin.query<{ payer_id: bigint }>(
    'select payer_id from registry.payer where person_id is not null order by payer_id',
  )
  scheme.at('2026-09-03')
  const money = (payer: bigint, amount: bigint, externalId: string) => ({
    channel: 'bank',
    day: '2026-09-03',
    externalId,
    code: paymentCode(payer),
    amount: amount.toString(),
  })
  await scheme.pay([
    money(firm.payerId, rows[0]?.total ?? 0n, 'firm'),
    ...selves.map(({ payer_id }) => money(payer_id, 500_000n, `self ${payer_id}`)),
  ])
})
afterAll(() => scheme.close())

type Row = { person_id: bigint; bill_id: bigint; paid_on: Day | null; amount: bigint }
const bySet = (of: Parameters<typeof selectShares>[2]) =>
  scheme.run(async (tx) => {
    const selects = await selectShares(tx, 'JHT', of)
    return selects.length === 0
      ? []
      : tx.query<Row>(
          `select person_id, bill_id, paid_on, amount::bigint as amount from (${selects.join(' union all ')}) s order by 1, 2, 4`,
        )
  })
const one = (row: Row): string => `${row.person_id} ${row.bill_id} ${row.paid_on} ${row.amount}`

it('are the same in SQL and in TypeScript', async () => {
  const set = (await bySet({ from: '2026-01-01' as Day, to: '2026-12-31' as Day })).map(one)
  const all = await scheme.run((tx) =>
    readShares(
      tx,
      'JHT',
      persons.map(({ personId }) => personId),
      { after: '2025-12-31' as Day, through: '2026-12-31' as Day, bills: [] },
    ),
  )
  const single = all.map(({ personId, billId, paidOn, amount }) => one({ person_id: personId, bill_id: billId, paid_on: paidOn, amount }))
  expect(set.length).toBeGreaterThan(5)
  expect(set.filter((row) => !row.endsWith(' 0')).sort()).toEqual(single.sort())
})

it('divide a premium of two so that the parts sum to the whole', async () => {
  const amounts = (await bySet({ from: '2026-01-01' as Day, to: '2026-12-31' as Day })).filter(
    ({ person_id }) => person_id === persons[4]?.personId || person_id === persons[5]?.personId,
  )
  expect(amounts.map(({ amount }) => amount)).toEqual([625_013n, 625_012n])
})

it('are nobody’s who does not save, and outstanding until they are paid', async () => {
  const { rows } = await scheme.admin.query<{ bill_id: bigint }>('select bill_id from contributions.bill order by bill_id')
  const named = await bySet({ bills: rows.map(({ bill_id }) => bill_id) })
  expect(named.some(({ person_id }) => person_id === persons[3]?.personId)).toBe(false)
  const unpaid = await bySet({ unpaidOn: '2026-09-02' as Day })
  expect(unpaid.map(({ person_id }) => person_id)).toEqual([0, 1, 4, 5].map((place) => persons[place]?.personId))
  expect(await bySet({ unpaidOn: '2026-09-03' as Day })).toEqual([])
})
