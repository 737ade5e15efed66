// Every mistake of a pack is named with its file, its line and its parameter.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { digestOf, loadPack, PackError, packFolder } from '../src/index.ts'
import { readParameterFile } from '../src/parameter-file.ts'

const whole = {
  from: '2020-01-01',
  published: '2019-12-01',
  act: 'Act',
  article: '"1"',
  link: 'https://example.org',
  status: 'verified',
  value: '5',
}
const entry = (change: Record<string, string | undefined> = {}): string =>
  `  - { ${Object.entries({ ...whole, ...change })
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]))
    .join(', ')} }`
const file = (...entries: string[]): string => ['title: { en: Rate }', 'entries:', ...entries, ''].join('\n')

describe('a parameter file', () => {
  test.each([
    // what                         text                                                                    line  message
    ['no act', file(entry({ act: undefined })), 3, 'an entry has no "act"'],
    ['no article', file(entry({ article: undefined })), 3, 'an entry has no "article"'],
    ['no link', file(entry(), entry({ from: '2021-01-01', link: undefined })), 4, 'an entry has no "link"'],
    ['no status', file(entry({ status: undefined })), 3, 'an entry has no "status"'],
    ['no day of publication', file(entry({ published: undefined })), 3, 'an entry has no "published"'],
    ['no day of effect', file(entry({ from: undefined })), 3, 'an entry has no "from"'],
    ['no value', file(entry({ value: undefined })), 3, 'an entry has no "value"'],
    ['an empty value', file(entry({ value: 'null' })), 3, '"value" is empty'],
    ['an empty act', file(entry({ act: '""' })), 3, '"act" is empty or not a text'],
    ['an unknown key', file(entry({ colour: 'red' })), 3, '"colour" is not a key of an entry'],
    ['an unknown status', file(entry({ status: 'sure' })), 3, '"status" is not one of verified, one-source, unverified: sure'],
    ['a day that is none', file(entry({ from: '2020-02-30' })), 3, '"from" is not a day: 2020-02-30'],
    [
      'verified, day unknown',
      file(entry({ published: 'unknown' })),
      3,
      'an entry whose day of publication or article is unknown is at best one-source',
    ],
    [
      'verified, article unknown',
      file(entry({ article: 'unknown' })),
      3,
      'an entry whose day of publication or article is unknown is at best one-source',
    ],
    ['two entries for one day', file(entry(), entry({ value: '6' })), 4, 'two entries are in force from 2020-01-01'],
    ['the same entry twice', file(entry(), entry()), 4, 'the entry of 2020-01-01 stands twice: leave one of the two out'],
    [
      'two entries for one month',
      file(entry({ months: '{ from: 2020-01, to: 2020-06 }' }), entry({ from: '2020-02-01', months: '{ from: 2020-06, to: 2020-07 }' })),
      4,
      'two entries hold for 2020-06',
    ],
    ['months that are none', file(entry({ months: '{ from: 2020-13, to: 2020-12 }' })), 3, '"months" is not {from: YYYY-MM, to: YYYY-MM}'],
    ['months backwards', file(entry({ months: '{ from: 2020-06, to: 2020-05 }' })), 3, '"months" is not {from: YYYY-MM, to: YYYY-MM}'],
    ['corrects without entered', file(entry({ corrects: 'abc' })), 3, 'a correction needs both "corrects" and "entered"'],
    [
      'two corrections of one entry',
      file(
        entry({ from: '2019-01-01' }),
        entry({ corrects: 'abc', entered: '2024-01-01' }),
        entry({ value: '7', corrects: 'abc', entered: '2024-02-01' }),
      ),
      5,
      'two entries correct abc: correct the correction',
    ],
    ['no entries', 'title: { en: Rate }\nentries: []\n', 1, '"entries" is empty'],
    ['no title', `entries:\n${entry()}\n`, 1, '"title" is missing'],
    ['an unknown key of the file', `${file(entry())}colour: red\n`, 1, '"colour" is not a key of a parameter file'],
    ['a list', '- 1\n', undefined, 'is not a map with a title and entries'],
  ] as const)('%s', (_, text, line, message) => {
    let caught: unknown
    try {
      readParameterFile('some/rate.yaml', text)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(PackError)
    expect(caught).toMatchObject({
      file: 'some/rate.yaml',
      line,
      parameter: 'rate',
      message: `some/rate.yaml${line === undefined ? '' : `:${line}`}: rate: ${message}`,
    })
  })

  test('broken YAML is named with its line', () => {
    expect(() => readParameterFile('some/rate.yaml', 'title: { en: Rate }\nentries:\n  - { from: [ }\n')).toThrow(
      /^some\/rate\.yaml:3: rate: /,
    )
  })

  test('a correction may itself be corrected', () => {
    const [first] = readParameterFile('some/rate.yaml', file(entry())).entries
    const second = entry({ value: '6', corrects: first?.digest, entered: '2024-01-01' })
    const [, corrected] = readParameterFile('some/rate.yaml', file(entry(), second)).entries
    const third = entry({ value: '7', corrects: corrected?.digest, entered: '2024-02-01' })
    expect(readParameterFile('some/rate.yaml', file(entry(), second, third)).entries.map(({ value }) => value)).toEqual([5, 6, 7])
  })

  test('a whole file is read, and its digest covers every part', () => {
    const read = readParameterFile('some/rate.yaml', file(entry({ value: '{ a: 1.5% }', note: 'why' })))
    const { digest, place, ...rest } = read.entries[0] ?? { digest: '', place: undefined }
    expect(place).toEqual({ file: 'some/rate.yaml', line: 3 })
    expect(rest).toEqual({
      parameter: 'rate',
      from: '2020-01-01',
      published: '2019-12-01',
      act: 'Act',
      article: '1',
      link: 'https://example.org',
      status: 'verified',
      note: 'why',
      value: { a: '1.5%' },
    })
    expect(digest).toBe(digestOf(rest))
    expect(digestOf({ ...rest, note: 'why not' })).not.toBe(digest)
  })
})

const shaped = (shape: string, value: string): string =>
  [
    'title: { en: Rate }',
    `shape: ${shape}`,
    'entries:',
    entry({ value: undefined }).replace(' }', ','),
    `      value: ${value} }`,
    '',
  ].join('\n')

describe('a value', () => {
  test.each([
    // what                           shape                              value                        message at line 5
    ['a percentage above all', 'percent', '100.5%', 'value is "100.5%", not a percentage from 0 % to 100 %: write it like 0.24%'],
    [
      'a percentage finer than known',
      'percent',
      '0.12345%',
      'value is "0.12345%", not a percentage from 0 % to 100 %: write it like 0.24%',
    ],
    ['an amount below zero', 'amount', '-1', 'value is -1, not a whole amount from 0 to 999999999999999: write it like 16800'],
    ['an amount as a text', 'amount', '"16800"', 'value is "16800", not a whole amount from 0 to 999999999999999: write it like 16800'],
    ['an amount with decimals', 'amount', '1.5', 'value is 1.5, not a whole amount from 0 to 999999999999999: write it like 16800'],
    ['an age of nobody', 'age', '900', 'value is 900, not an age from 0 to 120: write it like 59'],
    ['a number where a text is asked', '{ citizen: text }', '{ citizen: 1 }', 'value.citizen is 1, not a text: write it like "yes"'],
    ['a day that is none', 'day', '"2026-02-30"', 'value is "2026-02-30", not a day: write it like "2026-04-01"'],
    [
      'a choice that is none',
      '{ moves: next | previous }',
      '{ moves: up }',
      'value.moves is "up", not one of next, previous: write it like next',
    ],
    ['a part that is missing', '{ I: percent, II: percent }', '{ I: 1% }', 'value.II is missing: add it'],
    ['a part nobody asks for', '{ I: percent }', '{ I: 1%, VI: 2% }', 'value.VI is not asked for: leave it out, or add it to the shape'],
    [
      'a part deep inside',
      '[{ "*": { day: day of month } }]',
      '[{ a: { day: 32 } }]',
      'value.0.a.day is 32, not a day of the month from 1 to 31: write it like 15',
    ],
    ['a list instead of a figure', 'age', '[59]', 'value is a list, not an age from 0 to 120: write it like 59'],
    ['a figure instead of a map', '{ a: age }', '59', 'value is 59, not a map: write a beneath it'],
    [
      'a day twice',
      '[{ date: own day }]',
      '[{ date: "2026-01-01" }, { date: "2026-01-01" }]',
      'value.1.date is "2026-01-01", which stands there already: leave one of the two out',
    ],
    [
      'rows out of order',
      '[{ from: rising amount }]',
      '[{ from: 5 }, { from: 3 }]',
      'value.1.from is 3, below the row before: sort the rows',
    ],
    [
      'a row twice',
      '[{ from: rising amount }]',
      '[{ from: 3 }, { from: 3 }]',
      'value.1.from is 3, which stands there already: leave one of the two out',
    ],
    ['below zero, of no shape', 'free', '-5', 'value is -5: write a figure of zero or more'],
    [
      'above all, of no shape',
      'free',
      '{ a: [101%] }',
      'value.a.0 is 101%: write a percentage from 0% to 100% with at most four decimals, for instance 0.24%',
    ],
  ] as const)('%s is refused with its line and path', (_, shape, value, message) => {
    expect(() => readParameterFile('some/rate.yaml', shaped(shape, value))).toThrow(`some/rate.yaml:5: rate: ${message}`)
  })

  test.each([
    ['growth', '-2.07%'],
    ['percent', '100%'],
    ['{ "name?": text, a: age }', '{ a: 0 }'],
    ['free', '{ a: [1, 2%] }'],
  ])('of shape %s may be %s', (shape, value) => {
    expect(readParameterFile('some/rate.yaml', shaped(shape, value)).entries).toHaveLength(1)
  })

  test.each([
    ['a word that is no shape', 'money', '"shape" has "money", which is no shape: use amount, percent,'],
    ['a list of two shapes', '[age, age]', '"shape" has a list of more than one shape'],
    ['a number', '7', '"shape" is neither a word, a list of one shape, nor a map'],
  ])('a shape with %s is refused', (_, shape, message) => {
    expect(() => readParameterFile('some/rate.yaml', shaped(shape, '1'))).toThrow(`some/rate.yaml:2: rate: ${message}`)
  })
})

test('a renewal without its source is refused', () => {
  const text = `${file(entry())}renewed: { months: 12, act: Act }\n`
  expect(() => readParameterFile('some/rate.yaml', text)).toThrow('some/rate.yaml:4: rate: "renewed" is not { months: 12, act:')
})

test('every parameter of the packs that ship declares the shape of its values', async () => {
  const packs = [await loadPack('indonesia'), await loadPack('test-pack')]
  expect(packs.flatMap(({ parameters }) => parameters.filter(({ shape }) => shape === undefined).map(({ name }) => name))).toEqual([])
})

const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true })
})

