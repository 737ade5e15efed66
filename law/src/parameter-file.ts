// Reads one parameter file: a title and dated entries, each with its source. Nothing may be left out and nothing unknown stand in it.
import { basename } from 'node:path'
import { type Day, isDay, isMonth } from '@payung/values'
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml'
import { digestOf } from './digest.ts'
import { PackError } from './pack-error.ts'
import type { Entry, ParameterInfo, Status, Words } from './types.ts'
import { checkValue, readShape, type Shape } from './value-shape.ts'

const fileKeys = ['title', 'note', 'shape', 'renewed', 'entries']
const required = ['from', 'published', 'act', 'article', 'link', 'status', 'value']
const optional = ['months', 'note', 'corrects', 'entered']
const statuses: readonly Status[] = ['verified', 'one-source', 'unverified']

type Fail = (message: string, node?: { range?: readonly [number, number, number] | null | undefined } | null) => never

function keysOf(map: YAMLMap, fail: Fail): string[] {
  return map.items.map(({ key }) =>
    isScalar(key) && typeof key.value === 'string' ? key.value : fail('has a key that is not a word', map),
  )
}

function readMonths(value: unknown, from: string, fail: () => never): NonNullable<Entry['months']> {
  if (typeof value !== 'object' || value === null || !('from' in value) || !('to' in value) || Object.keys(value).length !== 2)
    return fail()
  const { from: first, to: last } = value
  if (typeof first !== 'string' || typeof last !== 'string' || !isMonth(first) || !isMonth(last) || last < first || from > `${last}-31`)
    return fail()
  return { from: first, to: last }
}

type Place = NonNullable<Entry['place']>
type Reading = { readonly shape: Shape | undefined; readonly place: (node: YAMLMap) => Place; readonly fail: Fail }

/** `renewed`: the law asks for a new value every so many months, by the act and article named. */
function readRenewed(node: unknown, fail: Fail): NonNullable<ParameterInfo['renewed']> {
  const wrong = (): never => fail('"renewed" is not { months: 12, act: …, article: …, link: …, status: … }', isMap(node) ? node : undefined)
  if (!isMap(node)) return wrong()
  const { months, act, article, link, status } = node.toJSON() as Record<string, unknown>
  if (typeof months !== 'number' || !Number.isInteger(months) || months < 1 || node.items.length !== 5) return wrong()
  if (typeof act !== 'string' || typeof article !== 'string' || typeof link !== 'string') return wrong()
  const known = statuses.find((name): name is Status => name === status)
  return known ? { months, act, article, link, status: known } : wrong()
}

function readEntry(parameter: string, node: YAMLMap, { shape, place, fail }: Reading): Entry {
  const keys = keysOf(node, fail)
  for (const key of required) if (!keys.includes(key)) fail(`an entry has no "${key}"`, node)
  for (const key of keys) if (!required.includes(key) && !optional.includes(key)) fail(`"${key}" is not a key of an entry`, node)
  const data = node.toJSON() as Record<string, unknown>
  const text = (key: string): string => {
    const value = data[key]
    return typeof value === 'string' && value.trim() !== ''
      ? value
      : typeof value === 'number' && key === 'article'
        ? String(value)
        : fail(`"${key}" is empty or not a text`, node)
  }
  const day = (key: string): Day => {
    const value = text(key)
    return isDay(value) ? value : fail(`"${key}" is not a day: ${value}`, node)
  }
  const from = day('from')
  const published = text('published') === 'unknown' ? 'unknown' : day('published')
  const status = text('status')
  if (!statuses.some((known) => known === status)) fail(`"status" is not one of ${statuses.join(', ')}: ${status}`, node)
  if (data.value === null || data.value === undefined) fail('"value" is empty', node)
  checkValue(shape, node.get('value', true) as Node, [], fail)
  const article = text('article')
  if (status === 'verified' && (published === 'unknown' || article === 'unknown'))
    fail('an entry whose day of publication or article is unknown is at best one-source', node)
  if ('corrects' in data !== 'entered' in data) fail('a correction needs both "corrects" and "entered"', node)
  const entry: Omit<Entry, 'digest'> = {
    parameter,
    from,
    published,
    act: text('act'),
    article,
    link: text('link'),
    status: status as Status,
    value: data.value,
    ...('months' in data
      ? { months: readMonths(data.months, from, () => fail('"months" is not {from: YYYY-MM, to: YYYY-MM}', node)) }
      : {}),
    ...('note' in data ? { note: text('note') } : {}),
    ...('corrects' in data ? { corrects: text('corrects'), entered: day('entered') } : {}),
  }
  return { ...entry, digest: digestOf(entry), place: place(node) }
}

