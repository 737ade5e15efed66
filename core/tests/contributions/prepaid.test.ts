// Months paid ahead and a law that comes later. Published case E-BPU-6: who paid 100 % in December 2025 for January and February 2026
// has the excess carried to later months, because PP 50/2025 (22 December 2025) halves them for transport.
import { type Day, type Month, truncated } from '@payung/values'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { checkControl, openMonth, priceMonths, reassessAllPrepaid, reassessPrepaid, showCover } from '../../src/contributions/index.ts'
import { noteClaim } from '../../src/contributions/use-cases/note-claim.ts'
import { payerBalances } from '../../src/ledger/index.ts'
import { askRequest, billingBy, decideRequest } from '../../src/payments/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { readAccount } from '../../src/savings/index.ts'
import { offerDesk } from './offer-desk.ts'

let scheme: TestScheme
let external = 0

beforeEach(async () => {
  scheme = await freshScheme('indonesia', '2025-12-01')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2025-12' as Month))
})
afterEach(() => scheme.close())

async function drivers(count: number, of: { payerId?: bigint; occupation?: string; programmes?: string[] } = {}) {
  const persons = await scheme.persons(count)
  const { occupation = 'platform-driver', ...rest } = of
  await scheme.memberships(
    persons.map(({ memberNumber }) => ({
      memberNumber,
      segment: 'BPU',
      base: '1000000',
      facts: { occupation },
      from: '2025-12-01',
      ...rest,
    })),
  )
  const { rows } = await scheme.admin.query<{ person_id: bigint; payer_id: bigint }>(
    'select person_id, payer_id from contributions.membership_fact where person_id = any ($1::bigint[]) order by person_id',
    [persons.map(({ personId }) => personId)],
  )
  return rows.map(({ person_id, payer_id }) => ({ personId: person_id, payerId: payer_id }))
}
async function pays(payerId: bigint, amount: number, day: string): Promise<string[]> {
  scheme.at(day)
  const [outcome] = await scheme.pay([
    { channel: 'counter', day, externalId: String(++external), code: paymentCode(payerId), amount: String(amount) },
  ])
  return outcome?.settled.map(({ month, amount: each }) => `${month} ${each}`) ?? []
}
const publishedOn = async (day: string) => {
  scheme.at(day)
  return (await reassessAllPrepaid(scheme.platform, scheme.law)).filter(({ rows }) => rows > 0)
}
const money = (payerId: bigint) => scheme.run(async (tx) => (await payerBalances(tx, [payerId])).get(payerId))
const paidUntil = async (personId: bigint, day: string) =>
  (await scheme.run((tx) => showCover(tx, scheme.law, [personId], day as Day)))[0]?.programmes.map((each) => each.paidUntil)
