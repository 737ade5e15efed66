// Small cells: a count of 1 to 4 people is hidden, and so many of its neighbours that no published total gives it away.

/** Below this a count could point at somebody. */
export const smallest = 5
const isSmall = (value: number): boolean => value > 0 && value < smallest

/** Hides small cells of a list whose sum is published. With one cell hidden the sum would reveal it, so the least of the others goes too. */
export function suppressList(cells: readonly number[]): boolean[] {
  const hidden = cells.map(isSmall)
  hideEnough(
    cells.map((cell, index) => ({ cell, index })),
    hidden,
  )
  return hidden
}

/** Goes on hiding the least positive cells until at least two are hidden that hold at least `smallest` people. Says whether it hid any. */
function hideEnough(line: readonly { cell: number; index: number }[], hidden: boolean[]): boolean {
  let changed = false
  for (;;) {
    const gone = line.filter(({ index }) => hidden[index])
    const people = gone.reduce((sum, { cell }) => sum + cell, 0)
    if (gone.length === 0 || (gone.length > 1 && people >= smallest)) return changed
    const next = line.filter(({ cell, index }) => cell > 0 && !hidden[index]).sort((a, b) => a.cell - b.cell || a.index - b.index)[0]
    if (!next) return changed
    hidden[next.index] = true
    changed = true
  }
}

/** The same for a table whose row sums and column sums are both published. */
export function suppressTable(table: readonly (readonly number[])[]): boolean[][] {
  const width = table[0]?.length ?? 0
  const cells = table.flat()
  const hidden = cells.map(isSmall)
  const line = (indexes: readonly number[]) => indexes.map((index) => ({ cell: cells[index] ?? 0, index }))
  const rows = table.map((_, row) => line(Array.from({ length: width }, (_, column) => row * width + column)))
  const columns = Array.from({ length: width }, (_, column) => line(table.map((_, row) => row * width + column)))
  for (let changed = true; changed; ) {
    changed = false
    for (const one of [...rows, ...columns]) changed = hideEnough(one, hidden) || changed
  }
  return table.map((_, row) => hidden.slice(row * width, (row + 1) * width))
}

/** `hidden` says why a count is not told: it is small, or it protects a small one. Null without a reason: not counted yet. */
export type Count = { value: number | null; hidden: 'small' | 'protecting' | null }
export const uncounted: Count = { value: null, hidden: null }
export const countOf = (value: number, hidden: boolean): Count =>
  hidden ? { value: null, hidden: isSmall(value) ? 'small' : 'protecting' } : { value, hidden: null }
export const countsOf = (cells: readonly number[]): Count[] => {
  const hidden = suppressList(cells)
  return cells.map((cell, index) => countOf(cell, hidden[index] ?? false))
}
/** The parts of a published whole. Where the whole is hidden, so is every part that holds anybody: their sum would tell it. */
export const partsOf = (cells: readonly number[], whole: Count): Count[] =>
  whole.hidden === null ? countsOf(cells) : cells.map((cell) => countOf(cell, cell > 0))
