// Corrections of a month that was issued: wrong wage, wages exchanged, wrong deactivation, wrong member. The shortage is paid first,
// what is too much is credit at once, two persons of the right level decide, and after every step the control's difference is 0.
import type { Day, Month, Result } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorLike } from '../../../tests/database.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import {
  approveCorrection,
  checkControl,
  closeMonth,
  openMonth,
  type ProposedCorrection,
  proposeCorrection,
  refuseCorrection,
  runMonth,
  splitBill,
  withdrawCorrection,
} from '../../src/contributions/index.ts'
import { showCorrection, showCorrections } from '../../src/contributions/use-cases/show-corrections.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { endMemberships, mergePersons, paymentCode, reportDeath } from '../../src/registry/index.ts'

const june = '2026-06' as Month
const digest = 'a'.repeat(64)
const officer = actorLike({ actorId: 11n, officeId: 2n })
const colleague = actorLike({ actorId: 12n, officeId: 2n })
const branchHead = actorLike({ actorId: 13n, officeId: 2n, role: 'administrator' })
const head = actorLike({ actorId: 14n, officeId: 1n })

let scheme: TestScheme
let firm: { organisationId: bigint; payerId: bigint }
let workers: { memberNumber: string; personId: bigint }[]

const as = <Value>(actor: typeof officer, work: (tx: Tx) => Promise<Result<Value>>): Promise<Result<Value>> =>
  inTransaction(scheme.platform, { role: 'run', actor }, { name: 'test', input: null }, work)
const number = (index: number): string => workers[index]?.memberNumber ?? ''
const given = (more: Partial<ProposedCorrection>): ProposedCorrection => ({
  payerId: firm.payerId,
  month: june,
  kind: 'wage',
  rows: [],
  reason: 'The wage was typed wrongly',
  evidence: { digest, description: 'Letter 12/VII of the employer' },
  ...more,
})
const propose = (more: Partial<ProposedCorrection>, by = officer) => as(by, (tx) => proposeCorrection(tx, scheme.law, given(more)))
const approve = (id: bigint, seen: bigint, by = head) => as(by, (tx) => approveCorrection(tx, scheme.law, { id, seen, why: 'seen' }))
const value = <Value>(result: Result<Value>): Value => {
  if (!result.ok) throw new Error(`${result.refusal.code}: ${result.refusal.rule}`)
  return result.value
}
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code)
const difference = async () => (await scheme.run((tx) => checkControl(tx, 'test', null))).difference
const pay = (amount: bigint, id: string, day: string) =>
  scheme.pay([{ channel: 'bank', day, externalId: id, code: paymentCode(firm.payerId), amount: amount.toString() }])
const rowsOf = async (index: number) =>
  (
    await scheme.admin.query<{ entry: number; base: bigint; total: bigint; paid: boolean }>(
      `select c.entry, c.base, c.employer + c.worker as total, b.paid_on is not null as paid from contributions.contribution c
       join contributions.bill b on b.payer_id = c.bill_id >> 20 and b.bill_id = c.bill_id where c.person_id = $1 and c.month = 2026 * 12 + 5 order by c.entry`,
      [workers[index]?.personId],
    )
  ).rows.map(({ entry, base, total, paid }) => [entry, base, total, paid])
const balance = async (account: string): Promise<bigint> => {
  const asked = 'select balance from ledger.payer_balance where payer_id = $1 and code = $2'
  return (await scheme.admin.query<{ balance: bigint }>(asked, [firm.payerId, account])).rows[0]?.balance ?? 0n
}
const credit = () => balance('credit')
const owed = async () => (await balance('receivable')) - (await credit())
const stateOf = async (id: bigint) =>
  (await scheme.admin.query<{ state: string }>('select state from contributions.correction where correction_id = $1', [id])).rows[0]?.state

async function month(text: string): Promise<void> {
  scheme.at(`${text}-28`)
  await scheme.run((tx) => openMonth(tx, scheme.law, text as Month))
  const done = await runMonth(scheme.platform, scheme.law, text as Month, { actor: systemActor })
  if (!done.ok) throw new Error(done.refusal.rule)
}

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-06-01')
  firm = await scheme.organisation({ kind: 'employer', facts: { employer_size: 'large', risk_class: 'III', active_workers: '80' } })
  workers = await scheme.persons(9)
  await scheme.memberships(
    workers.slice(0, 4).map(({ memberNumber }, index) => ({
      memberNumber,
      segment: 'PU',
      organisationId: firm.organisationId,
      base: String(5_000_000 + index * 1_000_000),
      from: '2026-06-01',
    })),
  )
  await scheme.run((tx) =>
    endMemberships(tx, scheme.law.pack, [{ memberNumber: number(3), ordinal: 1, lastDay: '2026-06-20', reason: 'left' }]),
  )
  await month('2026-06')
  const { rows } = await scheme.admin.query<{ total: bigint }>('select total from contributions.bill where payer_id = $1', [firm.payerId])
  scheme.at('2026-07-10')
  await pay(rows[0]?.total ?? 0n, 'June', '2026-07-10')
  scheme.at('2026-07-16')
  value(await as(systemActor, (tx) => closeMonth(tx, scheme.law, june)))
  expect(await difference()).toBe(0n)
})
afterAll(() => scheme.close())

