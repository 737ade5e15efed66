// Reads typed figures out of an entry's value; a value of the wrong shape is a mistake of the pack.

import { PackError } from './pack-error.ts'
import type { Entry } from './types.ts'

const wrong = (entry: Entry, path: readonly string[], wanted: string): never => {
  throw new PackError(`${['value', ...path].join('.')} of ${entry.from} is not ${wanted}: correct it there`, {
    ...(entry.place ?? { file: 'parameters' }),
    parameter: entry.parameter,
  })
}

/** The part of the value at a path of keys; undefined when there is none. */
export function valueAt(entry: Entry, ...path: string[]): unknown {
  let value: unknown = entry.value
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

/** A percentage such as "0.24%" as millionths (2400n). Anything finer than a millionth is refused. */
export function millionths(text: string): bigint | undefined {
  const match = /^(\d{1,4})(?:\.(\d{1,4}))?%$/.exec(text)
  return match ? BigInt(match[1] ?? '0') * 10_000n + BigInt((match[2] ?? '').padEnd(4, '0')) : undefined
}

/** The rate at a path, in millionths. */
export function rateAt(entry: Entry, ...path: string[]): bigint {
  const value = valueAt(entry, ...path)
  return (typeof value === 'string' ? millionths(value) : undefined) ?? wrong(entry, path, 'a percentage such as 0.24%')
}

/** The whole amount at a path, in minor units. */
export function amountAt(entry: Entry, ...path: string[]): bigint {
  const value = valueAt(entry, ...path)
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : wrong(entry, path, 'a whole number')
}

export const numberAt = (entry: Entry, ...path: string[]): number => Number(amountAt(entry, ...path))

export function textAt(entry: Entry, ...path: string[]): string {
  const value = valueAt(entry, ...path)
  return typeof value === 'string' ? value : wrong(entry, path, 'a text')
}

export function textsAt(entry: Entry, ...path: string[]): readonly string[] {
  const value = valueAt(entry, ...path)
  return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value : wrong(entry, path, 'a list of texts')
}

/** The list at a path, each part still unread; read parts with `partOf`. */
export function listAt(entry: Entry, ...path: string[]): readonly unknown[] {
  const value = valueAt(entry, ...path)
  return Array.isArray(value) ? value : wrong(entry, path, 'a list')
}

/** One part of a list as an entry of its own, so that the readers above work on it. */
export const partOf = (entry: Entry, part: unknown): Entry => ({ ...entry, value: part })

/** A rate of which only `pays` millionths are due. It must stay whole in millionths: SQL computes with integers only. */
export function reduced(figure: bigint, pays: bigint, entry: Entry): bigint {
  const product = figure * pays
  if (product % 1_000_000n !== 0n)
    throw new PackError(`${figure} × ${pays} millionths is not whole`, {
      ...(entry.place ?? { file: 'parameters' }),
      parameter: entry.parameter,
    })
  return product / 1_000_000n
}
