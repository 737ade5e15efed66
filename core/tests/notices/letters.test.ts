// What an exception means is told: each event writes its letters once, in both languages, with the amounts of the bill and the ledger, to
// whom they concern and to nobody else; a printed code opens one letter until a new one is made.
import type { LetterText } from '@payung/api'
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorLike } from '../../../tests/database.ts'
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
import { parseCode, printedCode } from '../../src/notices/domain/code.ts'
import { letterKeys, letterWriters } from '../../src/notices/index.ts'
import { codeOfLetter } from '../../src/notices/use-cases/code-of-letter.ts'
import { openLetter, wordLetter } from '../../src/notices/use-cases/read-letter.ts'
import { fill } from '../../src/notices/words/words.ts'
import { askRequest, billingBy, decideRequest, markOrderPaid } from '../../src/payments/index.ts'
import { inTransaction, systemActor, type Tx } from '../../src/platform/index.ts'
import { endMemberships, mergePersons, paymentCode, takeBackEnds, unmergePersons } from '../../src/registry/index.ts'
import { type Served, serve } from '../http/served.ts'

const august = '2025-08' as Month
/** 0.89 % accident (halved by the later law: 0.445 %), 0.30 % death, 5.7 % and 3 % savings and pension of 10,000,000. */
const [before, after] = [989_000n, 944_500n]

type Row = {
  letter_id: bigint
  key: string
  cause: string
  amount: bigint | null
  facts: Record<string, string>
  tell_by: Day | null
  tell_by_law: Day | null
}
type Text = LetterText

let served: Served
let firm: { organisationId: bigint; payerId: bigint }
let workers: { memberNumber: string; personId: bigint }[]
let driver: { memberNumber: string; personId: bigint; payerId: bigint }
const tokens = { officer: '', firm: '', worker: '', driver: '' }
/** Which letters each event wrote, as it happened. */
const wrote = new Map<string, Set<string>>()

const worker = (index: number) => workers[index] ?? { memberNumber: '', personId: 0n }
const letters = async (where = 'true'): Promise<Row[]> =>
  (
    await served.admin.query<Row>(
      `select *, case when person_id is null then 'payer ' else 'person ' end || kind as key from notices.letter where ${where} order by letter_id`,
    )
  ).rows
