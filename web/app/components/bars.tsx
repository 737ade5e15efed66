// Counts of kinds, each with its word and a bar in proportion to the largest of them or of `scale`. A hidden small count has no bar.
import type { Count } from '../format.ts'
import { useTongue } from '../tongue.ts'

export type Bar = { code: string; label: string; count: Count }

export function Bars({ bars, scale = bars }: { bars: readonly Bar[]; scale?: readonly Bar[] }) {
  const { format } = useTongue()
  const largest = Math.max(1, ...scale.map(({ count }) => count.value ?? 0))
  return (
    <ul className="bars plain">
      {bars.map(({ code, label, count }) => (
        <li key={code}>
          <b>{format.count(count)}</b>
          <span>{label}</span>
          {count.value === null ? null : <i style={{ width: `${((count.value / largest) * 100).toFixed(1)}%` }} />}
        </li>
      ))}
    </ul>
  )
}