/** A copy of the test pack beside it, so that its rules find the engine, with one change. */
async function changed(change: (folder: string) => Promise<void>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'payung-pack-'))
  folders.push(folder)
  await cp(packFolder('test-pack'), folder, { recursive: true })
  await change(folder)
  return folder
}

const edit =
  (name: string, from: string, to: string) =>
  async (folder: string): Promise<void> => {
    const text = await readFile(join(folder, name), 'utf8')
    await writeFile(join(folder, name), text.replace(from, to))
  }

describe('a pack', () => {
  test.each([
    ['no currency', edit('pack.yaml', 'currency:', 'money:'), 'pack.yaml: "currency" is missing'],
    ['an unknown key', edit('pack.yaml', 'languages:', 'colour: red\nlanguages:'), 'pack.yaml: "colour" is not a key of a pack'],
    [
      'a payer kind not declared',
      edit('pack.yaml', 'payer: firm', 'payer: boss'),
      'pack.yaml: segment employee names "boss", which is not declared',
    ],
    [
      'a base not declared',
      edit('pack.yaml', 'base: [pay]', 'base: [gold]'),
      'pack.yaml: segment employee names "gold", which is not declared',
    ],
    [
      'a programme without sentence',
      edit('pack.yaml', 'sentence: { en: Care when you are hurt. }, ', ''),
      'pack.yaml: programmes CARE: "sentence" is missing',
    ],
    [
      'a default that is no value of its fact',
      edit('pack.yaml', 'default: "30"', 'default: thirty'),
      'pack.yaml: the default "thirty" of fact age is not a whole number: correct it',
    ],
    [
      'a percentage above all',
      edit('parameters/care-rate.yaml', 'night_work: "0.5%"', 'night_work: "500%"'),
      'care-rate.yaml:4: care-rate: value.night_work is "500%", not a percentage from 0 % to 100 %: write it like 0.24%',
    ],
    ['a fact twice', edit('pack.yaml', 'code: age,', 'code: born,'), 'pack.yaml: facts born stands twice'],
    [
      'a parameter in two files',
      async (folder: string) => {
        await cp(join(folder, 'parameters/care-rate.yaml'), join(folder, 'parameters/more/care-rate.yaml'), { recursive: true })
      },
      'care-rate: is already read from parameters/care-rate.yaml',
    ],
    [
      'a correction of nothing',
      edit('parameters/life-amount.yaml', 'status: one-source', 'status: one-source, corrects: abc, entered: 2024-01-01'),
      'life-amount: the entry of 2020-01-01 corrects abc, which is no entry of it',
    ],
  ] as const)('%s', async (_, change, message) => {
    await expect(loadPack(await changed(change))).rejects.toThrow(message)
  })

  test('a folder without a pack', async () => {
    await expect(loadPack('/nowhere/at-all')).rejects.toThrow('/nowhere/at-all/pack.yaml: there is no pack.yaml')
  })
})
