// An employer is closed on the papers that its ground asks for, by two persons, when nobody works there and none of its money is left
// (staff handbook, pages 30 and 39); then nobody is registered with it any more. Money that was left, or a wrong last month, has it opened again
// by the regional office, and closed again at once.
import { lawOf, loadPack } from '@payung/law'
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commandOn } from '../../../tests/command.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { tellOffset } from '../../../tests/told.ts'
import { checkControl, issueBills, openMonth } from '../../src/contributions/index.ts'
import { type AskedRequest, askRequest, billingBy, decideRequest } from '../../src/payments/index.ts'
import { requestCommandsOf } from '../../src/payments/request-commands.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { type ClosingFacts, refuseClosing } from '../../src/registry/domain/closing.ts'
import { type ReopeningFacts, refuseReopening } from '../../src/registry/domain/reopening.ts'
import { endMemberships, paymentCode, registerMemberships, reportDeath, takeBackDeath, takeBackEnds } from '../../src/registry/index.ts'

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
    unbilled: null,
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
    ['witnesses-missing', { ground: 'address-lost', papers: ['visit-report'], witnesses: ['Budi S.', ' budi  s'] }],
    ['ok', { ground: 'address-lost', papers: ['visit-report'], witnesses: ['Budi', 'Sari'] }],
    ['members-left', { members: 1, unbilled: '2026-09' as Month }],
    ['month-unbilled', { unbilled: '2026-09' as Month, money: 1n }],
    ['money-left', { money: 1n }],
    ['ok', {}],
  ]
  for (const [refused, facts, today = '2026-10-02'] of table)
    expect(
      refuseClosing(law, today as Day, { ...good, ...facts })?.code ?? 'ok',
      JSON.stringify([refused, facts.ground, facts.papers]),
    ).toBe(refused)
})

test('why a closed employer is not opened again, in this order', () => {
  const good: ReopeningFacts = {
    payerId: 7n,
    employer: true,
    closedOn: '2023-01-31' as Day,
    reopenedOn: null,
    ground: 'money-left',
    money: 3_400_000n,
  }
  const table: [string, Partial<ReopeningFacts>, string?][] = [
    ['no-source', {}, '2015-06-30'],
    ['payer-unknown', { employer: null }],
    ['payer-unknown', { employer: false, closedOn: null }],
    ['not-closed', { closedOn: null, ground: 'tired' }],
    ['open-already', { reopenedOn: '2023-03-01' as Day, ground: 'tired' }],
    ['ground-not-allowed', { ground: 'tired', money: 0n }],
    ['no-money-left', { money: 0n }],
    ['ok', { ground: 'last-month-wrong', money: 0n }],
    ['ok', {}],
  ]
  for (const [refused, facts, today = '2026-10-02'] of table)
    expect(refuseReopening(law, today as Day, { ...good, ...facts })?.code ?? 'ok', JSON.stringify([refused, facts.ground])).toBe(refused)
})

type Answer<Value> = { ok: true; value: Value } | { ok: false; refusal: { code: string; rule: string } }
const code = (result: Answer<unknown>): string => (result.ok ? 'ok' : result.refusal.code)
const attempt = <Value>(work: (tx: Tx) => Promise<Answer<Value>>, key?: string): Promise<Answer<Value>> =>
  inTransaction(scheme.platform, { role: 'run', actor: systemActor }, { name: 'test', input: null, ...(key ? { key } : {}) }, work as never)

/** Issues September for a payer; gives what it owes. */
async function issue(payerId: bigint): Promise<bigint> {
  const issued = await attempt((tx) => issueBills(tx, scheme.law, '2026-09' as Month, [payerId]))
  if (!issued.ok) throw new Error(issued.refusal.rule)
  return issued.value.total
}

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
  // Whoever left on the 10th is owed for September.
  expect(code(await ask())).toBe('month-unbilled')
  const owed = await issue(payerId)
  const request = await ask()
  if (!request.ok) throw new Error(request.refusal.rule)
  await scheme.pay([
    { channel: 'bank', day: '2026-09-20', externalId: 'late', code: paymentCode(payerId), amount: String(3_400_000n + owed) },
  ])
  const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
  const decide = (requestId: bigint, key: string) =>
    attempt((tx) => decideRequest(tx, scheme.law, recording, { requestId, decision: 'approved', why: 'checked', decider }), key)
  // Money came in between: it must have a place first (page 39).
  expect(code(await decide(request.value.requestId, 'first'))).toBe('money-left')
  const detail = { bank: 'BRI', account: '1', holder: 'PT', offset_refused_on: '2026-09-20' }
  await tellOffset(scheme, payerId, '2026-09-20')
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

