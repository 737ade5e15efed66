// A figure as CSV (RFC 4180), safe to open in a spreadsheet: a text that would be run as a formula is made a text again.
import type { Figure } from '@payung/api'

type Cell = Figure['rows'][number][number]
const formula = /^[=+\-@\t\r]/
/** What stands in a cell whose count is hidden: it is small, or it protects a small one. */
const marks = { small: '<5', protecting: 'x' } as const

export function csvCell(cell: Cell, kind: string): string {
  if (cell === null) return ''
  const value = typeof cell === 'string' ? cell : marks[cell.hidden]
  const safe = kind === 'text' && formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function writeCsv(columns: readonly { readonly head: string; readonly kind: string }[], rows: Figure['rows']): string {
  const head = columns.map((column) => csvCell(column.head, 'text')).join(',')
  const body = rows.map((row) => row.map((value, place) => csvCell(value, columns[place]?.kind ?? 'text')).join(','))
  return `${[head, ...body].join('\r\n')}\r\n`
}
