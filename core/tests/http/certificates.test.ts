// Anybody who holds a certificate's number may ask whether it is genuine and in force: of a project its name, payer and days, of a contract
// that a person makes for himself neither; of what never was paid nothing. Money that goes back ends it, in the same transaction.
import type { PublicCertificate } from '@payung/api'
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { amendContract, checkControl, openMonth, registerContracts, reportWorkers, showCover } from '../../src/contributions/index.ts'
import { askRequest, billingBy, decideRequest } from '../../src/payments/index.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'
import { type Served, serve } from './served.ts'

let served: Served
let builder = { organisationId: 0n, payerId: 0n }
const contracts: Record<string, bigint> = {}

/** A number as it is printed, worked out here by itself. */
const numberOf = (contract: bigint): string => `${contract / 1_048_576n}-${contract % 1_048_576n}`
const numbers = (who: string): string =>
  ({ nobody: '987654321-524288', instalment: numberOf((contracts.paid ?? 0n) + 1n), typo: '12345' })[who] ?? numberOf(contracts[who] ?? 0n)
const ask = async (typed: string): Promise<PublicCertificate> => {
  const { status, body } = await served.get<PublicCertificate>(null, `/v1/public/certificates/${encodeURIComponent(typed)}`)
  expect(status).toBe(200)
  return body
}

type Answer<Value> = { ok: true; value: Value } | { ok: false; refusal: { code: string } }
async function value<Value>(work: (tx: Tx) => Promise<Answer<Value>>): Promise<Value> {
  const done = (await inTransaction(
    served.platform,
    { role: 'run', actor: systemActor },
    { name: 'test', input: null },
    work as never,
  )) as Answer<Value>
  if (!done.ok) throw new Error(done.refusal.code)
  return done.value
}
async function contract(name: string, given: { payerId: bigint; segment?: string; from?: string; facts?: Record<string, string> }) {
  const { from = '2026-10-01', segment = 'JAKON', facts = { contract_value: '180000000' }, payerId } = given
  const row = { payerId, segment, name, from: from as Day, until: '2027-06-01' as Day, facts, members: [] }
  const instalments = name === 'paid' ? { instalments: ['2027-01-15', '2027-04-15'] } : {}
  const [made] = await value((tx) => registerContracts(tx, served.law, [{ ...row, ...instalments }]))
  contracts[name] = made?.contractId ?? 0n
}
async function pay(payerId: bigint, amount: bigint, day: string): Promise<bigint> {
  served.at(day)
  const [outcome] = await served.pay([
    { channel: 'bank', day, externalId: `${payerId} ${day}`, code: paymentCode(payerId), amount: `${amount}` },
  ])
  return outcome?.paymentId ?? 0n
}
async function recall(paymentId: bigint): Promise<void> {
  const recording = { pack: served.law.pack, billing: billingBy(served.law) }
  const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
  const asked = { kind: 'reversal', paymentId, ground: 'recall', evidence: 'Letter of the bank' } as const
  const { requestId } = await value((tx) => askRequest(tx, served.law, recording, asked))
  await value((tx) => decideRequest(tx, served.law, recording, { requestId, decision: 'approved', why: 'checked', decider }))
}

beforeAll(async () => {
  served = await serve('2026-10-01')
  await served.run((tx) => openMonth(tx, served.law, '2026-10' as Month))
  builder = await served.organisation({ kind: 'employer' })
  const rival = await served.organisation({ kind: 'employer' })
  const later = await served.organisation({ kind: 'employer' })
  const [traveller] = await served.persons(1)
  await served.memberships([{ memberNumber: traveller?.memberNumber ?? '', from: '2026-10-01', segment: 'PMI' }])
  const { rows } = await served.admin.query<{ payer_id: bigint }>('select payer_id from registry.payer where person_id = $1', [
    traveller?.personId,
  ])
  const own = rows[0]?.payer_id ?? 0n
  await contract('paid', builder)
  await contract('unpaid', rival)
  await contract('ahead', { ...later, from: '2026-12-01' })
  await contract('abroad', { payerId: own, segment: 'PMI', facts: { months: '8' } })
  await pay(later.payerId, 392_000n, '2026-10-02')
  await pay(own, 1_000_000n, '2026-10-02')
})
afterAll(() => served.close())