test('opened again by the regional office for what was left, and closed again; each closing stays', async () => {
  const { organisationId, payerId } = await scheme.organisation({ kind: 'employer' })
  const [worker, mistaken] = await scheme.persons(2)
  const memberNumber = worker?.memberNumber ?? ''
  const dead = mistaken?.memberNumber ?? ''
  const row = { memberNumber, segment: 'PU', organisationId, base: '5000000', from: '2026-09-20' }
  await scheme.memberships([row, { ...row, memberNumber: dead }])
  const end = (lastDay: string) =>
    scheme.run((tx) => endMemberships(tx, scheme.law.pack, [{ memberNumber, ordinal: 1, lastDay, reason: 'closed' }]))
  const comeBack = async (): Promise<string> =>
    (await scheme.run((tx) => takeBackEnds(tx, scheme.law.pack, [{ memberNumber, ordinal: 1, reason: 'wrong month' }])))[0]?.refusal
      ?.code ?? 'ok'
  await end('2026-09-20')
  scheme.at('2026-09-21')
  expect(
    code(await attempt((tx) => reportDeath(tx, scheme.law.pack, { memberNumber: dead, diedOn: '2026-09-20', evidence: 'Certificate 7' }))),
  ).toBe('ok')

  const recording = { pack: scheme.law.pack, billing: billingBy(scheme.law) }
  const ask = (asked: Pick<AskedRequest, 'kind' | 'ground'> & Partial<AskedRequest>) =>
    attempt((tx) => askRequest(tx, scheme.law, recording, { payerId, evidence: 'Letter 9', ...asked }))
  const asked = async (request: Parameters<typeof ask>[0]): Promise<bigint> => {
    const done = await ask(request)
    if (!done.ok) throw new Error(done.refusal.rule)
    return done.value.requestId
  }
  // The demonstration has a head office and branches; this land has a regional office between them.
  await scheme.admin.query(`insert into registry.office (office_id, kind, name, parent_id) values (900, 'regional', 'Test', 1)`)
  await scheme.admin.query('update registry.office set parent_id = 900 where office_id = 2')
  const { rows } = await scheme.admin.query<{ branch: number }>(
    `select min(office_id) as branch from registry.office where kind = 'branch'`,
  )
  const [branch, regional] = [BigInt(rows[0]?.branch ?? 0), 900n]
  const decide = async (requestId: bigint, officeId = regional, key?: string) =>
    code(
      await attempt(
        (tx) =>
          decideRequest(tx, scheme.law, recording, {
            requestId,
            decision: 'approved',
            why: 'checked',
            decider: { actorId: 90n, kind: 'staff', role: 'administrator', officeId },
          }),
        key,
      ),
    )
  const closing = { kind: 'closing', ground: 'idle', detail: { papers: 'employer-letter, nil-tax-return' } } as const
  const reopening = { kind: 'reopening', ground: 'money-left' } as const
  const refund = {
    kind: 'refund',
    ground: 'offset-refused',
    amount: 3_400_000n,
    detail: { bank: 'BRI', account: '1', holder: 'PT', offset_refused_on: '2026-09-21' },
  } as const

  const owed = await issue(payerId)
  await scheme.pay([{ channel: 'bank', day: '2026-09-21', externalId: 'month', code: paymentCode(payerId), amount: String(owed) }])
  expect(code(await ask(reopening))).toBe('not-closed')
  expect(await decide(await asked(closing))).toBe('ok')
  expect([await comeBack(), code(await ask(reopening)), code(await ask({ ...reopening, evidence: ' ' }))]).toEqual([
    'payer-closed',
    'no-money-left',
    'field-missing',
  ])
  // Who did not die lives, and works for nobody who is closed.
  expect(await attempt((tx) => takeBackDeath(tx, scheme.law.pack, dead, 'somebody else'))).toMatchObject({ ok: true, value: 0 })
  // The handbook's example: 3,400,000 were left.
  await scheme.pay([{ channel: 'bank', day: '2026-09-21', externalId: 'left', code: paymentCode(payerId), amount: '3400000' }])
  await tellOffset(scheme, payerId, '2026-09-21')
  expect(code(await ask(refund))).toBe('payer-closed')
  const opened = await asked(reopening)
  const command = commandOn(scheme.platform, requestCommandsOf(scheme.law))
  const said = async (...line: string[]) => {
    const done = await command('requests', ...line)
    return done.ok ? done.value.lines.join('\n') : done.refusal.code
  }
  expect(await said('reopen', String(payerId), '--ground', 'money-left', '--evidence', 'Letter 9')).toBe('already-asked')
  expect(await said('reopened')).toBe('every employer that was opened again is closed')
  expect([await decide(opened, branch), await decide(opened, regional, 'once'), await decide(opened, regional, 'once')]).toEqual([
    'level-too-low',
    'ok',
    'ok',
  ])
  expect([await comeBack(), code(await ask(reopening)), code(await ask(closing))]).toEqual(['ok', 'open-already', 'members-left'])
  await end('2026-09-20')
  expect(code(await ask(closing))).toBe('money-left')
  expect(await said('reopened')).toMatch(new RegExp(`${payerId} .* money-left .* 3400000`))
  expect(await decide(await asked(refund))).toBe('ok')
  expect(await decide(await asked(closing))).toBe('ok')
  expect(await said('reopened')).toBe('every employer that was opened again is closed')
  expect([code(await ask(closing)), await comeBack()]).toEqual(['closed-already', 'payer-closed'])
  expect(
    (
      await scheme.admin.query(
        'select nth, c.ground, r.ground as again from registry.closing c left join registry.reopening r using (payer_id, nth) where payer_id = $1 order by nth',
        [payerId],
      )
    ).rows,
  ).toEqual([
    { nth: 1, ground: 'idle', again: 'money-left' },
    { nth: 2, ground: 'idle', again: null },
  ])
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})
