// docs/import.md is what the command prints: the data dictionary that the reader itself goes by.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { loadPack } from '@payung/law'
import { expect, test } from 'vitest'
import { dictionaryLines } from '../../core/src/takeover/domain/print-dictionary.ts'

test('docs/import.md is what `payung import --dictionary` prints', async () => {
  const file = path.resolve(import.meta.dirname, '../../docs/import.md')
  const printed = `${dictionaryLines(await loadPack('indonesia')).join('\n')}\n`
  expect(await readFile(file, 'utf8'), 'write it anew: payung import --dictionary > docs/import.md').toBe(printed)
})
