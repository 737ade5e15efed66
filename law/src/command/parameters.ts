// `payung law parameter`, `unverified` and `list`: the dated values of a pack with their sources.
import { type Day, isDay, monthOf, type Refusal } from '@payung/values'
import { lawOf } from '../law-of.ts'
import { overdueStep, renewalOf } from '../renewal.ts'
import type { Entry, Pack, Words } from '../types.ts'
import { publishedBy } from './contribution.ts'
import type { Flags } from './flags.ts'
import type { CommandIo } from './index.ts'
import { table } from './table.ts'

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))

const held = ({ from, months }: Entry): string => (months ? `${months.from} to ${months.to}` : `from ${from}`)

type Asked = { readonly pack: Pack; readonly name: string; readonly title: Words; readonly on: Day; readonly json: boolean }

function showEntry({ pack, name, title, on, json }: Asked, entry: Entry, io: CommandIo): void {
  const { value, from, months, published, act, article, link, status, note, digest } = entry
  const [overdue] = overdueStep(pack, entry, on)
  const optional = { ...(months ? { months } : {}), ...(note ? { note } : {}), ...(overdue ? { warning: overdue.text } : {}) }
  if (json) {
    io.out(
      JSON.stringify({ parameter: name, title, value, from, published, act, article, link, source: link, status, ...optional, digest }),
    )
    return
  }
  const source = `${act}, art ${article}, published ${published}, ${status}`
  io.out(
    [
      asText(value),
      `${title.en ?? name}, ${held(entry)}`,
      source,
      link,
      ...(note ? [note] : []),
      ...(overdue ? [`! ${overdue.text}`] : []),
    ].join('\n'),
  )
}

/** The value in force on a day, followed by its source. An entry bound to the day's month wins over an open one. */
export function parameter(pack: Pack, flags: Flags, io: CommandIo): Refusal | undefined {
  const [name] = flags.words
  const info = pack.parameters.find((known) => known.name === name)
  if (name === undefined || !info)
    return {
      code: 'unknown-parameter',
      rule: `The pack "${pack.code}" has no parameter "${name ?? ''}".`,
      data: { parameter: name ?? '' },
      next: 'See the names with: payung law list',
    }
  const on = flags.values.get('on')
  if (on === undefined || !isDay(on))
    return {
      code: 'wrong-flag',
      rule: '--on is a day written YYYY-MM-DD.',
      data: { flag: '--on', given: on ?? '' },
      next: 'Give --on, for instance --on 2026-04-01.',
    }
  const known = publishedBy(flags)
  if ('refusal' in known) return known.refusal
  const view = lawOf(pack, known.day).on(on)
  const bound = view.series(name).find(({ months }) => months !== undefined && months.from <= monthOf(on) && monthOf(on) <= months.to)
  const entry = bound ?? view.entry(name)
  if (!entry)
    return {
      code: 'no-source',
      rule: `No source gives "${name}" on ${on}.`,
      data: { parameter: name, on },
      next: 'Ask for another day, or add a dated entry with its source to the pack.',
    }
  showEntry({ pack, name, title: info.title, on, json: flags.switches.has('json') }, entry, io)
  return undefined
}

/** The day from which the law expects a newer value than the last one known, by the entry that is the last. */
function expectedAfter(pack: Pack, entry: Entry): Day | undefined {
  const later = pack.entries.some(({ parameter: name, from }) => name === entry.parameter && from > entry.from)
  return later ? undefined : renewalOf(pack, entry)?.expected
}

/** Every value that rests on one source or none, so that nobody mistakes it for law that was read. */
export function unverified(pack: Pack, flags: Flags, io: CommandIo): Refusal | undefined {
  const entries = pack.entries.filter(({ status }) => status !== 'verified')
  if (flags.switches.has('json'))
    io.out(
      JSON.stringify(
        entries.map((entry) => {
          const { parameter: name, from, months, act, article, link, status, note } = entry
          const newValueExpected = expectedAfter(pack, entry)
          const optional = { ...(months ? { months } : {}), ...(note ? { note } : {}), ...(newValueExpected ? { newValueExpected } : {}) }
          return { parameter: name, from, act, article, link, status, ...optional }
        }),
      ),
    )
  else
    io.out(
      [
        ...table(
          [
            ['Status', 'Parameter', 'Holds', 'Act and article'],
            ...entries.map((entry) => [entry.status, entry.parameter, held(entry), `${entry.act}, art ${entry.article}`]),
          ],
          { right: [] },
        ),
        '',
        `${entries.length} of ${pack.entries.length} values are not verified.`,
        ...pack.entries.flatMap((entry) => {
          const expected = expectedAfter(pack, entry)
          return expected
            ? [`${entry.parameter}: the law expects a new value from ${expected} on; the last known is from ${entry.from}.`]
            : []
        }),
      ].join('\n'),
    )
  return undefined
}

/** The parameters and facts of the pack. */
export function list(pack: Pack, flags: Flags, io: CommandIo): Refusal | undefined {
  const counts = pack.parameters.map(({ name, title, file }) => ({
    name,
    title,
    file,
    entries: pack.entries.filter((entry) => entry.parameter === name).length,
  }))
  const facts = pack.facts.filter(({ derived }) => !derived)
  if (flags.switches.has('json'))
    io.out(
      JSON.stringify({
        pack: pack.code,
        segments: pack.segments.map(({ code }) => code),
        programmes: pack.programmes.map(({ code }) => code),
        facts,
        parameters: counts,
      }),
    )
  else
    io.out(
      [
        `Pack ${pack.code}: segments ${pack.segments.map(({ code }) => code).join(', ')}; programmes ${pack.programmes.map(({ code }) => code).join(', ')}`,
        '',
        ...table(
          [['Parameter', 'Values', 'What it is'], ...counts.map(({ name, entries, title }) => [name, String(entries), title.en ?? ''])],
          { right: [1] },
        ),
        '',
        ...table(
          [
            ['Fact', 'Choices', 'What it is'],
            ...facts.map((fact) => [`--${fact.flag ?? fact.code}`, fact.choices?.join(' ') ?? fact.type, fact.labels.en ?? '']),
          ],
          { right: [] },
        ),
      ].join('\n'),
    )
  return undefined
}
