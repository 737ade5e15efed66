// Rarer deeds are done whole or not at all: a bill split, a fine waived, a receivable written off, money of nobody sent back and paid
// out, one payment for several bills, an instalment of what was deferred, two numbers merged and unmerged, a lapse undone. Each is cut at its statements, and told twice at once.
import type { Month } from '@payung/values'
import { afterAll, beforeAll, test } from 'vitest'
import {
  billDeferredOf,
  decideReinstatement,
  ensureTariff,
  openMonth,
  openReinstatement,
  runMonth,
  splitBill,
} from '../../core/src/contributions/index.ts'
import { type AskedRequest, askRequest, billingBy, decideRequest, markOrderPaid } from '../../core/src/payments/index.ts'
import { type Actor, inTransaction, systemActor, type Tx } from '../../core/src/platform/index.ts'
import { endMemberships, mergePersons, paymentCode, unmergePersons } from '../../core/src/registry/index.ts'
import { actorLike } from '../database.ts'
import { freshScheme, type TestScheme } from '../scheme.ts'
import { isFull } from '../size.ts'
import { type Deed, endPath, head, killThrough, layPath, type Path, value, walkThrough } from './walk.ts'

const now = '2026-02-16T05:00:00Z'
const today = '2026-02-16'
let planted: TestScheme
let external = 0
let path: Path
const recordingOf = ({ law }: TestScheme) => ({ pack: law.pack, billing: billingBy(law) })
const refused = (code: string) => ({ ok: false, refusal: { code } })

type Bill = { bill_id: bigint; month: number; total: bigint; fine: bigint }
type Firm = { payerId: bigint; numbers: string[]; bills: Bill[] }

async function pay(text: string, amount: bigint, day: string): Promise<bigint> {
  planted.at(day)
  const [told] = await planted.pay([{ channel: 'bank', day, externalId: `x-${external++}`, code: text, amount: amount.toString() }])
  return told?.paymentId ?? 0n
}
const billed = async ({ payerId }: Pick<Firm, 'payerId'>): Promise<Bill[]> =>
  (
    await planted.admin.query<Bill>('select bill_id, month, total, fine from contributions.bill where payer_id = $1 order by bill_id', [
      payerId,
    ])
  ).rows

/**
 * Five firms with bills of January and April 2024. The first owes both and has no money with us; the
 * second paid January late and has April's but for its fine; the third has what two of its six workers cost; the others owe all.
 */
async function plantFirms(): Promise<Firm[]> {
  const firms: Firm[] = []
  for (const count of [2, 2, 6, 1, 1]) {
    const facts = { employer_size: 'large', risk_class: 'III', active_workers: String(count) }
    const { organisationId, payerId } = await planted.organisation({ kind: 'employer', facts })
    const numbers = (await planted.persons(count)).map(({ memberNumber }) => memberNumber)
    const from = count === 2 ? '2024-01-01' : '2024-04-01'
    await planted.memberships(numbers.map((memberNumber) => ({ memberNumber, segment: 'PU', organisationId, base: '5000000', from })))
    firms.push({ payerId, numbers, bills: [] })
  }
  const ending = { memberNumber: firms[0]?.numbers[1] ?? '', ordinal: 1, lastDay: '2024-02-10', reason: 'left' }
  await planted.run((tx) => endMemberships(tx, planted.law.pack, [ending]))
  for (const month of ['2024-01', '2024-04'] as Month[]) {
    planted.at(`${month}-28`)
    await planted.run((tx) => openMonth(tx, planted.law, month))
    value(await runMonth(planted.platform, planted.law, month, { actor: systemActor }))
  }
  for (const firm of firms) firm.bills = await billed(firm)
  const owed = (firm: number, bill: number): Bill => firms[firm]?.bills[bill] as Bill
  const code = (firm: number): string => paymentCode(firms[firm]?.payerId ?? 0n)
  await pay(code(1), owed(1, 0).total + owed(1, 1).total - owed(1, 1).fine, '2024-05-02')
  await pay(code(2), owed(2, 0).total / 3n, '2024-05-02')
  return firms
}

