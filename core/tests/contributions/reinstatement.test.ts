// A regency pays to June, nothing for three months, and in October wants to pay July to October (the handbook's own example, Perdir
// 22/2022). Without reinstatement the payment opens a new period from October; with it the period goes on from July. And: who is
// warned before it comes to that, who may decide, and what is refused. Public money gets no relief (PP 50/2025): 16,800 a month.
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandOn } from '../../../tests/command.ts'
import { actorLike } from '../../../tests/database.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { refuseOpening, type Verdict } from '../../src/contributions/domain/reinstatement.ts'
import {
  checkControl,
  decideReinstatement,
  ensureTariff,
  openMonth,
  openReinstatement,
  publicCover,
  roomWith,
  showCover,
  warnLatePayers,
} from '../../src/contributions/index.ts'
import { inTransaction, readAs } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'

type Regency = { payerId: bigint; members: { personId: bigint; memberNumber: string }[] }
let scheme: TestScheme
let [late, plain, third] = [{} as Regency, {} as Regency, {} as Regency]
const offices = { none: 0n, branch: 0n, regional: 0n, head: 1n }
let external = 0

const pays = async ({ payerId }: Regency, amount: number, day: string) => {
  scheme.at(day)
  const row = { channel: 'bank', day, externalId: `r${++external}`, code: paymentCode(payerId), amount: String(amount) }
  const [outcome] = await scheme.pay([row])
  return { paid: outcome?.settled.map(({ month, amount: each }) => `${month} ${each}`), credit: outcome?.credit }
}
async function regency(count: number): Promise<Regency> {
  const { payerId } = await scheme.organisation({ kind: 'APBD', fundingCode: 'SG' })
  const members = await scheme.persons(count)
  await scheme.memberships(
    members.map(({ memberNumber }) => ({
      memberNumber,
      segment: 'BPU',
      base: '1000000',
      facts: { occupation: 'fisher' },
      from: '2026-05-01',
      payerId,
    })),
  )
  return { payerId, members }
}
const warned: string[] = []
async function day(text: string): Promise<void> {
  scheme.at(text)
  for (const { payerId, unpaid, coveredUntil, members, amount } of await scheme.run((tx) => warnLatePayers(tx, scheme.law)))
    if (payerId === late.payerId) warned.push(`${text}: ${unpaid} unpaid, ${members} people, ${amount}, covered until ${coveredUntil}`)
}

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-05-01')
  // The demonstration has a head office and branches; this land has a regional office between them.
  const { rows } = await scheme.admin.query<{ branch: number; regional: number }>(
    `with made as (insert into registry.office (office_id, kind, name, parent_id) values (900, 'regional', 'Test', 1) returning office_id)
     select (select min(office_id) from registry.office where kind = 'branch') as branch, office_id as regional from made`,
  )
  offices.branch = BigInt(rows[0]?.branch ?? 0)
  offices.regional = BigInt(rows[0]?.regional ?? 0)
  await scheme.admin.query('update registry.office set parent_id = $1 where office_id = $2', [offices.regional, offices.branch])
  for (const month of ['2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11']) {
    await scheme.run((tx) => openMonth(tx, scheme.law, month as Month))
    await scheme.run((tx) => ensureTariff(tx, scheme.law, month as Month, null))
  }
  late = await regency(2)
  plain = await regency(1)
  third = await regency(1)
  for (const [each, people] of [
    [late, 2],
    [plain, 1],
    [third, 1],
  ] as const) {
    await pays(each, 16_800 * people, '2026-05-06')
    await pays(each, 16_800 * people, '2026-06-08')
  }
})
afterAll(() => scheme.close())

const as = (actorId: bigint, officeId: bigint) => ({ role: 'run', actor: actorLike({ actorId, officeId }) }) as const
const officer = { opener: 11n, branch: 12n, regional: 13n }
const open = (payerId: bigint, given: Partial<{ from: string; reason: string; evidence: string[] }> = {}) =>
  inTransaction(scheme.platform, as(officer.opener, offices.branch), { name: 'open', input: null }, (tx) =>
    openReinstatement(tx, scheme.law, {
      payerId,
      from: (given.from ?? '2026-07') as Month,
      reason: given.reason ?? 'the budget was released in October',
      evidence: given.evidence ?? ['release order 900/12 of 2026-10-02', 'letter of the regency'],
    }),
  )
