// Small counts: hidden with their reason, together with so many neighbours that no published sum gives one away, in pages and files alike.
import { describe, expect, test } from 'vitest'
import { writeCsv } from '../../src/coverage/domain/csv.ts'
import { countsOf, partsOf, suppressTable } from '../../src/coverage/domain/suppress.ts'

const marks = (cells: readonly number[]): (number | string | null)[] => countsOf(cells).map(({ value, hidden }) => value ?? hidden)

describe('a list whose sum is published', () => {
  test.each([
    // cells                told
    [
      [5, 20, 300],
      [5, 20, 300],
    ],
    [
      [0, 20, 300],
      [0, 20, 300],
    ],
    [
      [3, 20, 300],
      ['small', 'protecting', 300],
    ],
    [
      [3, 0, 300],
      ['small', 0, 'protecting'],
    ],
    [
      [3, 4, 300],
      ['small', 'small', 300],
    ],
    [
      [1, 1, 9, 300],
      ['small', 'small', 'protecting', 300],
    ],
    [[4], ['small']],
  ])('%j is told as %j', (cells, told) => {
    expect(marks(cells)).toEqual(told)
  })
})

test('the parts of a hidden whole are hidden too, but for those that hold nobody', () => {
  const parts = partsOf([3, 9, 0], { value: null, hidden: 'protecting' })
  expect(parts.map(({ value, hidden }) => value ?? hidden)).toEqual(['small', 'protecting', 0])
})

test('in a table no row and no column has a single hidden cell', () => {
  const hidden = suppressTable([
    [2, 40, 50],
    [60, 70, 80],
    [90, 15, 25],
  ])
  const lines = [...hidden, ...[0, 1, 2].map((column) => hidden.map((row) => row[column] ?? false))]
  expect(lines.map((line) => line.filter(Boolean).length)).not.toContain(1)
  expect(hidden[0]?.[0]).toBe(true)
})

test('a file marks what is hidden by its reason, leaves out what is unknown, and runs no formula', () => {
  const columns = [
    { head: 'Name', kind: 'text' },
    { head: 'Members', kind: 'count' },
  ]
  const rows = [
    ['=1+1', { hidden: 'small' as const }],
    ['A, B', { hidden: 'protecting' as const }],
    ['C', null],
    ['D', '7'],
  ]
  expect(writeCsv(columns, rows)).toBe(`Name,Members\r\n'=1+1,<5\r\n"A, B",x\r\nC,\r\nD,7\r\n`)
})