const only = async (key: string): Promise<Row> => {
  const found = (await letters()).filter((letter) => letter.key === key)
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} letters ${key}`)
  return found[0]
}
/** Notes what `event` writes while `body` runs. */
async function noting<Value>(event: string, body: () => Promise<Value>): Promise<Value> {
  const known = (await letters()).at(-1)?.letter_id ?? 0n
  const value = await body()
  const fresh = (await letters(`letter_id > ${known}`)).map(({ key }) => key)
  wrote.set(event, new Set([...(wrote.get(event) ?? []), ...fresh]))
  return value
}
const emit = (kind: string, subject: string, payload: Record<string, unknown>, detail?: unknown) =>
  noting(kind, () => served.run((tx) => tx.emit({ kind, room: 'test', subject, payload, detail })))
const value = <Value>(result: { ok: true; value: Value } | { ok: false; refusal: { code: string } }): Value => {
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}
const act = <Value>(work: (tx: Tx) => Promise<Value>, actorId = 1n): Promise<Value> =>
  inTransaction(
    served.platform,
    { role: 'run', actor: actorLike({ actorId, role: 'administrator', officeId: 1n }) },
    { name: 'test', input: null },
    work as never,
  ) as never
const pay = (payer: bigint, amount: bigint, day: string, externalId: string) =>
  served.pay([{ channel: 'bank', day, externalId, code: paymentCode(payer), amount: amount.toString() }])
async function month(text: string, last: string): Promise<void> {
  served.at(`${text}-01`)
  await served.run((tx) => openMonth(tx, served.law, text as Month))
  served.at(last)
  value(await runMonth(served.platform, served.law, text as Month, { actor: systemActor }))
}

beforeAll(async () => {
  served = await serve('2025-08-01')
  const facts = { employer_size: 'large', risk_class: 'III', active_workers: '80', industry: 'textile', arrears_cleared: 'yes' }
  firm = await served.organisation({ kind: 'employer', facts })
  workers = await served.persons(3)
  const [self] = await served.persons(1)
  const from = '2025-08-01'
  await served.memberships([
    ...workers
      .slice(0, 2)
      .map(({ memberNumber }) => ({ memberNumber, segment: 'PU', organisationId: firm.organisationId, base: '10000000', from })),
    { memberNumber: self?.memberNumber ?? '', segment: 'BPU', base: '1000000', facts: { occupation: 'platform-driver' }, from },
  ])
  const { rows } = await served.admin.query<{ payer_id: bigint }>('select payer_id from registry.payer where person_id = $1', [
    self?.personId,
  ])
  driver = { memberNumber: self?.memberNumber ?? '', personId: self?.personId ?? 0n, payerId: rows[0]?.payer_id ?? 0n }
  tokens.officer = await served.actor({ kind: 'staff', role: 'officer', officeId: 1n })
  tokens.firm = await served.actor({ kind: 'organisation', role: 'organisation', organisationId: firm.organisationId })
  tokens.worker = await served.actor({ kind: 'member', role: 'member', personId: worker(0).personId })
  tokens.driver = await served.actor({ kind: 'member', role: 'member', personId: driver.personId })
  await month('2025-08', '2025-08-31')
})
afterAll(() => served.close())

describe('money', () => {
  it('that is too little or too much is told to the employer, with the days by which', async () => {
    const [bill] = (await served.admin.query<{ total: bigint }>('select total from contributions.bill where payer_id = $1', [firm.payerId]))
      .rows
    expect(bill?.total).toBe(2n * before)
    await noting('payments-recorded', () => pay(firm.payerId, 1_000_000n, '2025-08-31', 'a'))
    expect(await only('payer shortage')).toMatchObject({ amount: 1_000_000n, facts: { missing: '978000' } })
    served.at('2025-09-01')
    await noting('payments-recorded', () => pay(firm.payerId, 1_078_000n, '2025-09-01', 'b'))
    // Monday 1 September; Friday the 5th is a public holiday. Three working days after it, and fourteen.
    expect(await only('payer surplus')).toMatchObject({ amount: 100_000n, tell_by: '2025-09-04', tell_by_law: '2025-09-22' })
    await pay(firm.payerId, 1_078_000n, '2025-09-01', 'b')
    expect((await letters()).map(({ key }) => key)).toEqual(['payer shortage', 'payer surplus'])
  })

  it('that is paid back is told at each step', async () => {
    const recording = { pack: served.law.pack, billing: billingBy(served.law) }
    const detail = { bank: 'BRI', account: '0012 3456', holder: 'Test', offset_refused_on: '2025-09-01' }
    const asked = { kind: 'refund', payerId: firm.payerId, amount: 60_000n, ground: 'offset-refused', evidence: 'letter', detail } as const
    const decide = async (decision: 'approved' | 'refused', event: string) => {
      const { requestId } = await noting('request-asked', async () =>
        value(await act((tx) => askRequest(tx, served.law, recording, asked))),
      )
      const decider = { actorId: 90n, kind: 'staff', role: 'administrator', officeId: 1n } as const
      const input = { requestId, decision, why: 'checked', decider }
      return noting(event, async () => value(await act((tx) => decideRequest(tx, served.law, recording, input))))
    }
    await decide('refused', 'request-refused')
    const { done } = await decide('approved', 'refund-ordered')
    const orderId = BigInt(done.orderId ?? 0n)
    await noting('order-paid', async () =>
      value(await act((tx) => markOrderPaid(tx, served.law, { orderId, day: '2025-09-01', reference: 'x' }))),
    )
    expect(await only('payer refund-paid')).toMatchObject({
      amount: 60_000n,
      facts: { bank: 'BRI', account: '3456', paidOn: '2025-09-01' },
    })
    expect((await letters()).filter(({ key }) => key === 'payer refund-asked')).toHaveLength(2)
  })
})

describe('a month that costs something else', () => {
  it('by a later law is told in one run: to the payer what comes back, to each worker before and after', async () => {
    served.at('2025-09-10')
    const reassess = () => reassessMonth(served.platform, served.law, august, { actor: systemActor })
    await noting('month-reassessed', async () => value(await reassess()))
    const credit = await only('payer credit')
    const [bill] = (
      await served.admin.query<{ total: bigint }>(`select total from contributions.bill where payer_id = $1 and total < 0`, [firm.payerId])
    ).rows
    expect([credit.amount, -(bill?.total ?? 0n)]).toEqual([2n * (before - after), 2n * (before - after)])
    expect((await letters(`kind = 'month-corrected'`)).map(({ amount, facts }) => [amount, facts.before, facts.after])).toEqual([
      [after - before, before.toString(), after.toString()],
      [after - before, before.toString(), after.toString()],
    ])
    const count = (await letters()).length
    value(await reassess())
    await served.run((tx) =>
      tx.emit({
        kind: 'month-reassessed',
        room: 'contributions',
        subject: `month:${august}`,
        payload: { month: august },
        detail: [BigInt(credit.facts.bill ?? 0)],
      }),
    )
    expect((await letters()).length).toBe(count)
  })

  it('by a correction is told to the payer when it is approved, and to the worker when it is done', async () => {
    const rows = [{ memberNumber: worker(0).memberNumber, base: '13000000', replaces: 2 }]
    const evidence = { digest: 'a'.repeat(64), description: 'letter 7' }
    const given = { payerId: firm.payerId, month: august, kind: 'wage', rows, reason: 'typed wrongly', evidence } as const
    const id = value(await act((tx) => proposeCorrection(tx, served.law, given)))
    // 13,350 + 9,000 + 171,000, and 3 % of what the pension's ceiling (10,547,400) leaves: 16,422. Of it 129,000 wait as credit.
    const seen = 209_772n
    await noting('correction-approved', async () =>
      value(await act((tx) => approveCorrection(tx, served.law, { id, seen, why: 'seen' }), 2n)),
    )
    const [bill] = (
      await served.admin.query<{ total: bigint; paid: boolean }>(
        `select total, paid_on is not null as paid from contributions.bill order by bill_id desc limit 1`,
      )
    ).rows
    expect(await only('payer supplementary-bill')).toMatchObject({ amount: bill?.total, facts: { why: 'correction' } })
    await noting('correction-done', () => pay(firm.payerId, seen - 129_000n, '2025-09-10', 'c'))
    const [letter] = await letters(`kind = 'month-corrected' and facts ->> 'why' = 'correction'`)
    expect(letter).toMatchObject({
      amount: seen,
      facts: { baseBefore: '10000000', baseAfter: '13000000', before: '944500', after: '1154272' },
    })
    const shown = await served.get<{ text: Text }>(tokens.worker, `/v1/letters/${letter?.letter_id}?lang=en`)
    // Wage, five programmes and the sum: as the tariff splits them, and the parts add up.
    const whole = (text: string) => Number(text.replaceAll(/\D/g, ''))
    const lines = shown.body.text.table?.rows ?? []
    expect(lines.map(({ after: now }) => whole(now))).toEqual([13_000_000, 50_850, 39_000, 741_000, 316_422, 7_000, 1_154_272])
    expect(lines.slice(1, -1).reduce((sum, row) => sum + whole(row.before), 0)).toBe(944_500)
  })

  it('by a fall of the price is told to who had paid ahead', async () => {
    served.at('2025-12-01')
    await served.run((tx) => openMonth(tx, served.law, '2025-12' as Month))
    await pay(driver.payerId, 5n * 16_800n, '2025-12-01', 'd')
    served.at('2025-12-22')
    await noting('prepaid-reassessed', () => reassessAllPrepaid(served.platform, served.law))
    const returned = (await letters(`payer_id = ${driver.payerId}`)).map(({ kind, amount, facts }: Row & { kind?: string }) => [
      kind,
      amount,
      facts.why,
    ])
    expect(returned.length).toBeGreaterThan(0)
    expect(new Set(returned.map(String))).toEqual(new Set(['credit,8400,price-fall']))
    expect(await served.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
  })
})

describe('members', () => {
  it('learn that an old number still works, and whose it is when that is undone', async () => {
    const merge = { alias: worker(2).memberNumber, into: worker(0).memberNumber, reason: 'two cards', consent: 'at the desk' }
    const { mergeId } = await noting('persons-merged', async () => value(await act((tx) => mergePersons(tx, served.law.pack, merge))))
    expect(await only('person number-merged')).toMatchObject({ facts: { numbers: [worker(2).memberNumber] } })
    await noting('persons-unmerged', async () => value(await act((tx) => unmergePersons(tx, served.law.pack, mergeId, 'two people'))))
    expect((await letters(`kind = 'number-unmerged'`)).map(({ facts }) => [facts.other, facts.own])).toEqual([
      ['yes', undefined],
      [undefined, 'yes'],
    ])
  })

  it('who were taken back learn which months are missing, and so does their payer', async () => {
    const { memberNumber } = worker(1)
    await served.run((tx) => endMemberships(tx, served.law.pack, [{ memberNumber, ordinal: 1, lastDay: '2025-12-25', reason: 'left' }]))
    await month('2026-01', '2026-01-31')
    served.at('2026-02-17')
    value(await act((tx) => closeMonth(tx, served.law, '2026-01' as Month)))
    await noting('months-missed', () =>
      served.run((tx) => takeBackEnds(tx, served.law.pack, [{ memberNumber, ordinal: 1, reason: 'never left' }])),
    )
    expect(await only('person months-missed')).toMatchObject({ facts: { months: ['2026-01'] } })
    expect(await only('payer months-missed')).toMatchObject({ facts: { months: ['2026-01'], members: 1 } })
  })

  it('and payers learn of late money: warned, asked for, decided', async () => {
    const { payerId } = firm
    const facts = { paidMonth: '2025-12', unpaid: 2, members: 3, amount: '25200', coveredUntil: '2026-03-31' }
    await emit('late-payer-warned', `payer:${payerId}`, facts)
    await emit('late-payer-warned', `payer:${payerId}`, facts)
    expect(await only('payer late-warning')).toMatchObject({ amount: 25_200n })
    const members = workers.slice(0, 2).map(({ personId }) => ({ person_id: personId, ordinal: 1, grace_months: 3 }))
    for (const verdict of ['approved', 'refused', 'withdrawn'] as const) {
      const months = { from: '2025-12' as Month, through: '2026-02' as Month, graceMonths: 3 }
      const caseId = await served.run(async (tx) => {
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
    expect(await letters(`kind = 'reinstatement-refused'`)).toHaveLength(3)
    expect((await only('payer reinstatement-refused')).facts.reason).toBe('No release was shown')
  })

  it('who stay on a bill that was split learn that their month is not paid', async () => {
    await month('2026-02', '2026-02-28')
    const { rows } = await served.admin.query<{ bill_id: bigint }>(
      'select bill_id from contributions.bill where payer_id = $1 and month = 2026 * 12 + 1',
      [firm.payerId],
    )
    const asked = {
      payerId: firm.payerId,
      billId: rows[0]?.bill_id ?? 0n,
      workers: [{ memberNumber: worker(0).memberNumber }],
      reason: 'money',
    }
    await noting('bill-split', async () => value(await act((tx) => splitBill(tx, served.law, asked))))
    expect((await letters(`kind = 'month-not-paid'`)).map(({ facts }) => facts.month)).toEqual(['2026-02'])
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
  ${'persons-merged'}        | ${['person number-merged']}
  ${'persons-unmerged'}      | ${['person number-unmerged']}
  ${'bill-split'}            | ${['person month-not-paid']}
  ${'months-missed'}         | ${['payer months-missed', 'person months-missed']}
`('$event writes $letters', ({ event, letters: keys }: { event: string; letters: string[] }) => {
  expect([...(wrote.get(event) ?? [])].sort()).toEqual(keys)
})

