// A table of figures. One with many columns becomes a card for each row on a phone, where each figure has its head beside it; the roles
// are written out, because a browser forgets them when rows and cells are no longer laid out as a table. On paper it is a table again.
// biome-ignore-all lint/a11y/noRedundantRoles: a table laid out as cards is no table to a browser, unless its roles are written out.
export type Column = { readonly key: string; readonly head: string; readonly amount?: boolean | undefined }
export type Row = { readonly key: string; readonly cells: readonly React.ReactNode[] }
type Props = {
  readonly caption: React.ReactNode
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly measured?: boolean
}

/** Up to so many columns fit on a phone as they are; more than `wide` need paper on its side, and more than `most` fit on no screen. */
const fits = 4
const wide = 7
const most = 10

/** Labels of the scheme are written for the middle of a sentence; a head before a figure begins one. */
const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)

export function DataTable({ caption, columns, rows, measured = false }: Props) {
  const kinds = [columns.length > fits && 'cards', columns.length > wide && 'wide', measured && 'measured'].filter(Boolean)
  const [first, ...others] = columns
  const table = (
    <table role="table" className={kinds.length > 0 ? kinds.join(' ') : undefined}>
      <caption>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ key, head, amount }) => (
            <th key={key} role="columnheader" scope="col" className={amount ? 'amount' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={row.key} role="row">
            <th role="rowheader" scope="row" className={first?.amount ? 'amount' : undefined}>
              {row.cells[0]}
            </th>
            {others.map(({ key, head, amount }, place) => (
              <td key={key} role="cell" className={amount ? 'amount' : undefined} data-head={capital(head)}>
                {row.cells[place + 1]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
  if (columns.length <= fits) return table
  return <div className={columns.length > most ? 'figures never' : 'figures'}>{table}</div>
}
