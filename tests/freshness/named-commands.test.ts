// Every command that a refusal or a page tells somebody to type exists: a word that was renamed is renamed there too.
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openHouse } from '../../core/src/channels/rooms.ts'
import { readConfiguration } from '../../core/src/platform/index.ts'
import { commandsFor } from '../../simulators/src/index.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const texts = globSync(['{core,law,simulators,web}/src/**/*.ts'], { cwd: root })
const named = texts.flatMap((file) =>
  [...readFileSync(path.join(root, file), 'utf8').matchAll(/: payung ((?:[a-z]+[ .`'])+)/g)].map(([, words = '']) => ({
    file,
    words: words.replaceAll(/[.`']/g, ' ').trim().split(' '),
  })),
)

test('commands that are named exist', async () => {
  const house = await openHouse(readConfiguration())
  const names = [...house.commands, ...commandsFor(house.law)].map(({ name }) => name)
  // The law is a command line of its own; `help`, `serve` and the like are the bootstrap's.
  const known = new Set([...names, ...names.map((name) => name.split(' ')[0] ?? ''), 'law', 'help', 'serve', 'test', 'bench'])
  expect(named.length).toBeGreaterThan(30)
  const missing = named.filter(({ words: [first = '', second] }) => {
    if (!known.has(first)) return true
    // A group without a command of its own needs its second word.
    return first !== 'law' && !names.includes(first) && second !== undefined && !names.some((name) => name.startsWith(`${first} ${second}`))
  })
  expect(missing.map(({ file, words }) => `${file}: payung ${words.join(' ')}`)).toEqual([])
})
