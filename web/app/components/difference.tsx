// A difference of nothing is good news in indigo with a tick; any other is clay with a cross.
import type { MoneyJson } from '../format.ts'
import { useTongue } from '../tongue.ts'

export function Difference({ amount }: { amount: MoneyJson }) {
  const { words, format } = useTongue()
  const zero = BigInt(amount.amount) === 0n
  return (
    <span className={zero ? 'state-employer' : 'state-uncovered'}>
      {format.money(amount)} <span aria-hidden="true">{zero ? '✓' : '✗'}</span>
      <span className="heard">{zero ? words.flow.equal : words.flow.unequal}</span>
    </span>
  )
}