it('that is paid says which project, for which days, against what, and who pays; never a worker or an amount', async () => {
  await pay(builder.payerId, 196_000n, '2026-10-05')
  const told = await ask(numbers('paid'))
  expect(told).toEqual({
    on: '2026-10-05',
    answer: 'in force',
    number: numbers('paid'),
    name: 'paid',
    payer: expect.stringMatching(/\S/),
    segment: 'JAKON',
    from: '2026-10-01',
    lastDay: '2027-05-31',
    programmes: ['JKK', 'JKM'],
    paidOn: '2026-10-05',
    revokedOn: null,
    addenda: 0,
    amendedOn: null,
  })
  expect(await ask(` ${numbers('paid').replace('-', ' – ')} `)).toEqual(told)
})

it.each`
  who             | answer               | name       | paidOn
  ${'ahead'}      | ${'not begun'}       | ${'ahead'} | ${'2026-10-02'}
  ${'abroad'}     | ${'in force'}        | ${null}    | ${'2026-10-02'}
  ${'unpaid'}     | ${'unknown number'}  | ${null}    | ${null}
  ${'instalment'} | ${'unknown number'}  | ${null}    | ${null}
  ${'nobody'}     | ${'unknown number'}  | ${null}    | ${null}
  ${'typo'}       | ${'mistyped number'} | ${null}    | ${null}
`('of $who: $answer', async ({ who, ...told }: { who: string; name: string | null }) => {
  const found = await ask(numbers(who))
  expect(found).toMatchObject(told)
  expect(found.payer === null).toBe(told.name === null)
})

it('is in force no more when its first payment goes back, covers nobody, and is in force again from the next one', async () => {
  const [worker] = await served.persons(1)
  await served.memberships([
    { memberNumber: worker?.memberNumber ?? '', from: '2026-10-01', segment: 'JAKON', organisationId: builder.organisationId },
  ])
  const personId = worker?.personId ?? 0n
  await value((tx) => reportWorkers(tx, served.law, contracts.paid ?? 0n, [{ personId, ordinal: 1, from: '2026-10-05' }]))
  const states = async (on: string): Promise<string[]> =>
    (await served.run((tx) => showCover(tx, served.law, [personId], on as Day))).flatMap(({ programmes }) =>
      programmes.map(({ state }) => state),
    )
  expect(await states('2026-10-10')).toEqual(['covered', 'covered'])
  const { rows } = await served.admin.query<{ payment_id: bigint }>('select max(payment_id) as payment_id from payments.payment')
  served.at('2026-10-10')
  await recall(rows[0]?.payment_id ?? 0n)
  expect(await ask(numbers('paid'))).toMatchObject({ answer: 'revoked', name: 'paid', paidOn: null, revokedOn: '2026-10-10' })
  expect(await states('2026-10-10')).toEqual(['not covered', 'not covered'])
  await pay(builder.payerId, 196_000n, '2026-10-12')
  expect(await ask(numbers('paid'))).toMatchObject({ answer: 'in force', paidOn: '2026-10-12', revokedOn: null })
  expect(await states('2026-10-12')).toEqual(['covered', 'covered'])
})

it('shows the terms of its last addendum, and that its days are over', async () => {
  await value((tx) => amendContract(tx, served.law, { contractId: contracts.paid ?? 0n, until: '2027-07-01', reason: 'Addendum' }))
  expect(await ask(numbers('paid'))).toMatchObject({ lastDay: '2027-06-30', addenda: 1, amendedOn: '2026-10-12' })
  served.at('2027-06-30')
  expect((await ask(numbers('paid'))).answer).toBe('in force')
  served.at('2027-07-01')
  expect((await ask(numbers('paid'))).answer).toBe('ended')
  expect(await served.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})