/** Two regencies that paid September and October 2025 and nothing since; a regional office between head and branch. */
async function plantRegencies(): Promise<{ payers: bigint[]; branch: bigint; regional: bigint }> {
  const { rows } = await planted.admin.query<{ branch: number; regional: number }>(
    `with made as (insert into registry.office (office_id, kind, name, parent_id) values (900, 'regional', 'Test', 1) returning office_id)
     select (select min(office_id) from registry.office where kind = 'branch') as branch, office_id as regional from made`,
  )
  await planted.admin.query(`update registry.office set parent_id = 900 where office_id = $1`, [rows[0]?.branch])
  planted.at('2025-09-01')
  for (const month of ['2025-09', '2025-10', '2025-11', '2025-12', '2026-01', '2026-02'] as Month[]) {
    await planted.run((tx) => openMonth(tx, planted.law, month))
    await planted.run((tx) => ensureTariff(tx, planted.law, month, null))
  }
  const payers: bigint[] = []
  for (const people of [1, 2]) {
    const { payerId } = await planted.organisation({ kind: 'APBD', fundingCode: 'SG' })
    const members = await planted.persons(people)
    await planted.memberships(
      members.map(({ memberNumber }) => ({
        memberNumber,
        segment: 'BPU',
        base: '1000000',
        facts: { occupation: 'fisher' },
        from: '2025-09-01',
        payerId,
      })),
    )
    for (const day of ['2025-09-06', '2025-10-08']) await pay(paymentCode(payerId), BigInt(16_800 * people), day)
    payers.push(payerId)
  }
  return { payers, branch: BigInt(rows[0]?.branch ?? 0), regional: BigInt(rows[0]?.regional ?? 0) }
}

async function asking(asked: Omit<AskedRequest, 'evidence'>): Promise<bigint> {
  const given = { evidence: 'Letter 4', ...asked }
  return value(await planted.run((tx) => askRequest(tx, planted.law, recordingOf(planted), given))).requestId
}
const approve = (requestId: bigint) => (tx: Tx) =>
  decideRequest(tx, planted.law, recordingOf(planted), { requestId, decision: 'approved', why: 'checked', decider: head })
const approving = async (name: string, asked: Omit<AskedRequest, 'evidence'>): Promise<Deed> => {
  const requestId = await asking(asked)
  return { name, act: approve(requestId), again: refused('request-decided'), errand: { approve: requestId.toString() } }
}

async function moneyDeeds(firms: readonly Firm[]): Promise<Deed[]> {
  const [old, fined, crowd, one, two] = firms as [Firm, Firm, Firm, Firm, Firm]
  const april = ({ bills }: Firm): Bill => bills.at(-1) as Bill
  const [lost, lostBefore] = [await pay('thank you', 700n, today), await pay('thank you', 800n, today)]
  const whole = await pay('one code for all', april(one).total + april(two).total, today)
  const detail = { bank: 'BRI', account: '12 34', holder: 'PT Tak Dikenal' }
  const back = (paymentId: bigint) => ({ kind: 'return', paymentId, ground: 'nobody’s', detail }) as const
  const ordered = value(await planted.run(approve(await asking(back(lostBefore)))))
  const order = { orderId: BigInt(ordered.done.orderId ?? 0n), day: today, reference: 'BRI-1' }
  const parts = [one, two].map((firm) => ({ payerId: firm.payerId, billId: april(firm).bill_id, amount: april(firm).total }))
  await planted.run((tx) =>
    tx.run(
      `insert into contributions.deferral (payer_id, bill_id, programme, month, amount, noted_on) values ($1, $2, 'JP', 2020 * 12 + 7, 99, '2020-09-30')`,
      [crowd.payerId, april(crowd).bill_id],
    ),
  )
  const instalment = { payerId: crowd.payerId, whole: false }
  const workers = crowd.numbers.slice(0, 2).map((memberNumber) => ({ memberNumber }))
  const split = { payerId: crowd.payerId, billId: april(crowd).bill_id, workers, reason: 'Only these can be paid for' }
  return [
    { name: 'a split', act: (tx) => splitBill(tx, planted.law, split), again: refused('corrected-in-between') },
    { name: 'an instalment', act: (tx) => billDeferredOf(tx, planted.law, instalment), again: refused('all-billed') },
    await approving('a write-off', { kind: 'write-off', billId: old.bills[0]?.bill_id ?? 0n, ground: 'cannot-pay' }),
    await approving('a fine waiver', { kind: 'fine-waiver', billId: april(fined).bill_id, ground: 'disaster' }),
    await approving('money sent back', back(lost)),
    { name: 'its payout', act: (tx) => markOrderPaid(tx, planted.law, order), again: { ok: true, value: { state: 'paid' } } },
    await approving('parts of a payment', { kind: 'parts', paymentId: whole, ground: 'one code for all', parts }),
  ]
}