/** JKK III 0.89 %, JKM 0.30 %, JHT 5.70 %, JP 3 %: 9.89 % of a wage below the ceilings. */
const share = (wage: bigint): bigint => (wage * 98_900n) / 1_000_000n

describe('a wage that was reported wrongly', () => {
  it.each`
    what                      | more                                                         | refused
    ${'a month without bill'} | ${{ month: '2026-05' }}                                      | ${'month-not-issued'}
    ${'no such month'}        | ${{ month: '2026-13' }}                                      | ${'not-a-month'}
    ${'no reason'}            | ${{ reason: ' ' }}                                           | ${'reason-missing'}
    ${'no paper'}             | ${{ evidence: { digest: 'abc', description: 'letter' } }}    | ${'evidence-missing'}
    ${'a paper without name'} | ${{ evidence: { digest: 'a'.repeat(64), description: '' } }} | ${'evidence-missing'}
    ${'nobody'}               | ${{ rows: [] }}                                              | ${'wrong-rows'}
    ${'no wage'}              | ${{ rows: [{ memberNumber: '0' }] }}                         | ${'wrong-rows'}
    ${'a wage in words'}      | ${{ rows: [{ memberNumber: '0', base: 'five' }] }}           | ${'wage-not-a-number'}
    ${'an unknown number'}    | ${{ rows: [{ memberNumber: '0', base: '1' }] }}              | ${'number-unknown'}
    ${'an unknown payer'}     | ${{ payerId: 999n }}                                         | ${'payer-unknown'}
  `('is not proposed with $what', async ({ more, refused }: { more: Partial<ProposedCorrection>; refused: string }) => {
    expect(code(await propose(more))).toBe(refused)
  })

  it('is not proposed for a stranger, nor for what stands already, nor twice at once', async () => {
    expect(code(await propose({ rows: [{ memberNumber: number(5), base: '1' }] }))).toBe('worker-unknown')
    expect(code(await propose({ rows: [{ memberNumber: number(0), base: '5000000' }] }))).toBe('same-wage')
    const id = value(await propose({ rows: [{ memberNumber: number(0), base: '6000000' }] }))
    expect(code(await propose({ rows: [{ memberNumber: number(0), base: '7000000' }] }))).toBe('correction-pending')
    expect(code(await as(colleague, (tx) => withdrawCorrection(tx, scheme.law, { id, why: 'no' })))).toBe('not-yours')
    expect(code(await as(officer, (tx) => withdrawCorrection(tx, scheme.law, { id, why: '' })))).toBe('reason-missing')
    expect(code(await as(officer, (tx) => withdrawCorrection(tx, scheme.law, { id, why: 'typed wrongly' })))).toBe('ok')
    expect(code(await approve(id, 0n))).toBe('correction-state')
  })

  it('is decided by another person of the right level, who has seen the difference', async () => {
    const id = value(await propose({ rows: [{ memberNumber: number(0), base: '6000000' }] }))
    expect(code(await approve(id, share(1_000_000n), officer))).toBe('same-person')
    // The bill was paid, in the month before: the pack asks for the regional office.
    expect(code(await approve(id, share(1_000_000n), colleague))).toBe('level-too-low')
    expect(code(await approve(id, share(1_000_000n), branchHead))).toBe('level-too-low')
    expect(code(await approve(id, 1n))).toBe('difference-changed')
    expect(code(await approve(999n, 1n))).toBe('correction-unknown')
    expect(code(await as(head, (tx) => refuseCorrection(tx, scheme.law, { id, why: 'no letter' })))).toBe('ok')
    expect(code(await as(head, (tx) => refuseCorrection(tx, scheme.law, { id, why: 'again' })))).toBe('correction-state')
  })

  it('with a shortage waits until that is paid; then it is done', async () => {
    const id = value(await propose({ rows: [{ memberNumber: number(0), base: '6000000' }] }))
    const approved = value(await approve(id, share(1_000_000n)))
    expect([approved.total, approved.done]).toEqual([share(1_000_000n), false])
    expect(await rowsOf(0)).toEqual([
      [0, 5_000_000n, share(5_000_000n), true],
      [1, 5_000_000n, share(5_000_000n), false],
      [2, 6_000_000n, share(6_000_000n), false],
    ])
    expect(await difference()).toBe(0n)
    expect(code(await propose({ rows: [{ memberNumber: number(0), base: '6500000' }] }))).toBe('correction-pending')
    await pay(share(1_000_000n), 'shortage', '2026-07-16')
    expect(await stateOf(id)).toBe('done')
    expect((await rowsOf(0)).map((row) => row[3])).toEqual([true, true, true])
    expect(await difference()).toBe(0n)
  })

  it('with too much becomes credit in the same moment, and names the entry that it replaces', async () => {
    const rows = [{ memberNumber: number(0), base: '5500000' }]
    expect(code(await propose({ rows }))).toBe('replaces-missing')
    expect(code(await propose({ rows: rows.map((row) => ({ ...row, replaces: 0 })) }))).toBe('corrected-in-between')
    const id = value(await propose({ rows: rows.map((row) => ({ ...row, replaces: 2 })) }))
    expect(value(await approve(id, -share(500_000n))).done).toBe(true)
    expect(await credit()).toBe(share(500_000n))
    expect((await rowsOf(0)).at(-1)).toEqual([4, 5_500_000n, share(5_500_000n), true])
    expect(await difference()).toBe(0n)
  })
})

