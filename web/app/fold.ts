// A long table of months or days in parts that can be folded: by year, or by month where each month has several rows.
import type { Figure } from '@payung/api'

type Row = Figure['rows'][number]
type Column = Figure['columns'][number] & { readonly place: number }
export type Fold = {
  /** A year, or a month. */
  readonly of: string
  /** The columns of this part, and those that say the same in each row of every part: their cells stand beside its title. */
  readonly columns: readonly Column[]
  readonly said: readonly Column[]
  readonly rows: readonly Row[]
}

/** Up to so many rows stay together. */
export const together = 12

/** Undefined for a table that is short, or not one of months or days. */
export function foldsOf(columns: readonly Column[], rows: readonly Row[]): readonly Fold[] | undefined {
  const [first] = columns
  if ((first?.kind !== 'month' && first?.kind !== 'day') || rows.length <= together) return undefined
  const monthIn = (row: Row): string => {
    const cell = row[first.place]
    return typeof cell === 'string' ? cell.slice(0, 7) : ''
  }
  const months = [...Map.groupBy(rows, monthIn)]
  if (first.kind === 'day' || months.length === rows.length)
    return [...Map.groupBy(rows, (row) => monthIn(row).slice(0, 4))].map(([of, own]) => ({ of, columns, said: [], rows: own }))
  const same = ({ kind, place }: Column): boolean =>
    (kind === 'text' || kind === 'day') && months.every(([, own]) => new Set(own.map((row) => row[place])).size === 1)
  const others = columns.filter((column) => column !== first)
  const said = others.filter(same)
  return months.map(([of, own]) => ({ of, columns: others.filter((column) => !said.includes(column)), said, rows: own }))
}