/** The entry that a chain of corrections began with. */
function origin(entry: Entry, all: readonly Entry[]): string {
  const earlier = all.find(({ digest }) => digest === entry.corrects)
  return earlier ? origin(earlier, all) : (entry.corrects ?? entry.digest)
}

/** Two entries that would hold at the same time are a mistake, unless one corrects the other; each is corrected once. */
function checkOverlap(entries: readonly { entry: Entry; node: YAMLMap }[], fail: Fail): void {
  const all = entries.map(({ entry }) => entry)
  entries.forEach(({ entry, node }, index) => {
    for (const { entry: other } of entries.slice(0, index)) {
      if (entry.digest === other.digest) fail(`the entry of ${entry.from} stands twice: leave one of the two out`, node)
      if (entry.corrects !== undefined && entry.corrects === other.corrects)
        fail(`two entries correct ${entry.corrects}: correct the correction`, node)
      if (origin(entry, all) === origin(other, all)) continue
      const sameDay = !entry.months && !other.months && entry.from === other.from
      const sameMonths = entry.months && other.months && entry.months.from <= other.months.to && other.months.from <= entry.months.to
      if (sameDay) fail(`two entries are in force from ${entry.from}`, node)
      if (sameMonths) fail(`two entries hold for ${entry.months?.from}`, node)
    }
  })
}

/**
 * Reads the text of one file; the parameter is named like the file.
 * @throws PackError with the line of the entry.
 */
export function readParameterFile(file: string, text: string): { parameter: ParameterInfo; entries: Entry[] } {
  const parameter = basename(file, '.yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const place = (node: Parameters<Fail>[1]): Place => ({ file, line: node?.range ? lines.linePos(node.range[0]).line : undefined })
  const fail: Fail = (message, node) => {
    throw new PackError(message, { ...place(node), parameter })
  }
  const broken = document.errors[0]
  if (broken) throw new PackError(broken.message, { file, parameter, line: broken.linePos?.[0].line })
  const root = document.contents
  if (!isMap(root)) return fail('is not a map with a title and entries')
  const keys = keysOf(root, fail)
  for (const key of ['title', 'entries']) if (!keys.includes(key)) fail(`"${key}" is missing`, root)
  for (const key of keys) if (!fileKeys.includes(key)) fail(`"${key}" is not a key of a parameter file`, root)
  const list = root.get('entries')
  if (!isSeq(list) || list.items.length === 0) return fail('"entries" is empty', root)
  const { title, note, shape: given } = root.toJSON() as { title: Words; note?: string; shape?: unknown }
  const shape = given === undefined ? undefined : readShape(given, (message) => fail(message, root.get('shape', true)))
  const entries = list.items.map((node) =>
    isMap(node) ? { node, entry: readEntry(parameter, node, { shape, place, fail }) } : fail('an entry is not a map', root),
  )
  checkOverlap(entries, fail)
  const renewed = root.has('renewed') ? readRenewed(root.get('renewed', true), fail) : undefined
  return {
    parameter: {
      name: parameter,
      title,
      file,
      ...(note === undefined ? {} : { note }),
      ...(shape === undefined ? {} : { shape }),
      ...(renewed === undefined ? {} : { renewed }),
    },
    entries: entries.map(({ entry }) => entry),
  }
}
