// Comma-separated values (RFC 4180): quoted cells, doubled quotes, line ends of any kind. A semicolon separates where the head uses it.

export type CsvRow = {
  /** The line's number in the file as an editor shows it, from 1. */ readonly line: number
  readonly cells: Readonly<Record<string, string>>
}
export type CsvFile = { readonly columns: readonly string[]; readonly rows: readonly CsvRow[] }

/** Splits a text into lines of cells; empty lines are left out. */
export function splitCells(text: string, separator: string): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = []
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  let begun = 1
  const endRow = (): void => {
    cells.push(cell)
    if (cells.some((value) => value !== '')) rows.push({ line: begun, cells })
    cells = []
    cell = ''
  }
  for (let place = 0; place < text.length; place++) {
    const character = text[place]
    if (character === '\n') line++
    if (quoted) {
      if (character !== '"') cell += character
      else if (text[place + 1] === '"') {
        cell += '"'
        place++
      } else quoted = false
    } else if (character === '"' && cell === '') quoted = true
    else if (character === separator) {
      cells.push(cell)
      cell = ''
    } else if (character === '\n') {
      endRow()
      begun = line
    } else if (character !== '\r') cell += character
  }
  endRow()
  return rows
}

/** Reads a file whose first line names the columns. Cells are trimmed; a missing cell is empty. */
export function readCsv(text: string): CsvFile {
  const body = text.replace(/^\ufeff/, '')
  const head = body.slice(0, body.indexOf('\n') < 0 ? body.length : body.indexOf('\n'))
  const [first, ...rest] = splitCells(body, !head.includes(',') && head.includes(';') ? ';' : ',')
  const columns = (first?.cells ?? []).map((name) => name.trim())
  return {
    columns,
    rows: rest.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(columns.map((name, place) => [name, (cells[place] ?? '').trim()])),
    })),
  }
}

const cellText = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Writes rows as a file that `readCsv` reads back. */
export const writeCsv = (columns: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string =>
  [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))].map((cells) => `${cells.map(cellText).join(',')}\n`).join('')
