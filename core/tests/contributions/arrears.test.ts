// Arrears on the day of an event: a fact that can be recomputed. What was issued or paid later never changes the answer for a day, the
// answer is that of cover in the database, and the agency or the payer pays first by the law's grace of three months (PP 44/2015 art 38, 41).
import { addDays, addMonths, type Day, firstDay, lastDay, type Month, monthNumber } from '@payung/values'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandOn } from '../../../tests/command.ts'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { size } from '../../../tests/size.ts'
import { decideArrears, decideUnderReported } from '../../src/contributions/domain/arrears.ts'
import { billId, monthlyNumber } from '../../src/contributions/domain/bill-number.ts'
import { openMonth, publicCover, reopenBills, roomWith, showArrears } from '../../src/contributions/index.ts'
import { billedBy } from '../../src/contributions/store/arrears.ts'
import { readAs, systemActor } from '../../src/platform/index.ts'
import { mergePersons, paymentCode } from '../../src/registry/index.ts'

let scheme: TestScheme
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-09-01')
})
afterAll(() => scheme.close())

const on = '2026-08-20' as Day
type Bill = { readonly back: number; readonly k: number; readonly issued: number; readonly paid: number | null }
const bills: fc.Arbitrary<Bill[]> = fc.uniqueArray(
  fc.record({
    back: fc.integer({ min: -2, max: 9 }),
    k: fc.integer({ min: 0, max: 1 }),
    issued: fc.integer({ min: -60, max: 200 }),
    paid: fc.option(fc.integer({ min: -60, max: 150 }), { freq: 2 }),
  }),
  { maxLength: 12, selector: ({ back, k }) => back * 2 + k },
)

async function plant(payer: bigint, drawn: readonly Bill[]): Promise<void> {
  const rows = drawn.map(({ back, k, issued, paid }) => {
    const month = addMonths('2026-08' as Month, -back)
    return { month, k, issuedOn: addDays(on, -issued), paidOn: paid === null ? null : addDays(on, -paid) }
  })
  await scheme.admin.query(
    `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, made_on, issued_on, due, paid_on)
     select $1, b, m, case when k = 0 then 'month' else 'supplement' end, 'issued', 1000, i, i, d, p
     from unnest($2::bigint[], $3::smallint[], $4::integer[], $5::date[], $6::date[], $7::date[]) as n (b, m, k, i, d, p)
     on conflict (payer_id, bill_id) do update set paid_on = excluded.paid_on`,
    [
      payer,
      rows.map(({ month, k }) => billId(payer, monthlyNumber(month) + k)),
      rows.map(({ month }) => monthNumber(month)),
      rows.map(({ k }) => k),
      rows.map(({ issuedOn }) => issuedOn),
      rows.map(({ month }) => addDays(firstDay(addMonths(month, 1)), 14)),
      rows.map(({ paidOn }) => paidOn),
    ],
  )
}

it('the answer for a day is not changed by what happens later, and is that of cover', { timeout: size(240_000, 600_000) }, async () => {
  const histories = fc.sample(bills, { numRuns: size(120, 3_000), seed: 11 })
  const seen = new Set<number>()
  for (const [index, drawn] of histories.entries()) {
    const payer = BigInt(50_000 + index)
    // What is known on the day itself: bills issued by then, and of the payments only those that had come.
    const known = drawn
      .filter(({ issued }) => issued >= 0)
      .map((bill) => ({ ...bill, paid: bill.paid !== null && bill.paid >= 0 ? bill.paid : null }))
    await plant(payer, known)
    const ask = () => scheme.run((tx) => billedBy(tx, payer, on))
    const before = decideArrears(on, await ask(), [])
    await plant(payer, drawn)
    const after = decideArrears(on, await ask(), [])
    expect(after, JSON.stringify(drawn)).toEqual(before)
    const [cover] = await scheme.run((tx) =>
      tx.query<{ run_months: number; first_due: Day | null }>('select run_months, first_due from contributions.arrears_on($1, $2)', [
        on,
        [payer],
      ]),
    )
    expect([after.months.length, after.since], JSON.stringify(drawn)).toEqual([cover?.run_months ?? 0, cover?.first_due ?? null])
    seen.add(after.months.length)
  }
  expect([...seen]).toEqual(expect.arrayContaining([0, 1, 2, 3, 4, 5]))
})

