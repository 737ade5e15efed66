// What stands under every rate: numerator, denominator, date and source.
import type { Region } from '@payung/api'
import { useTongue } from '../tongue.ts'

export type RateValue = Region['rate']

export function RateLine({ rate }: { rate: RateValue }) {
  const { words, format, address, of } = useTongue()
  const share = rate.people > 0 ? ((rate.eligible / rate.people) * 100).toFixed(1) : null
  const { source } = rate
  return (
    <p className="small quiet">
      {words.home.rate(format.count(rate.covered), format.number(rate.eligible), format.percent(share))} · {format.day(rate.asOf)} ·{' '}
      {words.source}: {source.link ? <a href={source.link}>{of(source.text)}</a> : of(source.text)} ·{' '}
      <a href={address('method')}>{words.method.title}</a>
    </p>
  )
}
