// The letter about an instalment of what was deferred (PP 49/2020) shows all of them, as they are when it is read: what was paid, what is late,
// what is to come. What is planned on the first day is what is billed afterwards, to the rupiah.
import type { LetterText } from '@payung/api'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { billDeferred, checkControl } from '../../src/contributions/index.ts'
import { paperOf } from '../../src/notices/routes.ts'
import { openLetter, wordLetter } from '../../src/notices/use-cases/read-letter.ts'
import { systemActor } from '../../src/platform/index.ts'
import { paymentCode } from '../../src/registry/index.ts'

let scheme: TestScheme
let payer = 0n
let letterId = 0n

/** Twelfths of 60,001 and of 40,000, each rounded up: 5,001 and 3,334. */
const first = 5_001n + 3_334n
const days = ['05', '06', '07', '08', '09', '10', '11', '12'].map((month) => `2021-${month}-15`)
const stages = [...days, ...['01', '02', '03', '04'].map((month) => `2022-${month}-15`)]

const letter = async () => {
  const opened = await scheme.run((tx) => openLetter(tx, letterId, 'letter', 'test'))
  if (!opened.ok) throw new Error(opened.refusal.code)
  return opened.value
}
const read = async (language: string): Promise<NonNullable<LetterText['instalments']>> => {
  const text = await wordLetterIn(language)
  if (text.instalments === null) throw new Error('the letter tells no instalments')
  return text.instalments
}
const wordLetterIn = async (language: string): Promise<LetterText> => {
  const found = await letter()
  return scheme.run((tx) => wordLetter(tx, scheme.law, found, language))
}
const whole = (amount: string): bigint => BigInt(amount.replaceAll(/\D/g, ''))

beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2021-05-01')
  payer = (await scheme.organisation({ kind: 'employer' })).payerId
  await scheme.admin.query(
    `insert into contributions.deferral (payer_id, bill_id, programme, month, amount, noted_on)
     select $1::bigint, ($1::bigint << 20) + m.month, 'JP', m.month, m.amount, '2020-09-30' from (values (24247, 60001), (24248, 40000)) m (month, amount)`,
    [payer],
  )
  await scheme.run((tx) => billDeferred(tx, scheme.law))
  const { rows } = await scheme.admin.query<{ letter_id: bigint }>('select letter_id from notices.letter where payer_id = $1', [payer])
  letterId = rows[0]?.letter_id ?? 0n
})
afterAll(() => scheme.close())

it('shows the one that is billed and those to come, which sum to what was deferred', async () => {
  const { caption, rows } = await read('en')
  expect(caption).toBe('All instalments of what was put off, as of 1\u00a0May\u00a02021 (by PP 49/2020; days known from one source only)')
  expect(rows.map(({ state }) => state)).toEqual(['to be paid', ...Array<string>(11).fill('to come'), ''])
  expect(
    rows
      .map(({ amount }) => whole(amount))
      .slice(0, -1)
      .reduce((sum, amount) => sum + amount, 0n),
  ).toBe(100_001n)
  expect([whole(rows[0]?.amount ?? ''), whole(rows.at(-1)?.amount ?? '')]).toEqual([first, 100_001n])
})

it('says which are paid, and which are late', async () => {
  scheme.at('2021-05-10')
  await scheme.pay([{ channel: 'bank', day: '2021-05-10', externalId: 'one', code: paymentCode(payer), amount: `${first}` }])
  scheme.at('2021-06-01')
  await scheme.run((tx) => billDeferred(tx, scheme.law))
  scheme.at('2021-06-16')
  const { rows } = await read('id')
  expect(rows.slice(0, 3)).toMatchObject([
    { due: '15\u00a0Mei\u00a02021', state: 'lunas 10\u00a0Mei\u00a02021' },
    { due: '15\u00a0Juni\u00a02021', state: 'belum dibayar' },
    { due: '15\u00a0Juli\u00a02021', state: 'akan datang' },
  ])
  expect(whole(rows.at(-1)?.amount ?? '')).toBe(100_001n)
})

it('is paper too, and what was planned is what is billed', async () => {
  const planned = (await read('id')).rows.slice(0, -1).map(({ amount }) => whole(amount))
  const paper = await paperOf(scheme.platform, scheme.law, systemActor, await letter(), 'id')
  expect(
    Buffer.from(paper)
      .toString('latin1')
      .match(/\/Type \/Page\b/g),
  ).toHaveLength(1)
  for (const stage of stages.slice(2)) {
    scheme.at(`${stage.slice(0, 8)}01`)
    await scheme.run((tx) => billDeferred(tx, scheme.law))
  }
  const { rows } = await scheme.admin.query<{ total: bigint; due: string }>(
    `select total, due from contributions.bill where payer_id = $1 and kind = 'deferred' order by due`,
    [payer],
  )
  expect(rows.map(({ due }) => due)).toEqual(stages)
  expect(rows.map(({ total }) => total)).toEqual(planned)
  expect(await scheme.run((tx) => checkControl(tx, 'test', null))).toMatchObject({ difference: 0n })
})
