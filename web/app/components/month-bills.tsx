// From the contributions of a month to all its bills: what is left out above, part by part, and the difference to the books.
import type { MonthFigure } from '@payung/api'
import type { MoneyJson } from '../format.ts'
import { useTongue } from '../tongue.ts'
import { Difference } from './difference.tsx'

export function MonthBills({ month, bills }: { month: MonthFigure; bills: NonNullable<MonthFigure['bills']> }) {
  const { words, format } = useTongue()
  const said = words.monthBills
  const row = (label: string, amount: MoneyJson, sum = false) => (
    <tr className={sum ? 'sum' : undefined}>
      <th scope="row">{label}</th>
      <td className="amount">{format.money(amount)}</td>
    </tr>
  )
  return (
    <table className="measured">
      <caption>{said.caption(format.month(month.month), format.day(month.asOf))}</caption>
      <thead>
        <tr>
          <th scope="col">{said.part}</th>
          <th scope="col" className="amount">
            {said.amount}
          </th>
        </tr>
      </thead>
      <tbody>
        {row(said.contributions, bills.contributions)}
        {row(said.premiums, bills.premiums)}
        {row(said.both, month.computed, true)}
        {row(said.fines, bills.fines)}
        {row(said.stateShare, bills.stateShare)}
        {row(said.billed, bills.billed, true)}
        {row(said.booked, bills.booked)}
        <tr>
          <th scope="row">{said.difference}</th>
          <td className="amount">
            <Difference amount={bills.difference} />
          </td>
        </tr>
        {row(said.collected, bills.collected)}
      </tbody>
    </table>
  )
}
