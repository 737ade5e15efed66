// Contributions of the self-employed by income band: PP 44/2015 art 20 with Lampiran II, PP 46/2015 art 18 with its annex, from 1 July 2015.
import type { Month } from '@payung/values'
import { amountAt, listAt, numberAt, partOf, rateAt, textsAt } from '../../src/entry-value.ts'
import type { Entry, LawView, Line, MonthLaw, Predicate } from '../../src/types.ts'
import { type Built, entriesFor, has, is, line, reliefOf, roundingOf, setBy, withRelief } from './line.ts'

const segment = is('segment', 'BPU')

/** The age limit counts on the day of registration only; before the rule of 2021 none is known. */
function members(view: LawView, month: Month): { where: Predicate[]; entries: string[] } {
  const limit = view.entryForMonth('self-employed-age', month)
  return limit
    ? { where: [segment, ...setBy(limit, { fact: 'age_joined', is: '<', value: numberAt(limit) })], entries: [limit.digest] }
    : { where: [segment], entries: [] }
}

/** One line for each band: the contribution is a rate of the band's base, whatever the income inside it. */
function bandLines(bands: Entry, rest: Parameters<typeof line>[0]): Line[] {
  const rows = listAt(bands).map((row) => ({ from: amountAt(partOf(bands, row), 'from'), base: amountAt(partOf(bands, row), 'base') }))
  return rows.map(({ from, base }, index) => line({ ...rest, bandFrom: from, bandTo: rows[index + 1]?.from ?? null, nominal: base }))
}

function ratedLines(view: LawView, month: Month, programme: string, parameter: string): Built {
  const read = entriesFor(view, month, programme, [parameter, 'income-bands'])
  if ('missing' in read) return { lines: [], missing: read.missing }
  const [rate, bands] = read.found
  if (!rate || !bands) return { lines: [], missing: [] }
  const { where, entries } = members(view, month)
  const relief = reliefOf(view, month, 'BPU', programme)
  const rest = {
    programme,
    kind: 'worker' as const,
    where: [...where, has(programme)],
    rate: rateAt(rate),
    rounding: roundingOf(view, month),
    entries: [rate.digest, bands.digest, ...entries],
  }
  return { lines: bandLines(bands, rest).flatMap((full) => withRelief(full, relief)), missing: [] }
}

/** Death insurance is one amount for everybody; it has no base. */
function deathLines(view: LawView, month: Month): Built {
  const read = entriesFor(view, month, 'JKM', ['self-employed-death-amount'])
  if ('missing' in read) return { lines: [], missing: read.missing }
  const { where, entries } = members(view, month)
  return {
    missing: [],
    lines: read.found.flatMap((amount) =>
      withRelief(
        line({
          programme: 'JKM',
          kind: 'worker',
          where: [...where, has('JKM')],
          nominal: 0n,
          fixed: amountAt(amount),
          rounding: roundingOf(view, month),
          entries: [amount.digest, ...entries],
        }),
        reliefOf(view, month, 'BPU', 'JKM'),
      ),
    ),
  }
}

export function selfEmployedLines(view: LawView, month: Month): Built {
  const built = [
    ratedLines(view, month, 'JKK', 'self-employed-accident-rate'),
    deathLines(view, month),
    ratedLines(view, month, 'JHT', 'self-employed-savings-rate'),
  ]
  return { lines: built.flatMap(({ lines }) => lines), missing: built.flatMap(({ missing }) => missing) }
}

/** Accident and death insurance for all; who employs others must also save (Permenaker 5/2021 art 31–32). */
export function compulsoryForSelfEmployed(view: LawView, month: Month): MonthLaw['compulsory'] {
  const entry = view.entryForMonth('self-employed-compulsory', month)
  if (!entry) return []
  const { where } = members(view, month)
  const all = textsAt(entry, 'all')
  return [
    ...all.map((programme) => ({ programme, where })),
    ...textsAt(entry, 'employer')
      .filter((code) => !all.includes(code))
      .map((programme) => ({ programme, where: [...where, ...setBy(entry, is('self_employed_kind', 'employer'))] })),
  ]
}
