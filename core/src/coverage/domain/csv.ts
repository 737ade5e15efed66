// A figure as CSV (RFC 4180), safe to open in a spreadsheet: a text that would be run as a formula is made a text again.
const formula = /^[=+\-@\t\r]/

export function csvCell(value: string | null, kind: string): string {
  if (value === null) return ''
  const safe = kind === 'text' && formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function writeCsv(columns: readonly { readonly code: string; readonly kind: string }[], rows: readonly (readonly (string | null)[])[]): string {
  const head = columns.map(({ code }) => csvCell(code, 'text')).join(',')
  const body = rows.map((row) => row.map((value, place) => csvCell(value, columns[place]?.kind ?? 'text')).join(','))
  return `${[head, ...body].join('\r\n')}\r\n`
}
