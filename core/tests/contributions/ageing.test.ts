// Receivables by age: each open bill stands in exactly one class, by the begun months after its due day; what is paid stands in none.
import type { Day, Month } from '@payung/values'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshScheme, type TestScheme } from '../../../tests/scheme.ts'
import { showAgeing } from '../../src/contributions/use-cases/age-receivables.ts'

let scheme: TestScheme
beforeAll(async () => {
  scheme = await freshScheme('indonesia', '2026-09-01')
})
afterAll(() => scheme.close())

const ageing = async (on: string) => {
  const done = await scheme.run((tx) => showAgeing(tx, scheme.law, on as Day))
  if (!done.ok) throw new Error(done.refusal.code)
  return done.value
}
const counts = async (on: string): Promise<string> =>
  (await ageing(on)).classes
    .map(({ class: name, bills, payers, amount }) => `${name || 'not late'}: ${bills} ${payers} ${amount}`)
    .join('; ')

test('open bills by age, on any day, in the classes known on that day', async () => {
  const { payerId } = await scheme.organisation({ kind: 'employer' })
  const other = await scheme.organisation({ kind: 'employer' })
  const self = await scheme.organisation({ kind: 'sponsor' })
  const rows: [bigint, Month, number, string, string | null][] = [
    [payerId, '2026-01' as Month, 1, '2026-02-15', null],
    [payerId, '2026-02' as Month, 2, '2026-03-15', '2026-09-10'],
    [other.payerId, '2026-02' as Month, 4, '2026-03-15', null],
    [other.payerId, '2026-08' as Month, 8, '2026-09-15', null],
    [self.payerId, '2026-01' as Month, 16, '2026-02-15', null],
  ]
  for (const [payer, month, amount, due, paid] of rows) {
    const number = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
    await scheme.admin.query(
      `insert into contributions.bill (payer_id, bill_id, month, kind, state, employer, made_on, issued_on, due, paid_on) values ($1, $2, $3, 'month', $4, $5, $6, $6, $7, $8)`,
      [payer, (payer << 20n) | (BigInt(number - 24_000) * 32n), number, paid ? 'paid' : 'issued', amount, `${month}-28`, due, paid],
    )
  }
  expect(await counts('2026-09-09')).toBe('not late: 1 1 8; current-substandard: 2 2 6; doubtful-bad: 1 1 1')
  expect(await counts('2026-09-10')).toBe('not late: 1 1 8; current-substandard: 1 1 4; doubtful-bad: 1 1 1')
  expect(await counts('2026-09-16')).toBe('not late: 0 0 0; current-substandard: 1 1 8; doubtful-bad: 2 2 5')
  expect((await ageing('2018-01-01')).classes.map(({ class: name }) => name)).toEqual([
    '',
    'current',
    'unnamed',
    'substandard',
    'bad',
    'contingent',
  ])
})

test('before any source the question is refused', async () => {
  expect(await scheme.run((tx) => showAgeing(tx, scheme.law, '2015-12-31' as Day))).toMatchObject({
    ok: false,
    refusal: { code: 'no-source' },
  })
})
