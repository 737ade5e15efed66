// The core knows no programme, segment, number, currency or agency by name: the country pack declares them.
import { expect, test } from 'vitest'
import { files, generated, read, withoutComments } from './tree.ts'

/** Words of one country, as whole words or as part of a name in camel, snake or kebab case. */
const words = [
  'jkk',
  'jkm',
  'jht',
  'jkp',
  'jp',
  'bpu',
  'ppu',
  'pmi',
  'jakon',
  'nik',
  'rupiah',
  'idr',
  'bpjs',
  'indonesia',
  'myr',
  'perkeso',
  'socso',
]

/** Translations, and data of the demonstration, speak of the country they are for. */
const exempt = [/^web\/app\/words\//, /\.test\.tsx?$/, /^core\/tests\//, /\/demonstration\//, /\.md$/]

const parts = (text: string): string[] =>
  text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)

/** The words of a country that a text uses, with their lines. */
function countryWords(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) => parts(line).flatMap((part) => (words.includes(part) ? [`line ${index + 1}: ${part}`] : [])))
}

test('the scanner sees a word inside a name and not inside another word', () => {
  expect(countryWords('const jkkRate = 1\nconst bpu_rate = 2\nconst unique = panik')).toEqual(['line 1: jkk', 'line 2: bpu'])
})

test('no word of a country stands in core, api or web', () => {
  const scanned = files.filter(
    (file) =>
      /^(core|api|web)\//.test(file) &&
      /\.(ts|tsx|sql|css|json)$/.test(file) &&
      !exempt.some((pattern) => pattern.test(file)) &&
      !generated.includes(file),
  )
  const found = scanned.flatMap((file) =>
    countryWords(file.endsWith('.ts') || file.endsWith('.tsx') ? withoutComments(read(file)) : read(file)).map(
      (where) => `${file} ${where}`,
    ),
  )
  expect(found).toEqual([])
})
