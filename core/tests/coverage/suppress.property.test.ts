// Small cells: whoever knows every published sum and every cell shown still cannot work out a count of 1 to 4.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { smallest, suppressList, suppressTable } from '../../src/coverage/domain/suppress.ts'

const cell = fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 500 }))
const isSmall = (value: number): boolean => value > 0 && value < smallest

/** A line whose sum is published: its hidden cells are none, or several that hold enough people, or all that hold anybody. */
function keepsItsSecret(cells: readonly number[], hidden: readonly boolean[]): boolean {
  const gone = cells.filter((_, index) => hidden[index])
  const shown = cells.filter((value, index) => !hidden[index] && value > 0)
  const people = gone.reduce((sum, value) => sum + value, 0)
  return gone.length === 0 || (gone.length > 1 && people >= smallest) || shown.length === 0
}

test.each`
  cells            | hidden
  ${[0, 12, 30]}   | ${[false, false, false]}
  ${[3, 12, 30]}   | ${[true, true, false]}
  ${[1, 2, 30, 9]} | ${[true, true, false, true]}
  ${[4, 4, 30]}    | ${[true, true, false]}
  ${[2, 0, 0]}     | ${[true, false, false]}
`('$cells → $hidden', ({ cells, hidden }: { cells: number[]; hidden: boolean[] }) => {
  expect(suppressList(cells)).toEqual(hidden)
})

test('every small cell of a list is hidden, and its sum does not reveal it', () => {
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 12 }), (cells) => {
      const hidden = suppressList(cells)
      for (const [index, value] of cells.entries()) if (isSmall(value)) expect(hidden[index]).toBe(true)
      expect(keepsItsSecret(cells, hidden)).toBe(true)
    }),
  )
})

test('every small cell of a table is hidden, and no row or column sum reveals it', () => {
  const tables = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))
  fc.assert(
    fc.property(tables, (table) => {
      const hidden = suppressTable(table)
      for (const [row, cells] of table.entries()) {
        for (const [column, value] of cells.entries()) if (isSmall(value)) expect(hidden[row]?.[column]).toBe(true)
        expect(keepsItsSecret(cells, hidden[row] ?? [])).toBe(true)
      }
      for (const column of (table[0] ?? []).keys()) {
        expect(
          keepsItsSecret(
            table.map((row) => row[column] ?? 0),
            hidden.map((row) => row[column] ?? false),
          ),
        ).toBe(true)
      }
    }),
  )
})