const rowsOf = async (personId: bigint) =>
  (
    await scheme.admin.query<{ month: number; entry: number; worker: bigint }>(
      'select month, entry, worker from contributions.contribution where person_id = $1 order by month, entry',
      [personId],
    )
  ).rows.map(({ month, entry, worker }) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}/${entry} ${worker}`)
const reconciles = async () => {
  for (const month of [null, '2025-12', '2026-01', '2026-02', '2026-03', '2026-04'] as (Month | null)[])
    expect(await scheme.run((tx) => checkControl(tx, 'test', month))).toMatchObject({ difference: 0n })
}

it('carries the excess to later months, each at its own price, and moves cover on (E-BPU-6)', async () => {
  const [driver] = await drivers(1)
  if (!driver) throw new Error('no driver')
  expect(await pays(driver.payerId, 3 * 16_800, '2025-12-10')).toEqual(['2025-12 16800', '2026-01 16800', '2026-02 16800'])
  expect(await paidUntil(driver.personId, '2025-12-10')).toEqual(['2026-02-28', '2026-02-28'])
  expect(await publishedOn('2025-12-21')).toEqual([])
  expect(await publishedOn('2025-12-22')).toEqual([
    { month: '2026-01', rows: 1, bills: 1, returned: 8_400n },
    { month: '2026-02', rows: 1, bills: 1, returned: 8_400n },
  ])
  expect(await rowsOf(driver.personId)).toEqual([
    '2025-12/0 16800',
    '2026-01/0 16800',
    '2026-01/1 16800',
    '2026-01/2 8400',
    '2026-02/0 16800',
    '2026-02/1 16800',
    '2026-02/2 8400',
    '2026-03/0 8400',
    '2026-04/0 8400',
  ])
  expect(await money(driver.payerId)).toMatchObject({ credit: 0n, receivable: 0n })
  expect(await paidUntil(driver.personId, '2025-12-22')).toEqual(['2026-04-30', '2026-04-30'])
  await reconciles()
})

/** What the bank's letter or the driver's own asks for, decided by somebody else. */
async function ask(asked: Parameters<typeof askRequest>[3]) {
  const recording = { pack: scheme.law.pack, billing: billingBy(scheme.law) }
  const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
  return scheme.run(async (tx) => {
    const request = await askRequest(tx, scheme.law, recording, asked)
    if (!request.ok) throw new Error(request.refusal.code)
    const { requestId } = request.value
    const done = await decideRequest(tx, scheme.law, recording, { requestId, decision: 'approved', why: 'checked', decider })
    if (!done.ok) throw new Error(done.refusal.code)
    return done.value.done
  })
}
const coverOf = async (personId: bigint, day: string) => {
  const [membership] = await scheme.run((tx) => showCover(tx, scheme.law, [personId], day as Day))
  return [...new Set(membership?.programmes.map(({ state, paidUntil }) => `${state} ${paidUntil}`))].join()
}

it('pays back the months after a claim at what they cost after the law changed', async () => {
  const [driver] = await drivers(1)
  if (!driver) throw new Error('no driver')
  const { personId, payerId } = driver
  await pays(payerId, 3 * 16_800, '2025-12-10')
  await publishedOn('2025-12-22')
  await scheme.run((tx) => noteClaim(tx, scheme.law, { personId, programme: 'JKM', claimedOn: '2025-12-21', evidence: 'decision' }))
  expect(await coverOf(personId, '2025-12-22')).toBe('covered 2026-04-30')
  const detail = { bank: 'BRI', account: '0012 34', holder: 'Ayu Lestari' }
  await ask({ kind: 'refund', payerId, amount: 4n * 8_400n, ground: 'after-claim', evidence: 'letter', detail })
  expect(await money(payerId)).toMatchObject({ credit: 0n, receivable: 0n })
  expect(await coverOf(personId, '2025-12-22')).toBe('covered 2025-12-31')
  expect((await rowsOf(personId)).slice(0, 5)).toEqual([
    '2025-12/0 16800',
    '2026-01/0 16800',
    '2026-01/1 16800',
    '2026-01/2 8400',
    '2026-01/3 8400',
  ])
  await reconciles()
})

it('takes recalled months back from the last at what stands for them, and pays them again as the next even entries', async () => {
  const [driver] = await drivers(1)
  if (!driver) throw new Error('no driver')
  const { personId, payerId } = driver
  await pays(payerId, 16_800, '2025-12-10')
  await pays(payerId, 2 * 16_800, '2025-12-11')
  await publishedOn('2025-12-22')
  expect(await coverOf(personId, '2025-12-23')).toBe('covered 2026-04-30')
  scheme.at('2025-12-23')
  const recall = async () => {
    const { rows } = await scheme.admin.query(
      'select max(p.payment_id) as id from payments.holder h join payments.payment p using (payment_id) where not h.recalled',
    )
    return ask({ kind: 'reversal', paymentId: BigInt(rows[0].id), ground: 'recall', evidence: 'letter of the bank' })
  }
  expect(await recall()).toMatchObject({ months: 4, owed: 0n })
  expect(await coverOf(personId, '2025-12-23')).toBe('covered 2025-12-31')
  await reconciles()
  expect(await recall()).toMatchObject({ months: 1, owed: 0n })
  expect(await coverOf(personId, '2025-12-23')).toBe('not covered null')
  expect(await pays(payerId, 16_800 + 8_400, '2025-12-24')).toEqual(['2025-12 16800', '2026-01 8400'])
  expect(await coverOf(personId, '2025-12-24')).toBe('covered 2026-01-31')
  expect((await rowsOf(personId)).slice(0, 8).map((row) => row.split(' ')[0])).toEqual(
    ['12/0', '12/1', '12/2']
      .map((entry) => `2025-${entry}`)
      .concat(['01/0', '01/1', '01/2', '01/3', '01/4'].map((entry) => `2026-${entry}`)),
  )
  await reconciles()
})

it('gives back once: a second run, a day later, and a month asked for by itself change nothing', async () => {
  const [driver] = await drivers(1)
  if (!driver) throw new Error('no driver')
  await pays(driver.payerId, 2 * 16_800, '2025-12-10')
  expect(await publishedOn('2025-12-22')).toHaveLength(1)
  const rows = await rowsOf(driver.personId)
  expect(await publishedOn('2025-12-22')).toEqual([])
  expect(await publishedOn('2025-12-23')).toEqual([])
  expect(await scheme.run((tx) => reassessPrepaid(tx, scheme.law, '2026-01' as Month))).toMatchObject({ rows: 0 })
  expect(await rowsOf(driver.personId)).toEqual(rows)
  await reconciles()
})

it('gives back also of a month that a correction asks for and nobody has paid yet: the money waits for that bill, savings with it', async () => {
  const desk = offerDesk(() => scheme)
  const { payerId } = await scheme.organisation({ kind: 'sponsor' })
  const [ended] = await drivers(1, { payerId, programmes: ['JKK', 'JKM', 'JHT'] })
  await drivers(1, { payerId })
  const personId = ended?.personId ?? 0n
  await desk.pays(payerId, 36_800 + 16_800, '2025-12-10')
  const { rows } = await scheme.admin.query('select member_number as "memberNumber" from registry.person where person_id = $1', [personId])
  const member = { memberNumber: rows[0].memberNumber, personId }
  await desk.end(member, '2025-12-31')
  await desk.pays(payerId, 16_800, '2025-12-11')
  // A month that is open already when the law comes.
  await scheme.admin.query(`insert into contributions.month (month, state, opened_on) values (2026 * 12, 'open', '2025-12-01')`)
  scheme.at('2025-12-12')
  const asked = await desk.correct(payerId, '2026-01', 'deactivation', [{ memberNumber: member.memberNumber, base: '1000000' }])
  expect(asked).toMatchObject({ seen: 36_800n, done: false })
  const saved = async () =>
    truncated((await scheme.run((tx) => readAccount(tx, 'JHT', [personId], '2026-01-31' as Day, { fromStart: true }))).balance)
  const stands = async () => [await coverOf(personId, '2025-12-31'), await saved(), (await money(payerId))?.trust]
  // Of both, so that what is asked for is asked at today's price.
  expect(await publishedOn('2025-12-22')).toEqual([{ month: '2026-01', rows: 2, bills: 1, returned: 16_800n }])
  expect((await rowsOf(personId)).slice(1)).toEqual(['2026-01/0 36800', '2026-01/1 36800', '2026-01/2 28400'])
  expect(await stands()).toEqual(['covered 2025-12-31', 20_000n, 16_800n])
  await reconciles()
  for (const day of ['2025-12-23', '2025-12-25']) {
    expect(await desk.pays(payerId, 20_000, day)).toEqual(['2026-01 36800'])
    expect(await stands()).toEqual(['covered 2026-01-31', 40_000n, 0n])
    await reconciles()
    if (day > '2025-12-23') continue
    await desk.recall(payerId)
    expect(await stands()).toEqual(['covered 2025-12-31', 20_000n, 16_800n])
    await reconciles()
  }
  expect(await publishedOn('2025-12-26')).toEqual([])
})

it('gives a sponsor the difference as trust money, which pays the next month when it covers everybody', async () => {
  const { payerId } = await scheme.organisation({ kind: 'sponsor' })
  const members = await drivers(3, { payerId })
  await pays(payerId, 2 * 3 * 16_800, '2025-12-10')
  expect(await publishedOn('2025-12-22')).toEqual([{ month: '2026-01', rows: 3, bills: 1, returned: 25_200n }])
  expect(await money(payerId)).toMatchObject({ trust: 0n })
  expect(await paidUntil(members[0]?.personId ?? 0n, '2025-12-22')).toEqual(['2026-02-28', '2026-02-28'])
  await reconciles()
})

it('leaves what the law leaves: savings, public money, and other occupations before April', async () => {
  const [saver] = await drivers(1, { programmes: ['JKK', 'JKM', 'JHT'] })
  const [fisher] = await drivers(1, { occupation: 'fisher' })
  const { payerId: budget } = await scheme.organisation({ kind: 'APBD' })
  await drivers(2, { payerId: budget })
  await pays(saver?.payerId ?? 0n, 2 * 36_800, '2025-12-10')
  await pays(fisher?.payerId ?? 0n, 5 * 16_800, '2025-12-10')
  await pays(budget, 2 * 2 * 16_800, '2025-12-10')
  expect(await publishedOn('2025-12-22')).toEqual([
    { month: '2026-01', rows: 1, bills: 1, returned: 8_400n },
    { month: '2026-04', rows: 1, bills: 1, returned: 8_400n },
  ])
  // Too little for a month of 28,400: it waits.
  expect(await money(saver?.payerId ?? 0n)).toMatchObject({ credit: 8_400n })
  // Enough for May, which costs half as well.
  expect(await money(fisher?.payerId ?? 0n)).toMatchObject({ credit: 0n })
  await reconciles()
})

it('gives back on the day of publication also when somebody paid by the new law before', async () => {
  const [early, late] = await drivers(2)
  await pays(early?.payerId ?? 0n, 2 * 16_800, '2025-12-10')
  expect(await pays(late?.payerId ?? 0n, 16_800 + 8_400, '2025-12-22')).toEqual(['2025-12 16800', '2026-01 8400'])
  expect(await publishedOn('2025-12-22')).toEqual([{ month: '2026-01', rows: 1, bills: 1, returned: 8_400n }])
  await reconciles()
})

it('tells what 1, 3, 6 and 12 months cost, each month at its own price, and takes exactly that', async () => {
  const [driver] = await drivers(1)
  const payerId = driver?.payerId ?? 0n
  scheme.at('2025-12-22')
  const priced = await scheme.run((tx) => priceMonths(tx, scheme.law, payerId))
  expect(priced.ok && priced.value.choices).toEqual([
    { months: 1, amount: 16_800n, paidUntil: '2025-12-31' },
    { months: 3, amount: 33_600n, paidUntil: '2026-02-28' },
    { months: 6, amount: 58_800n, paidUntil: '2026-05-31' },
    { months: 12, amount: 109_200n, paidUntil: '2026-11-30' },
  ])
  expect(await pays(payerId, 109_200, '2025-12-22')).toHaveLength(12)
  expect(await money(payerId)).toMatchObject({ credit: 0n })
  await reconciles()
})

it.each`
  who                      | code
  ${'nobody'}              | ${'payer-unknown'}
  ${'an employer'}         | ${'payer-is-billed'}
  ${'a sponsor of none'}   | ${'nothing-to-pay'}
  ${'one who paid a year'} | ${'nothing-to-pay'}
`('refuses a price for $who', async ({ who, code }) => {
  const payerOf: Record<string, () => Promise<bigint>> = {
    nobody: async () => 999_999n,
    'an employer': async () => (await scheme.organisation({ kind: 'employer' })).payerId,
    'a sponsor of none': async () => (await scheme.organisation({ kind: 'sponsor' })).payerId,
    'one who paid a year': async () => {
      const [driver] = await drivers(1)
      await pays(driver?.payerId ?? 0n, 13 * 16_800, '2025-12-10')
      return driver?.payerId ?? 0n
    },
  }
  const payer = (await payerOf[who]?.()) ?? 0n
  expect(await scheme.run((tx) => priceMonths(tx, scheme.law, payer))).toMatchObject({ ok: false, refusal: { code } })
})
