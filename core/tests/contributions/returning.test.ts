// A leaver who never left, and a self-payer who stopped: what is billed again, what is told to be corrected, and what a lapsed
// membership is called. Grace and end states: PP 44/2015 art 39, 42; Perdir 22/2022.
import type { Day, Month, Result } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { actorLike } from '../../../tests/database.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import {
  approveCorrection,
  checkControl,
  closeMonth,
  type MonthsMissed,
  openMonth,
  proposeCorrection,
  roomWith,
  runMonth,
  showCover,
} from '../../src/contributions/index.ts'
import { issuedMonth } from '../../src/contributions/store/corrections.ts'
import { noteClaim } from '../../src/contributions/use-cases/note-claim.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { endMemberships, mergePersons, paymentCode, takeBackEnds } from '../../src/registry/index.ts'

let scheme: TestScheme
let firm: { organisationId: bigint; payerId: bigint }
let missed: MonthsMissed = []
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-04-01')
  firm = await scheme.organisation({ kind: 'employer', facts: { employer_size: 'large', risk_class: 'I' } })
  scheme.platform.subscribers.on('months-missed', async (_tx, event) => {
    missed = event.detail as MonthsMissed
  })
})
afterAll(() => scheme.close())

const open = (month: string) => scheme.run((tx) => openMonth(tx, scheme.law, month as Month))
async function run(month: string, last: string): Promise<void> {
  scheme.at(last)
  const done = await runMonth(scheme.platform, scheme.law, month as Month, { actor: systemActor })
  if (!done.ok) throw new Error(done.refusal.rule)
}
async function close(month: string, day: string): Promise<void> {
  scheme.at(day)
  const closed = await scheme.run((tx) => closeMonth(tx, scheme.law, month as Month))
  if (!closed.ok) throw new Error(closed.refusal.rule)
}
const monthsOf = async (personId: bigint): Promise<number[]> =>
  (
    await scheme.admin.query<{ month: number }>('select month from contributions.contribution where person_id = $1 order by month', [
      personId,
    ])
  ).rows.map(({ month }) => (month % 12) + 1)

it('a leaver who never left is billed again, and the months that were closed without him are told', async () => {
  const [worker, other] = await scheme.persons(2)
  if (!worker || !other) throw new Error('no persons')
  await scheme.memberships(
    [worker, other].map(({ memberNumber }) => ({
      memberNumber,
      segment: 'PU',
      organisationId: firm.organisationId,
      base: '5000000',
      from: '2026-04-01',
    })),
  )
  await open('2026-04')
  await run('2026-04', '2026-04-30')
  const ended = await scheme.run((tx) =>
    endMemberships(tx, scheme.law.pack, [{ memberNumber: worker.memberNumber, ordinal: 1, lastDay: '2026-05-10', reason: 'left' }]),
  )
  expect(ended[0]?.refusal).toBeNull()
  for (const [month, first, last] of [
    ['2026-05', '2026-05-01', '2026-05-31'],
    ['2026-06', '2026-06-01', '2026-06-30'],
    ['2026-07', '2026-07-01', '2026-07-31'],
  ] as const) {
    scheme.at(first)
    await open(month)
    await run(month, last)
  }
  // The month of leaving is owed whole.
  expect(await monthsOf(worker.personId)).toEqual([4, 5])
  await close('2026-06', '2026-07-20')
  scheme.at('2026-08-03')
  await open('2026-08')
  const back = await scheme.run((tx) =>
    takeBackEnds(tx, scheme.law.pack, [{ memberNumber: worker.memberNumber, ordinal: 1, reason: 'another worker of that name' }]),
  )
  expect(back[0]?.refusal).toBeNull()
  expect(missed).toEqual([{ personId: worker.personId, ordinal: 1, payerId: firm.payerId, month: '2026-06' }])
  // July is billed and still open: a job brings it in on a second bill, once however often it runs. August is as for everybody.
  const { rows: jobs } = await scheme.admin.query<{ payload: { month: string } }>(
    `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'issue-bill'`,
  )
  expect(jobs).toEqual([{ payload: { month: '2026-07', payerId: firm.payerId.toString() } }])
  const task = roomWith(scheme.law).tasks?.find(({ name }) => name === 'issue-bill')
  for (const { payload } of [...jobs, ...jobs]) await task?.run(scheme.platform, payload)
  await run('2026-08', '2026-08-31')
  expect(await monthsOf(worker.personId)).toEqual([4, 5, 7, 8])
  expect(await monthsOf(other.personId)).toEqual([4, 5, 6, 7, 8])
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})

