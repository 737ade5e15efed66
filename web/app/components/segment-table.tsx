// Kinds of worker crossed with programmes: the most detailed public table there is, with small cells hidden.
import type { RegionDetail } from '@payung/api'
import type { Scheme } from '../context.ts'
import { useTongue } from '../tongue.ts'
import { TableBox } from './table-box.tsx'

export function SegmentTable({ scheme, detail }: { scheme: Scheme; detail: RegionDetail }) {
  const { words, format, of } = useTongue()
  const caption = `${words.coverage.caption(format.day(detail.region.rate.asOf))}${detail.region.rate.source.synthetic ? ` · ${words.synthetic}` : ''}`
  const programmes = scheme.programmes.filter(({ code }) =>
    detail.segments.some((segment) => segment.programmes.some(({ programme }) => programme === code)),
  )
  return (
    <TableBox label={words.province.segments}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.table.segment}</th>
            <th scope="col" className="amount">
              {words.table.members}
            </th>
            {programmes.map(({ code, labels }) => (
              <th key={code} scope="col" className="amount">
                {of(labels)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {detail.segments.map(({ segment, members, programmes: counts }) => (
            <tr key={segment}>
              <th scope="row">{of(scheme.segments.find(({ code }) => code === segment)?.labels ?? { id: segment })}</th>
              <td className="amount">{format.count(members)}</td>
              {programmes.map(({ code }) => (
                <td key={code} className="amount">
                  {format.count(counts.find(({ programme }) => programme === code)?.members ?? { value: 0, hidden: null })}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  )
}
