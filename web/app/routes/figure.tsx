// One figure at its own address: what it means, what it does not say, its rows, its CSV, and a citation ready to copy.
import type { Figure as FigureType } from '@payung/api'
import { isMonth } from '@payung/values'
import { useRouteLoaderData } from 'react-router'
import { DataTable } from '../components/data-table.tsx'
import { Empty } from '../components/empty.tsx'
import { Folds } from '../components/folds.tsx'
import { PageHead } from '../components/page-head.tsx'
import { Synthetic } from '../components/synthetic.tsx'
import { ask, schemeOf } from '../context.ts'
import { type Fold, foldsOf } from '../fold.ts'
import type { Format } from '../format.ts'
import { publicPage } from '../headers.ts'
import { languageOf } from '../languages.ts'
import type { loader as root } from '../root.tsx'
import { useTongue } from '../tongue.ts'
import type { Route } from './+types/figure'

export const headers = publicPage

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const lang = languageOf(new URL(request.url).pathname) ?? 'id'
  const [scheme, figure] = await Promise.all([
    schemeOf(context),
    ask(context, (api) => api.figure({ params: { id: params.id }, query: { lang } })),
  ])
  return { currency: scheme.currency.code, figure }
}

type Kind = FigureType['columns'][number]['kind']

const figures: readonly Kind[] = ['count', 'money', 'rate']

/** A cell as its column's kind says. */
function shown(cell: FigureType['rows'][number][number], kind: Kind, format: Format, currency: string): string {
  if (cell === null) return '–'
  if (typeof cell !== 'string') return format.count({ value: null, ...cell })
  switch (kind) {
    case 'count':
      return /^\d+$/.test(cell) ? format.number(Number(cell)) : cell
    case 'money':
      return format.money({ amount: cell, currency })
    case 'rate':
      return format.percent(cell)
    case 'day':
      return /^\d{4}-\d{2}-\d{2}/.test(cell) ? format.day(cell) : cell
    case 'month':
      return /^\d{4}-\d{2}$/.test(cell) ? format.month(cell) : cell
    case 'text':
      return cell
  }
}

/** All rows in one table; many rows of months in parts, of which the latest is open. */
function Rows({ figure, currency }: { figure: FigureType; currency: string }) {
  const { words, format, of } = useTongue()
  // A code whose name stands beside it is for programs: it is in the CSV and the API.
  const columns = figure.columns.flatMap((column, place) => (figure.columns[place + 1]?.code === 'name' ? [] : [{ ...column, place }]))
  const caption = `${of(figure.title)}, ${format.day(figure.asOf)}${figure.synthetic ? ` · ${words.synthetic}` : ''}`
  const table = (title: string, own: Fold['columns'], rows: Fold['rows']) => (
    <DataTable
      caption={title}
      columns={own.map(({ code, label, kind }) => ({ key: code, head: of(label), amount: figures.includes(kind) }))}
      rows={rows.map((row) => ({
        key: JSON.stringify(row),
        cells: own.map(({ kind, place }) => shown(row[place] ?? null, kind, format, currency)),
      }))}
    />
  )
  const folds = foldsOf(columns, figure.rows)
  if (!folds) return table(caption, columns, figure.rows)
  const parts = folds.map((fold) => {
    const title = isMonth(fold.of) ? format.month(fold.of) : fold.of
    return {
      key: fold.of,
      title,
      note: fold.said.map(({ kind, place }) => shown(fold.rows[0]?.[place] ?? null, kind, format, currency)).join(' · '),
      table: table(`${of(figure.title)}, ${title}${figure.synthetic ? ` · ${words.synthetic}` : ''}`, fold.columns, fold.rows),
    }
  })
  return <Folds parts={parts} />
}

export default function Figure({ loaderData: { currency, figure } }: Route.ComponentProps) {
  const { words, format, address, of } = useTongue()
  const { source } = figure
  const title = of(figure.title)
  const own = useRouteLoaderData<typeof root>('root')?.origin ?? ''
  const hides = figure.rows.some((row) => row.some((cell) => typeof cell === 'object' && cell !== null))
  return (
    <div className="page stack-large">
      <PageHead title={title} description={of(figure.definition)} />
      <section className="stack">
        <h1>{title}</h1>
        <Synthetic when={figure.synthetic} />
        <dl className="facts">
          <dt>{words.figure.definition}</dt>
          <dd>{of(figure.definition)}</dd>
          <dt>{words.figure.doesNotSay}</dt>
          <dd>{of(figure.doesNotSay)}</dd>
          <dt>{words.figure.asOf}</dt>
          <dd>{format.day(figure.asOf)}</dd>
          <dt>{words.source}</dt>
          <dd>{source.link ? <a href={source.link}>{of(source.text)}</a> : of(source.text)}</dd>
        </dl>
      </section>

      <section className="stack">
        <h2>{words.figure.rows}</h2>
        {figure.rows.length === 0 ? <Empty what={words.figure.none} /> : <Rows figure={figure} currency={currency} />}
        <div className="acts">
          <a className="button" href={figure.csv}>
            {words.figure.csv}
          </a>
          <a className="more" href={address('data')}>
            {words.figure.all}
          </a>
        </div>
        {hides ? <p className="small quiet">{words.fewerThan}</p> : null}
      </section>

      <section className="stack">
        <h2>{words.figure.cite}</h2>
        <p>{words.figure.citeHow}</p>
        <blockquote className="citation">
          {of(figure.citation).replace(address('figure', figure.id), own + address('figure', figure.id))}
        </blockquote>
      </section>
    </div>
  )
}
