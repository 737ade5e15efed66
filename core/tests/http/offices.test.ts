// One rule for all: an office acts for and sees the payers and members it serves. Every route that staff may call is walked with the token
// of an office that serves neither the firm nor its worker; a new route fails here until it says what a foreign office gets from it.
import { type Route, routes } from '@payung/api'
import type { Month } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openMonth, registerContracts, runMonth } from '../../src/contributions/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { type Problem, type Reply, type Served, serve } from './served.ts'

type RouteName = keyof typeof routes
let served: Served
/** What stands in addresses and bodies, by name. */
const ids: Record<string, string> = {}
const tokens = {} as Record<'own' | 'branch' | 'foreign' | 'above' | 'head', string>

/** Those who are at home in a district of office 2: a firm with a bill, money, a contract, a correction, requests, a letter; and its worker. */
beforeAll(async () => {
  served = await serve('2026-09-01')
  const firm = await served.organisation({ kind: 'employer', facts: { employer_size: 'large', risk_class: 'III', active_workers: '2' } })
  const [worker, double] = await served.persons(2)
  if (!worker || !double) throw new Error('no persons')
  const row = { segment: 'PU', organisationId: firm.organisationId, base: '5000000', from: '2026-09-01' }
  await served.memberships([worker, double].map(({ memberNumber }) => ({ ...row, memberNumber })))
  await served.run((tx) => openMonth(tx, served.law, '2026-09' as Month))
  served.at('2026-09-30')
  await runMonth(served.platform, served.law, '2026-09' as Month, { actor: systemActor })
  const facts = { contract_value: '180000000' }
  const contract = { payerId: firm.payerId, segment: 'JAKON', name: 'Bridge', from: '2026-10-01', until: '2027-06-01', facts, members: [] }
  const made = await served.run((tx) => registerContracts(tx, served.law, [contract as never]))
  if (!made.ok) throw new Error(made.refusal.rule)
  const pay = async (externalId: string, code: string) => {
    const [done] = await served.pay([{ channel: 'bank', day: '2026-09-30', externalId, code, amount: '7000' }])
    return String(done?.paymentId)
  }
  const { rows } = await served.admin.query(
    `select (select bill_id from contributions.bill where payer_id = $1 and kind = 'month') as bill,
       (select parent_id from registry.office where office_id = 2) as parent`,
    [firm.payerId],
  )
  // A regional office stands between the head office and office 2; office 3 stands beside it.
  await served.admin.query(`insert into registry.office values (900, 'regional', 'Test', 1)`)
  await served.admin.query('update registry.office set parent_id = 900 where office_id = 2')
  const staff = { own: 2n, branch: 2n, foreign: 3n, above: 900n, head: 1n }
  for (const [name, officeId] of Object.entries(staff))
    tokens[name as keyof typeof tokens] = await served.actor({
      kind: 'staff',
      role: name === 'own' ? 'officer' : 'administrator',
      officeId,
    })
  const planted = await served.admin.query<Record<string, bigint>>(
    `with asked as (insert into payments.request (kind, payer_id, amount, ground, evidence, asked_by, asked_on)
       select 'refund', $1, 5, 'offset-refused', 'Letter', 4711, '2026-09-30' from generate_series(1, 2) returning request_id),
     ordered as (insert into payments.payout_order (payer_id, request_id, amount, bank, account, holder, ordered_on)
       select $1, min(request_id), 5, 'Bank', '0099887766', 'PT Rahasia', '2026-09-30' from asked returning order_id),
     opened as (insert into contributions.reinstatement (payer_id, from_month, through_month, grace_months, levels, reason, evidence, opened_on, actor)
       values ($1, 24310, 24312, 3, '{branch}', 'Late', '{Letter}', '2026-09-30', 4711) returning case_id),
     told as (insert into notices.letter (payer_id, kind, cause, amount, facts, written_on, tell_by) values ($1, 'surplus', 'bill 1', 5, '{"month":"2026-09"}', '2026-09-01', '2026-09-02') returning letter_id),
     merged as (insert into registry.merge (person_id, numbers, hashes, reason, consent, merged_on, actor) values ($2, '{0099887766}', '{}', 'Same', 'Said so', '2026-09-30', 4711) returning merge_id),
     entered as (insert into savings.request (person_id, programme, kind, amount, day, reference, act, asked_by, asked_on)
       values ($2, 'JHT', 'opening', 5, '2026-09-30', 'Book', 'Letter', 4711, '2026-09-30') returning request_id)
     select (select max(request_id) from asked) as request, (select request_id from entered) as "savingsRequest", (select order_id from ordered) as order, (select case_id from opened) as case,
       (select letter_id from told) as letter, (select merge_id from merged) as merge`,
    [firm.payerId, worker.personId],
  )
  const own = await served.post<{ correctionId: string }>(tokens.own, '/v1/corrections', {
    ...body.correction,
    payerId: firm.payerId.toString(),
    rows: [{ memberNumber: worker.memberNumber, base: '6000000' }],
  })
  Object.assign(ids, {
    payer: firm.payerId.toString(),
    organisation: firm.organisationId.toString(),
    member: worker.memberNumber,
    double: double.memberNumber,
    bill: String(rows[0]?.bill),
    contract: String(made.value[0]?.contractId),
    correction: own.body.correctionId,
    payment: await pay('to the firm', paymentCode(firm.payerId)),
    queued: await pay('to nobody', '123'),
    ...Object.fromEntries(Object.entries(planted.rows[0] ?? {}).map(([name, id]) => [name, String(id)])),
  })
})
afterAll(() => served.close())

