// Chance with a seed: the same seed and name give the same draws on every machine. Only whole-number arithmetic.
import { createHash } from 'node:crypto'

export type Random = {
  /** A fraction from 0 up to but not including 1. */
  next(): number
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** Picks by weight; weights need not sum to one. */
  weighted<T>(list: readonly T[], weightOf: (value: T) => number): T
  /** A new list in random order. */
  shuffled<T>(list: readonly T[]): T[]
}

/** The generator sfc32, seeded by SHA-256 of seed and name, so that parts of a plan do not disturb each other. */
function fractions(seed: string): () => number {
  const bytes = createHash('sha256').update(seed).digest()
  let a = bytes.readInt32LE(0)
  let b = bytes.readInt32LE(4)
  let c = bytes.readInt32LE(8)
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 4_294_967_296
  }
  for (let turn = 0; turn < 12; turn++) next()
  return next
}

export function random(seed: number, name: string): Random {
  const next = fractions(`${seed}/${name}`)
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError(`nothing to pick from for ${name}`)
    return list[whole(0, list.length - 1)] as T
  }
  const weighted = <T>(list: readonly T[], weightOf: (value: T) => number): T => {
    let left = next() * list.reduce((sum, value) => sum + weightOf(value), 0)
    for (const value of list) {
      left -= weightOf(value)
      if (left < 0) return value
    }
    return pick(list.slice(-1))
  }
  const shuffled = <T>(list: readonly T[]): T[] => {
    const copy = [...list]
    for (let last = copy.length - 1; last > 0; last--) {
      const other = whole(0, last)
      const kept = copy[last] as T
      copy[last] = copy[other] as T
      copy[other] = kept
    }
    return copy
  }
  return { next, whole, chance: (probability) => next() < probability, pick, weighted, shuffled }
}
