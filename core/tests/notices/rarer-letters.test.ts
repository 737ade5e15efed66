// Rarer events are told too: an addendum of a contract that asks for more, gives back or costs nothing, its certificate, also when it is not in
// force any more, a fine that is waived or not, a receivable that is written off, an employer that is closed or opened
// again. Each once, in both languages, with the amounts of the bill and the ledger.
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { amendContract, checkControl, openMonth, registerContracts, runMonth } from '../../src/contributions/index.ts'
import { paperOf } from '../../src/notices/routes.ts'
import { openLetter } from '../../src/notices/use-cases/read-letter.ts'
import { systemActor } from '../../src/platform/index.ts'
import { foundLand, gapsIn, type Land, rareEvents, rareKeys, value } from './land.ts'

let land: Land
const project = {
  segment: 'JAKON',
  name: 'Bridge',
  from: '2026-10-01' as Day,
  until: '2027-06-01' as Day,
  facts: { contract_value: '180000000' },
  members: [],
}
let builder = { organisationId: 0n, payerId: 0n }

async function month(text: string): Promise<void> {
  land.at(`${text}-28`)
  await land.run((tx) => openMonth(tx, land.law, text as Month))
  value(await runMonth(land.platform, land.law, text as Month, { actor: systemActor }))
}
type Bill = { bill_id: bigint; fine: bigint; total: bigint }
const bills = async (): Promise<Bill[]> =>
  (
    await land.admin.query<Bill>(
      `select bill_id, fine, total from contributions.bill where payer_id = $1 and kind = 'month' order by month`,
      [land.firm.payerId],
    )
  ).rows
const decided: Land['decided'] = (...given) => land.decided(...given)

beforeAll(async () => {
  land = await foundLand('2024-01-01')
  await month('2024-01')
  await month('2024-04')
  builder = await land.organisation({ kind: 'employer' })
})
afterAll(() => land.close())

it('a fine that is refused and then waived is told with its amount; what is written off with its month', async () => {
  const [january, april] = await bills()
  if (!january || !april) throw new Error('no bills')
  expect(april.fine).toBeGreaterThan(0n)
  land.at('2026-02-16')
  const waiver = { kind: 'fine-waiver', billId: april.bill_id, ground: 'disaster', evidence: 'Letter 4' } as const
  await land.noting('request-refused', () => decided(waiver, 'refused'))
  await land.noting('fine-waived', () => decided(waiver))
  await land.noting('receivable-written-off', () =>
    decided({ kind: 'write-off', billId: january.bill_id, ground: 'cannot-pay', evidence: 'Letter 5' }),
  )
  expect(await land.only('payer fine-waiver-refused')).toMatchObject({ amount: april.fine })
  expect(await land.only('payer fine-waived')).toMatchObject({
    amount: april.fine,
    facts: { month: '2024-04', bill: april.bill_id.toString() },
  })
  expect(await land.only('payer written-off')).toMatchObject({ amount: january.total, facts: { month: '2024-01' } })
})

it('one payment for two: each is told what of his own share is left', async () => {
  const [one, two] = [(await land.organisation({ kind: 'employer' })).payerId, (await land.organisation({ kind: 'employer' })).payerId]
  const [group] = await land.pay([{ channel: 'bank', day: '2026-02-16', externalId: 'group', code: 'a group', amount: '7000' }])
  const parts = [
    { payerId: one, billId: null, amount: 3000n },
    { payerId: two, billId: null, amount: 4000n },
  ]
  const given = { kind: 'parts', paymentId: group?.paymentId ?? 0n, ground: 'proof', evidence: 'Their list', parts } as const
  await land.noting('payment-parted', () => decided(given))
  expect((await land.letters(`kind = 'surplus'`)).map(({ amount, facts }) => [amount, facts.came])).toEqual([
    [3000n, '3000'],
    [4000n, '4000'],
  ])
})

