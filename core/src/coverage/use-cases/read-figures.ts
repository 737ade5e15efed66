// The public figures that have an address: each with its definition, what it does not say, its rows, a CSV and a citation.
import type { Figure } from '@payung/api'
import type { Law, Pack } from '@payung/law'
import { monthFromNumber, ok, refuse, type Result } from '@payung/values'
import type { Tx } from '../../platform/index.ts'
import { writeCsv } from '../domain/csv.ts'
import { perHundred } from '../domain/per-hundred.ts'
import { byGroup, byProgramme, bySegment, type Snapshot } from '../domain/snapshot.ts'
import type { Count } from '../domain/suppress.ts'
import { readControl, readMonths } from '../read-store.ts'
import { type ColumnCode, type FigureId, figureIds, inWords, isFigure } from '../words/words.ts'
import { nationalRate, sourceOf } from './read-overview.ts'
import { regionsOf } from './read-regions.ts'
import { readSnapshot } from './read-snapshot.ts'

type Rows = Figure['rows']
type Kind = Figure['columns'][number]['kind']
type Table = { readonly columns: readonly [ColumnCode, Kind][]; readonly rows: Rows }

const shown = ({ value }: Count): string | null => (value === null ? null : String(value))
const label = (pack: Pack, list: readonly { code: string; labels: Readonly<Record<string, string>> }[], code: string): string => {
  const labels = list.find((known) => known.code === code)?.labels
  return labels?.[pack.languages[0] ?? 'en'] ?? code
}

function activeMembers(snapshot: Snapshot): Table {
  const { covered, eligible, perHundred: rate, people } = nationalRate(snapshot)
  return { columns: [['day', 'day'], ['members', 'count'], ['eligible', 'count'], ['people', 'count'], ['rate', 'rate']], rows: [[snapshot.day, shown(covered), String(eligible), String(people), rate]] }
}

const provinces = (snapshot: Snapshot): Table => ({
  columns: [['province', 'text'], ['name', 'text'], ['members', 'count'], ['eligible', 'count'], ['people', 'count'], ['rate', 'rate']],
  rows: regionsOf(snapshot).map(({ code, name, rate }) => [code, name, shown(rate.covered), String(rate.eligible), String(rate.people), rate.perHundred]),
})

async function months(tx: Tx, { pack }: Law): Promise<Table> {
  const rows = (await readMonths(tx)).map((row) => [
    monthFromNumber(row.month), row.segment, label(pack, pack.segments, row.segment), row.computed.toString(), row.billed.toString(), row.booked.toString(), (row.computed - row.booked).toString(),
    row.collected.toString(), perHundred(row.collected, row.billed), row.as_of,
  ])
  return {
    columns: [['month', 'text'], ['segment', 'text'], ['name', 'text'], ['computed', 'money'], ['billed', 'money'], ['booked', 'money'], ['difference', 'money'], ['collected', 'money'], ['rate', 'rate'], ['day', 'day']],
    rows,
  }
}

async function control(tx: Tx): Promise<Table> {
  const rows = (await readControl(tx)).map((row) => [
    row.at.toISOString(), row.step, ...[row.contributions, row.premiums, row.fines, row.state_share, row.billed, row.booked, row.bank, row.statement, row.difference].map(String),
  ])
  return {
    columns: [['at', 'text'], ['step', 'text'], ['contributions', 'money'], ['premiums', 'money'], ['fines', 'money'], ['stateShare', 'money'], ['billed', 'money'], ['booked', 'money'], ['bank', 'money'], ['statement', 'money'], ['difference', 'money']],
    rows,
  }
}

async function tableOf(tx: Tx, law: Law, snapshot: Snapshot, id: FigureId): Promise<Table> {
  const { pack } = law
  switch (id) {
    case 'active-members': return activeMembers(snapshot)
    case 'members-by-segment':
      return { columns: [['segment', 'text'], ['name', 'text'], ['members', 'count']], rows: bySegment(snapshot, pack).map(({ segment, members }) => [segment, label(pack, pack.segments, segment), shown(members)]) }
    case 'members-by-programme':
      return { columns: [['programme', 'text'], ['name', 'text'], ['members', 'count']], rows: byProgramme(snapshot, pack).map(({ programme, members }) => [programme, label(pack, pack.programmes, programme), shown(members)]) }
    case 'coverage-by-province': return provinces(snapshot)
    case 'contributions-by-month': return months(tx, law)
    case 'control': return control(tx)
    case 'registered-persons':
      return { columns: [['province', 'text'], ['name', 'text'], ['registered', 'count']], rows: snapshot.provinces.map(({ code, name, registered }) => [code, name, Number(registered) > 0 && Number(registered) < 5 ? null : String(registered)]) }
    case 'groups': return { columns: [['group', 'text'], ['members', 'count']], rows: byGroup(snapshot, pack).map(({ group, members }) => [group, shown(members)]) }
  }
}

export async function readFigure(tx: Tx, law: Law, id: string): Promise<Result<Figure>> {
  if (!isFigure(id)) return refuse({ code: 'not-found', rule: 'A public figure is named by its id.', data: { id }, next: `Choose one of: ${figureIds.join(', ')}.` })
  const read = await readSnapshot(tx, tx.today(law.pack.timeZone))
  if (!read.ok) return read
  const snapshot = read.value
  const { columns, rows } = await tableOf(tx, law, snapshot, id)
  const synthetic = snapshot.demonstration
  const title = inWords(({ figures }) => figures[id].title)
  const hides = rows.some((row) => row.some((cell) => cell === null))
  return ok({
    id, title,
    definition: inWords((words) => `${synthetic ? words.synthetic : ''}${words.figures[id].definition}${hides ? ` ${words.suppressed}` : ''}`),
    doesNotSay: inWords(({ figures }) => figures[id].doesNotSay),
    asOf: snapshot.day, synthetic, source: sourceOf(snapshot),
    columns: columns.map(([code, kind]) => ({ code, label: inWords((words) => words.columns[code]), kind })),
    rows, csv: `/v1/public/figures/${id}.csv`,
    citation: inWords((words) => words.citation, { title, asOf: snapshot.day, id, synthetic: synthetic ? inWords((words) => words.citationSynthetic) : '' }),
  })
}

export async function listFigures(tx: Tx, law: Law): Promise<Result<Pick<Figure, 'id' | 'title' | 'asOf'>[]>> {
  const read = await readSnapshot(tx, tx.today(law.pack.timeZone))
  return read.ok ? ok(figureIds.map((id) => ({ id, title: inWords(({ figures }) => figures[id].title), asOf: read.value.day }))) : read
}

/** The figure as a file for spreadsheets. */
export async function figureCsv(tx: Tx, law: Law, id: string): Promise<Result<string>> {
  const figure = await readFigure(tx, law, id)
  return figure.ok ? ok(writeCsv(figure.value.columns, figure.value.rows)) : figure
}
