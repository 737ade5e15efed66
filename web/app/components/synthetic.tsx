// The mark of sample data: stands wherever data are shown that are nobody's.
import { useTongue } from '../tongue.ts'

export function Synthetic({ when }: { when: boolean }) {
  const { words } = useTongue()
  return when ? <span className="tag synthetic">{words.synthetic}</span> : null
}
