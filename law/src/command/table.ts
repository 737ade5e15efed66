// Plain text in aligned columns for the terminal.

/** Lines of a table whose first row is its head, ruled off; columns named in `right` are set flush right. */
export function table(rows: readonly (readonly string[])[], { right }: { readonly right: readonly number[] }): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width, 0) + 2 * (widths.length - 1))
  return [lines[0] ?? '', rule, ...lines.slice(1)]
}