async function numberDeeds(): Promise<Deed[]> {
  const { law, run } = planted
  const [a = '', b = '', c = '', d = ''] = (await planted.persons(4, '1971-03-04')).map(({ memberNumber }) => memberNumber)
  const merging = (alias: string, into: string) => (tx: Tx) =>
    mergePersons(tx, law.pack, { alias, into, reason: 'one card', consent: 'at the desk' })
  const { mergeId } = value(await run(merging(c, d)))
  return [
    { name: 'a merge', act: merging(a, b), again: refused('same-person') },
    { name: 'a merge undone', act: (tx) => unmergePersons(tx, law.pack, mergeId, 'two persons'), again: refused('merge-undone') },
  ]
}

async function lapseDeeds(): Promise<Deed[]> {
  const { payers, branch, regional } = await plantRegencies()
  planted.at(today)
  const opener: Actor = actorLike({ actorId: 11n, officeId: branch })
  const opening = (payerId: bigint) => (tx: Tx) =>
    openReinstatement(tx, planted.law, { payerId, from: '2025-11' as Month, reason: 'late budget', evidence: ['release order', 'letter'] })
  const deciding = (caseId: bigint) => (tx: Tx) =>
    decideReinstatement(tx, planted.law, caseId, { verdict: 'approved', reason: 'papers are in order' })
  const by = (actor: Actor, work: (tx: Tx) => ReturnType<typeof openReinstatement>) =>
    inTransaction(planted.platform, { role: 'run', actor }, { name: 'test', input: null }, work)
  const [first = 0n, second = 0n] = payers
  const caseId = value(await by(opener, opening(second)))
  const branchOfficer = actorLike({ actorId: 12n, officeId: branch })
  value(await inTransaction(planted.platform, { role: 'run', actor: branchOfficer }, { name: 'test', input: null }, deciding(caseId)))
  await pay(paymentCode(second), BigInt(16_800 * 2 * 4), today)
  return [
    { name: 'a case opened', act: opening(first), actor: opener, again: refused('case-open') },
    {
      name: 'a lapse undone',
      act: deciding(caseId),
      actor: actorLike({ actorId: 13n, officeId: regional }),
      again: refused('case-decided'),
    },
  ]
}

beforeAll(async () => {
  planted = await freshScheme('indonesia', '2023-12-01')
  const firms = await plantFirms()
  planted.at(today)
  const deeds = [...(await moneyDeeds(firms)), ...(await numberDeeds()), ...(await lapseDeeds())]
  path = await layPath({ planted, now }, deeds)
})
afterAll(() => endPath(path))

test.each([
  'a split',
  'an instalment',
  'a write-off',
  'a fine waiver',
  'money sent back',
  'its payout',
  'parts of a payment',
  'a merge',
  'a merge undone',
  'a case opened',
  'a lapse undone',
])('%s, each statement in turn not sent or cut: nothing is half done, and done again it is done once', async (name) => {
  await walkThrough(path, name, 1)
  if (isFull && path.walks.some((walk) => walk.name === name && walk.errand)) await killThrough(path, name, [0.1, 0.3, 0.5, 0.7, 0.9])
})
