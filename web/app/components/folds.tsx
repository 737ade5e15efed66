// Parts of a long table, folded without a script. The first part, the latest, stands open.
import { together } from '../fold.ts'
import { type Column, DataTable, type Row } from './data-table.tsx'

type Part = { readonly key: string; readonly title: string; readonly note?: string; readonly table: React.ReactNode }

export function Folds({ parts }: { parts: readonly Part[] }) {
  return (
    <div className="folds">
      {parts.map(({ key, title, note, table }, place) => (
        <details key={key} open={place === 0}>
          <summary>
            {title}
            {note ? <span className="note"> · {note}</span> : null}
          </summary>
          {table}
        </details>
      ))}
    </div>
  )
}

/** One table; of many rows one for each year, the first of them open. */
export function Yearly(given: { caption: string; columns: readonly Column[]; rows: readonly (Row & { readonly year: string })[] }) {
  const { caption, columns, rows } = given
  if (rows.length <= together) return <DataTable caption={caption} columns={columns} rows={rows} />
  const parts = [...Map.groupBy(rows, ({ year }) => year)].map(([year, own]) => ({
    key: year,
    title: year,
    table: <DataTable caption={`${caption}, ${year}`} columns={columns} rows={own} />,
  }))
  return <Folds parts={parts} />
}
