// What an exception means is told: each event writes its letters once, in both languages, with the amounts of the bill and the ledger.
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tellOffset } from '../../../tests/told.ts'
import {
  approveCorrection,
  checkControl,
  closeMonth,
  openMonth,
  proposeCorrection,
  reassessAllPrepaid,
  reassessMonth,
  runMonth,
  splitBill,
} from '../../src/contributions/index.ts'
import { addCase, addVerdict } from '../../src/contributions/store/reinstatements.ts'
import { letterKeys, letterWriters } from '../../src/notices/index.ts'
import { openLetter, wordLetter } from '../../src/notices/use-cases/read-letter.ts'
import { tellLetters } from '../../src/notices/use-cases/tell-letters.ts'
import { allocatePayment, askRequest, billingBy, decideRequest, markOrderPaid } from '../../src/payments/index.ts'
import { systemActor } from '../../src/platform/index.ts'
import { endMemberships, mergePersons, takeBackEnds, unmergePersons } from '../../src/registry/index.ts'
import { foundLand, gapsIn, type Land, rareEvents, rareKeys, value } from './land.ts'

const august = '2025-08' as Month
/** 0.89 % accident (halved by the later law: 0.445 %), 0.30 % death, 5.7 % and 3 % savings and pension of 10,000,000. */
const [before, after] = [989_000n, 944_500n]

let land: Land
const noting: Land['noting'] = (event, body) => land.noting(event, body)
const emit = (kind: string, subject: string, payload: Record<string, unknown>, detail?: unknown) =>
  noting(kind, () => land.run((tx) => tx.emit({ kind, room: 'test', subject, payload, detail })))
async function month(text: string, last: string): Promise<void> {
  land.at(`${text}-01`)
  await land.run((tx) => openMonth(tx, land.law, text as Month))
  land.at(last)
  value(await runMonth(land.platform, land.law, text as Month, { actor: systemActor }))
}

beforeAll(async () => {
  land = await foundLand('2025-08-01')
  await month('2025-08', '2025-08-31')
})
afterAll(() => land.close())

describe('money', () => {
  it('that is too little or too much is told to the employer, with the days by which', async () => {
    const [bill] = (
      await land.admin.query<{ total: bigint }>('select total from contributions.bill where payer_id = $1', [land.firm.payerId])
    ).rows
    expect(bill?.total).toBe(2n * before)
    await noting('payments-recorded', () => land.transfer(land.firm.payerId, 1_000_000n, '2025-08-31', 'a'))
    expect(await land.only('payer shortage')).toMatchObject({ amount: 1_000_000n, facts: { missing: '978000' } })
    land.at('2025-09-01')
    await noting('payments-recorded', () => land.transfer(land.firm.payerId, 1_078_000n, '2025-09-01', 'b'))
    // Monday 1 September; Friday the 5th is a public holiday. Three working days after it, and fourteen.
    expect(await land.only('payer surplus')).toMatchObject({ amount: 100_000n, tell_by: '2025-09-04', tell_by_law: '2025-09-22' })
    await land.transfer(land.firm.payerId, 1_078_000n, '2025-09-01', 'b')
    expect((await land.letters()).map(({ key }) => key)).toEqual(['payer shortage', 'payer surplus'])
  })

  it('that is paid back is told at each step', async () => {
    const recording = { pack: land.law.pack, billing: billingBy(land.law) }
    const [lost] = await land.pay([{ channel: 'bank', day: '2025-09-01', externalId: 'q', code: 'no code', amount: '5000' }])
    const allocated = { paymentId: lost?.paymentId ?? 0n, payerId: land.firm.payerId, reason: 'letter 3' }
    await noting('payment-allocated', async () => value(await land.act((tx) => allocatePayment(tx, recording, allocated))))
    await tellOffset(land, land.firm.payerId, '2025-09-01')
    const detail = { bank: 'BRI', account: '0012 3456', holder: 'Test', offset_refused_on: '2025-09-01' }
    const { payerId } = land.firm
    const asked = { kind: 'refund', payerId, amount: 60_000n, ground: 'offset-refused', evidence: 'letter', detail } as const
    const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
    const decide = async (decision: 'approved' | 'refused', event: string) => {
      const { requestId } = await noting('request-asked', async () =>
        value(await land.act((tx) => askRequest(tx, land.law, recording, asked))),
      )
      const input = { requestId, decision, why: 'checked', decider }
      return noting(event, async () => value(await land.act((tx) => decideRequest(tx, land.law, recording, input))))
    }
    await decide('refused', 'request-refused')
    const { done } = await decide('approved', 'refund-ordered')
    const orderId = BigInt(done.orderId ?? 0n)
    await noting('order-paid', async () =>
      value(await land.act((tx) => markOrderPaid(tx, land.law, { orderId, day: '2025-09-01', reference: 'x' }))),
    )
    expect(await land.only('payer refund-paid')).toMatchObject({
      amount: 60_000n,
      facts: { bank: 'BRI', account: '3456', paidOn: '2025-09-01' },
    })
    expect((await land.letters()).filter(({ key }) => key === 'payer refund-asked')).toHaveLength(2)
  })
})

