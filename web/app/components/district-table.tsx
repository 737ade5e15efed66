// The districts of a province with numerator, denominator and rate, lowest first. A hidden count has no rate.
import type { RegionDetail } from '@payung/api'
import { useTongue } from '../tongue.ts'
import { TableBox } from './table-box.tsx'

type District = RegionDetail['districts'][number]

/** What is not told comes last. */
const rank = ({ perHundred }: District): number => (perHundred === null ? Number.POSITIVE_INFINITY : Number(perHundred))

export function DistrictTable({ detail }: { detail: RegionDetail }) {
  const { words, format } = useTongue()
  const sorted = [...detail.districts].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)) || a.name.localeCompare(b.name))
  return (
    <TableBox label={words.province.districts}>
      <table className="measured">
        <caption>{words.province.districtsCaption(format.day(detail.region.rate.asOf))}</caption>
        <thead>
          <tr>
            <th scope="col">{words.table.district}</th>
            <th scope="col" className="amount">
              {words.table.members}
            </th>
            <th scope="col" className="amount">
              {words.table.eligible}
            </th>
            <th scope="col" className="amount">
              {words.table.rate}
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((district) => (
            <tr key={district.code}>
              <th scope="row">{district.name}</th>
              <td className="amount">{format.count(district.members)}</td>
              <td className="amount">{format.number(district.eligible)}</td>
              <td className="amount">{format.percent(district.perHundred)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  )
}