it('the only worker of an employer, who never left, is billed again though the employer was sent no bill meanwhile', async () => {
  const small = await scheme.organisation({ kind: 'employer', facts: { employer_size: 'large', risk_class: 'I' } })
  const [worker] = await scheme.persons(1)
  const memberNumber = worker?.memberNumber ?? ''
  scheme.at('2026-09-01')
  await scheme.memberships([{ memberNumber, segment: 'PU', organisationId: small.organisationId, base: '5000000', from: '2026-09-01' }])
  await open('2026-09')
  await run('2026-09', '2026-09-30')
  await scheme.run((tx) => endMemberships(tx, scheme.law.pack, [{ memberNumber, ordinal: 1, lastDay: '2026-09-30', reason: 'left' }]))
  for (const month of ['2026-10', '2026-11']) {
    scheme.at(`${month}-01`)
    await open(month)
    await run(month, `${month}-30`)
  }
  await close('2026-10', '2026-12-01')
  missed = []
  await scheme.run((tx) => takeBackEnds(tx, scheme.law.pack, [{ memberNumber, ordinal: 1, reason: 'told wrongly' }]))
  expect(missed).toEqual([{ personId: worker?.personId, ordinal: 1, payerId: small.payerId, month: '2026-10' }])
  const { rows: jobs } = await scheme.admin.query<{ payload: { month: string } }>(
    `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = 'issue-bill' and j.payload ->> 'payerId' = $1`,
    [small.payerId.toString()],
  )
  expect(jobs.map(({ payload }) => payload.month)).toEqual(['2026-11'])
  const task = roomWith(scheme.law).tasks?.find(({ name }) => name === 'issue-bill')
  for (const { payload } of [...jobs, ...jobs]) await task?.run(scheme.platform, payload)
  const evidence = { digest: 'a'.repeat(64), description: 'letter' }
  const rows = [{ memberNumber, base: '5000000' }]
  const asked = { payerId: small.payerId, month: '2026-10' as Month, kind: 'deactivation', rows, reason: 'never left', evidence } as const
  const as = <Value>(actorId: bigint, work: (tx: Tx) => Promise<Result<Value>>) =>
    inTransaction(
      scheme.platform,
      { role: 'run', actor: actorLike({ actorId, officeId: 1n, role: 'administrator' }) },
      { name: 'test', input: null },
      work,
    )
  const proposed = await as(11n, (tx) => proposeCorrection(tx, scheme.law, asked))
  if (!proposed.ok) throw new Error(proposed.refusal.rule)
  // Accident class I 0.24 %, death 0.30 %, savings 5.7 %, pension 3 %.
  const approved = await as(12n, (tx) => approveCorrection(tx, scheme.law, { id: proposed.value, seen: 462_000n, why: 'seen' }))
  expect(approved).toMatchObject({ ok: true, value: { total: 462_000n, done: false } })
  // Once it is paid, the month is one that was paid.
  const issued = () => scheme.run((tx) => issuedMonth(tx, small.payerId, '2026-10' as Month))
  expect(await issued()).toEqual({ issued_on: '2026-12-01', posted: false })
  const paid = {
    channel: 'counter',
    day: '2026-12-01',
    externalId: 'all of it',
    code: paymentCode(small.payerId),
    amount: '9999999',
  } as const
  await scheme.pay([paid])
  expect(await issued()).toEqual({ issued_on: '2026-12-01', posted: true })
  expect(await monthsOf(worker?.personId ?? 0n)).toEqual([9, 10, 11])
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})

