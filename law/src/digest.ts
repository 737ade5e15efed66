// SHA-256 over a value written with sorted keys, so that the same law has the same digest on every machine.
import { createHash } from 'node:crypto'

/** JSON with sorted keys; a bigint is written as its digits followed by n, so that it never equals a number. */
export function canonical(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${parts.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

export const digestOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex')
