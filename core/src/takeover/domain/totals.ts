// What a folder tells of itself: the rows and sums of each file, counted by the system before. They must be what was read.
import { ok, type Refusal, type Result, refuse } from '@payung/values'
import { type FileName, fileNamed } from './dictionary.ts'

/** Sums and counts by `file.measure`. */
export type Totals = ReadonlyMap<string, bigint>

/** The measures that the totals of some files must tell. */
export const measuresOf = (names: readonly FileName[]): string[] =>
  names.flatMap((name) => ['rows', ...fileNamed(name).sums].map((measure) => `${name}.${measure}`))

const no = (code: string, rule: string, data: Refusal['data'], next: string): Result<never> => refuse({ code, rule, data, next })

export function readTotals(
  rows: readonly { readonly line: number; readonly cells: Readonly<Record<string, string>> }[],
  names: readonly FileName[],
): Result<Totals> {
  const wanted = measuresOf(names)
  const totals = new Map<string, bigint>()
  for (const { line, cells } of rows) {
    const key = `${cells.file ?? ''}.${cells.measure ?? ''}`
    const value = cells.value ?? ''
    if (!wanted.includes(key) || totals.has(key))
      return no(
        'totals-unknown',
        'totals.csv names each file and measure of the folder once.',
        { row: String(line), given: key },
        `The measures of this folder are ${wanted.join(', ')}.`,
      )
    if (!/^\d{1,30}$/.test(value))
      return no(
        'wrong-total',
        'A total is a whole number in digits.',
        { row: String(line), given: value.slice(0, 40) },
        'Write it without separators.',
      )
    totals.set(key, BigInt(value))
  }
  const missing = wanted.filter((key) => !totals.has(key))
  return missing.length === 0
    ? ok(totals)
    : no(
        'totals-incomplete',
        'totals.csv tells the rows and sums of every file of the folder.',
        { missing: missing.join(', ') },
        'Add them.',
      )
}

/** Nothing is taken over while one total differs. */
export function compareTotals(told: Totals, counted: Totals): Refusal | undefined {
  const differing = [...told].filter(([key, value]) => counted.get(key) !== value)
  if (differing.length === 0) return undefined
  const data = differing.map(([key, value]) => {
    const read = counted.get(key) ?? 0n
    return [key, `told ${value}, read ${read}, difference ${read - value}`] as const
  })
  return {
    code: 'totals-differ',
    rule: 'The counts and sums that were read are those of totals.csv.',
    data: Object.fromEntries(data),
    next: 'Compare the files with the system before; a file may be cut short, or the totals may be of another day.',
  }
}