it('every event that writes letters is in the table above, and was told', () => {
  expect([...wrote.keys()].sort()).toEqual(Object.keys(letterWriters).sort())
})

it.each(['id', 'en'])('every letter that was written speaks %s, with no gap left', async (lang) => {
  const all = await letters()
  const texts = await served.run(async (tx) => {
    const said: [string, LetterText][] = []
    for (const { letter_id, key } of all) {
      const letter = value(await openLetter(tx, letter_id, 'letter', 'test'))
      said.push([key, await wordLetter(tx, served.law, letter, lang)])
    }
    return said
  })
  for (const [key, { title, what, next }] of texts) {
    expect([title, ...what, ...next].filter((sentence) => sentence === '' || /[{}]|undefined|NaN/.test(sentence))).toEqual([])
    expect([key, what.length > 0, next.length > 0]).toEqual([key, true, true])
  }
  expect(letterKeys.filter((key) => !all.some((letter) => letter.key === key))).toEqual(['payer nothing-owed'])
})

it('a sentence is left out where nothing fills its gap', () => {
  expect(fill('Pay by {due}.', {})).toBeUndefined()
  expect(fill('{?unpaid}{!due}Pay {amount}.', { unpaid: 'yes', amount: '1' })).toBe('Pay 1.')
  expect(fill('{?unpaid}{!due}Pay {amount}.', { unpaid: 'yes', due: 'x', amount: '1' })).toBeUndefined()
})

