// Properties of credit: what payments bring, bills take, whatever the order, and whoever comes at the same moment.
import type { Day } from '@payung/values'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settleOldestFirst } from '../../src/payments/index.ts'
import { type Desk, freshDesk, ledgerOf } from './desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await freshDesk()
})
afterAll(() => desk.close())

test('the decision spends what it settles, pays a prefix, and misses less than the next payable', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 1000n), fc.array(fc.bigInt(0n, 300n).map((amount) => ({ amount }))), (credit, payables) => {
      const { settled, left, missing } = settleOldestFirst(credit, payables)
      expect(settled).toEqual(payables.slice(0, settled.length))
      expect(left).toBe(credit - settled.reduce((sum, { amount }) => sum + amount, 0n))
      expect(left >= 0n).toBe(true)
      const next = payables[settled.length]
      expect(missing).toBe(next ? next.amount - left : 0n)
      expect(next === undefined || missing > 0n).toBe(true)
    }),
  )
})

const step = fc.oneof(
  fc.record({
    kind: fc.constant('pay' as const),
    money: fc.array(fc.record({ amount: fc.integer({ min: 1, max: 500 }), day: fc.integer({ min: 1, max: 28 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
  }),
  fc.record({ kind: fc.constant('bill' as const), amount: fc.integer({ min: 0, max: 400 }) }),
)

test('for random payments and bills: credit = payments − settled, on no day below nothing, and paid bills are the oldest', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const { payerId } = await desk.organisation('firm')
      let paid = 0n
      const bills: bigint[] = []
      for (const each of steps) {
        if (each.kind === 'bill')
          bills.push(...(await desk.bill(payerId, [each.amount], `2025-${String(bills.length + 1).padStart(2, '0')}`)))
        else {
          await desk.pay(
            ...each.money.map(({ amount, day }) => ({ payer: payerId, money: amount, day: `2026-10-${String(day).padStart(2, '0')}` })),
          )
          paid += each.money.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
        }
      }
      const { rows } = await desk.admin.query<{ id: bigint; amount: bigint; settled_on: Day | null }>(
        'select id, amount, settled_on from payments.payable where payer_id = $1 order by order_day',
        [payerId],
      )
      const settled = rows.filter(({ settled_on }) => settled_on !== null)
      expect(rows.map(({ id }) => id)).toEqual(bills)
      expect(settled).toEqual(rows.slice(0, settled.length))
      const credit = paid - settled.reduce((sum, { amount }) => sum + amount, 0n)
      const open = rows.slice(settled.length).reduce((sum, { amount }) => sum + amount, 0n)
      expect(await ledgerOf(desk, payerId)).toMatchObject({ credit, receivable: open })
      expect((await desk.paidBills(payerId)).map(({ bill_id }) => bill_id)).toEqual(settled.map(({ id }) => id))
      expect(await lowest(payerId)).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 25 },
  )
})

/** The lowest balance that the payer's credit or receivable ever had at the end of a day. */
async function lowest(payerId: bigint): Promise<number> {
  const { rows } = await desk.admin.query<{ lowest: string | null }>(
    `select min(balance) as lowest from (
       select sum(sum(case when (t.debit = a.account) = (a.kind = 'asset') then t.amount else -t.amount end)) over (partition by a.code order by t.day) as balance
       from ledger.transfer t join ledger.account a on a.account in (t.debit, t.credit) and a.per_payer where t.payer_id = $1 group by a.code, t.day
     ) daily`,
    [payerId],
  )
  return Number(rows[0]?.lowest ?? 0)
}

test('groups for the same payers at the same moment come after each other, whatever their order', async () => {
  const payers = await Promise.all(Array.from({ length: 5 }, async () => (await desk.organisation('firm')).payerId))
  for (const payer of payers) await desk.bill(payer, [100, 100, 100, 100])
  const groups = Array.from({ length: 12 }, (_, index) => {
    const order = index % 2 === 0 ? payers : [...payers].reverse()
    return desk.pay(...order.map((payer) => ({ payer, money: 30 })))
  })
  await Promise.all([...groups, ...payers.map((payer) => desk.bill(payer, [50], '2026-09'))])
  for (const payer of payers) {
    expect(await desk.account(payer)).toMatchObject({ credit: 60n, outstanding: 150n, missing: 40n })
    expect(await desk.paidBills(payer)).toHaveLength(3)
  }
})