describe('a month that costs something else', () => {
  it('by a later law is told in one run: to the payer what comes back, to each worker before and after', async () => {
    land.at('2025-09-10')
    const reassess = () => reassessMonth(land.platform, land.law, august, { actor: systemActor })
    await noting('month-reassessed', async () => value(await reassess()))
    const credit = await land.only('payer credit')
    const [bill] = (
      await land.admin.query<{ total: bigint }>(`select total from contributions.bill where payer_id = $1 and total < 0`, [
        land.firm.payerId,
      ])
    ).rows
    // August was paid: nothing of it is open.
    expect(credit.facts.open).toBeUndefined()
    expect([credit.amount, -(bill?.total ?? 0n)]).toEqual([2n * (before - after), 2n * (before - after)])
    expect((await land.letters(`kind = 'month-corrected'`)).map(({ amount, facts }) => [amount, facts.before, facts.after])).toEqual([
      [after - before, before.toString(), after.toString()],
      [after - before, before.toString(), after.toString()],
    ])
    const count = (await land.letters()).length
    value(await reassess())
    await land.run((tx) =>
      tx.emit({
        kind: 'month-reassessed',
        room: 'contributions',
        subject: `month:${august}`,
        payload: { month: august },
        detail: [BigInt(credit.facts.bill ?? 0)],
      }),
    )
    expect((await land.letters()).length).toBe(count)
  })

  it('by a correction is told to the payer when it is approved, and to the worker when it is done', async () => {
    const rows = [{ memberNumber: land.worker(0).memberNumber, base: '13000000', replaces: 2 }]
    const evidence = { digest: 'a'.repeat(64), description: 'letter 7' }
    const given = { payerId: land.firm.payerId, month: august, kind: 'wage', rows, reason: 'typed wrongly', evidence } as const
    const id = value(await land.act((tx) => proposeCorrection(tx, land.law, given)))
    // 13,350 + 9,000 + 171,000, and 3 % of what the pension's ceiling (10,547,400) leaves: 16,422. Of it 134,000 wait as credit.
    const seen = 209_772n
    await noting('correction-approved', async () =>
      value(await land.act((tx) => approveCorrection(tx, land.law, { id, seen, why: 'seen' }), 2n)),
    )
    const [bill] = (
      await land.admin.query<{ total: bigint; paid: boolean }>(
        `select total, paid_on is not null as paid from contributions.bill order by bill_id desc limit 1`,
      )
    ).rows
    expect(await land.only('payer supplementary-bill')).toMatchObject({ amount: bill?.total, facts: { why: 'correction' } })
    await noting('correction-done', () => land.transfer(land.firm.payerId, seen - 134_000n, '2025-09-10', 'c'))
    const [letter] = await land.letters(`kind = 'month-corrected' and facts ->> 'why' = 'correction'`)
    expect(letter).toMatchObject({
      amount: seen,
      facts: { baseBefore: '10000000', baseAfter: '13000000', before: '944500', after: '1154272' },
    })
    const text = await land.run(async (tx) => {
      const opened = value(await openLetter(tx, letter?.letter_id ?? 0n, 'letter', 'test'))
      return wordLetter(tx, land.law, opened, 'en')
    })
    // Wage, five programmes and the sum: as the tariff splits them, and the parts add up.
    const whole = (amount: string) => Number(amount.replaceAll(/\D/g, ''))
    const lines = text.table?.rows ?? []
    expect(lines.map(({ after: now }) => whole(now))).toEqual([13_000_000, 50_850, 39_000, 741_000, 316_422, 7_000, 1_154_272])
    expect(lines.slice(1, -1).reduce((sum, row) => sum + whole(row.before), 0)).toBe(944_500)
  })

  it('by a fall of the price is told to who had paid ahead', async () => {
    land.at('2025-12-01')
    await land.run((tx) => openMonth(tx, land.law, '2025-12' as Month))
    const paid = await land.transfer(land.driver.payerId, 5n * 16_800n, '2025-12-01', 'd')
    // Months that the bank took back and that were paid again: the money of the first time is nobody's credit.
    await land.decided({ kind: 'reversal', paymentId: paid[0]?.paymentId ?? 0n, ground: 'recall', evidence: 'letter' })
    await land.transfer(land.driver.payerId, 5n * 16_800n, '2025-12-02', 'e')
    land.at('2025-12-22')
    await noting('prepaid-reassessed', () => reassessAllPrepaid(land.platform, land.law))
    const returned = (await land.letters(`payer_id = ${land.driver.payerId}`)).map(({ kind, amount, facts }) => [kind, amount, facts.why])
    expect(returned).toHaveLength(4)
    expect(new Set(returned.map(String))).toEqual(new Set(['credit,8400,price-fall']))
    expect(await land.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
  })
})

describe('members', () => {
  it('learn that an old number still works, and whose it is when that is undone', async () => {
    const merge = { alias: land.worker(2).memberNumber, into: land.worker(0).memberNumber, reason: 'two cards', consent: 'at the desk' }
    const { mergeId } = await noting('persons-merged', async () => value(await land.act((tx) => mergePersons(tx, land.law.pack, merge))))
    expect(await land.only('person number-merged')).toMatchObject({ facts: { numbers: [land.worker(2).memberNumber] } })
    await noting('persons-unmerged', async () => value(await land.act((tx) => unmergePersons(tx, land.law.pack, mergeId, 'two people'))))
    expect((await land.letters(`kind = 'number-unmerged'`)).map(({ facts }) => [facts.other, facts.own])).toEqual([
      ['yes', undefined],
      [undefined, 'yes'],
    ])
  })

  it('who were taken back learn which months are missing, and so does their payer', async () => {
    const { memberNumber } = land.worker(1)
    await land.run((tx) => endMemberships(tx, land.law.pack, [{ memberNumber, ordinal: 1, lastDay: '2025-12-25', reason: 'left' }]))
    await month('2026-01', '2026-01-31')
    land.at('2026-02-17')
    value(await land.act((tx) => closeMonth(tx, land.law, '2026-01' as Month)))
    await noting('months-missed', () =>
      land.run((tx) => takeBackEnds(tx, land.law.pack, [{ memberNumber, ordinal: 1, reason: 'never left' }])),
    )
    expect(await land.only('person months-missed')).toMatchObject({ facts: { months: ['2026-01'] } })
    expect(await land.only('payer months-missed')).toMatchObject({ facts: { months: ['2026-01'], members: 1 } })
  })

  it('and payers learn of late money: warned, asked for, decided', async () => {
    const { payerId } = land.firm
    const facts = { paidMonth: '2025-12', unpaid: 2, members: 3, amount: '25200', coveredUntil: '2026-03-31' }
    await emit('late-payer-warned', `payer:${payerId}`, facts)
    await emit('late-payer-warned', `payer:${payerId}`, facts)
    expect(await land.only('payer late-warning')).toMatchObject({ amount: 25_200n })
    const members = land.workers.slice(0, 2).map(({ personId }) => ({ person_id: personId, ordinal: 1, grace_months: 3 }))
    for (const verdict of ['approved', 'refused', 'withdrawn'] as const) {
      const months = { from: '2025-12' as Month, through: '2026-02' as Month, graceMonths: 3 }
      const caseId = await land.run(async (tx) => {
        const made = await addCase(
          tx,
          { payerId, ...months, levels: ['branch'], reason: 'late', evidence: ['letter'], members },
          '2026-02-17' as Day,
        )
        await addVerdict(tx, { payerId, caseId: made }, { level: 1, verdict, reason: 'No release was shown' }, '2026-02-17' as Day)
        return made
      })
      await emit('reinstatement-opened', `reinstatement:${caseId}`, {})
      await emit('reinstatement-decided', `reinstatement:${caseId}`, { state: verdict }, [payerId])
    }
    expect(await land.letters(`kind = 'reinstatement-refused'`)).toHaveLength(3)
    expect((await land.only('payer reinstatement-refused')).facts.reason).toBe('No release was shown')
  })

  it('who stay on a bill that was split learn that their month is not paid', async () => {
    await month('2026-02', '2026-02-28')
    const { rows } = await land.admin.query<{ bill_id: bigint }>(
      'select bill_id from contributions.bill where payer_id = $1 and month = 2026 * 12 + 1',
      [land.firm.payerId],
    )
    const asked = {
      payerId: land.firm.payerId,
      billId: rows[0]?.bill_id ?? 0n,
      workers: [{ memberNumber: land.worker(0).memberNumber }],
      reason: 'money',
    }
    await noting('bill-split', async () => value(await land.act((tx) => splitBill(tx, land.law, asked))))
    expect((await land.letters(`kind = 'month-not-paid'`)).map(({ facts }) => facts.month)).toEqual(['2026-02'])
  })

  it('whose contributions were deferred learns what is to be paid by when, and what comes back', async () => {
    await emit('deferred-billed', 'month:2021-05', {}, await land.deferredBills())
    expect((await land.letters(`kind like 'deferred-%'`)).map(({ facts }) => facts.months)).toEqual([['2020-08'], ['2020-08']])
  })
})

it.each`
  event                      | letters
  ${'correction-approved'}   | ${['payer supplementary-bill']}
  ${'correction-done'}       | ${['person month-corrected']}
  ${'month-reassessed'}      | ${['payer credit', 'person month-corrected']}
  ${'prepaid-reassessed'}    | ${['payer credit']}
  ${'reinstatement-opened'}  | ${['payer reinstatement-opened', 'person reinstatement-opened']}
  ${'reinstatement-decided'} | ${['payer reinstatement-approved', 'payer reinstatement-refused', 'payer reinstatement-withdrawn', 'person reinstatement-approved', 'person reinstatement-refused', 'person reinstatement-withdrawn']}
  ${'late-payer-warned'}     | ${['payer late-warning']}
  ${'request-asked'}         | ${['payer refund-asked']}
  ${'request-refused'}       | ${['payer refund-refused']}
  ${'refund-ordered'}        | ${['payer refund-ordered']}
  ${'order-paid'}            | ${['payer refund-paid']}
  ${'payments-recorded'}     | ${['payer shortage', 'payer surplus']}
  ${'payment-allocated'}     | ${['payer surplus']}
  ${'persons-merged'}        | ${['person number-merged']}
  ${'persons-unmerged'}      | ${['person number-unmerged']}
  ${'bill-split'}            | ${['person month-not-paid']}
  ${'deferred-billed'}       | ${['payer deferred-instalment', 'payer deferred-returned']}
  ${'months-missed'}         | ${['payer months-missed', 'person months-missed']}
`('$event writes $letters', ({ event, letters: keys }: { event: string; letters: string[] }) => {
  expect([...(land.wrote.get(event) ?? [])].sort()).toEqual(keys)
})

it('every event that writes letters is in the table above, or in that of rarer ones, and was told', () => {
  expect([...land.wrote.keys(), ...rareEvents].sort()).toEqual(Object.keys(letterWriters).sort())
})

it.each(['id', 'en'])('every letter that was written speaks %s, with no gap left', async (lang) => {
  expect(gapsIn(await land.spoken(lang))).toEqual([])
  const written = new Set((await land.letters()).map(({ key }) => key))
  expect(letterKeys.filter((key) => !written.has(key))).toEqual(['payer nothing-owed', ...rareKeys])
})

it('all that were written go out with the mail, once; nothing is told before its day', async () => {
  const untold = async (): Promise<bigint> =>
    (
      await land.admin.query<{ letters: bigint }>(
        'select count(*) as letters from notices.letter l where not exists (select from notices.telling t where t.letter_id = l.letter_id)',
      )
    ).rows[0]?.letters ?? 0n
  const waiting = Number(await untold())
  expect(waiting).toBeGreaterThan(10)
  const tell = (through?: string) => land.run((tx) => tellLetters(tx, land.law, { how: 'post', ...(through ? { through } : {}) }))
  expect(await tell('2024-12-31')).toMatchObject({ value: { letters: 0 } })
  expect(await tell('2030-01-01')).toMatchObject({ refusal: { code: 'wrong-day', data: { through: '2030-01-01' } } })
  expect(await tell()).toMatchObject({ value: { letters: waiting } })
  expect(await tell()).toMatchObject({ value: { letters: 0 } })
  expect(await untold()).toBe(0n)
  expect((await land.admin.query('select from payments.offset_offer join notices.letter using (letter_id)')).rowCount).toBeGreaterThan(0)
})
