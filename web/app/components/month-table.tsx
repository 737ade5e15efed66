// All months, latest first: computed, billed, booked, difference, collected; of more than a year, each year folded by itself.
import type { MonthFigure } from '@payung/api'
import { useTongue } from '../tongue.ts'
import { Difference } from './difference.tsx'
import { Yearly } from './folds.tsx'

export function MonthTable({ history }: { history: readonly MonthFigure[] }) {
  const { words, format } = useTongue()
  const { flow, table, contributions } = words
  const columns = [
    { key: 'month', head: table.month },
    { key: 'computed', head: flow.computed, amount: true },
    { key: 'billed', head: flow.billed, amount: true },
    { key: 'booked', head: flow.booked, amount: true },
    { key: 'difference', head: flow.difference, amount: true },
    { key: 'collected', head: table.collected, amount: true },
    { key: 'rate', head: contributions.rate, amount: true },
  ]
  const rows = history.map((row) => ({
    year: row.month.slice(0, 4),
    key: row.month,
    cells: [
      <>
        <span className="number">{format.month(row.month)}</span>
        <div className="small quiet">{row.state === 'open' ? contributions.open : contributions.closed}</div>
      </>,
      ...[row.computed, row.billed, row.booked].map(format.money),
      <Difference key="difference" amount={row.difference} />,
      format.money(row.collected),
      format.percent(row.collectedPerHundred),
    ],
  }))
  return <Yearly caption={contributions.caption} columns={columns} rows={rows} />
}
