// Letters through the API: a member reads his own, an employer those to itself, staff with a line in the trail; a printed code opens one letter
// until a new one is made; and what was told is told once.
import type { LetterText } from '@payung/api'
import type { Day } from '@payung/values'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseCode, printedCode } from '../../src/notices/domain/code.ts'
import { findLetter } from '../../src/notices/store/read-letters.ts'
import { addLetters } from '../../src/notices/store/write-letters.ts'
import { codeOfLetter } from '../../src/notices/use-cases/code-of-letter.ts'
import { mergePersons, unmergePersons } from '../../src/registry/index.ts'
import { foundLand, type Land, value } from '../notices/land.ts'

let land: Land
const tokens = { officer: '', firm: '', worker: '', driver: '' }

beforeAll(async () => {
  land = await foundLand('2025-09-01')
  const { firm, driver, worker } = land
  tokens.officer = await land.actor({ kind: 'staff', role: 'officer', officeId: 1n })
  tokens.firm = await land.actor({ kind: 'organisation', role: 'organisation', organisationId: firm.organisationId })
  tokens.worker = await land.actor({ kind: 'member', role: 'member', personId: worker(0).personId })
  tokens.driver = await land.actor({ kind: 'member', role: 'member', personId: driver.personId })
  for (const round of [1, 2]) {
    const merge = { alias: worker(2).memberNumber, into: worker(0).memberNumber, reason: `two cards ${round}`, consent: 'at the desk' }
    const { mergeId } = value(await land.act((tx) => mergePersons(tx, land.law.pack, merge)))
    value(await land.act((tx) => unmergePersons(tx, land.law.pack, mergeId, 'two people')))
  }
  await land.transfer(firm.payerId, 100_000n, '2025-09-01', 'a')
  const facts = { month: '2025-09', why: 'price-fall', bill: '1' }
  await land.run((tx) =>
    addLetters(tx, [{ payerId: driver.payerId, kind: 'credit', cause: 'test', amount: 8_400n, facts }], '2025-09-01' as Day),
  )
  land.at('2025-09-10')
})
afterAll(() => land.close())

describe('who reads them', () => {
  type List = { items: { letterId: string; to: string; kind: string }[]; next: string | null }
  const code = (reply: { body: unknown }) => (reply.body as { refusal?: { code: string } }).refusal?.code

  it('a member his own, an employer its own, staff theirs with a line in the trail', async () => {
    const [own] = await land.letters(`person_id = ${land.worker(0).personId}`)
    const [ofFirm] = await land.letters(`payer_id = ${land.firm.payerId}`)
    const { body: mine } = await land.get<List>(tokens.worker, `/v1/members/${land.worker(0).memberNumber}/letters?limit=2`)
    expect([mine.items.length, new Set(mine.items.map(({ to }) => to)), mine.next === null]).toEqual([2, new Set(['person']), false])
    const { body: more } = await land.get<List>(tokens.worker, `/v1/members/${land.worker(0).memberNumber}/letters?cursor=${mine.next}`)
    expect(Number(more.items[0]?.letterId)).toBeLessThan(Number(mine.items[1]?.letterId))
    // Who pays for himself reads what was written to him as a payer among his own.
    expect((await land.get<List>(tokens.driver, `/v1/members/${land.driver.memberNumber}/letters`)).body.items[0]?.to).toBe('payer')
    expect((await land.get<List>(tokens.firm, `/v1/payers/${land.firm.payerId}/letters`)).body.items.length).toBe(1)
    expect(code(await land.get(tokens.firm, `/v1/letters/${own?.letter_id}`))).toBe('letter-unknown')
    expect(code(await land.get(tokens.worker, `/v1/letters/${ofFirm?.letter_id}`))).toBe('letter-unknown')
    expect(code(await land.get(tokens.driver, `/v1/members/${land.worker(0).memberNumber}/letters`))).toBe('member-unknown')
    expect(code(await land.get(tokens.driver, `/v1/payers/${land.firm.payerId}/letters`))).toBe('payer-unknown')
    expect((await land.get(tokens.officer, `/v1/letters/${own?.letter_id}?why=test`)).status).toBe(200)
    const { rows } = await land.admin.query<{ n: number }>(
      `select count(*)::integer as n from platform.access_trail where person_id = $1 and view = 'letter' and why = 'test'`,
      [land.worker(0).personId],
    )
    expect(rows[0]?.n).toBeGreaterThan(0)
  })

  it('somebody with the printed code one letter, until a new code is made; anybody else learns nothing', async () => {
    const [own] = await land.letters(`person_id = ${land.worker(0).personId}`)
    const id = own?.letter_id ?? 0n
    const printed = await land.run(async (tx) => {
      const letter = await findLetter(tx, id)
      return letter ? codeOfLetter(tx, land.law, land.platform.encryption, letter) : ''
    })
    const open = async (text: string) =>
      (await land.get<{ letter: LetterText | null }>(null, `/v1/public/letters/${text}?lang=id`)).body.letter
    expect((await open(printedCode(printed)))?.title).toBe('Nomor lama Anda tetap berlaku')
    expect(await open(printed.toUpperCase().replaceAll('0', 'O'))).not.toBeNull()
    const pdf = await land.server.inject({ url: `/v1/public/letters/${printed}/pdf?lang=en` })
    expect([pdf.headers['content-type'], pdf.rawPayload.subarray(0, 5).toString()]).toEqual(['application/pdf', '%PDF-'])
    const wrong = `${printed.startsWith('0') ? '1' : '0'}${printed.slice(1)}`
    expect([await open(wrong), await open('x'), parseCode('il'.repeat(13))]).toEqual([null, null, '1'.repeat(26)])
    expect((await land.post(tokens.officer, `/v1/letters/${id}/code`, { why: 'went astray' })).body).toMatchObject({ turn: 2 })
    expect(await open(printed)).toBeNull()
    const { rows } = await land.admin.query<{ n: number }>(
      `select count(*)::integer as n from platform.access_trail where view = 'letter by its code'`,
    )
    expect(rows[0]?.n).toBe(3)
  })
})

describe('telling', () => {
  it('is overdue until an officer says how it was told, once', async () => {
    const overdue = async () =>
      (await land.get<{ items: { letterId: string; kind: string }[] }>(tokens.officer, '/v1/letters/overdue')).body.items
    const surplus = await land.only('payer surplus')
    expect((await overdue()).map(({ letterId }) => letterId)).toContain(surplus.letter_id.toString())
    const tell = (body: object, token = tokens.officer) => land.post(token, `/v1/letters/${surplus.letter_id}/told`, body)
    const refused = async (body: object, token?: string) => (await tell(body, token)).body.refusal?.code
    expect(await refused({ how: 'post', on: '2025-08-31' })).toBe('wrong-day')
    expect(await refused({ how: 'post', on: '2025-09-11' })).toBe('wrong-day')
    expect(await refused({ how: 'post' }, tokens.firm)).toBe('not-allowed')
    expect((await tell({ how: 'post', on: '2025-09-09' })).body).toMatchObject({ toldOn: '2025-09-09', how: 'post', tellBy: '2025-09-04' })
    expect((await tell({ how: 'post', on: '2025-09-09' })).status).toBe(200)
    expect(await refused({ how: 'desk' })).toBe('letter-told')
    expect((await overdue()).map(({ letterId }) => letterId)).not.toContain(surplus.letter_id.toString())
  })
})