const says = async (caseId: bigint, actorId: bigint, office: bigint, verdict: Verdict['verdict'], reason = 'papers are in order') => {
  const done = await inTransaction(scheme.platform, as(actorId, office), { name: 'decide', input: null }, (tx) =>
    decideReinstatement(tx, scheme.law, caseId, { verdict, reason }),
  )
  return done.ok ? done.value.state : done.refusal.code
}
const coverOf = async ({ members: [member] }: Regency, on: string) => {
  const [membership] = await scheme.run((tx) => showCover(tx, scheme.law, [member?.personId ?? 0n], on as Day))
  const programme = membership?.programmes.find(({ programme: code }) => code === 'JKK')
  return {
    told: `${programme?.state}, since ${programme?.since}, paid until ${programme?.paidUntil}`,
    periods: membership?.periods.map(({ openedOn, openedBy, fromMonth }) => `${openedOn} ${openedBy} from ${fromMonth}`),
    reinstated: membership?.reinstated,
  }
}
const strip = async ({ members: [member] }: Regency, on: string) => {
  const told = await readAs(scheme.platform, { role: 'public', actor: actorLike() }, (tx) =>
    publicCover(tx, scheme.law, member?.memberNumber ?? '', on as Day),
  )
  const months = told.memberships[0]?.months.filter(({ month }) => month >= '2026-06' && month <= '2026-11') ?? []
  return { since: told.since, months: months.map(({ month, state }) => `${month.slice(5)} ${state}`).join(', ') }
}

describe('who pays for others and is late', () => {
  it('is warned after the first, second and third unpaid month, once each, and not after the lapse', async () => {
    for (const text of ['2026-07-15', '2026-07-16', '2026-07-17', '2026-08-19', '2026-09-16', '2026-09-30', '2026-10-16']) await day(text)
    expect(warned).toEqual([
      '2026-07-16: 1 unpaid, 2 people, 33600, covered until 2026-09-30',
      '2026-08-19: 2 unpaid, 2 people, 33600, covered until 2026-09-30',
      '2026-09-16: 3 unpaid, 2 people, 33600, covered until 2026-09-30',
    ])
    const { rows } = await scheme.admin.query<{ payload: object }>(
      `select payload from platform.event where kind = 'late-payer-warned' and subject = $1 order by event_id`,
      [`payer:${late.payerId}`],
    )
    expect(rows[2]?.payload).toEqual({ paidMonth: '2026-06', unpaid: 3, members: 2, amount: '33600', coveredUntil: '2026-09-30' })
    const run = commandOn(scheme.platform, roomWith(scheme.law).commands ?? [])
    expect(await run('warnings', String(late.payerId))).toMatchObject({ value: { value: { length: 3 } } })
  })
})

describe('a payment in October', () => {
  it('without a case opens a new period from October, and the months between stay unpaid', async () => {
    expect(await pays(plain, 16_800, '2026-10-20')).toEqual({ paid: ['2026-10 16800'], credit: 0n })
    expect(await coverOf(plain, '2026-10-20')).toEqual({
      told: 'covered, since 2026-10-20, paid until 2026-10-31',
      periods: ['2026-05-06 first-payment from 2026-05', '2026-10-20 re-entry from 2026-10'],
      reinstated: [],
    })
    expect(await strip(plain, '2026-10-20')).toEqual({
      since: '2026-10-20',
      months: '06 paid, 07 outstanding, 08 outstanding, 09 outstanding, 10 paid, 11 future',
    })
  })

  it('waits while a case is undecided, and with it continues from July as the same period', async () => {
    scheme.at('2026-10-17')
    const opened = await open(late.payerId)
    if (!opened.ok) throw new Error(opened.refusal.rule)
    expect(await pays(late, 4 * 33_600, '2026-10-20')).toEqual({ paid: [], credit: 134_400n })
    expect((await coverOf(late, '2026-10-20')).told).toBe('not covered, since 2026-10-01, paid until 2026-06-30')
    scheme.at('2026-10-22')
    expect(await says(opened.value, officer.branch, offices.branch, 'approved')).toBe('open')
    // Where there is no regional office, the head office speaks for it.
    expect(await says(opened.value, officer.regional, offices.head, 'approved')).toBe('approved')
    expect(await coverOf(late, '2026-10-22')).toEqual({
      told: 'covered, since 2026-05-06, paid until 2026-10-31',
      periods: ['2026-05-06 first-payment from 2026-05'],
      reinstated: [{ from: '2026-07', through: '2026-10', decidedOn: '2026-10-22' }],
    })
    expect(await strip(late, '2026-10-22')).toEqual({
      since: '2026-05-06',
      months: '06 paid, 07 paid, 08 paid, 09 paid, 10 paid, 11 future',
    })
    // What was known on an earlier day stays what it was: nobody had paid then.
    expect((await coverOf(late, '2026-10-20')).told).toBe('not covered, since 2026-10-01, paid until 2026-06-30')
  })

  it('is told on the command line either way', async () => {
    const run = commandOn(scheme.platform, roomWith(scheme.law).commands ?? [])
    const lines = async ({ members: [member] }: Regency) => {
      const done = await run('cover', member?.memberNumber ?? '', '--on', '2026-10-31')
      return done.ok ? done.value.lines.filter((line) => line.startsWith('Membership')) : []
    }
    expect(await lines(plain)).toEqual([
      'Membership 1: cover opened on 2026-05-06 by first-payment, from the month 2026-05.',
      'Membership 1: cover opened on 2026-10-20 by re-entry, from the month 2026-10.',
    ])
    expect(await lines(late)).toEqual([
      'Membership 1: cover opened on 2026-05-06 by first-payment, from the month 2026-05.',
      'Membership 1: the months 2026-07 to 2026-10 were reinstated on 2026-10-22; the period before them goes on.',
    ])
  })

  it('never counts who was reinstated as a new member, and leaves the control at 0', async () => {
    const { rows } = await scheme.admin.query(
      `select count(*)::integer as periods from contributions.cover_period where person_id = any ($1::bigint[])`,
      [late.members.map(({ personId }) => personId)],
    )
    expect(rows).toEqual([{ periods: 2 }])
    expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
  })
})

