// JSON that keeps whole numbers of any size and instants, for replies and payloads that come back as they went.
import { createHash } from 'node:crypto'

const pack = (value: unknown): unknown => {
  if (typeof value === 'bigint') return { $int: value.toString() }
  if (value instanceof Date) return { $at: value.toISOString() }
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') }
  if (Array.isArray(value)) return value.map(pack)
  if (value instanceof Map) return { $map: [...value].map(pack) }
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, pack(part)]))
  return value
}

const unpack = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(unpack)
  if (typeof value !== 'object' || value === null) return value
  if ('$int' in value && typeof value.$int === 'string') return BigInt(value.$int)
  if ('$at' in value && typeof value.$at === 'string') return new Date(value.$at)
  if ('$bytes' in value && typeof value.$bytes === 'string') return Buffer.from(value.$bytes, 'base64')
  if ('$map' in value && Array.isArray(value.$map)) return new Map(value.$map.map((entry) => unpack(entry) as [unknown, unknown]))
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unpack(part)]))
}

/** The value as JSON text; `undefined` becomes null. */
export const toJson = (value: unknown): string => JSON.stringify(pack(value ?? null))

/** The value that `toJson` was given, from its JSON already parsed (as the database gives it back). */
export const fromJson = (parsed: unknown): unknown => unpack(parsed)

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, ordered(part)]),
  )
}

/** SHA-256 over the value; the order of keys does not matter. */
export const digestOf = (value: unknown): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(ordered(pack(value ?? null))))
    .digest()

/** Plain JSON for people and programs outside: whole numbers as text. */
export const plainJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part), indent)
