// All months, latest first: computed, billed, booked, difference, collected.
import type { MonthFigure } from '@payung/api'
import { useTongue } from '../tongue.ts'
import { Difference } from './difference.tsx'
import { TableBox } from './table-box.tsx'

export function MonthTable({ history }: { history: readonly MonthFigure[] }) {
  const { words, format } = useTongue()
  const heads = [
    words.flow.computed,
    words.flow.billed,
    words.flow.booked,
    words.flow.difference,
    words.table.collected,
    words.contributions.rate,
  ]
  return (
    <TableBox label={words.contributions.all}>
      <table>
        <caption>{words.contributions.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.table.month}</th>
            {heads.map((head) => (
              <th key={head} scope="col" className="amount">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history.map((row) => (
            <tr key={row.month}>
              <th scope="row">
                <span className="number">{format.month(row.month)}</span>
                <div className="small quiet">{row.state === 'open' ? words.contributions.open : words.contributions.closed}</div>
              </th>
              <td className="amount">{format.money(row.computed)}</td>
              <td className="amount">{format.money(row.billed)}</td>
              <td className="amount">{format.money(row.booked)}</td>
              <td className="amount">
                <Difference amount={row.difference} />
              </td>
              <td className="amount">{format.money(row.collected)}</td>
              <td className="amount">{format.percent(row.collectedPerHundred)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  )
}
