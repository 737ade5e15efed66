// The split of one contribution by programme and share, through the lines of its class.
import { roundRatio } from '@payung/values'
import type { TariffLine } from './wide-tariff.ts'

export type SplitPart = { readonly programme: string; readonly kind: TariffLine['kind']; readonly from: string; readonly amount: bigint }

const amountOf = (line: TariffLine, base: bigint): bigint => {
  const given = line.nominal ?? base
  const raised = line.floor !== null && given < line.floor ? line.floor : given
  const capped = line.ceiling !== null && raised > line.ceiling ? line.ceiling : raised
  return roundRatio(capped * line.rate, 1_000_000n, line.rounding_mode as 'half-up' | 'down' | 'up', line.rounding_unit) + line.fixed
}

export const splitOf = (lines: readonly TariffLine[], base: bigint): SplitPart[] =>
  lines
    .filter((line) => line.band_from <= base && (line.band_to === null || base < line.band_to))
    .map((line) => ({ programme: line.programme, kind: line.kind, from: line.from_programme, amount: amountOf(line, base) }))
