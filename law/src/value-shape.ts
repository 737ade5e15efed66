// What the values of a parameter must look like, declared in its file (`shape`): a wrong figure is refused with its line and path
// before anything is computed from it. Even without a shape nothing is negative and no percentage is above 100 %.
import { isDay, isMonth } from '@payung/values'
import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml'
import { millionths } from './entry-value.ts'

/** A leaf word (`amount`, `percent`, `age`, …, or `a | b` for choices), a list of one shape, or a map; `key?` may be absent, `*` is any key. */
export type Shape = string | readonly [Shape] | { readonly [key: string]: Shape }

type Place = { readonly range?: readonly [number, number, number] | null | undefined } | null | undefined
export type FailAt = (message: string, node?: Place) => never

type Leaf = { readonly is: string; readonly like: string; readonly test: (value: unknown) => boolean }

const whole = (from: number, to: number) => (value: unknown) => Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to

const leaves: Readonly<Record<string, Leaf>> = {
  amount: { is: 'a whole amount from 0 to 999999999999999', like: '16800', test: whole(0, 999_999_999_999_999) },
  percent: { is: 'a percentage from 0 % to 100 %', like: '0.24%', test: (value) => typeof value === 'string' && isShare(value) },
  growth: {
    is: 'a rate of growth from -100 % to 100 %',
    like: '-2.07%',
    test: (value) => typeof value === 'string' && isShare(value.replace(/^-/, '')),
  },
  age: { is: 'an age from 0 to 120', like: '59', test: whole(0, 120) },
  count: { is: 'a whole number from 0 to 1000', like: '3', test: whole(0, 1000) },
  'day of month': { is: 'a day of the month from 1 to 31', like: '15', test: whole(1, 31) },
  day: { is: 'a day', like: '"2026-04-01"', test: (value) => typeof value === 'string' && isDay(value) },
  month: { is: 'a month', like: '"2026-04"', test: (value) => typeof value === 'string' && isMonth(value) },
  switch: { is: 'true or false', like: 'true', test: (value) => typeof value === 'boolean' },
  text: { is: 'a text', like: '"yes"', test: (value) => typeof value === 'string' && value.trim() !== '' },
  free: { is: 'a value', like: '1', test: (value) => value !== null && value !== undefined },
}

/** A leaf word may begin with `own` (no two rows of the list have the same) or `rising` (each row has more than the one before). */
const orders = ['own', 'rising'] as const

const isShare = (text: string): boolean => {
  const share = millionths(text)
  return share !== undefined && share <= 1_000_000n
}

function splitOrder(word: string): { order: (typeof orders)[number] | undefined; word: string } {
  const order = orders.find((name) => word.startsWith(`${name} `))
  return { order, word: order ? word.slice(order.length + 1) : word }
}

