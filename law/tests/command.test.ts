// The command group: its output, its warnings, and refusals that name the flag.
import { describe, expect, test } from 'vitest'
import { lawCommand } from '../src/command/index.ts'

async function run(line: string): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await lawCommand(line.split(' '), {
    out: (text) => {
      out.push(text)
    },
    err: (text) => {
      err.push(text)
    },
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('a contribution as JSON', () => {
  test('has the promised shape', async () => {
    const { code, out } = await run('contribution --pack indonesia --segment PU --month 2026-04 --wage 12000000 --risk-class III --json')
    expect(code).toBe(0)
    const { trace, ...rest } = JSON.parse(out)
    expect(rest).toEqual({
      programmes: {
        JKK: { base: '12000000', employer: '106800', worker: '0', state: '0' },
        JKM: { base: '12000000', employer: '36000', worker: '0', state: '0' },
        JHT: { base: '12000000', employer: '444000', worker: '240000', state: '0' },
        JP: { base: '11086300', employer: '221726', worker: '110863', state: '0' },
        JKP: { base: '5000000', employer: '0', worker: '0', fromJKK: '7000', fromJKM: '0', state: '11000' },
      },
      totals: { employer: '808526', worker: '350863', billed: '1159389' },
      due: '2026-05-15',
    })
    expect(
      trace.filter((step: { act?: string; link?: string; status?: string }) => step.act && step.link && step.status).length,
    ).toBeGreaterThan(8)
  })

  test('warns of a compulsory programme that was left out', async () => {
    const { out } = await run('contribution --segment PU --month 2026-04 --wage 12000000 --programmes JKK,JKM --json')
    const { programmes, trace } = JSON.parse(out)
    expect(Object.keys(programmes)).toEqual(['JKK', 'JKM'])
    expect(trace.filter((step: { warning?: boolean }) => step.warning).map((step: { programme: string }) => step.programme)).toEqual([
      'JHT',
      'JP',
      'JKP',
    ])
  })

  test('names both due days of a self-employed person who saves', async () => {
    const { out } = await run('contribution --segment BPU --month 2026-05 --income 2000000 --programmes JKK,JKM,JHT --json')
    const { due, trace } = JSON.parse(out)
    expect(due).toBe('2026-05-15')
    expect(trace.map(({ text }: { text: string }) => text).filter((text: string) => text.includes('due'))).toEqual([
      'JKK, JKM of 2026-05: due 2026-05-15',
      'JHT of 2026-05: due 2026-06-15',
    ])
  })
})

describe('a contribution for people', () => {
  test('is a table with the sum and the due day', async () => {
    const { out } = await run('contribution --segment BPU --month 2025-10 --income 1000000')
    expect(out.replaceAll('\u00a0', ' ')).toMatch(
      /^Self-employed, 2025-10\n[\s\S]*JKM\s+–\s+–\s+Rp 6,800[\s\S]*Billed\s+–\s+Rp 16,800\s+Rp 16,800\n\nDue 2025-10-15/,
    )
  })

  test('explains with act, article, status and link', async () => {
    const { out } = await run('contribution --segment BPU --month 2026-05 --income 1000000 --explain')
    expect(out).toMatch(/0\.5 % of 1000000 = 5000\n\s+PP 44\/2015, art 20, Lampiran II, verified, https:/)
    expect(out).toContain('PP 50/2025, art 3, 4, 7a-b, verified')
  })
})

describe('refusals', () => {
  test.each([
    // command line                                                                  code                   flag
    ['contribution --segment PU --month 2026-04 --wage -5', 'wrong-fact', '--wage'],
    ['contribution --segment PU --month 2026-04 --wage abc', 'wrong-fact', '--wage'],
    ['contribution --segment PU --month 2026-04 --wage 11086300.01', 'wrong-fact', '--wage'],
    ['contribution --segment PU --month 2026-04 --wage 1.000.000', 'wrong-fact', '--wage'],
    ['contribution --segment PU --month 2026-04 --wage', 'missing-value', '--wage'],
    ['contribution --segment PU --month 2026-04 --wage 1 --wage 2', 'flag-given-twice', '--wage'],
    ['contribution --segment PU --month 2026-04', 'missing-fact', '--wage'],
    ['contribution --segment BPU --month 2026-04 --wage 1000000', 'missing-fact', '--income'],
    ['contribution --segment JAKON --month 2026-04', 'missing-fact', '--contract-value'],
    ['contribution --segment PMI --month 2026-04 --months 5', 'contract-too-short', '--months'],
    ['contribution --segment PMI --month 2026-04 --months 24 --savings 49999', 'wrong-fact', '--savings'],
    ['contribution --segment PU --month 2026-04 --wage 1 --salary 2', 'unknown-flag', '--salary'],
    ['contribution --segment PU --month 2015-06 --wage 1', 'before-the-law', '--month'],
    ['contribution --segment PU --month 2026-4 --wage 1', 'wrong-flag', '--month'],
    ['contribution --segment PU --wage 1', 'wrong-flag', '--month'],
    ['contribution --segment ASN --month 2026-04 --wage 1', 'wrong-fact', '--segment'],
    ['contribution --segment PU --month 2026-04 --wage 1 --risk-class VI', 'wrong-fact', '--risk-class'],
    ['contribution --segment PU --month 2026-04 --wage 1 --programmes JKK,JPK', 'wrong-fact', '--programmes'],
    ['contribution --segment PU --month 2026-04 --wage 1 --born 2026-05-01', 'wrong-fact', '--born'],
    ['contribution --segment PU --month 2026-04 --wage 1 --citizen maybe', 'wrong-fact', '--citizen'],
    ['contribution --segment BPU --month 2026-04 --income 1 --programmes JP', 'programme-not-in-segment', '--programmes'],
    ['parameter pension-wage-ceiling', 'wrong-flag', '--on'],
  ])('%s', async (line, code, flag) => {
    const result = await run(`${line} --json`)
    expect(result.code).toBe(2)
    const { refusal } = JSON.parse(result.out)
    expect(refusal).toMatchObject({ code, data: { flag } })
    expect(refusal.rule.length * refusal.next.length).toBeGreaterThan(0)
    const plain = await run(line)
    expect(plain).toMatchObject({ code: 2, out: '' })
    expect(plain.err).toContain(refusal.rule)
  })

  test.each([
    ['fly', 'unknown-command'],
    ['parameter pension-wage-roof --on 2026-01-01', 'unknown-parameter'],
    ['parameter pension-wage-ceiling --on 2015-06-30', 'no-source'],
    ['parameter risk-groups --on 2018-01-01', 'no-source'],
    ['list --pack nowhere', 'pack-error'],
    ['contribution --segment PMI --month 2022-01 --months 24', 'no-source'],
  ])('%s', async (line, code) => {
    const result = await run(`${line} --json`)
    expect([result.code, JSON.parse(result.out).refusal.code]).toEqual([2, code])
  })
})

test('a refusal about a person says which condition is not met', async () => {
  const { code, err } = await run('contribution --segment BPU --month 2026-05 --income 1000000 --age 65')
  expect(code).toBe(2)
  expect(err).toContain('it needs that "Age on the day of joining" is below 65')
  const { out } = await run('contribution --segment PU --month 2026-05 --wage 5000000 --citizen no --programmes JKK,JKM,JHT,JP')
  expect(out).toContain('! JP does not apply: it needs that "Citizen" is yes.')
})

test('a parameter prints its value first and its source after it', async () => {
  const { code, out } = await run('parameter pension-wage-ceiling --on 2024-02-29')
  expect(code).toBe(0)
  expect(out.split('\n').slice(0, 3)).toEqual([
    '9559600',
    'Pension insurance: highest wage that counts, from 2023-03-01',
    'PP 45/2015, art 29(3)-(4), published unknown, one-source',
  ])
})

test('what is not verified is listed, the verified is not', async () => {
  const { out } = await run('unverified --json')
  const names = JSON.parse(out).map(({ parameter, status }: { parameter: string; status: string }) => `${parameter} ${status}`)
  expect(names).toContain('rounding unverified')
  expect(names.filter((name: string) => name.endsWith(' verified') || name.startsWith('accident-rate'))).toEqual([])
})
