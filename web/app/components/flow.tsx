// The control, visible: computed = billed = booked, and the difference. Indigo with a tick when it is nothing, clay with a cross when not.
import type { MonthFigure } from '@payung/api'
import { useTongue } from '../tongue.ts'

export function Flow({ month }: { month: MonthFigure }) {
  const { words, format } = useTongue()
  const zero = BigInt(month.difference.amount) === 0n
  return (
    <dl className="flow">
      <div>
        <dt>{words.flow.computed}</dt>
        <dd>{format.money(month.computed)}</dd>
      </div>
      <div className={zero ? 'equals' : undefined}>
        <dt>{words.flow.billed}</dt>
        <dd>{format.money(month.billed)}</dd>
      </div>
      <div className={zero ? 'equals' : undefined}>
        <dt>{words.flow.booked}</dt>
        <dd>{format.money(month.booked)}</dd>
      </div>
      <div className={zero ? 'zero' : 'apart'}>
        <dt>{words.flow.difference}</dt>
        <dd>
          {format.money(month.difference)} <span aria-hidden="true">{zero ? '✓' : '✗'}</span>
          <span className="heard">{zero ? words.flow.equal : words.flow.unequal}</span>
        </dd>
      </div>
    </dl>
  )
}

/** What has arrived of what was billed, and of which day. */
export function Collected({ month }: { month: MonthFigure }) {
  const { words, format } = useTongue()
  return (
    <p className="quiet">
      {words.flow.collected(format.money(month.collected), format.percent(month.collectedPerHundred))}{' '}
      {words.flow.asOf(format.day(month.asOf))} {words.flow.states[month.state]}
    </p>
  )
}
