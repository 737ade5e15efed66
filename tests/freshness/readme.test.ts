// The samples of `payung law` in both READMEs are what the command prints: a reader who tries them sees the same lines.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { lawCommand } from '@payung/law/command'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '..', '..')
const plain = (text: string): string => text.replaceAll('\u00a0', ' ').trim()
const samples = ['README.md', 'README.id.md'].flatMap((file) =>
  [...readFileSync(path.join(root, file), 'utf8').matchAll(/```\n\$ npx payung law (.+)\n([^`]*)```/g)].map(
    ([, line = '', shown = '']) => ({
      file,
      line,
      shown,
    }),
  ),
)

test('both files show the same commands', () => {
  const of = (wanted: string) => samples.filter(({ file }) => file === wanted).map(({ line }) => line)
  expect(of('README.md').length).toBeGreaterThan(2)
  expect(of('README.id.md')).toEqual(of('README.md'))
})

test.each(samples)('$file: payung law $line', async ({ line, shown }) => {
  const said: string[] = []
  const say = (text: string): void => void said.push(text)
  await lawCommand(line.split(' '), { out: say, err: say })
  expect(plain(said.join('\n'))).toBe(plain(shown))
})
