// How many members of a province stand in each state of cover.
import type { RegionDetail } from '@payung/api'
import { useTongue } from '../tongue.ts'
import { State } from './state-sign.tsx'

export function StatesTable({ detail }: { detail: RegionDetail }) {
  const { words, format } = useTongue()
  return (
    <table className="measured">
      <caption>{words.province.statesCaption(format.day(detail.region.rate.asOf))}</caption>
      <thead>
        <tr>
          <th scope="col">{words.table.state}</th>
          <th scope="col" className="amount">
            {words.home.members}
          </th>
        </tr>
      </thead>
      <tbody>
        {detail.states.map(({ state, members }) => (
          <tr key={state}>
            <th scope="row">
              <State state={state} />
            </th>
            <td className="amount">{format.count(members)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
