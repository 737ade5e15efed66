// Kinds of worker crossed with programmes: the most detailed public table there is, with small cells hidden.
import type { RegionDetail } from '@payung/api'
import type { Scheme } from '../context.ts'
import { useTongue } from '../tongue.ts'
import { DataTable } from './data-table.tsx'

export function SegmentTable({ scheme, detail }: { scheme: Scheme; detail: RegionDetail }) {
  const { words, format, of } = useTongue()
  const caption = `${words.coverage.caption(format.day(detail.region.rate.asOf))}${detail.region.rate.source.synthetic ? ` · ${words.synthetic}` : ''}`
  const programmes = scheme.programmes.filter(({ code }) =>
    detail.segments.some((segment) => segment.programmes.some(({ programme }) => programme === code)),
  )
  const columns = [
    { key: 'segment', head: words.table.segment },
    { key: 'members', head: words.table.members, amount: true },
    ...programmes.map(({ code, labels }) => ({ key: code, head: of(labels), amount: true })),
  ]
  const rows = detail.segments.map(({ segment, members, programmes: counts }) => ({
    key: segment,
    cells: [
      of(scheme.segments.find(({ code }) => code === segment)?.labels ?? { id: segment }),
      format.count(members),
      ...programmes.map(({ code }) =>
        format.count(counts.find(({ programme }) => programme === code)?.members ?? { value: 0, hidden: null }),
      ),
    ],
  }))
  return <DataTable caption={caption} columns={columns} rows={rows} />
}
