// Billed and collected by month as columns made on the server; the table below it has the same figures.
import type { MonthFigure } from '@payung/api'
import { useTongue } from '../tongue.ts'

const shown = 24
/** Share of one amount in another, in percent with one decimal, without leaving whole numbers. */
const share = (part: bigint, whole: bigint): number => (whole > 0n ? Number((part * 1000n) / whole) / 10 : 0)

export function MonthColumns({ history }: { history: readonly MonthFigure[] }) {
  const { words, format } = useTongue()
  const months = history.slice(0, shown).reverse()
  const [first, last] = [months.at(0), months.at(-1)]
  if (!first || !last) return null
  const largest = months.reduce((most, { billed }) => (BigInt(billed.amount) > most ? BigInt(billed.amount) : most), 1n)
  return (
    <figure className="stack">
      <figcaption>
        {words.contributions.chart(format.month(first.month), format.month(last.month))}
        <span className="heard">. {words.contributions.chartHeard}</span>
      </figcaption>
      <div className="columns" style={{ maxWidth: `${months.length * 4.25}rem` }} aria-hidden="true">
        {months.map(({ month, billed, collected }) => (
          <span key={month} style={{ height: `${share(BigInt(billed.amount), largest)}%` }}>
            <i style={{ height: `${share(BigInt(collected.amount), BigInt(billed.amount))}%` }} />
          </span>
        ))}
      </div>
      <p className="columns-ends small quiet" style={{ maxWidth: `${months.length * 4.25}rem` }} aria-hidden="true">
        <span>{format.month(first.month)}</span>
        <span>{format.month(last.month)}</span>
      </p>
      <ul className="key plain">
        <li>
          <i className="billed" />
          {words.contributions.billed}
        </li>
        <li>
          <i className="collected" />
          {words.contributions.collected}
        </li>
      </ul>
    </figure>
  )
}