it('a self-payer who stopped is ended, or inactive after a claim of savings; a payment begins anew without the old months', async () => {
  scheme.at('2026-04-10')
  const [one, other, bearer] = await scheme.persons(3)
  if (!one || !other || !bearer) throw new Error('no persons')
  await scheme.memberships(
    [one, other].map(({ memberNumber }) => ({
      memberNumber,
      segment: 'BPU',
      base: '1000000',
      facts: { occupation: 'fisher' },
      from: '2026-04-01',
    })),
  )
  const { rows } = await scheme.admin.query<{ person_id: bigint; payer_id: bigint }>(
    'select person_id, payer_id from contributions.membership_fact where person_id = any ($1::bigint[])',
    [[one.personId, other.personId]],
  )
  const payerOf = (personId: bigint) => rows.find((row) => row.person_id === personId)?.payer_id ?? 0n
  const pays = (personId: bigint, day: string) =>
    scheme.pay([{ channel: 'counter', day, externalId: `${personId} ${day}`, code: paymentCode(payerOf(personId)), amount: '8400' }])
  for (const { personId } of [one, other]) await pays(personId, '2026-04-10')
  scheme.at('2026-04-20')
  const claims = { claimedOn: '2026-04-20', evidence: 'order 7' }
  // It is noted of who bears the number that this one was merged into.
  const merge = { alias: other.memberNumber, into: bearer.memberNumber, reason: 'one card', consent: 'at the desk' }
  expect(await scheme.run((tx) => mergePersons(tx, scheme.law.pack, merge))).toMatchObject({ ok: true })
  await scheme.run((tx) => noteClaim(tx, scheme.law, { ...claims, personId: bearer.personId, programme: 'JHT' }))
  // A claim of another programme says nothing of savings.
  await scheme.run((tx) => noteClaim(tx, scheme.law, { ...claims, personId: one.personId, programme: 'JKK' }))
  const standing = async (personId: bigint, day: string) =>
    (await scheme.run((tx) => showCover(tx, scheme.law, [personId], day as Day)))[0]?.standing
  scheme.at('2026-08-03')
  expect(await standing(one.personId, '2026-07-31')).toBeNull()
  expect(await standing(one.personId, '2026-08-01')).toBe('ended')
  expect(await standing(other.personId, '2026-08-01')).toBe('inactive')
  await pays(one.personId, '2026-08-03')
  const [after] = await scheme.run((tx) => showCover(tx, scheme.law, [one.personId], '2026-08-03' as Day))
  expect(after).toMatchObject({
    standing: null,
    periods: [
      { openedOn: '2026-04-10', openedBy: 'first-payment', fromMonth: '2026-04' },
      { openedOn: '2026-08-03', openedBy: 're-entry', fromMonth: '2026-08' },
    ],
  })
  expect(await monthsOf(one.personId)).toEqual([4, 8])
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})

it.each`
  programme | claimedOn       | evidence | code
  ${'JH'}   | ${'soon'}       | ${''}    | ${'programme-unknown'}
  ${'JHT'}  | ${'soon'}       | ${''}    | ${'wrong-day'}
  ${'JHT'}  | ${'2027-01-01'} | ${''}    | ${'wrong-day'}
  ${'JHT'}  | ${'2026-04-20'} | ${' '}   | ${'evidence-missing'}
  ${'JHT'}  | ${'2026-04-20'} | ${'7'}   | ${null}
  ${'JHT'}  | ${'2026-04-20'} | ${'7'}   | ${'claim-known'}
  ${'JKM'}  | ${'2026-04-20'} | ${'7'}   | ${null}
`('a claim of $programme on $claimedOn by "$evidence" is answered with $code', async ({ programme, claimedOn, evidence, code }) => {
  const done = await scheme.run((tx) => noteClaim(tx, scheme.law, { personId: 1n, programme, claimedOn, evidence }))
  expect(done.ok ? null : done.refusal.code).toBe(code)
})
