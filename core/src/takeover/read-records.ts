// Reads a CSV file piece by piece from any offset, so that a file of gigabytes needs no memory and reading goes on where it was cut short.
import { type FileHandle, open } from 'node:fs/promises'
import { splitCells } from '../registry/index.ts'

export type Head = {
  readonly columns: readonly string[]
  readonly separator: string
  /** Where the rows begin, and the line they begin on. */
  readonly next: number
  readonly line: number
  readonly size: number
}
export type TextRecord = { readonly line: number; readonly cells: readonly string[] }
export type Piece = {
  readonly records: readonly TextRecord[] /** Where the next piece begins. */
  readonly next: number
  readonly line: number
}

const pieceBytes = 1 << 20
/** A quote that is never closed would otherwise swallow the rest of the file. */
const longestRecord = 1 << 24
const [newline, quote] = [10, 34]

/** The end of the last record that is whole: after the last line end outside quotes. */
function lastEnd(bytes: Buffer): number {
  if (!bytes.includes(quote)) return bytes.lastIndexOf(newline) + 1
  let [end, quoted] = [0, false]
  for (let place = 0; place < bytes.length; place++) {
    if (bytes[place] === quote) quoted = !quoted
    else if (bytes[place] === newline && !quoted) end = place + 1
  }
  return end
}

const bareLine = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text)

/** The records of a text that ends with a whole one. Without quotes, which is nearly always, lines are simply cut. */
function recordsOf(text: string, separator: string, line: number): TextRecord[] {
  if (text.includes('"'))
    return splitCells(text, separator).map((record) => ({ line: record.line + line - 1, cells: record.cells.map((cell) => cell.trim()) }))
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  const records: TextRecord[] = []
  for (const [index, each] of lines.entries()) {
    const cells = bareLine(each).split(separator)
    for (let place = 0; place < cells.length; place++) cells[place] = (cells[place] ?? '').trim()
    if (cells.some((cell) => cell !== '')) records.push({ line: line + index, cells })
  }
  return records
}

function linesIn(bytes: Buffer): number {
  let count = 0
  for (let place = bytes.indexOf(newline); place >= 0; place = bytes.indexOf(newline, place + 1)) count++
  return count
}

/** The bytes from an offset to the end of a whole record; fewer only at the end of the file. Undefined: a record has no end. */
async function readWhole(handle: FileHandle, offset: number, size: number): Promise<Buffer | undefined> {
  for (let length = pieceBytes; ; length *= 4) {
    const bytes = Buffer.allocUnsafe(Math.min(length, size - offset))
    let read = 0
    while (read < bytes.length) {
      const { bytesRead } = await handle.read(bytes, read, bytes.length - read, offset + read)
      if (bytesRead === 0) break
      read += bytesRead
    }
    const there = bytes.subarray(0, read)
    const end = offset + read >= size ? read : lastEnd(there)
    if (end > 0 || read === 0) return there.subarray(0, end)
    if (length >= longestRecord) return undefined
  }
}

/** The first line of a file. Undefined: it has none. */
export async function readHead(path: string): Promise<Head | undefined> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0)
    const there = buffer.subarray(0, bytesRead)
    const found = there.indexOf(newline)
    const next = found < 0 ? bytesRead : found + 1
    const text = bareLine(there.subarray(0, found < 0 ? bytesRead : found).toString('utf8')).replace(/^\ufeff/, '')
    if (text.trim() === '') return undefined
    const separator = !text.includes(',') && text.includes(';') ? ';' : ','
    const columns = (splitCells(text, separator)[0]?.cells ?? []).map((name) => name.trim())
    return { columns, separator, next, line: 2, size }
  } finally {
    await handle.close()
  }
}

/** The pieces of a file from an offset on, up to about `bytes` of it. Throws RangeError when a quote is never closed. */
export async function* readPieces(
  path: string,
  { separator }: Head,
  from: { next: number; line: number },
  bytes: number,
): AsyncGenerator<Piece> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    let { next, line } = from
    while (next < size && next - from.next < bytes) {
      const whole = await readWhole(handle, next, size)
      if (!whole) throw new RangeError(`a quote in line ${line} or after is never closed`)
      const records = recordsOf(whole.toString('utf8'), separator, line)
      next += whole.length
      line += linesIn(whole)
      yield { records, next, line }
    }
  } finally {
    await handle.close()
  }
}
