// Exact arithmetic on integers: rounding a ratio once, and splitting a whole into parts that sum to it.

export type RoundingMode = 'half-up' | 'down' | 'up'

/** Rounds numerator / denominator to a multiple of `unit`. Numerator may be negative; half-up rounds halves away from zero. */
export function roundRatio(numerator: bigint, denominator: bigint, mode: RoundingMode = 'half-up', unit = 1n): bigint {
  if (denominator <= 0n || unit <= 0n) throw new RangeError('roundRatio needs a positive denominator and unit')
  const divisor = denominator * unit
  const negative = numerator < 0n
  const magnitude = negative ? -numerator : numerator
  const quotient = magnitude / divisor
  const rest = magnitude % divisor
  const up = mode === 'up' ? rest > 0n : mode === 'half-up' && rest * 2n >= divisor
  const rounded = (up ? quotient + 1n : quotient) * unit
  return negative ? -rounded : rounded
}

/** Splits `whole` by weights; the parts sum to the whole exactly (largest remainder, earlier part first on a tie). */
export function splitExact(whole: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total <= 0n || weights.some((weight) => weight < 0n))
    throw new RangeError('splitExact needs weights that are not negative and not all nothing')
  const negative = whole < 0n
  const magnitude = negative ? -whole : whole
  const parts = weights.map((weight, index) => ({ index, part: (magnitude * weight) / total, rest: (magnitude * weight) % total }))
  let missing = magnitude - parts.reduce((sum, { part }) => sum + part, 0n)
  for (const entry of [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1))) {
    if (missing === 0n) break
    entry.part += 1n
    missing -= 1n
  }
  return parts.map(({ part }) => (negative ? -part : part))
}
