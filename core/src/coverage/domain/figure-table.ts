// The rows of each public figure in one language: from the roll-ups of a day, the months, the controls, the price and the nation as created.
import type { Figure, Region } from '@payung/api'
import type { Pack, Words } from '@payung/law'
import { isMonth, type Month, monthFromNumber } from '@payung/values'
import type { ControlRow } from '../../contributions/index.ts'
import type { MonthBillsRow, MonthRow } from '../read-store.ts'
import { type ColumnCode, type CoverageWords, type FigureId, monthIn, wordsIn } from '../words/words.ts'
import { groupsOf } from './groups.ts'
import { billsDifference, monthDifference } from './month-difference.ts'
import { perHundred } from './per-hundred.ts'
import type { Price } from './price.ts'
import { byGroup, byProgramme, bySegment, registeredByProvince, type Snapshot, sponsored } from './snapshot.ts'
import { type Count, uncounted } from './suppress.ts'

type RateFigure = Region['rate']
type Cell = Figure['rows'][number][number]
type Kind = Figure['columns'][number]['kind']
export type Table = { readonly columns: readonly (readonly [ColumnCode, Kind])[]; readonly rows: Figure['rows'] }

/** Everything that a figure may be made from; what is not asked for stays empty. */
export type FigureSources = {
  readonly pack: Pack
  readonly snapshot: Snapshot
  readonly national: RateFigure
  readonly provinces: readonly { readonly code: string; readonly name: string; readonly rate: RateFigure }[]
  readonly months: readonly MonthRow[]
  readonly bills: readonly MonthBillsRow[]
  readonly controls: readonly ControlRow[]
  readonly price: Price | null
}

const shown = ({ value, hidden }: Count): Cell => (hidden ? { hidden } : value === null ? null : String(value))

/** What texts are in the language asked for: our own words, and the labels of the pack. */
function speaking(language: string, pack: Pack) {
  const words = wordsIn(language)
  const label = (list: readonly { readonly code: string; readonly labels: Words }[], code: string): string => {
    const labels = list.find((known) => known.code === code)?.labels
    return labels?.[language] ?? labels?.[pack.languages[0] ?? 'en'] ?? code
  }
  const group = (code: string): string => (code === sponsored ? words.sponsored : label(groupsOf(pack), code))
  return { words, label, group }
}

function stepIn({ steps, locale }: CoverageWords, step: string): string {
  const [name = '', month = ''] = step.split(' ')
  return (steps[name] ?? step).replace('{month}', isMonth(month) ? monthIn(locale, month) : month)
}

const rateTable = ({ national: { covered, eligible, people, perHundred: rate }, snapshot }: FigureSources): Table => ({
  columns: [
    ['day', 'day'],
    ['members', 'count'],
    ['eligible', 'count'],
    ['people', 'count'],
    ['rate', 'rate'],
  ],
  rows: [[snapshot.day, shown(covered), String(eligible), String(people), rate]],
})

const provinceTable = ({ provinces }: FigureSources): Table => ({
  columns: [
    ['province', 'text'],
    ['name', 'text'],
    ['members', 'count'],
    ['eligible', 'count'],
    ['people', 'count'],
    ['rate', 'rate'],
  ],
  rows: provinces.map(({ code, name, rate }) => [
    code,
    name,
    shown(rate.covered),
    String(rate.eligible),
    String(rate.people),
    rate.perHundred,
  ]),
})

function monthTable({ pack, months }: FigureSources, language: string): Table {
  const { words, label } = speaking(language, pack)
  return {
    columns: [
      ['month', 'month'],
      ['state', 'text'],
      ['segment', 'text'],
      ['name', 'text'],
      ['computed', 'money'],
      ['billed', 'money'],
      ['booked', 'money'],
      ['difference', 'money'],
      ['collected', 'money'],
      ['rate', 'rate'],
      ['day', 'day'],
    ],
    rows: months.map((row) => [
      monthFromNumber(row.month),
      words.monthStates[row.state],
      row.segment,
      row.segment === '' ? words.all : label(pack.segments, row.segment),
      ...[row.computed, row.billed, row.booked, monthDifference(row), row.collected].map(String),
      perHundred(row.collected, row.billed),
      row.as_of,
    ]),
  }
}

