// The map as a table, lowest first: the same links, for whoever cannot use tiles.
import type { Region } from '@payung/api'
import { useTongue } from '../tongue.ts'
import { DataTable } from './data-table.tsx'

const rank = (perHundred: string | null): number => (perHundred === null ? Number.POSITIVE_INFINITY : Number(perHundred))

const compare = (a: number, b: number): number => (a === b ? 0 : a - b)

export function ProvinceTable({ regions, long = false }: { regions: readonly Region[]; long?: boolean }) {
  const { words, format, address } = useTongue()
  const sorted = [...regions].sort((a, b) => compare(rank(a.rate.perHundred), rank(b.rate.perHundred)) || a.name.localeCompare(b.name))
  const day = sorted[0]?.rate.asOf
  const columns = [
    { key: 'province', head: words.table.province },
    ...(long
      ? [
          { key: 'members', head: words.table.members, amount: true },
          { key: 'eligible', head: words.table.eligible, amount: true },
        ]
      : []),
    { key: 'rate', head: long ? words.table.rate : words.table.covered, amount: true },
  ]
  const rows = sorted.map(({ code, name, rate }) => ({
    key: code,
    cells: [
      <a key={code} href={address('province', code)}>
        {name}
      </a>,
      ...(long ? [format.count(rate.covered), format.number(rate.eligible)] : []),
      format.percent(rate.perHundred),
    ],
  }))
  return <DataTable caption={day ? words.map.caption(format.day(day)) : null} columns={columns} rows={rows} />
}
