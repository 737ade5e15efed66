// Everybody reads after which step the control was made: each step that the code names has words on the pages and in the figures' files.
import { expect, test } from 'vitest'
import { wordsIn } from '../../core/src/coverage/words/words.ts'
import { wordsIn as pageWordsIn } from '../../web/app/words/index.ts'
import { files, read } from './tree.ts'

const calls = files
  .filter((file) => file.startsWith('core/src/') || file.startsWith('simulators/src/'))
  .flatMap((file) => [...read(file).matchAll(/checkControl\(\w+, (?:`([^`]*)`|'([^']*)'|(\w+)),/g)])
  .map(([, composed, plain, named]) => composed ?? plain ?? named ?? '')
/** What the command line asks is named by a value. */
const valued = new Map([['step', ['command']]])
const steps = [...new Set(calls.flatMap((call) => valued.get(call.split(' ')[0] ?? '') ?? [call.split(' ')[0] ?? '']))]

test.each(['id', 'en'] as const)('each step of the control has words in %s', (language) => {
  expect(steps).toEqual(expect.arrayContaining(['run', 'reassess', 'daily']))
  expect(steps.filter((step) => !(step in wordsIn(language).steps))).toEqual([])
  expect(steps.filter((step) => !(step in pageWordsIn(language).contributions.steps))).toEqual([])
})