describe('wages that were exchanged, and a wrong member', () => {
  it('two workers change places, and the sum stays', async () => {
    expect(code(await propose({ kind: 'swap', rows: [{ memberNumber: number(1) }] }))).toBe('wrong-rows')
    const id = value(await propose({ kind: 'swap', rows: [{ memberNumber: number(1) }, { memberNumber: number(2) }] }))
    expect(value(await approve(id, 0n)).done).toBe(true)
    expect((await rowsOf(1)).at(-1)?.[1]).toBe(7_000_000n)
    expect((await rowsOf(2)).at(-1)?.[1]).toBe(6_000_000n)
    expect(await difference()).toBe(0n)
  })

  it('what was paid for one worker is given to another of the same payer', async () => {
    await scheme.memberships([
      { memberNumber: number(4), segment: 'PU', organisationId: firm.organisationId, base: '4000000', from: '2026-06-01' },
    ])
    expect(code(await propose({ kind: 'member', rows: [{ memberNumber: number(4) }, { memberNumber: number(3) }] }))).toBe('nothing-stands')
    expect(code(await propose({ kind: 'member', rows: [{ memberNumber: number(3) }, { memberNumber: number(1) }] }))).toBe(
      'something-stands',
    )
    const id = value(await propose({ kind: 'member', rows: [{ memberNumber: number(3) }, { memberNumber: number(4) }] }))
    expect(value(await approve(id, 0n)).done).toBe(true)
    expect((await rowsOf(3)).map(([entry]) => entry)).toEqual([0, 1])
    expect(await rowsOf(4)).toEqual([[0, 8_000_000n, share(8_000_000n), true]])
    expect(await difference()).toBe(0n)
  })
})

it('a membership that was ended by mistake goes on when the month that it missed is paid', async () => {
  await month('2026-07')
  const july = '2026-07' as Month
  expect(code(await propose({ kind: 'deactivation', month: july, rows: [{ memberNumber: number(0), base: '5500000' }] }))).toBe(
    'something-stands',
  )
  const rows = [{ memberNumber: number(3), base: '8000000' }]
  const id = value(await propose({ kind: 'deactivation', month: july, rows, reason: 'Another of the same name had left' }))
  // The bill of July is not paid: the branch decides.
  expect(code(await approve(id, share(8_000_000n), colleague))).toBe('level-too-low')
  expect(value(await approve(id, share(8_000_000n), branchHead)).done).toBe(false)
  const covered = async () =>
    (
      await scheme.admin.query<{ state: string }>(`select distinct state from contributions.cover_on('2026-07-10', array[$1::bigint])`, [
        workers[3]?.personId,
      ])
    ).rows.map(({ state }) => state)
  expect(await covered()).toEqual([])
  await pay(await owed(), 'July and the shortage', '2026-07-28')
  expect(await stateOf(id)).toBe('done')
  expect(await covered()).toEqual(['covered'])
  const { rows: memberships } = await scheme.admin.query<{ until_day: Day | null }>(
    'select until_day from registry.membership where person_id = $1',
    [workers[3]?.personId],
  )
  expect(memberships).toEqual([{ until_day: null }])
  expect(await difference()).toBe(0n)
})

