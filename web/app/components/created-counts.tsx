// The exact counts of the sample nation as it was created, beside those of today: two dates, two figures, both right.
import type { Overview } from '@payung/api'
import type { Scheme } from '../context.ts'
import type { Count } from '../format.ts'
import { useTongue } from '../tongue.ts'
import { FigureLink, type Published } from './figure-link.tsx'

type Props = { scheme: Scheme; overview: Overview; created: NonNullable<Overview['created']>; published: Published }

export function CreatedCounts({ scheme, overview, created, published }: Props) {
  const { words, format, of } = useTongue()
  const none: Count = { value: null, hidden: null }
  const label = (known: { code: string; labels: Record<string, string> }[], code: string) =>
    of(known.find((each) => each.code === code)?.labels ?? { id: code })
  const rows = [
    ...created.segments.map(({ segment, members }) => ({
      label: label(scheme.segments, segment),
      before: members,
      now: overview.segments.find((each) => each.segment === segment)?.members ?? none,
    })),
    ...created.groups.map(({ group, members }) => ({
      label: label(scheme.groups, group),
      before: members,
      now: overview.groups.find((each) => each.group === group)?.members ?? none,
    })),
  ]
  return (
    <section className="page stack">
      <h2>{words.home.created}</h2>
      <p>{words.home.createdLead(format.day(created.asOf), format.day(overview.asOf))}</p>
      <table className="measured">
        <caption>
          {words.home.createdCaption}
          {overview.synthetic ? ` · ${words.synthetic}` : ''}
        </caption>
        <thead>
          <tr>
            <th scope="col">{words.table.segment}</th>
            <th scope="col" className="amount">
              {words.home.createdThen}
            </th>
            <th scope="col" className="amount">
              {words.home.createdNow}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.label}>
              <th scope="row">{row.label}</th>
              <td className="amount">{format.number(row.before)}</td>
              <td className="amount">{format.count(row.now)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.home.createdActive}</th>
            <td className="amount">{format.number(created.active)}</td>
            <td className="amount">{format.count(overview.rate.covered)}</td>
          </tr>
        </tfoot>
      </table>
      <FigureLink published={published} id="created-counts" />
    </section>
  )
}
