// What commands that read a file have in common: its columns, and the bad rows named by line and column.
import { readFile } from 'node:fs/promises'
import { ok, type Refusal, type Result, textFault } from '@payung/values'
import { misuse, table } from '../platform/index.ts'
import { type CsvFile, readCsv } from './domain/csv.ts'

/** What was wrong with a row of a file: its line, the column, and why. */
export type BadRow = {
  readonly row: number
  readonly column: string
  readonly given: string
  readonly reason: string
  readonly next: string
}

/** A refusal of a row in the words of the file's columns. */
export const badRow = (line: number, { data, rule, next }: Refusal, columns: Readonly<Record<string, string>>): BadRow => ({
  row: line,
  column: columns[data.field ?? ''] ?? data.field ?? '',
  given: data.given ?? '',
  reason: rule,
  next,
})

export const badRowLines = (bad: readonly BadRow[]): string[] =>
  bad.length === 0
    ? []
    : [
        '',
        ...table(
          ['row', 'column', 'given', 'reason'],
          bad.map(({ row, column, given, reason }) => [row, column, given, reason]),
        ),
      ]

/** Reads a file with certain columns, or says which are missing. */
export async function readColumns(path: string, wanted: readonly string[]): Promise<Result<CsvFile>> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return misuse('The file can be read.', { file: path }, 'Check its name.')
  const line = text.split('\n').findIndex((each) => textFault(each) !== undefined) + 1
  if (line > 0)
    return misuse(
      'A file is text: no character U+0000, and no half of one.',
      { file: path, line: String(line) },
      'Save it again as UTF-8 text, or correct that line.',
    )
  const file = readCsv(text)
  const missing = wanted.filter((column) => !file.columns.includes(column))
  return missing.length === 0
    ? ok(file)
    : misuse(
        'The first line of the file names its columns.',
        { file: path, missing: missing.join(', ') },
        `Begin the file with: ${wanted.join(',')}`,
      )
}