describe('a worker whose number was merged into another since', () => {
  const july = '2026-07' as Month
  const merge = async (alias: string, into: string) => {
    const asked = { alias, into, reason: 'one card', consent: 'at the desk' }
    value(await as(head, (tx) => mergePersons(tx, scheme.law.pack, asked)))
  }

  it('has his month corrected by whichever number names him', async () => {
    await merge(number(2), number(5))
    const first = value(await propose({ month: july, rows: [{ memberNumber: number(2), base: '7500000' }] }))
    value(await as(officer, (tx) => withdrawCorrection(tx, scheme.law, { id: first, why: 'typed wrongly' })))
    const id = value(await propose({ month: july, rows: [{ memberNumber: number(5), base: '7500000' }] }))
    const { rows } = await scheme.admin.query<{ base: bigint }>(
      `select base from contributions.contribution where person_id = $1 and month = 2026 * 12 + 6 order by entry desc limit 1`,
      [workers[2]?.personId],
    )
    expect(value(await approve(id, share(7_500_000n - (rows[0]?.base ?? 0n)))).billId >> 20n).toBe(firm.payerId)
    expect(await difference()).toBe(0n)
  })

  it('is taken to a bill of his own by either number; where rows stand under both, each number takes its own', async () => {
    await month('2026-08')
    await merge(number(0), number(1))
    const { rows } = await scheme.admin.query<{ bill_id: bigint }>(
      `select bill_id from contributions.bill where payer_id = $1 and month = 2026 * 12 + 7 and kind = 'month'`,
      [firm.payerId],
    )
    const asked = { payerId: firm.payerId, billId: rows[0]?.bill_id ?? 0n, reason: 'Only these can be paid for' }
    const named = [number(5), number(0)].map((memberNumber) => ({ memberNumber }))
    const done = value(await as(head, (tx) => splitBill(tx, scheme.law, { ...asked, workers: named })))
    expect(done.taken.map(({ personId }) => personId)).toEqual([workers[2]?.personId, workers[0]?.personId])
    expect(await difference()).toBe(0n)
  })

  it('goes on when he had been ended by mistake; where he cannot, that is told and kept', async () => {
    const leave = (index: number) => ({ memberNumber: number(index), ordinal: 1, lastDay: '2026-08-31', reason: 'left' })
    scheme.at('2026-08-30')
    const work = { segment: 'PU', organisationId: firm.organisationId, base: '4000000', from: '2026-06-01' }
    await scheme.memberships([6, 7].map((index) => ({ ...work, memberNumber: number(index) })))
    const ended = await scheme.run((tx) => endMemberships(tx, scheme.law.pack, [leave(6), leave(7)]))
    expect(ended.map(({ refusal }) => refusal)).toEqual([null, null])
    await month('2026-09')
    const september = '2026-09' as Month
    const rows = [6, 7].map((index) => ({ memberNumber: number(index), base: '4000000' }))
    const id = value(await propose({ kind: 'deactivation', month: september, rows }))
    await merge(number(6), number(8))
    const death = { memberNumber: number(7), diedOn: '2026-09-20', evidence: 'certificate 4' }
    value(await as(head, (tx) => reportDeath(tx, scheme.law.pack, death)))
    expect(value(await approve(id, share(8_000_000n))).done).toBe(false)
    await pay(await owed(), 'all that is owed', '2026-09-29')
    expect(await stateOf(id)).toBe('done')
    const until = 'select until_day from registry.membership where person_id = any ($1::bigint[]) order by person_id'
    const { rows: ends } = await scheme.admin.query<object>(until, [[workers[6]?.personId, workers[7]?.personId]])
    expect(ends).toEqual([{ until_day: null }, { until_day: '2026-09-01' }])
    const shown = value(await scheme.run((tx) => showCorrection(tx, id)))
    expect(shown.staysEnded).toEqual([expect.objectContaining({ memberNumber: number(7), ordinal: 1, code: 'person-died' })])
    // Whoever reads that has looked at him; a list that names nobody is no look.
    for (const state of ['proposed', 'done']) value(await scheme.run((tx) => showCorrections(tx, { state, limit: 9 })))
    const looks = `select view, coalesce(person_id, (detail -> 'persons' ->> 0)::bigint) as person from platform.access_trail where view ~ 'correction' order by at, view`
    const at = (view: string) => ({ view, person: workers[7]?.personId })
    expect((await scheme.admin.query<object>(looks)).rows).toEqual([at('correction'), at('corrections')])
    const told = await scheme.admin.query<object>(`select subject from platform.event where kind = 'membership-stays-ended'`)
    expect(told.rows).toEqual([{ subject: `correction:${id}` }])
    expect(await difference()).toBe(0n)
  })
})
