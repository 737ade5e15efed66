// The public figures that have an address: each with its definition, what it does not say, its rows, a CSV and a citation.
import type { Figure } from '@payung/api'
import type { Law } from '@payung/law'
import { type Day, ok, type Result, refuse } from '@payung/values'
import { readControls } from '../../contributions/index.ts'
import type { Tx } from '../../platform/index.ts'
import { writeCsv } from '../domain/csv.ts'
import { type FigureSources, figureTable, type Table } from '../domain/figure-table.ts'
import { priceAhead } from '../domain/price.ts'
import type { Snapshot } from '../domain/snapshot.ts'
import { readMonthBills, readMonths } from '../read-store.ts'
import { dayInWords, type FigureId, figureIds, inWords, isFigure, numberInWords, wordsIn } from '../words/words.ts'
import { nationalRate, ownSource, sourceOf } from './read-overview.ts'
import { regionsOf } from './read-regions.ts'
import { readSnapshot } from './read-snapshot.ts'

/** How many of the latest controls the figure shows. */
const controlsShown = 24

const isHidden = (cell: Figure['rows'][number][number]): boolean => typeof cell === 'object' && cell !== null

async function sourcesOf(tx: Tx, law: Law, snapshot: Snapshot, id: FigureId): Promise<FigureSources> {
  return {
    pack: law.pack,
    snapshot,
    national: nationalRate(snapshot),
    provinces: snapshot.counted ? regionsOf(snapshot) : [],
    months: id === 'contributions-by-month' ? await readMonths(tx) : [],
    bills: id === 'bills-by-month' ? await readMonthBills(tx) : [],
    controls: id === 'control' ? await readControls(tx, controlsShown) : [],
    price: snapshot.nation ? priceAhead(law, snapshot.nation.price, tx.today(law.pack.timeZone)) : null,
  }
}

/** Our own language nearest to the one asked for: the pack's first when none was asked, or one that we do not speak. */
const languageFor = ({ pack }: Law, asked: string | undefined): string =>
  [asked, pack.languages[0]].find((language) => language !== undefined && language in inWords(({ all }) => all)) ?? 'en'

/** The figure itself, where it is a single one: it belongs into whatever is quoted. */
function quotable({ columns, rows }: Table, currency: string): Figure['title'] {
  const place = columns.findIndex(([, kind]) => kind === 'count' || kind === 'money')
  const cell = rows.length === 1 && place >= 0 ? rows[0]?.[place] : undefined
  if (typeof cell !== 'string') return inWords(() => '')
  const unit = columns[place]?.[1] === 'money' ? ` ${currency}` : ''
  return inWords(() => ': {number}{unit}', { number: numberInWords(Number(cell)), unit })
}

const wordsOf = (
  snapshot: Snapshot,
  id: FigureId,
  table: Table,
  currency: string,
): Pick<Figure, 'title' | 'definition' | 'doesNotSay' | 'citation'> => {
  const synthetic = snapshot.demonstration && id !== 'price'
  const title = inWords(({ figures }) => figures[id].title)
  const hides = table.rows.some((row) => row.some(isHidden))
  return {
    title,
    definition: inWords(
      (words) => `${synthetic ? words.synthetic : ''}${words.figures[id].definition}${hides ? ` ${words.suppressed}` : ''}`,
    ),
    doesNotSay: inWords(({ figures }) => figures[id].doesNotSay),
    citation: inWords((words) => words.citation, {
      title,
      value: quotable(table, currency),
      asOf: dayInWords(snapshot.day),
      synthetic: synthetic ? inWords((words) => words.citationSynthetic) : '',
      address: inWords((words) => words.figureAddress.replace('{id}', id)),
    }),
  }
}

/** Figures that divide by people quote the count of people; the price quotes the law; all others are counts of our own. */
function sourceOfFigure(snapshot: Snapshot, id: FigureId, sources: FigureSources | undefined): Figure['source'] {
  if (id === 'active-members' || id === 'coverage-by-province') return sourceOf(snapshot)
  if (id === 'price') {
    const { acts = [], link = null } = sources?.price ?? {}
    return {
      text: inWords(({ cited }) => acts.map(({ act, article }) => cited.replace('{act}', act).replace('{article}', article)).join('; ')),
      link,
      synthetic: false,
    }
  }
  return ownSource(snapshot)
}

const unknown = (id: string) =>
  refuse({
    code: 'not-found',
    rule: 'A public figure is named by its id.',
    data: { id },
    next: `Choose one of: ${figureIds.join(', ')}.`,
  })

export async function readFigure(tx: Tx, law: Law, id: string, asked?: string): Promise<Result<Figure>> {
  if (!isFigure(id)) return unknown(id)
  const language = languageFor(law, asked)
  const snapshot = await readSnapshot(tx, tx.today(law.pack.timeZone))
  const sources = snapshot.counted ? await sourcesOf(tx, law, snapshot, id) : undefined
  const table: Table = sources ? figureTable(id, sources, language) : { columns: [], rows: [] }
  return ok({
    id,
    ...wordsOf(snapshot, id, table, law.pack.currency.code),
    asOf: snapshot.day,
    synthetic: snapshot.demonstration && id !== 'price',
    source: sourceOfFigure(snapshot, id, sources),
    columns: table.columns.map(([code, kind]) => ({ code, label: inWords((words) => words.columns[code]), kind })),
    rows: table.rows,
    csv: `/v1/public/figures/${id}.csv?lang=${language}`,
  })
}

/** The figures that have something to say; none before the first count. */
export async function listFigures(tx: Tx, law: Law): Promise<Result<{ id: string; title: Figure['title']; asOf: Day }[]>> {
  const snapshot = await readSnapshot(tx, tx.today(law.pack.timeZone))
  if (!snapshot.counted) return ok([])
  const ids = figureIds.filter((id) => snapshot.nation || (id !== 'price' && id !== 'created-counts'))
  return ok(ids.map((id) => ({ id, title: inWords(({ figures }) => figures[id].title), asOf: snapshot.day })))
}

/** The figure as a file for spreadsheets, its heads in the language asked for. */
export async function figureCsv(tx: Tx, law: Law, id: string, asked?: string): Promise<Result<string>> {
  const figure = await readFigure(tx, law, id, asked)
  if (!figure.ok) return figure
  const words = wordsIn(languageFor(law, asked))
  return ok(
    writeCsv(
      figure.value.columns.map(({ label, kind }) => ({ head: label[words.language] ?? '', kind })),
      figure.value.rows,
    ),
  )
}
