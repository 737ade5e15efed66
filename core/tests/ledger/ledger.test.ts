// The ledger: the chart, what is refused, reversals, who may see and that nobody may change.
import type { Day, Month } from '@payung/values'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  balances,
  installAccounts,
  type NewTransfer,
  payerBalances,
  postSelectedTransfers,
  postTransfers,
  reverseTransfers,
  statement,
} from '../../src/ledger/index.ts'
import { freshLand, type Land, offices } from '../registry/land.ts'

let land: Land
beforeAll(async () => {
  land = await freshLand()
})
afterAll(() => land.close())

const transfer = (given: Partial<NewTransfer> = {}): NewTransfer => ({
  payerId: 1000n,
  debit: 'bank',
  credit: 'credit',
  amount: 100n,
  day: '2026-11-02' as Day,
  month: '2026-11' as Month,
  reason: 'payment',
  sourceId: 1n,
  ...given,
})
const post = (rows: readonly NewTransfer[]) => land.run((tx) => postTransfers(tx, rows))
const count = async (): Promise<bigint> =>
  (await land.admin.query<{ count: bigint }>('select count(*) from ledger.transfer')).rows[0]?.count ?? -1n

test('the chart is made from the pack; an account keeps its number when the pack has a new fund', async () => {
  const chart = async () =>
    (await land.admin.query<{ account: number; code: string }>('select account, code from ledger.account order by account')).rows
  const before = await chart()
  expect(before.map(({ code }) => code)).toEqual([
    'bank',
    'receivable',
    'credit',
    'trust',
    'unallocated',
    'orders',
    'fines',
    'fund:CARE',
    'fund:LIFE',
  ])
  const fund = { code: 'OLD', programmes: [], labels: { en: 'Old age' }, savings: true }
  expect(await land.run((tx) => installAccounts(tx, { ...land.pack, funds: [fund, ...land.pack.funds] }))).toBe(5)
  // The first savings fund brings the other sides of what happens on savings.
  const added = ['returns', 'payouts', 'takeover', 'savings-corrections', 'fund:OLD'].map((code, place) => ({ account: 10 + place, code }))
  expect(await chart()).toEqual([...before, ...added])
  expect((await land.run((tx) => balances(tx))).find(({ account }) => account === 'fund:OLD')?.kind).toBe('liability')
})

test.each`
  wrong                   | code
  ${{ debit: 'pocket' }}  | ${'account-unknown'}
  ${{ credit: 'pocket' }} | ${'account-unknown'}
  ${{ debit: 'credit' }}  | ${'same-account'}
  ${{ amount: 0n }}       | ${'amount-not-positive'}
  ${{ amount: -5n }}      | ${'amount-not-positive'}
`('$wrong is refused as $code, and with it the whole set', async ({ wrong, code }: { wrong: Partial<NewTransfer>; code: string }) => {
  const before = await count()
  expect(await post([transfer(), transfer(wrong)])).toMatchObject({ ok: false, refusal: { code, data: { row: '1' } } })
  expect(await count()).toBe(before)
})

test('a reversal names what it takes back, once, and is not reversed itself', async () => {
  await post([transfer({ payerId: 50n, amount: 70n })])
  const page = () => land.run((tx) => statement(tx, 50n))
  const reverse = (transferId: bigint) =>
    land.run((tx) => reverseTransfers(tx, { transfers: [{ payerId: 50n, transferId }], day: '2026-11-03' as Day, reason: 'mistake' }))
  const booked = (await page()).items[0]?.transferId ?? 0n
  expect(await reverse(booked)).toEqual({ ok: true, value: 1 })
  const [reversal] = (await page()).items
  expect(reversal).toMatchObject({ debit: 'credit', credit: 'bank', amount: 70n, reverses: booked })
  expect((await land.run((tx) => payerBalances(tx, [50n]))).get(50n)?.credit).toBe(0n)
  expect(await reverse(booked)).toMatchObject({ ok: false, refusal: { code: 'already-reversed' } })
  expect(await reverse(reversal?.transferId ?? 0n)).toMatchObject({ ok: false, refusal: { code: 'reversal-of-reversal' } })
  expect(await reverse(999_999n)).toMatchObject({ ok: false, refusal: { code: 'transfer-unknown' } })
})

test('two reversals of one transfer at the same moment: one is booked', async () => {
  await post([transfer({ payerId: 51n })])
  const transferId = (await land.run((tx) => statement(tx, 51n))).items[0]?.transferId ?? 0n
  const reverse = () =>
    land.run((tx) => reverseTransfers(tx, { transfers: [{ payerId: 51n, transferId }], day: '2026-11-03' as Day, reason: 'mistake' }))
  const done = await Promise.allSettled([reverse(), reverse()])
  expect(done.filter((each) => each.status === 'fulfilled' && each.value.ok)).toHaveLength(1)
  expect((await land.run((tx) => statement(tx, 51n))).items).toHaveLength(2)
})