it.each`
  unpaid | beyond                                 | first
  ${0}   | ${'employer pays first'}               | ${'agency'}
  ${1}   | ${'employer pays first'}               | ${'agency'}
  ${3}   | ${'employer pays first'}               | ${'agency'}
  ${4}   | ${'employer pays first'}               | ${'payer'}
  ${4}   | ${'covered, contribution outstanding'} | ${'agency'}
`('with $unpaid months unpaid and "$beyond" after three, $first pays first', ({ unpaid, beyond, first }) => {
  const billed = Array.from({ length: unpaid }, (_, index) => {
    const month = addMonths('2026-02' as Month, index)
    return { month, issuedOn: lastDay(month), due: addDays(lastDay(month), 15), paidOn: null }
  })
  expect(decideArrears(on, billed, [{ programme: 'X', graceMonths: 3, beyond }]).programmes).toEqual([
    { programme: 'X', paidFirstBy: first },
  ])
})

it.each`
  reported | actual | difference | owed
  ${5n}    | ${8n}  | ${3n}      | ${true}
  ${5n}    | ${5n}  | ${0n}      | ${false}
  ${5n}    | ${4n}  | ${0n}      | ${false}
`('of $actual earned and $reported reported the payer owes on $difference', ({ reported, actual, difference, owed }) => {
  expect(decideUnderReported(reported, actual, 'payer')).toEqual({ reported, actual, difference, owedByPayer: owed })
})

describe('a question', () => {
  let firm: { organisationId: bigint; payerId: bigint }
  let worker = ''
  beforeAll(async () => {
    firm = await scheme.organisation({ kind: 'employer', facts: { employer_size: 'large', risk_class: 'I' } })
    const [one] = await scheme.persons(1)
    worker = one?.memberNumber ?? ''
    scheme.at('2026-03-01')
    await scheme.memberships([
      { memberNumber: worker, segment: 'PU', organisationId: firm.organisationId, base: '5000000', from: '2026-03-01' },
    ])
    scheme.at('2026-09-01')
    await scheme.run((tx) => openMonth(tx, scheme.law, '2026-09' as Month))
    const unpaid = [5, 4, 3, 2].map((back) => ({ back, k: 0, issued: 30 * back - 20, paid: back === 2 ? -5 : null }))
    await plant(firm.payerId, unpaid)
  })

  it('is answered on the command line with months, programmes and the difference of a wage', async () => {
    const run = commandOn(scheme.platform, roomWith(scheme.law).commands ?? [])
    const done = await run('arrears', String(firm.payerId), '--on', on, '--member', worker, '--wage', '8000000')
    expect(done.ok && done.value.lines[0]).toBe(
      `By the end of ${on} 4 consecutive months were due and unpaid: 2026-03, 2026-04, 2026-05, 2026-06.`,
    )
    expect(done.ok && done.value.lines.at(-1)).toBe(
      'Reported 5000000, earned 8000000: the agency pays on the first, the payer owes on 3000000 (PP 44/2015 32).',
    )
    expect(done.ok && done.value.lines.some((line) => /^PU\s+JKK\s+payer\s+3\s/.test(line))).toBe(true)
  })

  it.each`
    payer        | worker   | code
    ${'nobody'}  | ${false} | ${'payer-unknown'}
    ${'sponsor'} | ${false} | ${'payer-owes-nothing'}
    ${'firm'}    | ${true}  | ${'wage-unknown'}
    ${'firm'}    | ${false} | ${null}
  `('about $payer with a stranger: $worker is answered with $code', async ({ payer, worker: stranger, code }) => {
    const sponsor = payer === 'sponsor' ? await scheme.organisation({ kind: 'sponsor' }) : firm
    const payerId = payer === 'nobody' ? 987_654n : sponsor.payerId
    const done = await scheme.run((tx) =>
      showArrears(tx, scheme.law, { payerId, on, ...(stranger ? { worker: { persons: [4_711n], wage: 1n } } : {}) }),
    )
    expect(done.ok ? null : done.refusal.code).toBe(code)
  })
})