const why = { why: 'Test', reason: 'Test' }
const body = {
  correction: { month: '2026-09', kind: 'wage', reason: 'Told wrongly', evidence: { digest: 'a'.repeat(64), description: 'Letter' } },
  membership: { segment: 'PU', base: '5000000', from: '2026-11-01' },
}

/** What a route is asked with; `$name` stands for what was planted. Absent: the addresses of the table below, and no body. */
type Probe = object
const named: Readonly<Record<string, string>> = {
  payerId: '$payer',
  organisationId: '$organisation',
  number: '$member',
  ordinal: '1',
  other: '$double',
  month: '2026-09',
  year: '2025',
  billId: '$bill',
  contractId: '$contract',
  correctionId: '$correction',
  letterId: '$letter',
  paymentId: '$queued',
  orderId: '$order',
  requestId: '$request',
  caseId: '$case',
  mergeId: '$merge',
}
/** A month for which a source says up to when contributions must be settled. */
const months: Partial<Record<RouteName, string>> = { reliefContradictions: '2025-02' }
const otherIds: Partial<Record<RouteName, string>> = { decideSavingsEntry: '$savingsRequest' }
const queries: Partial<Record<RouteName, string>> = { arrears: '?on=2026-09-30', billAsKnown: '?asPublishedBy=2026-09-30' }

/** Refused to a foreign office: what is posted. */
const acts: Partial<Record<RouteName, Probe>> = {
  openReinstatement: { payerId: '$payer', from: '2026-07', reason: 'Late', evidence: ['Letter'] },
  decideReinstatement: { verdict: 'approved', ...why },
  addContract: {
    payerId: '$payer',
    segment: 'JAKON',
    name: 'B',
    from: '2026-10-01',
    until: '2027-06-01',
    facts: { contract_value: '1000' },
    members: [],
  },
  amendContract: { evidence: 'Addendum 1', facts: { contract_value: '190000000' }, until: '2027-06-01', reason: 'more' },
  reportWorkers: { workers: [{ memberNumber: '$member', from: '2026-10-01' }] },
  openMonth: {},
  runMonth: {},
  closeMonth: {},
  reassessPrepaid: {},
  reassessMonth: {},
  closeSavingsYear: {},
  declareSavingsRate: {
    from: '2026-01',
    to: '2026-01',
    rate: '5',
    kind: 'declared',
    act: 'A',
    article: '1',
    link: 'https://example.org',
    status: 'unverified',
  },
  reportWages: { payerId: '$payer', month: '2026-10', rows: [{ memberNumber: '$member', base: '1' }] },
  calculateBill: {},
  issueBill: {},
  noteClaim: { programme: 'JHT', claimedOn: '2026-09-30', evidence: 'Form' },
  splitBill: { workers: [{ memberNumber: '$member' }], reason: 'Short of money' },
  proposeCorrection: { ...body.correction, payerId: '$payer', rows: [{ memberNumber: '$double', base: '1' }] },
  approveCorrection: { seen: '1', why: 'Checked' },
  refuseCorrection: { why: 'No' },
  withdrawCorrection: { why: 'No' },
  markLetterTold: { how: 'post' },
  offerSurplus: {},
  renewLetterCode: { why: 'Lost' },
  allocatePayment: { payerId: '$payer', reason: 'By its letter' },
  billDeferred: {},
  addMemberships: { memberships: [{ ...body.membership, memberNumber: '$member', organisationId: '$organisation' }] },
  endMembership: { lastDay: '2026-09-30', reason: 'Left' },
  takeBackEnd: { reason: 'Mistake' },
  moveMembership: { segment: 'BPU', from: '2026-11-01', base: '1000000', reason: 'Left' },
  reportDeath: { diedOn: '2026-09-30', evidence: 'Paper' },
  takeBackDeath: { reason: 'Mistake' },
  changeArrangements: { arrangements: [{ memberNumber: '$member', ordinal: 1, payerId: null, from: '2026-11-01' }] },
  changeOrganisationFacts: { from: '2026-11-01', facts: { risk_class: 'IV' } },
  mergePersons: { alias: '$double', reason: 'Same', consent: 'Said so' },
  unmergePersons: { reason: 'Two' },
  dismissDuplicate: { reason: 'Two' },
  markPayoutPaid: { day: '2026-09-30', reference: 'B-1' },
  askRequest: { kind: 'reversal', paymentId: '$payment', ground: 'recall', evidence: 'Letter' },
  decideRequest: { decision: 'approved', why: 'Checked' },
  askSavingsEntry: { kind: 'correction', amount: '5', reference: 'X', act: 'Test' },
  decideSavingsEntry: { decision: 'approved', why: 'Checked' },
}
/** What a foreign office reads is refused, by the same codes. */
const refusedReads: readonly RouteName[] = [
  'arrears',
  'contract',
  'certificate',
  'certificatePdf',
  'prices',
  'bills',
  'memberContributions',
  'memberCover',
  'billAsKnown',
  'correction',
  'statement',
  'memberLetters',
  'payerLetters',
  'letter',
  'letterPdf',
  'payerAccount',
  'deferred',
  'duplicates',
  'member',
  'savings',
  'savingsStatements',
  'savingsStatementPdf',
]
/** What it reads is bounded: nothing of the firm and its worker is in it. */
const boundedReads: readonly RouteName[] = [
  'reinstatements',
  'lateWarnings',
  'corrections',
  'overdueLetters',
  'queueProposals',
  'receivablesByAge',
  'reliefContradictions',
  'payers',
  'listPayouts',
  'listRequests',
  'savingsRequests',
  'listReopened',
  'balances',
]
/** Every office may, and why. */
const everyOffice: Partial<Record<RouteName, string>> = {
  months: 'the months of the scheme are nobody’s own',
  savingsYears: 'years of the scheme, in sums',
  addPayments: 'money is taken wherever it comes; whose it is says its code',
  paymentQueue: 'money that nobody holds is nobody’s yet',
  takeQueued: 'who clears it up may sit anywhere; giving it to a payer is bounded',
  addPersons: 'whoever comes to a desk is registered, and belongs to the office of his district',
  addOrganisations: 'the same of an organisation',
}

