// The lines of the latest control, one for each step.
import type { Api } from '@payung/api'
import { isMonth } from '@payung/values'
import { useTongue } from '../tongue.ts'
import { Difference } from './difference.tsx'
import { Yearly } from './folds.tsx'

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
    const [name = '', of = ''] = step.split(' ')
    return contributions.steps[name]?.(isMonth(of) ? format.month(of) : of) ?? step
  }
  // The difference stands first: it is what the table is read for.
  const columns = [
    { key: 'step', head: contributions.step },
    { key: 'difference', head: flow.difference, amount: true },
    { key: 'parts', head: contributions.parts, amount: true },
    { key: 'stateShare', head: contributions.stateShare, amount: true },
    { key: 'billed', head: flow.billed, amount: true },
    { key: 'booked', head: flow.booked, amount: true },
    { key: 'bank', head: contributions.bank, amount: true },
    { key: 'statement', head: contributions.statement, amount: true },
  ]
  const rows = lines.map((line) => ({
    year: line.at.slice(0, 4),
    key: `${line.at} ${line.step}`,
    cells: [
      <>
        {stepIn(line.step)}
        <div className="small quiet">{format.day(line.at)}</div>
      </>,
      <Difference key="difference" amount={line.difference} />,
      format.money(parts(line)),
      ...[line.stateShare, line.billed, line.booked, line.bank, line.statement].map(format.money),
    ],
  }))
  return <Yearly caption={contributions.controlCaption} columns={columns} rows={rows} />
}