function leafOf(word: string): Leaf | undefined {
  const plain = splitOrder(word).word
  if (!plain.includes(' | ')) return leaves[plain]
  const choices = plain.split(' | ')
  return {
    is: `one of ${choices.join(', ')}`,
    like: choices[0] ?? '',
    test: (value) => typeof value === 'string' && choices.includes(value),
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The shape as written, or the refusal of a word that is none. */
export function readShape(given: unknown, fail: (message: string) => never): Shape {
  if (typeof given === 'string')
    return leafOf(given) ? given : fail(`"shape" has "${given}", which is no shape: use ${Object.keys(leaves).join(', ')} or "a | b"`)
  if (Array.isArray(given)) return given.length === 1 ? [readShape(given[0], fail)] : fail('"shape" has a list of more than one shape')
  if (isRecord(given)) return Object.fromEntries(Object.entries(given).map(([key, part]) => [key, readShape(part, fail)]))
  return fail('"shape" is neither a word, a list of one shape, nor a map')
}

const at = (path: readonly (string | number)[]): string => ['value', ...path].join('.')
const shown = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : String(value))

/** What is wrong where no shape says more: a figure below zero, and a percentage that is none or above the whole. */
function checkFigure(value: unknown, node: Node, path: readonly (string | number)[], fail: FailAt): void {
  if (typeof value === 'number' && (!Number.isFinite(value) || value < 0))
    fail(`${at(path)} is ${value}: write a figure of zero or more`, node)
  if (typeof value === 'string' && /^-?[\d.,]+\s*%$/.test(value) && !isShare(value))
    fail(`${at(path)} is ${value}: write a percentage from 0% to 100% with at most four decimals, for instance 0.24%`, node)
}

function checkLeaf(word: string, value: unknown, node: Node, path: readonly (string | number)[], fail: FailAt): void {
  const leaf = leafOf(word)
  if (leaf && !leaf.test(value)) fail(`${at(path)} is ${shown(value)}, not ${leaf.is}: write it like ${leaf.like}`, node)
}

function checkMap(shape: Readonly<Record<string, Shape>>, node: YAMLMap, path: readonly (string | number)[], fail: FailAt): void {
  const keys = node.items.map(({ key }) => String(isScalar(key) ? key.value : key))
  const missing = Object.keys(shape).find((key) => key !== '*' && !key.endsWith('?') && !keys.includes(key))
  if (missing !== undefined) fail(`${at([...path, missing])} is missing: add it`, node)
  keys.forEach((key, index) => {
    const inner = shape[key] ?? shape[`${key}?`] ?? shape['*']
    const part = node.items[index]?.value as Node
    if (inner === undefined) fail(`${at([...path, key])} is not asked for: leave it out, or add it to the shape`, part)
    else checkValue(inner, part, [...path, key], fail)
  })
}

/** Rows whose key must be their own, or rise, compared with the rows before. */
function checkOrder(shape: Shape, rows: readonly Node[], path: readonly (string | number)[], fail: FailAt): void {
  if (!isRecord(shape)) return
  for (const [key, word] of Object.entries(shape)) {
    const { order } = splitOrder(typeof word === 'string' ? word : '')
    if (!order) continue
    const values = rows.map((row) => (isMap(row) ? row.get(key) : undefined))
    values.forEach((value, index) => {
      const before = values.slice(0, index)
      if (before.includes(value))
        fail(`${at([...path, index, key])} is ${shown(value)}, which stands there already: leave one of the two out`, rows[index])
      if (order === 'rising' && Number(value) < Number(before.at(-1) ?? 0))
        fail(`${at([...path, index, key])} is ${shown(value)}, below the row before: sort the rows`, rows[index])
    })
  }
}

/** Checks a value against its shape; the refusal names the line and the path. */
export function checkValue(shape: Shape | undefined, node: Node, path: readonly (string | number)[], fail: FailAt): void {
  if (isSeq(node)) {
    if (shape !== undefined && shape !== 'free' && !Array.isArray(shape)) fail(`${at(path)} is a list, not ${wantedOf(shape)}`, node)
    const rows = node.items as Node[]
    const each: Shape | undefined = Array.isArray(shape) ? shape[0] : undefined
    rows.forEach((row, index) => {
      checkValue(each, row, [...path, index], fail)
    })
    if (each !== undefined) checkOrder(each, rows, path, fail)
    return
  }
  if (isMap(node)) {
    if (isRecord(shape)) {
      checkMap(shape as Readonly<Record<string, Shape>>, node, path, fail)
      return
    }
    if (shape !== undefined && shape !== 'free') fail(`${at(path)} is a map, not ${wantedOf(shape)}`, node)
    for (const { key, value } of node.items) checkValue(undefined, value as Node, [...path, String(key)], fail)
    return
  }
  const value = isScalar(node) ? node.value : undefined
  if (shape === undefined || shape === 'free') checkFigure(value, node, path, fail)
  if (typeof shape === 'string') checkLeaf(shape, value, node, path, fail)
  else if (shape !== undefined) fail(`${at(path)} is ${shown(value)}, not ${wantedOf(shape)}`, node)
}

const wantedOf = (shape: Shape): string =>
  typeof shape === 'string'
    ? `${leafOf(shape)?.is}: write it like ${leafOf(shape)?.like}`
    : Array.isArray(shape)
      ? 'a list: write its rows beneath it, each after a dash'
      : `a map: write ${Object.keys(shape).join(', ')} beneath it`