const notYours = [
  'payer-not-yours',
  'member-not-yours',
  'head-office-only',
  'contract-unknown',
  'letter-unknown',
  'number-unknown',
  'membership-unknown',
]
const fill = (text: string): string => text.replaceAll(/\$(\w+)/g, (_, name: string) => ids[name] ?? name)
type Answer = Reply<Problem & { results?: { refusal: { code: string } | null }[] }>
function call(name: RouteName, token: string): Promise<Answer> {
  const { method, path }: Route = routes[name]
  const url =
    fill(
      path.replaceAll(
        /:(\w+)/g,
        (_, part: string) =>
          (part === 'month' ? months[name] : undefined) ?? (part === 'requestId' ? otherIds[name] : undefined) ?? named[part] ?? '1',
      ),
    ) + (queries[name] ?? '')
  if (method === 'GET') return served.get(token, url)
  return served.post(token, url, JSON.parse(fill(JSON.stringify(acts[name] ?? {}))) as object)
}
const codeOf = ({ body: answer }: Answer): string | undefined => answer.refusal?.code ?? answer.results?.[0]?.refusal?.code

it('knows what a foreign office gets from every route that staff may call', () => {
  const staff = Object.entries<Route>(routes).flatMap(([name, { access }]) =>
    access !== 'public' && access.roles.some((role) => role === 'officer' || role === 'administrator') ? [name] : [],
  )
  const told = [...Object.keys(acts), ...refusedReads, ...boundedReads, ...Object.keys(everyOffice)]
  expect(told.sort()).toEqual(staff.sort())
})

describe('an office that serves neither the firm nor its worker', () => {
  it.each([...(Object.keys(acts) as RouteName[]), ...refusedReads])('%s is refused', async (name) => {
    const answer = await call(name, tokens.foreign)
    expect(notYours, JSON.stringify(answer.body)).toContain(codeOf(answer))
  })

  it.each(boundedReads)('%s tells nothing of them', async (name) => {
    const { status, body: answer } = await call(name, tokens.foreign)
    expect(status, JSON.stringify(answer)).toBe(200)
    const text = JSON.stringify(answer)
    for (const secret of [`"payerId":"${ids.payer}"`, ids.member, '0099887766', 'Rahasia']) expect(text).not.toContain(secret)
    for (const amount of text.matchAll(/"amount":"(\d+)"/g)) expect(amount[1]).toBe('0')
  })
})

describe('the offices that serve them', () => {
  it.each(boundedReads.filter((name) => !['reliefContradictions', 'lateWarnings', 'listReopened', 'queueProposals'].includes(name)))(
    '%s tells the office, the one above it and the head office the same, and something',
    async (name) => {
      const answers = await Promise.all([tokens.branch, tokens.above, tokens.head].map(async (token) => (await call(name, token)).body))
      const foreign = (await call(name, tokens.foreign)).body
      expect(answers[0]).toEqual(answers[1])
      // The State has a bill too, which the head office alone sees.
      if (!['payers', 'balances', 'receivablesByAge'].includes(name)) expect(answers[2]).toEqual(answers[0])
      expect(answers[0]).not.toEqual(foreign)
    },
  )

  it.each([...refusedReads.filter((name) => !('bytes' in routes[name])), ...(Object.keys(acts) as RouteName[])])(
    '%s is not refused to the head office for whose it is',
    async (name) => {
      expect(notYours).not.toContain(codeOf(await call(name, tokens.head)))
    },
  )
})
