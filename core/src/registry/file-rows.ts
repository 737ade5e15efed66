// What commands that read a file have in common: its columns, and the bad rows named by line and column.
import { readFile, writeFile } from 'node:fs/promises'
import { ok, type Refusal, type Result, textFault } from '@payung/values'
import { type Answer, misuse, table } from '../platform/index.ts'
import { type CsvFile, readCsv, writeCsv } from './domain/csv.ts'

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

/**
 * The answer to a file of rows. Were some refused, the command ends with 2, and they stand in a file beside the one given, each with its
 * reason: whoever corrects them there gives that file next, and does nothing twice.
 */
export async function answerRows(
  path: string,
  file: CsvFile,
  bad: readonly BadRow[],
  { value, lines }: { readonly value: Readonly<Record<string, unknown>>; readonly lines: readonly string[] },
): Promise<Result<Answer>> {
  if (bad.length === 0) return ok({ value: { ...value, refused: bad }, lines })
  const reasons = new Map(bad.map(({ row, column, reason }) => [row, column === '' ? reason : `${column}: ${reason}`]))
  const rows = file.rows.filter(({ line }) => reasons.has(line)).map(({ line, cells }) => ({ ...cells, refused: reasons.get(line) ?? '' }))
  const beside = `${path.replace(/(\.refused)?\.csv$/i, '')}.refused.csv`
  const columns = [...file.columns.filter((column) => column !== 'refused'), 'refused']
  // They are data of persons: for whoever gave the file, and nobody else. A folder that cannot be written still leaves the table below.
  const refusedFile = await writeFile(beside, writeCsv(columns, rows), { mode: 0o600 }).then(
    () => beside,
    () => null,
  )
  const next = refusedFile === null ? [] : ['', `The refused rows are in ${refusedFile}: correct them there and give that file.`]
  return ok({ value: { ...value, refused: bad, refusedFile }, lines: [...lines, ...badRowLines(bad), ...next], refused: true })
}

/** Reads a file with certain columns, or says which are missing. */
export async function readColumns(path: string, wanted: readonly string[]): Promise<Result<CsvFile>> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return misuse(`There is no file ${path} that can be read.`, { file: path }, 'Check its name and who may read it.')
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