describe('what happens after the day', () => {
  const months = ['2026-03', '2026-04', '2026-05', '2026-06'] as Month[]
  let payerId = 0n
  let personId = 0n
  const ask = async (wage = 8_000_000n) => {
    const shown = await scheme.run((tx) => showArrears(tx, scheme.law, { payerId, on, worker: { persons: [personId], wage } }))
    if (!shown.ok) throw new Error(shown.refusal.rule)
    return shown.value
  }
  const correct = async (month: string, base: number, done: string) =>
    scheme.admin.query(
      `with made as (insert into contributions.correction (payer_id, month, kind, state, reason, evidence_digest, evidence, proposed_by, proposed_on, done_on)
         values ($1, $2, 'wage', 'done', 'x', repeat('a', 64), 'x', 1, $3, $3) returning correction_id)
       insert into contributions.correction_row select correction_id, $1, $4, 1, 0, $5 from made`,
      [payerId, monthNumber(month as Month), done, personId, base],
    )
  beforeAll(async () => {
    const firm = await scheme.organisation({ kind: 'employer', facts: { employer_size: 'large', risk_class: 'I' } })
    payerId = firm.payerId
    const [one] = await scheme.persons(1)
    personId = one?.personId ?? 0n
    scheme.at('2026-03-01')
    await scheme.memberships([
      { memberNumber: one?.memberNumber ?? '', segment: 'PU', organisationId: firm.organisationId, base: '5000000', from: '2026-03-01' },
    ])
    await plant(
      payerId,
      [5, 4, 3, 2].map((back) => ({ back, k: 0, issued: 30 * back - 20, paid: 5 })),
    )
    await scheme.admin.query(`update contributions.bill set state = 'paid' where payer_id = $1`, [payerId])
  })

  it('money that a bank takes back puts nobody in arrears then, and the answer says what stands now', async () => {
    expect(await ask()).toMatchObject({ months: [], knownNow: { months: [] } })
    const bills = months.map((month) => ({ payerId, billId: billId(payerId, monthlyNumber(month)), paidOn: null }))
    await scheme.run((tx) => reopenBills(tx, bills, addDays(on, 3)))
    expect(await ask()).toMatchObject({ months: [], since: null, knownNow: { months } })
    const later = await scheme.run((tx) => showArrears(tx, scheme.law, { payerId, on: addDays(on, 3) }))
    expect(later).toMatchObject({ value: { months, knownNow: { months } } })
  })

  it('a wage that is corrected after the accident frees nobody of the difference; one corrected before it counts', async () => {
    expect((await ask()).wage).toMatchObject({ reported: 5_000_000n, difference: 3_000_000n, owedByPayer: true, later: null })
    await correct('2026-08', 8_000_000, '2026-08-21')
    const later = { base: 8_000_000n, on: '2026-08-21' }
    expect((await ask()).wage).toMatchObject({ reported: 5_000_000n, difference: 3_000_000n, owedByPayer: true, later })
    await correct('2026-07', 6_000_000, '2026-08-20')
    expect((await ask()).wage).toMatchObject({ reported: 6_000_000n, difference: 2_000_000n, reportedOn: '2026-08-20', later })
  })
})

it('what was paid under a number that was merged covers its member, asked by either number', async () => {
  scheme.at('2026-09-02')
  const [stays, old] = await scheme.persons(2)
  if (!stays || !old) throw new Error('no persons')
  await scheme.memberships([
    { memberNumber: old.memberNumber, segment: 'BPU', base: '1000000', facts: { occupation: 'fisher' }, from: '2026-09-01' },
  ])
  const { rows } = await scheme.admin.query<{ payer_id: bigint }>(
    'select payer_id from contributions.membership_fact where person_id = $1',
    [old.personId],
  )
  await scheme.pay([
    { channel: 'counter', day: '2026-09-02', externalId: 'm1', code: paymentCode(rows[0]?.payer_id ?? 0n), amount: '8400' },
  ])
  const ask = (number: string) =>
    readAs(scheme.platform, { role: 'public', actor: systemActor }, (tx) => publicCover(tx, scheme.law, number, '2026-09-02' as Day))
  expect((await ask(stays.memberNumber)).answer).toBe('not covered')
  const merged = await scheme.run((tx) =>
    mergePersons(tx, scheme.law.pack, { alias: old.memberNumber, into: stays.memberNumber, reason: 'one card', consent: 'at the desk' }),
  )
  expect(merged.ok).toBe(true)
  for (const number of [stays.memberNumber, old.memberNumber]) {
    const told = await ask(number)
    expect([told.answer, told.merged, told.memberships[0]?.months.find(({ month }) => month === '2026-09')?.state]).toEqual([
      'covered',
      number === old.memberNumber,
      'paid',
    ])
  }
  const run = commandOn(scheme.platform, roomWith(scheme.law).commands ?? [])
  expect(await run('cover', stays.memberNumber)).toMatchObject({ value: { value: { memberships: [{ memberNumber: old.memberNumber }] } } })
})
