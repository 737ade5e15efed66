// The arithmetic of one line. SQL computes the same: integers, one rounding.
import { roundRatio } from '@payung/values'
import type { Line } from './types.ts'

/** Whether the given base lies in the line's band [bandFrom, bandTo). */
export const inBand = (line: Line, base: bigint): boolean => line.bandFrom <= base && (line.bandTo === null || base < line.bandTo)

/** The base that counts: the nominal one, else the given one between floor and ceiling. */
export function baseOf(line: Line, given: bigint): bigint {
  const base = line.nominal ?? given
  const raised = line.floor !== null && base < line.floor ? line.floor : base
  return line.ceiling !== null && raised > line.ceiling ? line.ceiling : raised
}

/** round(base × rate ÷ 1,000,000) + fixed. */
export const lineAmount = (line: Line, given: bigint): bigint =>
  roundRatio(baseOf(line, given) * line.rate, 1_000_000n, line.rounding.mode, line.rounding.unit) + line.fixed
