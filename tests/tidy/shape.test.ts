// The shape of the files: short, named for the domain, and without what hides mistakes.
import path from 'node:path'
import { expect, test } from 'vitest'
import { codeOnly, files, generated, read, sources } from './tree.ts'

const longestFile = 300
const longestFunction = 60

/** Files that are longer for now, with their length: it may fall, never rise. It starts empty and should stay so. */
const ratchet: Readonly<Record<string, number>> = {}

const isText = (file: string): boolean => /\.(ts|tsx|mjs|sql|css|md)$/.test(file) && !generated.includes(file)

test(`no file has more than ${longestFile} lines`, () => {
  const long = files.filter(isText).flatMap((file) => {
    const lines = read(file).split('\n').length - 1
    return lines > (ratchet[file] ?? longestFile) ? [`${file}: ${lines}`] : []
  })
  expect(long).toEqual([])
})

/** Functions with a body in braces, by the line they begin on and how many lines they take. A tsx component counts too. */
function functionsOf(text: string): { line: number; lines: number }[] {
  const code = codeOnly(text)
  const starts = /\bfunction\b[^{;]*\{|=>\s*\{|^\s+(?:async\s+)?(?!if|for|while|switch|catch)[\w#]+\([^;{]*\)(?::[^;{=]+)?\s*\{$/gm
  return [...code.matchAll(starts)].map((match) => {
    const open = (match.index ?? 0) + match[0].length - 1
    let depth = 0
    let end = open
    for (; end < code.length; end++) {
      if (code[end] === '{') depth++
      if (code[end] === '}' && --depth === 0) break
    }
    return { line: code.slice(0, open).split('\n').length, lines: code.slice(open, end + 1).split('\n').length }
  })
}

test('the scanner of functions sees a long one', () => {
  const body = Array.from({ length: 70 }, (_, index) => `  call(${index}) // }`).join('\n')
  expect(functionsOf(`export function long() {\n${body}\n}\nconst short = () => {\n  done('{')\n}\n`)).toEqual([
    { line: 1, lines: 72 },
    { line: 73, lines: 3 },
  ])
})

test(`no function has more than ${longestFunction} lines`, () => {
  const describing = (file: string): boolean => file.endsWith('.test.ts')
  const long = sources
    .filter((file) => !describing(file))
    .flatMap((file) =>
      functionsOf(read(file)).flatMap(({ line, lines }) => (lines > longestFunction ? [`${file}:${line} has ${lines}`] : [])),
    )
  expect(long).toEqual([])
})

test('folders and files are named for what they are about', () => {
  const empty = /(^|\/)(utils?|helpers?|services?|managers?|common|shared|misc|lib)(\/|\.[a-z]+$)/
  expect(files.filter((file) => empty.test(file) && !file.startsWith('core/src/service/'))).toEqual([])
})

test('names are in kebab case', () => {
  const allowed = /^(README(\.id)?|ARCHITECTURE|STYLE|GLOSSARY|CHANGELOG|SECURITY|CONTRIBUTING|LICENSE|NOTICE|OFL)(\.md|\.txt)?$/
  const wrong = sources.filter((file) => !/^[a-z0-9$.-]+$/.test(path.basename(file)) && !allowed.test(path.basename(file)))
  expect(wrong).toEqual([])
})

test('migrations bear each a number of its own and are named in words', () => {
  const names = files.filter((file) => file.startsWith('core/migrations/')).map((file) => path.basename(file))
  expect(names.filter((name) => !/^\d{4}-[a-z]+(-[a-z]+)*\.sql$/.test(name))).toEqual([])
  // A number may be kept free for a migration that is being written; two of one number would run in an order that nobody chose.
  const numbers = names.map((name) => Number(name.slice(0, 4)))
  expect([...new Set(numbers)]).toEqual(numbers)
})

test('every source says in its first line what it is for', () => {
  const silent = sources.filter((file) => !/^(#!.*\n)?(\/\/ \S|\/\*\* ?\S)/.test(read(file)))
  expect(silent).toEqual([])
})

/** What is forbidden, and what to do instead. */
const bans: readonly { readonly what: RegExp; readonly instead: string; readonly where?: RegExp }[] = [
  { what: /(:|<|as|,|\|)\s*any\b(?!\s*\()/, instead: 'write the type, or unknown' },
  { what: /@ts-(ignore|nocheck|expect-error)/, instead: 'write the type' },
  { what: /^\s*(export\s+)?(const\s+)?enum\s/m, instead: 'a union of literals: Node runs erasable types only' },
  { what: /^\s*(export\s+)?(declare\s+)?namespace\s/m, instead: 'a module' },
  {
    what: /\b(test|it|describe)\.(skip|only|todo|fails|skipIf|runIf)\b|\b(xit|xdescribe|fit|fdescribe)\(/,
    instead: 'a test that runs, or none',
    where: /\.test\.tsx?$/,
  },
  {
    what: /waitForTimeout|\bsetTimeout\b|timers\/promises/,
    instead: 'wait for what you wait for (vi.waitFor, locator.waitFor)',
    where: /\.test\.tsx?$/,
  },
  { what: /\bconsole\.log\(/, instead: 'the streams that a command is given', where: /^(core|law|api|values)\// },
]

test('what hides mistakes is not used', () => {
  const found = sources
    .filter((file) => file !== 'tests/tidy/shape.test.ts')
    .flatMap((file) => {
      const text = codeOnly(read(file))
      const raw = read(file)
      return bans.flatMap(({ what, instead, where = /./ }) =>
        where.test(file) && what.test(what.source.startsWith('@ts') ? raw : text) ? [`${file}: ${what.source} (instead: ${instead})`] : [],
      )
    })
  expect(found).toEqual([])
})
