// Sharing out whole people by weights, so that the parts sum exactly to the whole (largest remainder).

/** Whole parts in proportion to the weights; the earlier part wins a tie. Weights that are all nothing share evenly. */
export function apportion(whole: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const exact = weights.map((weight) => (whole * (total > 0 ? weight : 1)) / (total > 0 ? total : weights.length))
  const parts = exact.map(Math.floor)
  const missing = whole - parts.reduce((sum, part) => sum + part, 0)
  const order = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index)
  for (const { index } of order.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1
  return parts
}

/**
 * Fits a table of weights to given sums of its rows and columns by turns (iterative proportional fitting).
 * The sums of both must agree. The result is not rounded.
 */
export function fitTable(
  weights: readonly (readonly number[])[],
  rows: readonly number[],
  columns: readonly number[],
  turns = 60,
): number[][] {
  const table = weights.map((row) => [...row])
  for (let turn = 0; turn < turns; turn++) {
    for (const [index, row] of table.entries()) {
      const sum = row.reduce((all, value) => all + value, 0)
      const factor = sum > 0 ? (rows[index] ?? 0) / sum : 0
      for (let column = 0; column < row.length; column++) row[column] = (row[column] ?? 0) * factor
    }
    for (let column = 0; column < columns.length; column++) {
      const sum = table.reduce((all, row) => all + (row[column] ?? 0), 0)
      const factor = sum > 0 ? (columns[column] ?? 0) / sum : 0
      for (const row of table) row[column] = (row[column] ?? 0) * factor
    }
  }
  return table
}
