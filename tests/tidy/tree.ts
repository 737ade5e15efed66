// The files of the house as the tidy tests see them: what git knows or would add.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')

export const generated = ['core/schema.sql', 'core/src/platform/schema.ts', 'api/openapi.json', 'package-lock.json']

/** Paths from the root of everything that is, or is about to be, in the repository. */
export const files: readonly string[] = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
  .split('\0')
  .filter((file) => file !== '' && fs.existsSync(path.join(root, file)))
  .sort()

export const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8')

export const sources: readonly string[] = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !generated.includes(file))

/** The text with the inside of strings, comments and regular expressions blanked, so that a scanner sees code only. Lines keep their places. */
export function codeOnly(text: string): string {
  const pattern =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|(?<=[(,=:[!&|?{};\n]\s*)\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g
  return text.replaceAll(pattern, (found) => found.replaceAll(/[^\n]/g, ' '))
}

/** The text without comments; strings stay. */
export const withoutComments = (text: string): string =>
  text.replaceAll(
    /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (found, string: string | undefined) => string ?? found.replaceAll(/[^\n]/g, ' '),
  )

/** What a source imports, by the text of the import. */
export const importsOf = (text: string): string[] =>
  [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
    ),
  ].map(([, a, b, c]) => a ?? b ?? c ?? '')
