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

describe('two facts about one thing', () => {
  const line = 'contribution --segment PU --month 2026-10 --wage 5000000'
  test.each(['35', '36'])('agree where a birthday lies in the month: %s', async (age) => {
    expect((await run(`${line} --born 1990-10-15 --age ${age} --joined 2026-10-31`)).code).toBe(0)
  })

  test('a child at work is computed, because no source here names a least age, and warned of', async () => {
    const { code, out } = await run(`${line} --born 2020-01-01`)
    expect([code, out]).toEqual([0, expect.stringMatching(/! "Age in completed years" is 6: no source here names the least age/)])
    expect((await run(line)).out).not.toContain('least age')
  })
})

describe('refusals', () => {
  test.each([
    // command line                                                                  code                   flag
    ['contribution --segment PU --month 2026-04 --wage -5', 'wrong-fact', '--wage'],
    ['contribution --segment PU --month 2026-04 --wage abc', 'wrong-fact', '--wage'],
    ['contribution --segment PU --month 2026-10 --wage 1 --age 70 --born 1990-01-01', 'facts-contradict', '--age'],
    ['contribution --segment PU --month 2026-10 --wage 1 --born 1990-01-01 --joined 1980-01-01', 'facts-contradict', '--joined'],
    ['contribution --segment PU --month 2026-10 --wage 1 --joined 2027-01-01', 'facts-contradict', '--joined'],
    ['contribution --segment PMI --month 2026-10 --months 12 --age 70 --born 1990-01-01', 'facts-contradict', '--age'],
    ['contribution --segment PU --month 9999-12 --wage 1', 'too-far-ahead', '--month'],
    ['contribution --segment PMI --month 2100-01 --months 12', 'too-far-ahead', '--month'],
    ['contribution --segment PU --month 2026-04 --wage 1000000000000000', 'wrong-fact', '--wage'],
    ['contribution --segment PU --month 2026-04 --wage 1 --age 900', 'wrong-fact', '--age'],
    ['contribution --segment PMI --month 2026-04 --months 601', 'wrong-fact', '--months'],
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

const texts = (trace: { text: string }[], start: string): string[] => trace.map(({ text }) => text).filter((text) => text.startsWith(start))

describe('a programme that drops out says why, with the article', () => {
  test.each([
    ['--age 59', ['JP: PP 45/2015 art 2, 15', 'JP: PP 45/2015 art 15', 'JKP: PP 6/2025 art 4']],
    ['--age 59 --joined 2018-01-01', ['JP: PP 45/2015 art 15', 'JKP: PP 6/2025 art 4']],
    ['--age 54', ['JKP: PP 6/2025 art 4']],
    ['--born 1972-04-01', ['JKP: PP 6/2025 art 4']],
    ['--born 1972-04-02', []],
    ['--employer-kind public', ['JP: PP 45/2015 art 2, 15', 'JKP: PP 6/2025 art 4']],
  ] as const)('%s', async (given, expected) => {
    const { out } = await run(`contribution --segment PU --month 2026-04 --wage 5000000 ${given} --json`)
    const { trace } = JSON.parse(out)
    const reasons = trace.filter(({ text }: { text: string }) => text.includes('does not apply'))
    expect(reasons.map((step: Record<string, string>) => `${step.programme}: ${step.act} art ${step.article}`)).toEqual(expected)
  })

  test('by the condition of the case that is meant, not of another size of employer', async () => {
    const { out } = await run('contribution --segment PU --month 2026-04 --wage 5000000 --age 60 --joined 2015-08-01 --json')
    expect(texts(JSON.parse(out).trace, 'JKP')).toEqual(['JKP does not apply: it needs that "Programmes" include JP.'])
  })
})

describe('a fact that was assumed and decided is named', () => {
  const all = '--risk-class III --employer-size large --employer-kind private --citizen yes'
  test.each([
    ['PU --month 2026-04 --wage 5000000', ['risk_class', 'employer_size', 'employer_kind', 'age', 'citizen']],
    [`PU --month 2026-04 --wage 5000000 ${all} --age 40`, []],
    [`PU --month 2026-04 --wage 5000000 ${all} --age 56`, ['joined']],
    [`PU --month 2026-04 --wage 5000000 ${all} --born 1990-01-01`, []],
    [`PU --month 2025-06 --wage 5000000 ${all} --age 40 --industry food --active-workers 60`, ['arrears_cleared']],
    [`PU --month 2025-06 --wage 5000000 ${all} --age 40 --industry food --arrears-cleared yes`, ['active_workers']],
    [`PU --month 2025-06 --wage 5000000 ${all} --age 40 --active-workers 60 --arrears-cleared yes`, ['industry']],
    ['BPU --month 2026-02 --income 1000000 --age 40', ['occupation', 'self_employed_kind']],
    ['BPU --month 2026-02 --income 1000000 --age 40 --occupation courier', ['self_employed_kind', 'payer']],
    ['JAKON --month 2026-04 --contract-value 80000000', []],
    ['JAKON --month 2020-10 --contract-value 80000000', ['arrears_cleared']],
    ['PMI --month 2026-04 --months 12', ['via']],
    ['PMI --month 2026-04 --months 12 --via placement', []],
  ])('%s', async (line, expected) => {
    const { code, out } = await run(`contribution --segment ${line} --json`)
    expect(code).toBe(0)
    const assumed = JSON.parse(out).trace.flatMap((step: { assumed?: string }) => step.assumed ?? [])
    expect(assumed.sort()).toEqual([...expected].sort())
  })

  test('in words, with the flag that answers it', async () => {
    const { out } = await run('contribution --segment BPU --month 2026-05 --income 1000000 --age 40 --self-employed-kind self-employed')
    expect(out).toContain(
      '? Assumed, because it was not given: "Who pays" is The person. Another answer could change the amounts; give it with --payer.',
    )
  })
})

describe('a value that the law renews', () => {
  test.each([
    ['2027-02', 0],
    ['2027-03', 1],
    ['2027-05', 1],
    ['2016-02', 0],
    ['2026-04', 0],
  ])('of %s is followed by %i warnings', async (month, warnings) => {
    const { out } = await run(`contribution --segment PU --month ${month} --wage 20000000 --json`)
    expect(texts(JSON.parse(out).trace, '"Pension insurance: highest wage that counts"')).toHaveLength(warnings)
  })

  test('is not warned of where it is not used', async () => {
    const { out } = await run('contribution --segment PU --month 2027-05 --wage 20000000 --programmes JKK,JKM,JHT --json')
    expect(texts(JSON.parse(out).trace, '"Pension')).toEqual([])
  })

  test('is warned of as a parameter, and listed with the day from which a newer one is expected', async () => {
    const late = await run('parameter pension-wage-ceiling --on 2027-03-01 --json')
    expect(JSON.parse(late.out).warning).toContain('the one expected from 2027-03-01 on is not known')
    const held = await run('parameter pension-wage-ceiling --on 2027-02-28 --json')
    expect(JSON.parse(held.out).warning).toBeUndefined()
    const { out } = await run('unverified --json')
    const expecting = JSON.parse(out).filter((entry: { newValueExpected?: string }) => entry.newValueExpected)
    expect(expecting.map((entry: Record<string, string>) => `${entry.parameter} ${entry.from} ${entry.newValueExpected}`)).toContain(
      'pension-wage-ceiling 2026-03-01 2027-03-01',
    )
    expect((await run('unverified')).out).toContain('pension-wage-ceiling: the law expects a new value from 2027-03-01 on')
  })
})

test.each([
  ['--segment PU --wage 100000000000000000000', '--wage has 21 digits; an amount has at most 15.'],
  ['--segment PU --wage 1000000000000000', '--wage has 16 digits; an amount has at most 15.'],
  ['--segment PMI --months 9999', '--months is above 600: no source names a longest contract'],
  ['--segment PU --wage 1 --active-workers 1000000000', '--active-workers has 10 digits; a number has at most 9.'],
])('too much is refused with its limit: %s', async (line, says) => {
  expect((await run(`contribution --month 2026-04 ${line}`)).err).toContain(says)
})

test.each([
  [12, 0],
  [18, 1],
  [24, 0],
  [25, 0],
])('a migrant’s contract of %i months: %i warnings that no source names its amount', async (months, warnings) => {
  const { out } = await run(`contribution --segment PMI --month 2026-04 --months ${months} --json`)
  expect(texts(JSON.parse(out).trace, `No source says what ${months} months cost`)).toHaveLength(warnings)
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
