// The lines of the latest control, one for each step.
import type { Api } from '@payung/api'
import { useTongue } from '../tongue.ts'
import { Difference } from './difference.tsx'
import { TableBox } from './table-box.tsx'

type Line = Awaited<ReturnType<Api['control']>>[number]

export function ControlTable({ lines }: { lines: readonly Line[] }) {
  const { words, format } = useTongue()
  const { contributions, flow } = words
  /** Contributions, premiums and fines together are what the bills must equal. */
  const parts = ({ contributions: sum, premiums, fines }: Line) => ({
    amount: String(BigInt(sum.amount) + BigInt(premiums.amount) + BigInt(fines.amount)),
    currency: sum.currency,
  })
  const stepIn = (step: string): string => {
    const [name = '', month = ''] = step.split(' ')
    return contributions.steps[name]?.(month && format.month(month)) ?? step
  }
  // The difference stands first: it is what the table is read for, and a wide table is cut off at its end on a phone.
  const heads = [
    flow.difference,
    contributions.parts,
    contributions.stateShare,
    flow.billed,
    flow.booked,
    contributions.bank,
    contributions.statement,
  ]
  return (
    <TableBox label={contributions.control}>
      <table>
        <caption>{contributions.controlCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{contributions.step}</th>
            {heads.map((head) => (
              <th key={head} scope="col" className="amount">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={`${line.at} ${line.step}`}>
              <th scope="row">
                {stepIn(line.step)}
                <div className="small quiet">{format.day(line.at)}</div>
              </th>
              <td className="amount">
                <Difference amount={line.difference} />
              </td>
              <td className="amount">{format.money(parts(line))}</td>
              <td className="amount">{format.money(line.stateShare)}</td>
              <td className="amount">{format.money(line.billed)}</td>
              <td className="amount">{format.money(line.booked)}</td>
              <td className="amount">{format.money(line.bank)}</td>
              <td className="amount">{format.money(line.statement)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  )
}
