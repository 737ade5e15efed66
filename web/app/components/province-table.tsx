// The map as a table, lowest first: the same links, for whoever cannot use tiles.
import type { Region } from '@payung/api'
import { useTongue } from '../tongue.ts'

const rank = (perHundred: string | null): number => (perHundred === null ? Number.POSITIVE_INFINITY : Number(perHundred))

const compare = (a: number, b: number): number => (a === b ? 0 : a - b)

export function ProvinceTable({ regions, long = false }: { regions: readonly Region[]; long?: boolean }) {
  const { words, format, address } = useTongue()
  const sorted = [...regions].sort((a, b) => compare(rank(a.rate.perHundred), rank(b.rate.perHundred)) || a.name.localeCompare(b.name))
  const day = sorted[0]?.rate.asOf
  return (
    <table>
      <caption>{day ? words.map.caption(format.day(day)) : null}</caption>
      <thead>
        <tr>
          <th scope="col">{words.table.province}</th>
          {long ? (
            <>
              <th scope="col" className="amount">
                {words.table.members}
              </th>
              <th scope="col" className="amount">
                {words.table.eligible}
              </th>
            </>
          ) : null}
          <th scope="col" className="amount">
            {long ? words.table.rate : words.table.covered}
          </th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ code, name, rate }) => (
          <tr key={code}>
            <th scope="row">
              <a href={address('province', code)}>{name}</a>
            </th>
            {long ? (
              <>
                <td className="amount">{format.count(rate.covered)}</td>
                <td className="amount">{format.number(rate.eligible)}</td>
              </>
            ) : null}
            <td className="amount">{format.percent(rate.perHundred)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
