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
    const { digest, ...rest } = read.entries[0] ?? { digest: '' }
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
