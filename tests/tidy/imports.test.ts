// Who may import whom: packages outside, rooms inside. ARCHITECTURE.md has the same table for people.
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { files, importsOf, read, root, sources } from './tree.ts'

/** For each package, our own packages that it may import. Tests and tools may import all. */
const packages: Readonly<Record<string, readonly string[]>> = {
  values: [],
  law: ['values'],
  api: ['values'],
  core: ['values', 'law', 'api'],
  web: ['values', 'api'],
  simulators: ['values', 'law', 'core', 'api'],
  verifier: [],
  bench: ['values', 'law', 'api', 'core', 'simulators'],
}

/** The rooms of core/src from the ground up: each may import those before it, through index.ts; platform is open to all. */
const rooms = [
  'platform',
  'ledger',
  'identity',
  'registry',
  'contributions',
  'payments',
  'savings',
  'takeover',
  'sponsorship',
  'claims',
  'rehabilitation',
  'fund',
  'service',
  'compliance',
  'notices',
  'coverage',
  'awards',
  'transparency',
  'channels',
]

/** Packages of others that a package may not use: these are pure. */
const pure: Readonly<Record<string, readonly string[]>> = {
  values: [],
  law: ['yaml', 'node:fs', 'node:path', 'node:url', 'node:crypto', 'node:util', 'node:fs/promises'],
}

const packageOf = (file: string): string => file.split('/')[0] ?? ''
const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file) || /^[a-z]+\/tests\//.test(file)

/** Our package and path that an import names, or undefined for one of others. */
function target(file: string, wanted: string): { pack: string; path: string } | undefined {
  const ours = /^@payung\/([a-z]+)(\/.*)?$/.exec(wanted)
  if (ours) return { pack: ours[1] ?? '', path: wanted }
  if (!wanted.startsWith('.')) return undefined
  const to = path.posix.join(path.posix.dirname(file), wanted)
  return { pack: packageOf(to), path: to }
}

/** What is wrong with an import, in words, or undefined. */
function wrongImport(file: string, wanted: string): string | undefined {
  const from = packageOf(file)
  const to = target(file, wanted)
  const allowed = packages[from]
  if (!to || !allowed || isTest(file)) return undefined
  if (to.pack !== from) return allowed.includes(to.pack) && wanted.startsWith('@payung/') ? undefined : `${from} may not import ${wanted}`
  if (wanted.startsWith('@payung/')) return `${wanted} is this package itself`
  return from === 'core' ? wrongRoom(file, to.path) : undefined
}

function wrongRoom(file: string, to: string): string | undefined {
  const roomOf = (name: string): string | undefined => /^core\/src\/([a-z-]+)\//.exec(name)?.[1]
  const [here, there] = [roomOf(file), roomOf(to)]
  if (!here || !there || here === there || there === 'platform') return undefined
  if (!rooms.includes(here) || !rooms.includes(there)) return `${here} or ${there} is no room`
  if (here !== 'channels' && rooms.indexOf(there) > rooms.indexOf(here))
    return `${here} may not import ${there}: effects upward go by event`
  return to === `core/src/${there}/index.ts` ? undefined : `${there} is entered through its index.ts`
}

describe('the rules', () => {
  test.each`
    file                          | wanted                             | wrong
    ${'law/src/a.ts'}             | ${'@payung/values'}                | ${false}
    ${'law/src/a.ts'}             | ${'@payung/core'}                  | ${true}
    ${'web/app/a.tsx'}            | ${'@payung/core'}                  | ${true}
    ${'web/app/a.tsx'}            | ${'../../core/src/index.ts'}       | ${true}
    ${'core/src/registry/a.ts'}   | ${'../identity/index.ts'}          | ${false}
    ${'core/src/registry/a.ts'}   | ${'../identity/commands.ts'}       | ${true}
    ${'core/src/registry/a.ts'}   | ${'../payments/index.ts'}          | ${true}
    ${'core/src/registry/a.ts'}   | ${'../platform/postgres/owner.ts'} | ${false}
    ${'core/src/platform/a.ts'}   | ${'../ledger/index.ts'}            | ${true}
    ${'core/src/channels/a.ts'}   | ${'../coverage/index.ts'}          | ${false}
    ${'core/src/registry/x/y.ts'} | ${'../store.ts'}                   | ${false}
  `('$file → $wanted', ({ file, wanted, wrong }: { file: string; wanted: string; wrong: boolean }) => {
    expect(wrongImport(file, wanted) !== undefined).toBe(wrong)
  })
})

test('every import follows them', () => {
  const wrong = sources.flatMap((file) =>
    importsOf(read(file))
      .flatMap((wanted) => wrongImport(file, wanted) ?? [])
      .map((why) => `${file}: ${why}`),
  )
  expect(wrong).toEqual([])
})

test('the pure packages import nothing that has effects', () => {
  const wrong = sources
    .filter((file) => pure[packageOf(file)] && !isTest(file))
    .flatMap((file) =>
      importsOf(read(file))
        .filter((wanted) => !wanted.startsWith('.') && !wanted.startsWith('@payung/') && !pure[packageOf(file)]?.includes(wanted))
        .map((wanted) => `${file}: ${wanted}`),
    )
  expect(wrong).toEqual([])
})

test('relative imports carry the ending of their file', () => {
  const wrong = sources.flatMap((file) =>
    importsOf(read(file))
      .filter(
        (wanted) => /^\.{1,2}\//.test(wanted) && !/\.(ts|tsx|mjs|css|json|svg|woff2)(\?url)?$/.test(wanted) && !/\/\+types\//.test(wanted),
      )
      .map((wanted) => `${file}: ${wanted}`),
  )
  expect(wrong).toEqual([])
})

type Manifest = {
  name?: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

test('every package that is used is declared where it is used', () => {
  const declared = new Map(
    files
      .filter((file) => /^[a-z]+\/package\.json$/.test(file))
      .map((file) => [packageOf(file), Object.keys((JSON.parse(read(file)) as Manifest).dependencies ?? {})]),
  )
  const wrong = sources
    .filter((file) => declared.has(packageOf(file)) && packageOf(file) !== 'tests' && !isTest(file) && !file.endsWith('.config.ts'))
    .flatMap((file) =>
      importsOf(read(file))
        .filter((wanted) => !wanted.startsWith('.') && !wanted.startsWith('node:') && !wanted.startsWith('virtual:'))
        .map((wanted) =>
          wanted
            .split('/')
            .slice(0, wanted.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((name) => !declared.get(packageOf(file))?.includes(name))
        .map((name) => `${file}: ${name}`),
    )
  expect([...new Set(wrong)]).toEqual([])
})

test('the root is where the repository begins', () => {
  expect(files).toContain('package.json')
  expect(path.isAbsolute(root)).toBe(true)
})