describe('who reads them', () => {
  type List = { items: { letterId: string; to: string; kind: string }[]; next: string | null }
  const code = (reply: { body: unknown }) => (reply.body as { refusal?: { code: string } }).refusal?.code

  it('a member his own, an employer its own, staff theirs with a line in the trail', async () => {
    const [own] = await letters(`person_id = ${worker(0).personId}`)
    const [ofFirm] = await letters(`payer_id = ${firm.payerId}`)
    const { body: mine } = await served.get<List>(tokens.worker, `/v1/members/${worker(0).memberNumber}/letters?limit=2`)
    expect([mine.items.length, new Set(mine.items.map(({ to }) => to)), mine.next === null]).toEqual([2, new Set(['person']), false])
    const { body: more } = await served.get<List>(tokens.worker, `/v1/members/${worker(0).memberNumber}/letters?cursor=${mine.next}`)
    expect(Number(more.items[0]?.letterId)).toBeLessThan(Number(mine.items[1]?.letterId))
    // Who pays for himself reads what was written to him as a payer among his own.
    expect((await served.get<List>(tokens.driver, `/v1/members/${driver.memberNumber}/letters`)).body.items[0]?.to).toBe('payer')
    expect((await served.get<List>(tokens.firm, `/v1/payers/${firm.payerId}/letters`)).body.items.length).toBeGreaterThan(5)
    expect(code(await served.get(tokens.firm, `/v1/letters/${own?.letter_id}`))).toBe('letter-unknown')
    expect(code(await served.get(tokens.worker, `/v1/letters/${ofFirm?.letter_id}`))).toBe('letter-unknown')
    expect(code(await served.get(tokens.driver, `/v1/members/${worker(0).memberNumber}/letters`))).toBe('member-unknown')
    expect(code(await served.get(tokens.driver, `/v1/payers/${firm.payerId}/letters`))).toBe('payer-unknown')
    const { rows } = await served.admin.query<{ n: number }>(
      `select count(*)::integer as n from platform.access_trail where person_id = $1 and view = 'letter' and why = 'test'`,
      [worker(0).personId],
    )
    expect(rows[0]?.n).toBeGreaterThan(0)
  })

  it('somebody with the printed code one letter, until a new code is made; anybody else learns nothing', async () => {
    const [own] = await letters(`person_id = ${worker(0).personId}`)
    const id = own?.letter_id ?? 0n
    const printed = await served.run((tx) =>
      codeOfLetter(tx, served.law, served.platform.encryption, { letterId: id, personId: worker(0).personId, payerId: null } as never),
    )
    const open = async (text: string) => (await served.get<{ letter: Text | null }>(null, `/v1/public/letters/${text}?lang=id`)).body.letter
    expect((await open(printedCode(printed)))?.title).toContain('Iuran Anda')
    expect(await open(printed.toUpperCase().replaceAll('0', 'O'))).not.toBeNull()
    const pdf = await served.server.inject({ url: `/v1/public/letters/${printed}/pdf?lang=en` })
    expect([pdf.headers['content-type'], pdf.rawPayload.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-'])
    const wrong = `${printed.startsWith('0') ? '1' : '0'}${printed.slice(1)}`
    expect([await open(wrong), await open('x'), parseCode('il'.repeat(13))]).toEqual([null, null, '1'.repeat(26)])
    expect((await served.post(tokens.officer, `/v1/letters/${id}/code`, { why: 'went astray' })).body).toMatchObject({ turn: 2 })
    expect(await open(printed)).toBeNull()
    const { rows } = await served.admin.query<{ n: number }>(
      `select count(*)::integer as n from platform.access_trail where view = 'letter by its code'`,
    )
    expect(rows[0]?.n).toBe(3)
  })
})

describe('telling', () => {
  it('is overdue until an officer says how it was told, once', async () => {
    const overdue = async () =>
      (await served.get<{ items: { letterId: string; kind: string }[] }>(tokens.officer, '/v1/letters/overdue')).body.items
    const surplus = await only('payer surplus')
    expect((await overdue()).map(({ letterId }) => letterId)).toContain(surplus.letter_id.toString())
    const tell = (body: object, token = tokens.officer) => served.post(token, `/v1/letters/${surplus.letter_id}/told`, body)
    const refused = async (body: object, token?: string) => (await tell(body, token)).body.refusal?.code
    expect(await refused({ how: 'post', on: '2025-08-31' })).toBe('wrong-day')
    expect(await refused({ how: 'post', on: '2026-03-01' })).toBe('wrong-day')
    expect(await refused({ how: 'post' }, tokens.firm)).toBe('not-allowed')
    expect((await tell({ how: 'post', on: '2026-02-16' })).body).toMatchObject({ toldOn: '2026-02-16', how: 'post', tellBy: '2025-09-04' })
    expect((await tell({ how: 'post', on: '2026-02-16' })).status).toBe(200)
    expect(await refused({ how: 'desk' })).toBe('letter-told')
    expect((await overdue()).map(({ letterId }) => letterId)).not.toContain(surplus.letter_id.toString())
  })
})