describe('a refused case', () => {
  it('lets the money that waited open a new period', async () => {
    scheme.at('2026-10-23')
    const opened = await open(third.payerId)
    if (!opened.ok) throw new Error(opened.refusal.rule)
    await pays(third, 16_800, '2026-10-24')
    expect(await says(opened.value, officer.branch, offices.branch, 'refused', 'the budget was there in July')).toBe('refused')
    expect((await coverOf(third, '2026-10-24')).periods).toEqual([
      '2026-05-06 first-payment from 2026-05',
      '2026-10-24 re-entry from 2026-10',
    ])
    expect(await says(opened.value, officer.regional, offices.regional, 'approved')).toBe('case-decided')
  })
})

const rule = { payers: ['APBD'], levels: ['branch', 'regional'], warnIn: [1] }
it.each`
  kind         | reason  | evidence    | openCase | lapsed | code
  ${undefined} | ${''}   | ${[]}       | ${7n}    | ${0}   | ${'payer-unknown'}
  ${'self'}    | ${''}   | ${[]}       | ${7n}    | ${0}   | ${'reinstatement-not-for-payer'}
  ${'APBD'}    | ${' '}  | ${[]}       | ${7n}    | ${0}   | ${'reason-missing'}
  ${'APBD'}    | ${'so'} | ${['', '']} | ${7n}    | ${0}   | ${'evidence-missing'}
  ${'APBD'}    | ${'so'} | ${['a']}    | ${7n}    | ${0}   | ${'case-open'}
  ${'APBD'}    | ${'so'} | ${['a']}    | ${null}  | ${0}   | ${'nothing-lapsed'}
  ${'APBD'}    | ${'so'} | ${['a']}    | ${null}  | ${1}   | ${null}
`('opening a case by $kind, "$reason", $evidence with $lapsed lapsed is answered with $code', ({ code, reason, evidence, ...known }) => {
  const answered = refuseOpening(rule, { from: '2026-07' as Month, reason, evidence }, known)
  expect(answered.ok ? null : answered.refusal.code).toBe(code)
})

describe('verdicts', () => {
  let caseId = 0n
  beforeAll(async () => {
    const fourth = await regency(1)
    for (const month of ['05', '06']) {
      // As if it had been paid then: the clock of this test has gone on.
      scheme.at(`2026-${month}-10`)
      await pays(fourth, 16_800, `2026-${month}-10`)
    }
    scheme.at('2026-10-25')
    const opened = await open(fourth.payerId)
    if (!opened.ok) throw new Error(opened.refusal.rule)
    caseId = opened.value
    expect(await open(fourth.payerId)).toMatchObject({ ok: false, refusal: { code: 'case-open' } })
  })

  it.each`
    who           | office        | verdict        | reason   | answer
    ${'branch'}   | ${'regional'} | ${'approved'}  | ${''}    | ${'reason-missing'}
    ${'branch'}   | ${'branch'}   | ${'withdrawn'} | ${'why'} | ${'not-yours'}
    ${'regional'} | ${'none'}     | ${'approved'}  | ${'why'} | ${'payer-not-yours'}
    ${'opener'}   | ${'branch'}   | ${'approved'}  | ${'why'} | ${'second-person-needed'}
    ${'branch'}   | ${'branch'}   | ${'approved'}  | ${'why'} | ${'open'}
    ${'regional'} | ${'branch'}   | ${'approved'}  | ${'why'} | ${'wrong-level'}
    ${'branch'}   | ${'regional'} | ${'approved'}  | ${'why'} | ${'second-person-needed'}
    ${'opener'}   | ${'head'}     | ${'approved'}  | ${'why'} | ${'second-person-needed'}
    ${'opener'}   | ${'branch'}   | ${'withdrawn'} | ${'why'} | ${'withdrawn'}
    ${'regional'} | ${'head'}     | ${'approved'}  | ${'why'} | ${'case-decided'}
  `('$verdict by $who of a $office office is answered with $answer', async ({ who, office, verdict, reason, answer }) => {
    const actorId = officer[who as keyof typeof officer]
    expect(await says(caseId, actorId, offices[office as keyof typeof offices], verdict, reason)).toBe(answer)
  })

  it('about a case that nobody opened are refused', async () => {
    expect(await says(4711n, 12n, offices.branch, 'approved')).toBe('case-unknown')
  })
})
