// Reads the small tables of a pack: comma-separated, first row names the columns, quotes double inside quotes.

function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (quoted && character === '"' && text[at + 1] === '"') {
      cell += '"'
      at++
    } else if (character === '"') quoted = !quoted
    else if (!quoted && (character === ',' || character === '\n')) {
      rows.at(-1)?.push(cell)
      cell = ''
      if (character === '\n') rows.push([])
    } else if (quoted || character !== '\r') cell += character
  }
  if (cell !== '') rows.at(-1)?.push(cell)
  return rows.filter((row) => row.length > 1 || (row[0] ?? '') !== '')
}

export type Row = Readonly<Record<string, string>>

/** The rows by column name; a missing cell at the end of a row is empty. */
export function readCsv(text: string): Row[] {
  const [header = [], ...rows] = cellsOf(text)
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ''])))
}