const billsTable = ({ bills }: FigureSources): Table => ({
  columns: [
    ['month', 'month'],
    ['contributions', 'money'],
    ['premiums', 'money'],
    ['fines', 'money'],
    ['stateShare', 'money'],
    ['billed', 'money'],
    ['booked', 'money'],
    ['difference', 'money'],
    ['collected', 'money'],
    ['day', 'day'],
  ],
  rows: bills.map((row) => [
    monthFromNumber(row.month),
    ...[row.contributions, row.premiums, row.fines, row.state_share, row.billed, row.booked].map(String),
    String(billsDifference(row)),
    String(row.collected),
    row.as_of,
  ]),
})

function controlTable({ pack, controls }: FigureSources, language: string): Table {
  const { words } = speaking(language, pack)
  return {
    columns: [
      ['at', 'day'],
      ['step', 'text'],
      ['contributions', 'money'],
      ['premiums', 'money'],
      ['fines', 'money'],
      ['stateShare', 'money'],
      ['billed', 'money'],
      ['booked', 'money'],
      ['bank', 'money'],
      ['statement', 'money'],
      ['difference', 'money'],
    ],
    rows: controls.map((row) => [
      row.at.toISOString(),
      stepIn(words, row.step),
      ...[row.contributions, row.premiums, row.fines, row.state_share, row.billed, row.booked, row.bank, row.statement, row.difference].map(
        String,
      ),
    ]),
  }
}

const countsBy = (code: ColumnCode, rows: readonly { readonly code: string; readonly name: string; readonly members: Count }[]): Table => ({
  columns: [
    [code, 'text'],
    ['name', 'text'],
    [code === 'province' ? 'registered' : 'members', 'count'],
  ],
  rows: rows.map(({ code, name, members }) => [code, name, shown(members)]),
})

const priceTable = ({ price }: FigureSources): Table => {
  const known: { from: Month; amount: bigint }[] = price ? [price, ...(price.next ? [price.next] : [])] : []
  return {
    columns: [
      ['from', 'month'],
      ['price', 'money'],
    ],
    rows: known.map(({ from, amount }) => [from, amount.toString()]),
  }
}

function createdTable({ pack, snapshot, national }: FigureSources, language: string): Table {
  const { words, label, group } = speaking(language, pack)
  const { nation } = snapshot
  const [segments, groups] = [bySegment(snapshot, pack), byGroup(snapshot, pack)]
  const rows: Figure['rows'] = nation
    ? [
        ...nation.segments.map(({ segment, members }) => [
          segment,
          label(pack.segments, segment),
          String(members),
          shown(segments.find((each) => each.segment === segment)?.members ?? uncounted),
        ]),
        ...nation.groups.map(({ group: code, members }) => [
          code,
          group(code),
          String(members),
          shown(groups.find((each) => each.group === code)?.members ?? uncounted),
        ]),
        ['', words.all, String(nation.active), shown(national.covered)],
      ]
    : []
  return {
    columns: [
      ['part', 'text'],
      ['name', 'text'],
      ['created', 'count'],
      ['now', 'count'],
    ],
    rows,
  }
}

export function figureTable(id: FigureId, sources: FigureSources, language: string): Table {
  const { pack, snapshot } = sources
  const { label, group } = speaking(language, pack)
  switch (id) {
    case 'active-members':
      return rateTable(sources)
    case 'members-by-segment':
      return countsBy(
        'segment',
        bySegment(snapshot, pack).map(({ segment, members }) => ({ code: segment, name: label(pack.segments, segment), members })),
      )
    case 'members-by-programme':
      return countsBy(
        'programme',
        byProgramme(snapshot, pack).map(({ programme, members }) => ({
          code: programme,
          name: label(pack.programmes, programme),
          members,
        })),
      )
    case 'groups':
      return countsBy(
        'group',
        byGroup(snapshot, pack).map(({ group: code, members }) => ({ code, name: group(code), members })),
      )
    case 'registered-persons': {
      const counts = registeredByProvince(snapshot)
      return countsBy(
        'province',
        snapshot.provinces.map(({ code, name }, place) => ({ code, name, members: counts[place] ?? uncounted })),
      )
    }
    case 'coverage-by-province':
      return provinceTable(sources)
    case 'contributions-by-month':
      return monthTable(sources, language)
    case 'bills-by-month':
      return billsTable(sources)
    case 'control':
      return controlTable(sources, language)
    case 'price':
      return priceTable(sources)
    case 'created-counts':
      return createdTable(sources, language)
  }
}