it('a project: its certificate once it is paid, then what an addendum asks more and gives back', async () => {
  land.at('2026-10-01')
  await land.run((tx) => openMonth(tx, land.law, '2026-10' as Month))
  const [made] = value(await land.run((tx) => registerContracts(tx, land.law, [{ ...project, payerId: builder.payerId }])))
  const contractId = made?.contractId ?? 0n
  // 392,000 in all, in one part: the statute's own example.
  await land.noting('contracts-certified', () => land.transfer(builder.payerId, 392_000n, '2026-10-01', 'bridge'))
  // Thursday 1 October 2026; three working days after it (Permenaker 5/2021).
  expect(await land.only('payer certificate-ready')).toMatchObject({
    facts: { contract: 'Bridge', firstDay: '2026-10-01', lastDay: '2027-05-31' },
    tell_by_law: '2026-10-06',
  })
  const amend = (contract_value: string) =>
    land.noting('contract-amended', async () =>
      value(await land.run((tx) => amendContract(tx, land.law, { contractId, facts: { contract_value }, reason: 'Addendum' }))),
    )
  const up = await amend('280000000')
  expect(up.difference).toBeGreaterThan(0n)
  expect(await land.only('payer contract-supplement')).toMatchObject({
    amount: up.difference,
    facts: { contract: 'Bridge', unpaid: 'yes', bill: up.billId?.toString() },
    tell_by: '2026-10-06',
  })
  const down = await amend('180000000')
  expect(await land.only('payer contract-refund')).toMatchObject({ amount: -down.difference, facts: { lastDay: '2027-05-31' } })
  expect(down.difference).toBe(-up.difference)
  expect(await land.letters(`payer_id = ${builder.payerId} and kind = 'certificate-ready'`)).toHaveLength(1)
  // The dates alone: nothing is owed and nothing comes back, so no source says by when it is to be told.
  await land.noting('contract-amended', async () =>
    value(await land.run((tx) => amendContract(tx, land.law, { contractId, until: '2027-07-01', reason: 'Addendum' }))),
  )
  const moved = await land.only('payer contract-changed')
  expect(moved).toMatchObject({ amount: null, tell_by: null, tell_by_law: null })
  expect(moved.facts).toEqual({ contract: 'Bridge', firstDay: '2026-10-01', lastDay: '2027-06-30' })
})

it('a project whose first payment goes back: the certificate is not in force, and is ready again when money comes', async () => {
  const { payerId } = await land.organisation({ kind: 'employer' })
  const [made] = value(await land.run((tx) => registerContracts(tx, land.law, [{ ...project, name: 'Dam', payerId }])))
  const [paid] = await land.transfer(payerId, 392_000n, '2026-10-01', 'dam')
  await land.noting('certificates-revoked', () =>
    decided({ kind: 'reversal', paymentId: paid?.paymentId ?? 0n, ground: 'recall', evidence: 'Letter of the bank' }),
  )
  expect(await land.only('payer certificate-revoked')).toMatchObject({
    amount: 392_000n,
    facts: { contract: 'Dam', bill: made?.contractId.toString(), revokedOn: '2026-10-01' },
  })
  await land.transfer(payerId, 392_000n, '2026-10-01', 'dam again')
  expect((await land.letters(`payer_id = ${payerId}`)).map(({ kind }) => kind)).toEqual([
    'certificate-ready',
    'certificate-revoked',
    'certificate-ready',
  ])
})

it('an employer that is closed is told since when; opened again, what was left; and closed again', async () => {
  const { payerId } = await land.organisation({ kind: 'employer' })
  const detail = { papers: 'employer-letter, nil-tax-return' }
  await land.noting('employer-closed', () => decided({ kind: 'closing', payerId, ground: 'idle', evidence: 'Letter 9', detail }))
  expect(await land.only('payer employer-closed')).toMatchObject({ amount: null, facts: { closedOn: '2026-10-01' } })
  await land.transfer(payerId, 3_400_000n, '2026-10-01', 'left')
  await land.noting('employer-reopened', () => decided({ kind: 'reopening', payerId, ground: 'money-left', evidence: 'Letter 10' }))
  expect(await land.only('payer employer-reopened')).toMatchObject({
    amount: 3_400_000n,
    facts: { closedOn: '2026-10-01', reopenedOn: '2026-10-01' },
  })
})

it.each(['id', 'en'])('each of them speaks %s with no gap left, and is a page of paper', async (lang) => {
  expect(gapsIn(await land.spoken(lang))).toEqual([])
  for (const key of rareKeys) {
    const { letter_id = 0n } = (await land.letters()).find((letter) => letter.key === key) ?? {}
    const letter = value(await land.run((tx) => openLetter(tx, letter_id, 'letter', 'test')))
    const paper = await paperOf(land.platform, land.law, systemActor, letter, lang)
    expect(Buffer.from(paper).subarray(0, 5).toString(), key).toBe('%PDF-')
  }
})

it('every rare event was told, and the control shows no difference', async () => {
  expect([...land.wrote.keys()].filter((event) => event !== 'request-refused').sort()).toEqual([...rareEvents])
  expect(Object.fromEntries([...land.wrote].map(([event, keys]) => [event, [...keys].sort()]))).toEqual({
    'certificates-revoked': ['payer certificate-revoked'],
    'contract-amended': ['payer contract-changed', 'payer contract-refund', 'payer contract-supplement'],
    'contracts-certified': ['payer certificate-ready'],
    'employer-closed': ['payer employer-closed'],
    'employer-reopened': ['payer employer-reopened'],
    'fine-waived': ['payer fine-waived'],
    'payment-parted': ['payer surplus'],
    'receivable-written-off': ['payer written-off'],
    'request-refused': ['payer fine-waiver-refused'],
  })
  expect(await land.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})
