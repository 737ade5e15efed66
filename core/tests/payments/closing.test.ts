// An employer is closed on the papers that its ground asks for, by two persons, when nobody works there and none of its money is left
// (staff handbook, pages 30 and 39); then nobody is registered with it any more.
import { lawOf, loadPack } from '@payung/law'
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { openMonth } from '../../src/contributions/index.ts'
import { type AskedRequest, askRequest, billingBy, decideRequest } from '../../src/payments/index.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { type ClosingFacts, refuseClosing } from '../../src/registry/domain/closing.ts'
import { endMemberships, paymentCode, registerMemberships } from '../../src/registry/index.ts'

const law = lawOf(await loadPack('indonesia'))
let scheme: TestScheme
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-09-01')
  await scheme.run((tx) => openMonth(tx, scheme.law, '2026-09' as Month))
})
afterAll(() => scheme.close())

test('why an employer is not closed, in this order', () => {
  const good: ClosingFacts = {
    payerId: 7n,
    employer: true,
    closedOn: null,
    ground: 'dissolved',
    papers: ['employer-letter', 'licence-letter'],
    witnesses: [],
    members: 0,
    money: 0n,
  }
  const table: [string, Partial<ClosingFacts>, string?][] = [
    ['no-source', {}, '2015-06-30'],
    ['payer-unknown', { employer: null }],
    ['payer-unknown', { employer: false }],
    ['closed-already', { closedOn: '2026-01-01' as Day }],
    ['ground-not-allowed', { ground: 'tired' }],
    ['papers-missing', { papers: [] }],
    ['papers-missing', { papers: ['employer-letter'] }],
    ['papers-missing', { papers: ['visit-report'] }],
    ['ok', { papers: ['employer-letter', 'visit-report'] }],
    ['ok', { ground: 'bankrupt', papers: ['newspaper-notice'] }],
    ['papers-missing', { ground: 'bankrupt', papers: ['visit-report'] }],
    ['witnesses-missing', { ground: 'address-lost', papers: ['visit-report'], witnesses: ['Budi', 'Budi'] }],
    ['ok', { ground: 'address-lost', papers: ['visit-report'], witnesses: ['Budi', 'Sari'] }],
    ['members-left', { members: 1 }],
    ['money-left', { money: 1n }],
    ['ok', {}],
  ]
  for (const [refused, facts, today = '2026-10-02'] of table)
    expect(
      refuseClosing(law, today as Day, { ...good, ...facts })?.code ?? 'ok',
      JSON.stringify([refused, facts.ground, facts.papers]),
    ).toBe(refused)
})

type Answer<Value> = { ok: true; value: Value } | { ok: false; refusal: { code: string; rule: string } }
const code = (result: Answer<unknown>): string => (result.ok ? 'ok' : result.refusal.code)
const attempt = <Value>(work: (tx: Tx) => Promise<Answer<Value>>, key?: string): Promise<Answer<Value>> =>
  inTransaction(scheme.platform, { role: 'run', actor: systemActor }, { name: 'test', input: null, ...(key ? { key } : {}) }, work as never)

test('with workers or money it stays open; closed, nobody is registered with it', async () => {
  const { organisationId, payerId } = await scheme.organisation({
    kind: 'employer',
    facts: { employer_size: 'small', risk_class: 'I', active_workers: '1' },
  })
  const [worker, next] = await scheme.persons(2)
  const row = (memberNumber = '') => ({ memberNumber, segment: 'PU', organisationId, base: '5000000', from: '2026-09-01' })
  await scheme.memberships([row(worker?.memberNumber)])
  const recording = { pack: scheme.law.pack, billing: billingBy(scheme.law) }
  const asked: AskedRequest = {
    kind: 'closing',
    payerId,
    ground: 'idle',
    evidence: 'Letter 9',
    detail: { papers: 'employer-letter, nil-tax-return' },
  }
  const ask = () => attempt((tx) => askRequest(tx, scheme.law, recording, asked))
  expect(code(await ask())).toBe('members-left')
  await scheme.run((tx) =>
    endMemberships(tx, scheme.law.pack, [
      { memberNumber: worker?.memberNumber ?? '', ordinal: 1, lastDay: '2026-09-10', reason: 'closed' },
    ]),
  )
  scheme.at('2026-09-20')
  const request = await ask()
  if (!request.ok) throw new Error(request.refusal.rule)
  await scheme.pay([{ channel: 'bank', day: '2026-09-20', externalId: 'late', code: paymentCode(payerId), amount: '3400000' }])
  const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
  const decide = (requestId: bigint, key: string) =>
    attempt((tx) => decideRequest(tx, scheme.law, recording, { requestId, decision: 'approved', why: 'checked', decider }), key)
  // Money came in between: it must have a place first (page 39).
  expect(code(await decide(request.value.requestId, 'first'))).toBe('money-left')
  const detail = { bank: 'BRI', account: '1', holder: 'PT', offset_refused_on: '2026-09-20' }
  const back = await attempt((tx) =>
    askRequest(tx, scheme.law, recording, {
      kind: 'refund',
      payerId,
      amount: 3_400_000n,
      ground: 'offset-refused',
      evidence: 'Letter',
      detail,
    }),
  )
  if (!back.ok) throw new Error(back.refusal.rule)
  expect(code(await decide(back.value.requestId, 'back'))).toBe('ok')
  expect([code(await decide(request.value.requestId, 'second')), code(await decide(request.value.requestId, 'second'))]).toEqual([
    'ok',
    'ok',
  ])
  expect(code(await ask())).toBe('closed-already')
  const [refused] = await scheme.run((tx) => registerMemberships(tx, { pack: scheme.law.pack }, [row(next?.memberNumber)]))
  expect(refused?.refusal?.code).toBe('payer-closed')
})