test('no role changes or deletes a transfer, and the trigger refuses the owner too', async () => {
  await post([transfer()])
  for (const statement of ['update ledger.transfer set amount = 1', 'delete from ledger.transfer', 'truncate ledger.transfer']) {
    await expect(land.owner.query(statement)).rejects.toThrow(/never changed/)
    await expect(land.run((tx) => tx.run(statement))).rejects.toThrow(/permission denied/)
    await expect(land.as({ officeId: offices.head }, (tx) => tx.run(statement))).rejects.toThrow(/permission denied/)
  }
})

test('an organisation sees its own money only', async () => {
  const [one, two] = [await land.organisation('firm'), await land.organisation('firm')]
  await post([transfer({ payerId: one.payerId }), transfer({ payerId: two.payerId })])
  const seen = await land.as({ kind: 'organisation', organisationId: one.organisationId }, (tx) =>
    payerBalances(tx, [one.payerId, two.payerId]),
  )
  expect([seen.get(one.payerId)?.credit, seen.get(two.payerId)?.credit]).toEqual([100n, 0n])
  expect((await land.as({ officeId: offices.north }, (tx) => statement(tx, two.payerId))).items).toHaveLength(1)
})

test('what a query selects is booked; nothing is left out but nothing, and an unknown account fails', async () => {
  const select = `select 60::bigint as payer_id, a.amount::bigint as amount, 1::bigint as source_id, date '2026-11-02' as day, 24322::smallint as month, 'bank' as debit, a.credit, 'test' as reason from (values (5, 'credit'), (0, 'credit'), (7, $1)) a (amount, credit)`
  expect(await land.run((tx) => postSelectedTransfers(tx, select, ['trust']))).toBe(2)
  expect((await land.run((tx) => payerBalances(tx, [60n]))).get(60n)).toMatchObject({ credit: 5n, trust: 7n })
  await expect(land.run((tx) => postSelectedTransfers(tx, select, ['pocket']))).rejects.toThrow(/null value/)
})

test('a statement goes page by page without a gap', async () => {
  await post(Array.from({ length: 7 }, (_, index) => transfer({ payerId: 70n, amount: BigInt(index + 1) })))
  const amounts: bigint[] = []
  let cursor: bigint | null = null
  do {
    const page: Awaited<ReturnType<typeof statement>> = await land.run((tx) => statement(tx, 70n, cursor, 3))
    amounts.push(...page.items.map(({ amount }) => amount))
    cursor = page.next
  } while (cursor !== null)
  expect(amounts).toEqual([7n, 6n, 5n, 4n, 3n, 2n, 1n])
})

test('balances are the sums of transfers, by account, by payer and by day', async () => {
  const codes = ['bank', 'receivable', 'credit', 'trust', 'unallocated', 'fines', 'fund:CARE']
  const days = ['2026-12-01', '2026-12-02', '2026-12-03'] as Day[]
  const row = fc.record({
    debit: fc.constantFrom(...codes),
    credit: fc.constantFrom(...codes),
    amount: fc.bigInt(1n, 10n ** 15n),
    day: fc.constantFrom(...days),
    payer: fc.bigInt(100n, 102n),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 20 }), fc.constantFrom(...days), async (rows, on) => {
      const before = await land.run(async (tx) => ({ all: await balances(tx, on), payers: await payerBalances(tx, [100n, 101n, 102n]) }))
      const moved = rows.filter(({ debit, credit }) => debit !== credit)
      expect(await post(moved.map(({ payer, ...rest }) => transfer({ ...rest, payerId: payer })))).toEqual({
        ok: true,
        value: moved.length,
      })
      const after = await land.run(async (tx) => ({ all: await balances(tx, on), payers: await payerBalances(tx, [100n, 101n, 102n]) }))
      const net = (code: string, of: typeof moved): bigint =>
        of.reduce((sum, each) => sum + (each.debit === code ? each.amount : 0n) - (each.credit === code ? each.amount : 0n), 0n)
      for (const { account, kind, balance } of after.all) {
        const grown = net(
          account,
          moved.filter(({ day }) => day <= on),
        )
        expect(balance - (before.all.find((each) => each.account === account)?.balance ?? 0n)).toBe(kind === 'asset' ? grown : -grown)
      }
      for (const payer of [100n, 101n, 102n]) {
        const own = moved.filter((each) => each.payer === payer)
        expect((after.payers.get(payer)?.receivable ?? 0n) - (before.payers.get(payer)?.receivable ?? 0n)).toBe(net('receivable', own))
        expect((after.payers.get(payer)?.credit ?? 0n) - (before.payers.get(payer)?.credit ?? 0n)).toBe(-net('credit', own))
      }
    }),
    { numRuns: 25 },
  )
})
