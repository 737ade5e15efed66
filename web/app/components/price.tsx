// What one month of cover costs, for which month it holds, and the next change that is known.
import type { Overview } from '@payung/api'
import { useTongue } from '../tongue.ts'

export function Price({ price }: { price: NonNullable<Overview['price']> }) {
  const { words, format } = useTongue()
  return (
    <section className="page">
      <div className="card accent stack">
        <h2 className="quieter">{words.home.price(format.money(price.amount))}</h2>
        <p>
          {words.home.priceWhat}{' '}
          <span className="quiet">
            {words.home.priceFrom(format.month(price.from))}
            {price.next ? ` ${words.home.priceNext(format.month(price.next.from), format.money(price.next.amount))}` : ''}
          </span>
        </p>
      </div>
    </section>
  )
}
